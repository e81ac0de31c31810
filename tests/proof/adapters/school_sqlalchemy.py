"""Sets `school` up: sync and async endpoints on one database."""

import os
from pathlib import Path

from adapters.statements import SqlAlchemyApp


def open_app(database: Path, rows: int) -> SqlAlchemyApp:
    """The application on a new database with `rows` courses."""
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ["ASYNC_DATABASE_URL"] = f"sqlite+aiosqlite:///{database}"

    from school.database import Base, engine
    from school.main import app
    from school.models import Course, Lesson, Office, Room, Syllabus, Teacher
    from sqlalchemy.orm import Session

    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for key in range(1, rows + 1):
            session.add(
                Course(
                    title=f"Course {key}",
                    teacher=Teacher(name=f"Teacher {key}", office=Office(number=str(key))),
                    syllabus=Syllabus(text="all"),
                    lessons=[Lesson(topic=f"Lesson {letter}", room=Room(name=f"{key}{letter}")) for letter in "xy"],
                )
            )
            session.flush()
        session.commit()
    return SqlAlchemyApp(app)
