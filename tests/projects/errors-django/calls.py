"""The answers of the backend, as JSON on standard output."""

import asyncio
import json
import logging
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"
django.setup()
logging.disable(logging.CRITICAL)

from django.test import AsyncClient, Client  # noqa: E402

CALLS = [
    ("GET", "/orders/1", None),
    ("GET", "/orders/0", None),
    ("GET", "/orders/7", None),
    ("GET", "/orders/1/pay", None),
    ("GET", "/orders/2/pay", None),
    ("GET", "/orders/7/pay", None),
    ("GET", "/later/1", None),
    ("GET", "/later/7", None),
    ("GET", "/api/orders/1", None),
    ("GET", "/api/orders/7", None),
    ("GET", "/api/orders/0", None),
    ("POST", "/api/orders/7", {"reason": "late"}),
    ("POST", "/api/orders/1", {"reason": "late"}),
    ("POST", "/api/orders/1", {"reason": "?"}),
    ("POST", "/api/orders/1", {"reason": ""}),
    ("POST", "/api/orders/1", {"reason": "far too late"}),
    ("GET", "/api/orders/1/pages", None),
    ("GET", "/api/orders/2/pages", None),
    ("GET", "/nowhere", None),
]

client = Client(raise_request_exception=False)
answers = {}


def note(call, answer):
    # What is allowed is listed in any order.
    values = {name: ", ".join(sorted(value.split(", "))) for name, value in answer.headers.items()}
    headers = sorted(f"{name}: {value}" for name, value in values.items())
    answers[call] = [answer.status_code, headers, answer.content.decode()]


for method, path, data in CALLS:
    given = {"data": json.dumps(data), "content_type": "application/json"} if data is not None else {}
    note(f"{method} {path} {data}", getattr(client, method.lower())(path, **given))


async def later():
    answer = await AsyncClient(raise_request_exception=False).get("/later/9")
    note("async GET /later/9", answer)


asyncio.run(later())
print(json.dumps(answers))
