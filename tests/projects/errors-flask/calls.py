"""The answers of the backend, as JSON on standard output."""

import json

from shop.app import app

CALLS = [
    ("GET", "/orders/1"),
    ("GET", "/orders/7"),
    ("POST", "/orders/1/pay"),
    ("POST", "/orders/2/pay"),
    ("POST", "/orders/7/pay"),
    ("GET", "/nowhere"),
]

client = app.test_client()
answers = {}
for method, path in CALLS:
    answer = client.open(path, method=method)
    headers = sorted(f"{name}: {value}" for name, value in answer.headers.items())
    answers[f"{method} {path}"] = [answer.status_code, headers, answer.text]
print(json.dumps(answers))
