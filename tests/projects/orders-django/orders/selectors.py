from django.db import connection
from django.db.models import QuerySet

from orders.models import Customer, Order


def orders_with(status: str) -> QuerySet[Order]:
    return Order.objects.filter(status=status)


def customers_in(city: str) -> QuerySet[Customer]:
    return Customer.objects.filter(city=city).order_by("pk")


def latest_order(customer: Customer) -> Order | None:
    return Order.objects.filter(customer=customer).order_by("-pk").first()


def label(order: Order) -> str:
    return f"{order.number}: {order.customer.name}"


def search_customers(name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM orders_customer WHERE name = '{name}'")
        return [row[0] for row in cursor.fetchall()]
