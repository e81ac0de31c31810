from forum import create_app

client = create_app().test_client()
answer = client.post("/gift-cards/", json={"title": "A"})
assert answer.status_code == 201, answer.data
assert answer.json["title"] == "A"
