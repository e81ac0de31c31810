def test_topic_is_found(client, topic):
    answer = client.get(f"/topics/{topic}")
    assert answer.json["title"] == "First"
    assert answer.json["views"] == 4


def test_topic_is_locked(client, topic):
    assert client.post(f"/topics/{topic}/lock").json["locked"] is True


def test_topic_is_created(client):
    answer = client.post("/topics/", json={"title": "Second"})
    assert answer.status_code == 201
    assert len(client.get("/topics/").json) == 1
