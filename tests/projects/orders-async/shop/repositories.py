"""The database: a generic repository, and what each entity adds to it."""

from collections.abc import Sequence
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from shop.models import Base, Customer, Item, Order, Product

ModelT = TypeVar("ModelT", bound=Base)


class Repository(Generic[ModelT]):
    model: type[ModelT]

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, key: int) -> ModelT | None:
        return await self.session.get(self.model, key)

    async def filter_by(self, **conditions: object) -> Sequence[ModelT]:
        result = await self.session.scalars(select(self.model).filter_by(**conditions))
        return result.all()


class CustomerRepository(Repository[Customer]):
    model = Customer

    async def search(self, name: str) -> list[str]:
        result = await self.session.execute(text("SELECT name FROM customers WHERE name = '%s'" % name))
        return list(result.scalars())


class ProductRepository(Repository[Product]):
    model = Product

    async def sold(self, product_id: int) -> int:
        statement = select(func.coalesce(func.sum(Item.quantity), 0)).where(Item.product_id == product_id)
        return (await self.session.execute(statement)).scalar_one()


class OrderRepository(Repository[Order]):
    model = Order

    async def list_recent(self, since: date) -> Sequence[Order]:
        statement = (
            select(Order)
            .options(joinedload(Order.customer), selectinload(Order.items).joinedload(Item.product))
            .where(Order.placed_on >= since)
            .order_by(Order.id)
        )
        return (await self.session.scalars(statement)).all()

    async def list_by_status(self, status: str) -> Sequence[Order]:
        result = await self.session.execute(select(Order).where(Order.status == status).order_by(Order.id))
        return result.scalars().all()

    async def list_placed_on(self, day: date) -> Sequence[Order]:
        result = await self.session.scalars(select(Order).where(Order.placed_on == day).order_by(Order.id))
        return result.all()
