from fastapi.testclient import TestClient

from parking.adapters.inbound.app import create_app


def test_driver_is_created_and_found():
    client = TestClient(create_app())
    answer = client.post("/drivers", json={"name": "A", "license_plate": "B"})
    assert answer.status_code == 201
    assert client.get(f"/drivers/{answer.json()['id']}").json() == answer.json()
