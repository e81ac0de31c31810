import logging

from django.db import models
from shop.pricing import (
    MAXIMUM_DISCOUNT,
    MAXIMUM_NUMBER_OF_ITEMS_IN_ONE_ORDER,
    Price,
    rate_of_exchange_on_the_day_of_order,
)

logger = logging.getLogger(__name__)


def first(order):
    from shop.pricing import Rate, discount

    logger.info(MAXIMUM_NUMBER_OF_ITEMS_IN_ONE_ORDER)
    return Rate, discount(order), models


def second(order):
    from shop.pricing import price  # The price of today.

    return price(order), Price, MAXIMUM_DISCOUNT, rate_of_exchange_on_the_day_of_order
