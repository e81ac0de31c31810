from collections.abc import Sequence

from fastapi import APIRouter

from shop.dependencies import CustomersDep, OrderServiceDep
from shop.models import Customer
from shop.schemas import Count, CustomerOut

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("", response_model=list[CustomerOut])
def customers(repository: CustomersDep, city: str) -> Sequence[Customer]:
    return repository.list_in(city)


@router.get("/search")
def search(repository: CustomersDep, name: str) -> list[str]:
    return repository.search(name)


@router.get("/counts")
def counts(service: OrderServiceDep, city: str) -> list[Count]:
    return service.counts_in(city)
