from flask import Flask

from forum.extensions import db


def create_app():
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    register_blueprints(app)
    with app.app_context():
        db.create_all()
    return app


def register_blueprints(app):
    from forum.author.views import author_bp
    from forum.topic.views import topic_bp

    app.register_blueprint(author_bp, url_prefix="/authors")
    app.register_blueprint(topic_bp, url_prefix="/topics")
