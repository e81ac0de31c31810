from collections.abc import Sequence

from fastapi import APIRouter

from app import crud
from app.api.dependencies import SessionDep
from app.models import Customer, CustomerPublic, CustomerWithOrders

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("", response_model=list[CustomerPublic])
def customers(session: SessionDep, city: str) -> Sequence[Customer]:
    return crud.get_customers(session, city)


@router.get("/orders")
def customers_with_orders(session: SessionDep, city: str) -> list[CustomerWithOrders]:
    return [CustomerWithOrders.model_validate(customer) for customer in crud.get_customers(session, city)]


@router.get("/counts")
def counts(session: SessionDep, city: str) -> dict[str, int]:
    counts = {}
    for customer in crud.get_customers(session, city):
        counts[customer.name] = crud.count_orders(session, customer)
    return counts


@router.get("/search")
def search(session: SessionDep, name: str) -> list[str]:
    return crud.find_customers(session, name)
