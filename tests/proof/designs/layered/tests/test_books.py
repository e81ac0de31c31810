from fastapi.testclient import TestClient

from app.main import app

client = TestClient(app)


def test_a_book_is_created_and_found():
    created = client.post("/books", json={"title": "Emma", "isbn": "123"})
    assert created.status_code == 201
    body = created.json()
    assert body["title"] == "Emma"
    assert body["isbn"] == "123"
    assert client.get(f"/books/{body['id']}").json() == body
    assert body in client.get("/books").json()


def test_an_isbn_is_taken_once():
    client.post("/books", json={"title": "Emma", "isbn": "124"})
    assert client.post("/books", json={"title": "Emma", "isbn": "124"}).status_code == 409


def test_an_unknown_book():
    assert client.get("/books/99999").status_code == 404
