"""The endpoints."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from shop.database import get_session, make_session
from shop.models import Customer, Order
from shop.repositories import CustomerRepository
from shop.schemas import Count, CustomerOut, OrderOut, OrderSummary
from shop.services import OrderService

orders = APIRouter(prefix="/orders")
customers = APIRouter(prefix="/customers")

SessionDep = Annotated[AsyncSession, Depends(get_session)]
Numbers = Annotated[list[int], Query()]


def get_service(session: SessionDep) -> OrderService:
    return OrderService(session, make_session)


ServiceDep = Annotated[OrderService, Depends(get_service)]


@orders.get("")
async def recent_orders(service: ServiceDep, since: date) -> list[OrderSummary]:
    return await service.recent(since)


@orders.get("/open", response_model=list[OrderOut])
async def open_orders(service: ServiceDep) -> Sequence[Order]:
    return await service.with_status("open")


@orders.get("/cities")
async def cities(service: ServiceDep, day: date) -> list[str]:
    return await service.cities(day)


@orders.get("/counts")
async def counts(service: ServiceDep) -> list[Count]:
    return await service.counts("open")


@orders.get("/names")
async def names(service: ServiceDep) -> list[str]:
    return await service.names("open")


@orders.get("/sales")
async def sales(service: ServiceDep, product_ids: Numbers) -> list[int]:
    return await service.sales(product_ids)


@orders.get("/{order_id}/items")
async def items(service: ServiceDep, order_id: int) -> list[int]:
    return await service.items_of(order_id)


@customers.get("", response_model=list[CustomerOut])
async def customers_in(session: SessionDep, city: str) -> Sequence[Customer]:
    return await CustomerRepository(session).filter_by(city=city)


@customers.get("/search")
async def search(session: SessionDep, name: str) -> list[str]:
    return await CustomerRepository(session).search(name)


@customers.get("/names")
async def customer_names(service: ServiceDep, customer_ids: Numbers) -> list[str]:
    return await service.found(customer_ids)
