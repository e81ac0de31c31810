"""The application: `uvicorn app.main:app`."""

from fastapi import FastAPI

from app.api import customers, orders

app = FastAPI(title="Orders")
app.include_router(orders.router, prefix="/api")
app.include_router(customers.router, prefix="/api")
