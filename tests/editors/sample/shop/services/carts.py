"""Carts."""

from sqlalchemy.orm import Session

from shop.repositories.carts import CartRepository


class CartService:
    def __init__(self, session: Session, limit: int = 10) -> None:
        self.carts = CartRepository(session)
        self.limit = limit

    def is_full(self, number: str) -> bool:
        return len(self.carts.lines(number)) >= self.limit
