from fastapi.testclient import TestClient

from parking.adapters.inbound.app import create_app


def test_garage_is_created_and_found():
    client = TestClient(create_app())
    answer = client.post("/garages", json={"name": "A", "street": "B"})
    assert answer.status_code == 201
    assert client.get(f"/garages/{answer.json()['id']}").json() == answer.json()
