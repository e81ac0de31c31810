from fastapi.testclient import TestClient

from parking.adapters.inbound.app import create_app

answer = TestClient(create_app()).post("/gift-cards", json={"name": "A", "license_plate": "B", "street": "C"})
assert answer.status_code == 201, answer.text
