from litestar.testing import TestClient

from club.main import create_app


def test_a_match_is_created_and_found():
    with TestClient(create_app()) as client:
        answer = client.post("/matches", json={"title": "A", "played_on": "2026-08-07"})
        assert answer.status_code == 201
        assert client.get(f"/matches/{answer.json()['id']}").json() == answer.json()
        assert answer.json() in client.get("/matches").json()
