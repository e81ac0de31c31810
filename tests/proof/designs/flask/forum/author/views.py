from flask import Blueprint, jsonify

from forum.author.models import Author

author_bp = Blueprint("author", __name__)


@author_bp.get("/")
def index():
    return jsonify([author.name for author in Author.query.limit(100)])
