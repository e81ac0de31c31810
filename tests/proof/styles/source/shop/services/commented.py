#!/usr/bin/env python3
# A script.

# Standard library
import json
import sys

# Own
from shop.domain.orders import Order


def first(order):
    from billing.invoices import reminder

    return reminder(Order), json, sys


def second(order):
    from shop.pricing import price

    # What follows has a comment.
    return price(order)
