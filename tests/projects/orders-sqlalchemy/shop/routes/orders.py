from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from shop.dependencies import CatalogServiceDep, OrderServiceDep
from shop.models import Order
from shop.schemas import Count, Notes, OrderDetail, OrderOut, OrderSummary

router = APIRouter(tags=["orders"])


@router.get("")
def recent_orders(service: OrderServiceDep, since: date) -> list[OrderSummary]:
    return service.recent(since)


@router.get("/open", response_model=list[OrderOut])
def open_orders(service: OrderServiceDep) -> Sequence[Order]:
    return service.with_status("open")


@router.get("/labels")
def labels(service: OrderServiceDep, day: date) -> list[str]:
    return service.labels(day)


@router.get("/by-customer")
def by_customer(service: OrderServiceDep, day: date) -> list[str]:
    return service.by_customer(day)


@router.get("/quantities")
def quantities(service: OrderServiceDep, numbers: Annotated[list[str], Query()]) -> list[Count]:
    return service.quantities(numbers)


@router.get("/notes")
def notes(service: OrderServiceDep, numbers: Annotated[list[str], Query()]) -> dict[str, str]:
    return service.notes(numbers)


@router.get("/values")
def values(service: OrderServiceDep) -> list[Count]:
    return service.values("open")


@router.get("/sales")
def sales(service: CatalogServiceDep, price: int = 0) -> dict[str, int]:
    return service.sales(price)


@router.post("/notes")
def annotate(service: OrderServiceDep, notes: Notes) -> int:
    return service.annotate(notes.order_ids, notes.note)


@router.get("/{order_id}")
def order_detail(service: OrderServiceDep, order_id: int) -> OrderDetail:
    detail = service.detail(order_id)
    if detail is None:
        raise HTTPException(status_code=404)
    return detail
