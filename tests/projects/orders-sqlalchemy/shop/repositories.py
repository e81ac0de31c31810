"""The database behind the ports."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.models import Customer, Item, Order, Product


class OrderRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, order_id: int) -> Order | None:
        statement = (
            select(Order)
            .where(Order.id == order_id)
            .options(joinedload(Order.customer), selectinload(Order.items).joinedload(Item.product))
        )
        return self._session.scalars(statement).one_or_none()

    def list_recent(self, since: date) -> Sequence[Order]:
        statement = (
            select(Order)
            .options(joinedload(Order.customer), selectinload(Order.items))
            .where(Order.placed_on >= since)
            .order_by(Order.id)
        )
        return self._session.scalars(statement).all()

    def list_by_status(self, status: str) -> Sequence[Order]:
        return self._session.scalars(select(Order).where(Order.status == status).order_by(Order.id)).all()

    def list_placed_on(self, day: date) -> Sequence[Order]:
        statement = select(Order).where(Order.placed_on == day)
        return self._session.execute(statement.order_by(Order.id)).scalars().all()

    def list_numbered(self, numbers: Sequence[str]) -> Sequence[Order]:
        return self._session.query(Order).filter(Order.number.in_(numbers)).order_by(Order.id).all()

    def notes_of(self, numbers: Sequence[str]) -> dict[str, str]:
        notes = {}
        for number in numbers:
            notes[number] = self._session.scalars(select(Order.note).where(Order.number == number)).one()
        return notes

    def count_for_customer(self, customer_id: int) -> int:
        statement = select(func.count(Order.id)).where(Order.customer_id == customer_id)
        return self._session.scalars(statement).one()

    def set_note(self, order_id: int, note: str) -> None:
        self._session.execute(update(Order).where(Order.id == order_id).values(note=note))

    def save(self) -> None:
        self._session.commit()


class CustomerRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def list_in(self, city: str) -> Sequence[Customer]:
        return self._session.scalars(select(Customer).where(Customer.city == city).order_by(Customer.id)).all()

    def search(self, name: str) -> list[str]:
        statement = text(f"SELECT name FROM customers WHERE name = '{name}' ORDER BY id")
        return list(self._session.execute(statement).scalars())


class ProductRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def list_from(self, price: int) -> Sequence[Product]:
        return self._session.scalars(select(Product).where(Product.price >= price).order_by(Product.id)).all()

    def sold(self, product_id: int) -> int:
        statement = select(func.coalesce(func.sum(Item.quantity), 0)).where(Item.product_id == product_id)
        return self._session.execute(statement).scalar_one()
