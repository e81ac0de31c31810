"""Carts over HTTP."""

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from shop.services.carts import CartService

router = APIRouter()


def get_session() -> Session: ...


@router.get("/carts/{number}/full")
def is_full(number: str, session: Session = Depends(get_session)) -> bool:
    return CartService(session).is_full(number)
