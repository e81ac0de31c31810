"""A module with imports of each kind."""

from __future__ import annotations

import json
import os.path as osp
from collections import OrderedDict
from typing import Any

import requests
from django.db import models

from billing.invoices import Invoice
from shop.domain.orders import Order, OrderLine

from ..pricing import MAXIMUM_DISCOUNT
from . import plain


def first(order: Order) -> Any:
    from shop.pricing import Price

    return Price(), json, osp, OrderedDict, requests, models, plain


def second(line: OrderLine) -> Any:
    # Only what is dear.
    from shop.domain.orders import total

    return total(line), MAXIMUM_DISCOUNT


def third(line: OrderLine) -> Any:
    from billing.invoices import invoice_for_the_order_of_a_customer, reminder

    return invoice_for_the_order_of_a_customer(line), reminder(line), Invoice


def fourth(line: OrderLine) -> Any:
    from shop.pricing import MAXIMUM_NUMBER_OF_ITEMS_IN_ONE_ORDER, Price, rate_of_exchange_on_the_day_of_order

    return Price, MAXIMUM_NUMBER_OF_ITEMS_IN_ONE_ORDER, rate_of_exchange_on_the_day_of_order


def fifth(line: OrderLine) -> Any:
    from ..pricing import discount

    from .docstring import Service

    return Service, discount
