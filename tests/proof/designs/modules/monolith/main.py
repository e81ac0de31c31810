from dishka import make_async_container
from dishka.integrations.fastapi import setup_dishka
from fastapi import FastAPI

from monolith import lessons, teachers
from monolith.shared.db import DbProvider


def create_app() -> FastAPI:
    app = FastAPI()
    app.include_router(lessons.router)
    app.include_router(teachers.router)
    container = make_async_container(
        DbProvider(),
        lessons.LessonProvider(),
        teachers.TeacherProvider(),
    )
    setup_dishka(container, app)
    return app
