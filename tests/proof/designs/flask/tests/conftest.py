import pytest

from forum import create_app
from forum.extensions import db
from forum.topic.models import Topic


@pytest.fixture
def app():
    return create_app()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def topic(app):
    with app.app_context():
        topic = Topic(title="First", views=3)
        db.session.add(topic)
        db.session.commit()
        return topic.id
