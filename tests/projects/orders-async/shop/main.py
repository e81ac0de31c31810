"""The application: `uvicorn shop.main:app`."""

from fastapi import FastAPI

from shop import routes

app = FastAPI(title="Orders")
app.include_router(routes.orders)
app.include_router(routes.customers)
