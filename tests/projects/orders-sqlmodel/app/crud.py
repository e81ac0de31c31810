"""What is asked often."""

from collections.abc import Sequence

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, func, select, text

from app.models import Customer, Item, Order


def get_order(session: Session, order_id: int) -> Order | None:
    return session.get(Order, order_id)


def get_orders(session: Session, status: str) -> Sequence[Order]:
    return session.exec(select(Order).where(Order.status == status).order_by(col(Order.id))).all()


def get_orders_with_items(session: Session, status: str) -> Sequence[Order]:
    statement = select(Order).where(Order.status == status).options(selectinload(Order.items), selectinload(Order.customer))
    return session.exec(statement.order_by(col(Order.id))).all()


def get_customers(session: Session, city: str) -> Sequence[Customer]:
    return session.exec(select(Customer).where(Customer.city == city).order_by(col(Customer.id))).all()


def count_orders(session: Session, customer: Customer) -> int:
    statement = select(func.count(Order.id)).where(Order.customer_id == customer.id)
    return session.exec(statement).one()


def get_dearest(session: Session, order_id: int) -> Item | None:
    statement = select(Item).where(Item.order_id == order_id).order_by(col(Item.price).desc())
    return session.exec(statement).first()


def find_customers(session: Session, name: str) -> list[str]:
    statement = text("SELECT name FROM customer WHERE name = '" + name + "'")
    return list(session.execute(statement).scalars())
