from fastapi.testclient import TestClient

from monolith.main import create_app


def test_teacher_is_created_and_found():
    with TestClient(create_app()) as client:
        answer = client.post("/teachers", json={"name": "A", "age": 3})
        assert answer.status_code == 201
        body = answer.json()
        assert body["age"] == 3
        assert client.get(f"/teachers/{body['id']}").json() == body
