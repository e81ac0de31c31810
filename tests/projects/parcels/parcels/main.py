"""The application."""

from fastapi import FastAPI

from parcels.container import lifespan
from parcels.presentation.errors import register_error_handlers
from parcels.presentation.routers import customers, parcels, returns, tracking


def create_app() -> FastAPI:
    app = FastAPI(title="parcels", lifespan=lifespan)
    register_error_handlers(app)
    app.include_router(parcels.router, prefix="/parcels")
    app.include_router(tracking.router, prefix="/tracking")
    app.include_router(returns.router, prefix="/returns")
    app.include_router(customers.router, prefix="/customers")
    return app


app = create_app()
