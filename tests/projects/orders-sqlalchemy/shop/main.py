"""The application: `uvicorn shop.main:app`."""

from fastapi import FastAPI

from shop.routes import customers, orders


def create_app() -> FastAPI:
    app = FastAPI(title="Orders")
    app.include_router(orders.router, prefix="/orders")
    app.include_router(customers.router)
    return app


app = create_app()
