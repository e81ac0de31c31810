"""Prices."""

MAXIMUM_DISCOUNT = 10
MAXIMUM_NUMBER_OF_ITEMS_IN_ONE_ORDER = 100


class Price:
    """A price."""


class Rate:
    """A rate."""


def price(order):
    return order


def discount(order):
    return order


def rate_of_exchange_on_the_day_of_order(order):
    return order
