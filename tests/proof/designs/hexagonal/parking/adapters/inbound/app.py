from fastapi import FastAPI

from parking.adapters.inbound import driver_routes, garage_routes
from parking.container import Container


def create_app() -> FastAPI:
    app = FastAPI()
    app.state.container = Container()
    for module in (driver_routes, garage_routes):
        app.include_router(module.router)
    return app
