from fastapi.testclient import TestClient

from app.main import app

answer = TestClient(app).post("/gift-cards", json={"title": "A"})
assert answer.status_code == 201, answer.text
assert set(answer.json()) == {"id", "title"}, answer.text
