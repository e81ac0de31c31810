"""Puts a request's services together."""

from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from shop.database import get_session
from shop.repositories import CustomerRepository, OrderRepository, ProductRepository
from shop.services import CatalogService, OrderService

SessionDep = Annotated[Session, Depends(get_session)]


def get_order_service(session: SessionDep) -> OrderService:
    return OrderService(OrderRepository(session), CustomerRepository(session))


def get_catalog_service(session: SessionDep) -> CatalogService:
    return CatalogService(ProductRepository(session))


def get_customers(session: SessionDep) -> CustomerRepository:
    return CustomerRepository(session)


OrderServiceDep = Annotated[OrderService, Depends(get_order_service)]
CatalogServiceDep = Annotated[CatalogService, Depends(get_catalog_service)]
CustomersDep = Annotated[CustomerRepository, Depends(get_customers)]
