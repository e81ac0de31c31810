//! Evidence from other modules for an uncertain one: importers, imported modules, the enclosing folder.

use expect_test::expect;

use super::check;

#[test]
fn plugins_share_a_base_and_reach_outside() {
    check(
        r"
//- shop/__init__.py
//- shop/payers/__init__.py
//- shop/payers/base.py
class Payer:
    def pay(self, amount): raise NotImplementedError
//- shop/payers/stripe.py
import stripe
from shop.payers.base import Payer
class Stripe(Payer):
    def pay(self, amount): return stripe.charge(amount)
//- shop/payers/paypal.py
import httpx
from shop.payers.base import Payer
class Paypal(Payer):
    def pay(self, amount): return httpx.post(amount)
//- shop/payers/cash.py
from shop.payers.base import Payer
class Cash(Payer):
    def pay(self, amount): return amount
",
        &expect![[r#"
            shop/payers/base.py infrastructure 64 (is among 3 implementations of `Payer` that reach outside)
            shop/payers/cash.py infrastructure 92 (is among 3 implementations of `Payer` that reach outside)
            shop/payers/paypal.py infrastructure 97 (is among 3 implementations of `Payer` that reach outside)
            shop/payers/stripe.py infrastructure 97 (is among 3 implementations of `Payer` that reach outside)
        "#]],
    );
}

#[test]
fn direction_settles_what_is_open() {
    check(
        r"
//- shop/__init__.py
//- shop/order.py
class Order:
    def cancel(self): self.cancelled = True
//- shop/order_repository.py
from sqlalchemy import select
from shop.order import Order
class OrderRepository:
    def get(self, session): return session.execute(select(Order))
//- shop/order_service.py
from shop.order import Order
from shop.order_repository import OrderRepository
class OrderService:
    def get(self): return OrderRepository().get(Order)
//- shop/paging.py
class Page:
    def next(self): return self
//- shop/web.py
from fastapi import APIRouter
from shop.order_service import OrderService
from shop.paging import Page
router = APIRouter()
//- shop/reports.py
from shop.order_repository import OrderRepository
def monthly(): return OrderRepository()
//- shop/report_routes.py
from fastapi import APIRouter
from shop.reports import monthly
router = APIRouter()
",
        &expect![[r#"
            shop/order.py domain 69 (is imported by infrastructure and by use cases, and imports neither)
            shop/order_repository.py infrastructure 97 (its file is named "order_repository")
            shop/order_service.py application 97 (its file is named "order_service")
            shop/paging.py presentation 55 (is imported by presentation alone)
            shop/report_routes.py presentation 97 (makes a router)
            shop/reports.py application 61 (is between presentation and infrastructure)
            shop/web.py presentation 97 (makes a router)
        "#]],
    );
}

#[test]
fn siblings_and_packages() {
    check(
        r"
//- shop/__init__.py
//- shop/payments/__init__.py
from .card import Card
def all(): return [Card]
//- shop/payments/card.py
import stripe
class Card: ...
//- shop/payments/transfer.py
import requests
import psycopg
class Transfer: ...
//- shop/payments/voucher.py
import httpx
import redis
class Voucher: ...
//- shop/payments/money.py
class Money: ...
//- shop/alone.py
THINGS = {}
def add(thing): THINGS[thing] = 1
class Kept: ...
",
        &expect![[r#"
            shop/alone.py domain 56 (is free of frameworks)
            shop/payments/__init__.py infrastructure 63 (3 of 3 modules around it are infrastructure)
            shop/payments/card.py infrastructure 69 (uses the client of an outside service)
            shop/payments/money.py infrastructure 58 (3 of 3 modules around it are infrastructure)
            shop/payments/transfer.py infrastructure 91 (uses a database driver)
            shop/payments/voucher.py infrastructure 91 (uses a database driver)
        "#]],
    );
}

#[test]
fn helpers_belong_to_what_they_help() {
    check(
        r"
//- shop/__init__.py
//- shop/services/orders.py
from shop.services.helpers.text import slug
class OrderService:
    def place(self): return slug('a')
//- shop/services/helpers/text.py
def slug(text): return text
//- shop/utils/text.py
def slug(text): return text
",
        &expect![[r#"
            shop/services/helpers/text.py application 60 (is in a folder named "services")
            shop/services/orders.py application 97 (is in a folder named "services")
            shop/utils/text.py shared 89 (is in a folder named "utils")
        "#]],
    );
}
