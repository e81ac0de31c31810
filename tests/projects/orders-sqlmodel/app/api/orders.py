from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from app import crud
from app.api.dependencies import SessionDep
from app.models import Order, OrderPublic, OrderWithItems

router = APIRouter(prefix="/orders", tags=["orders"])


@router.get("", response_model=list[OrderPublic])
def orders(session: SessionDep) -> Sequence[Order]:
    return crud.get_orders(session, "open")


@router.get("/full", response_model=list[OrderWithItems])
def full_orders(session: SessionDep) -> Sequence[Order]:
    return crud.get_orders_with_items(session, "open")


@router.get("/nested", response_model=list[OrderWithItems])
def nested_orders(session: SessionDep, status: str) -> Sequence[Order]:
    return crud.get_orders(session, status)


@router.get("/values")
def values(session: SessionDep) -> dict[str, int]:
    return {order.number: sum(item.price for item in order.items) for order in crud.get_orders(session, "open")}


@router.get("/labels")
def labels(session: SessionDep) -> list[str]:
    return [label.text for order in crud.get_orders(session, "open") for label in order.labels]


@router.get("/dearest")
def dearest(session: SessionDep, order_ids: Annotated[list[int], Query()]) -> list[str]:
    names = []
    for order_id in order_ids:
        item = crud.get_dearest(session, order_id)
        if item:
            names.append(item.name)
    return names


@router.get("/{order_id}", response_model=OrderWithItems)
def order(session: SessionDep, order_id: int) -> Order:
    found = crud.get_order(session, order_id)
    if found is None:
        raise HTTPException(status_code=404)
    return found
