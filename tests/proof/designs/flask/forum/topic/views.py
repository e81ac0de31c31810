from flask import Blueprint, abort, jsonify, request

from forum.extensions import db
from forum.topic.models import Topic

topic_bp = Blueprint("topic", __name__)


@topic_bp.get("/")
def index():
    topics = Topic.query.order_by(Topic.id).limit(100)
    return jsonify([topic.to_dict() for topic in topics])


@topic_bp.post("/")
def create():
    data = request.get_json()
    topic = Topic(title=data["title"])
    db.session.add(topic)
    db.session.commit()
    return jsonify(topic.to_dict()), 201


@topic_bp.get("/<int:topic_id>")
def get_topic(topic_id):
    topic = db.session.get(Topic, topic_id)
    if topic is None:
        abort(404)
    topic.views += 1
    db.session.commit()
    return jsonify(topic.to_dict())


@topic_bp.post("/<int:topic_id>/lock")
def lock_topic(topic_id):
    topic = db.get_or_404(Topic, topic_id)
    topic.lock()
    return jsonify(topic.to_dict())
