from fastapi.testclient import TestClient

from monolith.main import create_app


def test_lesson_is_created_and_found():
    with TestClient(create_app()) as client:
        answer = client.post("/lessons", json={"name": "A", "minutes": 3})
        assert answer.status_code == 201
        body = answer.json()
        assert body["minutes"] == 3
        assert client.get(f"/lessons/{body['id']}").json() == body
