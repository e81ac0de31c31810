from litestar.testing import TestClient

from club.main import create_app

with TestClient(create_app()) as client:
    answer = client.post("/gift-cards", json={"title": "A"})
    assert answer.status_code == 201, answer.text
    assert set(answer.json()) == {"id", "title"}, answer.text
