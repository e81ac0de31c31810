from fastapi import FastAPI

from app.database import create_tables
from app.routers import books, health


def create_app() -> FastAPI:
    create_tables()
    app = FastAPI()
    app.include_router(books.router)
    app.include_router(health.router)
    return app


app = create_app()
