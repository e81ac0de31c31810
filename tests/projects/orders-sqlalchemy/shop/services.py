"""What the shop does."""

from collections.abc import Sequence
from datetime import date

from shop.models import Item, Order
from shop.ports import CustomerStore, OrderStore, ProductStore
from shop.schemas import Count, LineOut, OrderDetail, OrderSummary


def to_line(item: Item) -> LineOut:
    return LineOut(product=item.product.name, quantity=item.quantity, price=item.product.price)


def to_detail(order: Order) -> OrderDetail:
    return OrderDetail(
        number=order.number,
        customer=order.customer.name,
        lines=[to_line(item) for item in order.items],
    )


def to_label(order: Order) -> str:
    return f"{order.number}: {order.customer.name}, {order.customer.city}"


class OrderService:
    def __init__(self, orders: OrderStore, customers: CustomerStore) -> None:
        self._orders = orders
        self._customers = customers

    def detail(self, order_id: int) -> OrderDetail | None:
        order = self._orders.get(order_id)
        return to_detail(order) if order else None

    def recent(self, since: date) -> list[OrderSummary]:
        return [
            OrderSummary(number=order.number, customer=order.customer.name, positions=len(order.items))
            for order in self._orders.list_recent(since)
        ]

    def with_status(self, status: str) -> Sequence[Order]:
        return self._orders.list_by_status(status)

    def labels(self, day: date) -> list[str]:
        orders = self._orders.list_placed_on(day)
        return list(map(to_label, orders))

    def by_customer(self, day: date) -> list[str]:
        orders = self._orders.list_placed_on(day)
        return [order.number for order in sorted(orders, key=lambda order: order.customer.name)]

    def quantities(self, numbers: Sequence[str]) -> list[Count]:
        counts = []
        for order in self._orders.list_numbered(numbers):
            counts.append(Count(name=order.number, number=order.quantity))
        return counts

    def notes(self, numbers: Sequence[str]) -> dict[str, str]:
        return self._orders.notes_of(numbers)

    def values(self, status: str) -> list[Count]:
        values = []
        for order in self._orders.list_by_status(status):
            value = 0
            for item in order.items:
                value += item.quantity * item.product.price
            values.append(Count(name=order.number, number=value))
        return values

    def counts_in(self, city: str) -> list[Count]:
        counts = []
        for customer in self._customers.list_in(city):
            number = self._orders.count_for_customer(customer.id)
            counts.append(Count(name=customer.name, number=number))
        return counts

    def annotate(self, order_ids: list[int], note: str) -> int:
        for order_id in order_ids:
            self._orders.set_note(order_id, note)
        self._orders.save()
        return len(order_ids)


class CatalogService:
    def __init__(self, products: ProductStore) -> None:
        self._products = products

    def sales(self, price: int) -> dict[str, int]:
        return {product.name: self._products.sold(product.id) for product in self._products.list_from(price)}
