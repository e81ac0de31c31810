"""What the shop does."""

import asyncio
from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from shop.models import Order
from shop.repositories import CustomerRepository, OrderRepository, ProductRepository
from shop.schemas import Count, OrderSummary


class OrderService:
    def __init__(self, session: AsyncSession, make_session: async_sessionmaker[AsyncSession]) -> None:
        self.session = session
        self.make_session = make_session
        self.orders = OrderRepository(session)
        self.customers = CustomerRepository(session)
        self.products = ProductRepository(session)

    async def recent(self, since: date) -> list[OrderSummary]:
        return [
            OrderSummary(
                number=order.number,
                customer=order.customer.name,
                products=[item.product.name for item in order.items],
            )
            for order in await self.orders.list_recent(since)
        ]

    async def with_status(self, status: str) -> Sequence[Order]:
        return await self.orders.list_by_status(status)

    async def cities(self, day: date) -> list[str]:
        orders = await self.orders.list_placed_on(day)
        return [order.customer.city for order in orders]

    async def items_of(self, order_id: int) -> list[int]:
        order = await self.orders.get(order_id)
        if order is None:
            return []
        return [item.quantity for item in order.items]

    async def counts(self, status: str) -> list[Count]:
        counts = []
        for order in await self.orders.filter_by(status=status):
            items = await order.awaitable_attrs.items
            counts.append(Count(name=order.number, number=len(items)))
        return counts

    async def names(self, status: str) -> list[str]:
        names = []
        for order in await self.orders.filter_by(status=status):
            await self.session.refresh(order, ["customer"])
            names.append(order.customer.name)
        return names

    async def found(self, customer_ids: list[int]) -> list[str]:
        customers = [await self.customers.get(customer_id) for customer_id in customer_ids]
        return [customer.name for customer in customers if customer]

    async def sales(self, product_ids: list[int]) -> list[int]:
        return await asyncio.gather(*(self.sold(product_id) for product_id in product_ids))

    async def sold(self, product_id: int) -> int:
        async with self.make_session() as session:
            return await ProductRepository(session).sold(product_id)
