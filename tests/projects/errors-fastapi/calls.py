"""The answers of the backend, as JSON on standard output."""

import json

from fastapi.testclient import TestClient

from shop.main import create_app

CALLS = [
    ("GET", "/orders/1"),
    ("GET", "/orders/7"),
    ("POST", "/orders/1/pay"),
    ("POST", "/orders/2/pay"),
    ("POST", "/orders/7/pay"),
    ("POST", "/orders/1/cancel"),
    ("POST", "/orders/1/cancel?reason=late"),
    ("POST", "/orders/7/cancel?reason=late"),
    ("POST", "/orders/700/cancel?reason=late"),
    ("GET", "/parcels/0"),
    ("GET", "/parcels/3"),
    ("GET", "/parcels/12"),
    ("GET", "/nowhere"),
]

client = TestClient(create_app(), raise_server_exceptions=False)
answers = {}
for method, path in CALLS:
    answer = client.request(method, path)
    headers = sorted(f"{name}: {value}" for name, value in answer.headers.items())
    answers[f"{method} {path}"] = [answer.status_code, headers, answer.text]
print(json.dumps(answers))
