"""The answers of the backend, as JSON on standard output."""

import json

from litestar.testing import TestClient

from shop.app import app

CALLS = [
    ("GET", "/orders/1"),
    ("GET", "/orders/7"),
    ("POST", "/orders/1/pay"),
    ("POST", "/orders/2/pay"),
    ("POST", "/orders/7/pay"),
    ("POST", "/orders/70/pay"),
    ("POST", "/orders/700/pay"),
    ("POST", "/orders/1/cancel"),
    ("POST", "/orders/1/cancel?reason=?"),
    ("POST", "/orders/1/cancel?reason=late"),
    ("POST", "/orders/9/cancel?reason=late"),
    ("GET", "/parcels/0"),
    ("GET", "/parcels/3"),
    ("GET", "/parcels/-3"),
    ("GET", "/nowhere"),
]

answers = {}
with TestClient(app, raise_server_exceptions=False) as client:
    for method, path in CALLS:
        answer = client.request(method, path)
        headers = sorted(f"{name}: {value}" for name, value in answer.headers.items())
        answers[f"{method} {path}"] = [answer.status_code, headers, answer.text]
print(json.dumps(answers))
