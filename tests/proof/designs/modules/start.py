from fastapi.testclient import TestClient

from monolith.main import create_app

with TestClient(create_app()) as client:
    answer = client.post("/gift-cards", json={"name": "A"})
    assert answer.status_code == 201, answer.text
    assert client.get(f"/gift-cards/{answer.json()['id']}").json() == answer.json()
