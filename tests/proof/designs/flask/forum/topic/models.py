from datetime import UTC, datetime

from forum.extensions import db


class Topic(db.Model):
    __tablename__ = "topics"

    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(255), nullable=False)
    views = db.Column(db.Integer, default=0)
    locked = db.Column(db.Boolean, default=False)
    author_id = db.Column(db.Integer, db.ForeignKey("authors.id"))
    author = db.relationship("Author", back_populates="topics")
    date_created = db.Column(db.DateTime, default=lambda: datetime.now(UTC))

    def __repr__(self):
        return f"<Topic {self.id}>"

    def to_dict(self):
        return {
            "id": self.id,
            "title": self.title,
            "views": self.views,
            "locked": self.locked,
        }

    def lock(self):
        self.locked = True
        db.session.commit()
