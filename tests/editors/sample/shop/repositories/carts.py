"""Where carts are kept."""

from sqlalchemy import text
from sqlalchemy.orm import Session


class CartRepository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def lines(self, number: str) -> list[str]:
        return list(self.session.scalars(text("SELECT line FROM carts WHERE number = :number"), {"number": number}))
