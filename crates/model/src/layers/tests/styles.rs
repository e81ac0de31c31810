//! Which way is inward, by scope.

use std::fmt::Write;

use expect_test::{Expect, expect};

use crate::fixture::Fixture;
use crate::query;

/// Compares the styles with `expected`, one a line, each with its reason and what the scope is made of.
fn check(text: &str, expected: &Expect) {
    let fixture = Fixture::new(text);
    let layers = query::layers(&fixture.db, fixture.project);
    let mut lines = String::new();
    for ((style, reason), makeup) in layers.styles.iter().zip(&layers.makeup) {
        let domain = if makeup.rows_are_the_domain() {
            "rows are the domain"
        } else if makeup.has_domain() {
            "a domain of its own"
        } else {
            "no domain"
        };
        let _ = writeln!(lines, "{style}: {reason}; {domain}");
    }
    expected.assert_eq(&lines);
}

const CLEAN: &str = r"
//- shop/__init__.py
//- shop/domain/order.py
from dataclasses import dataclass
@dataclass
class Order:
    id: int
    def cancel(self): ...
//- shop/application/interfaces.py
from typing import Protocol
class Orders(Protocol):
    def get(self, id): ...
    def add(self, order): ...
//- shop/application/place.py
from shop.application.interfaces import Orders
class PlaceOrderUseCase:
    def __init__(self, orders: Orders): self.orders = orders
    def __call__(self): return self.orders.get(1)
//- shop/infrastructure/orders.py
import psycopg
class SqlOrders:
    def get(self, id): return psycopg.connect()
    def add(self, order): return psycopg.connect()
";

#[test]
fn ports_implemented_by_structure() {
    check(
        CLEAN,
        &expect![[r#"
        clean: infrastructure implements 1 of 1 ports of the domain and the application; a domain of its own
    "#]],
    );
}

#[test]
fn ports_that_infrastructure_lacks_make_no_style() {
    check(
        &CLEAN.replace("def add(self, order): return", "def other(self): return"),
        &expect![[r#"
        layered: infrastructure implements no port of the domain or the application; a domain of its own
    "#]],
    );
}

#[test]
fn the_words_of_ports_and_adapters() {
    let text = CLEAN
        .replace("shop/infrastructure/", "shop/adapters/")
        .replace("application/interfaces", "ports/orders");
    check(
        &text.replace("shop.application.interfaces", "shop.ports.orders"),
        &expect![[r#"
        hexagonal: infrastructure implements 1 of 1 ports of the domain and the application; a domain of its own
    "#]],
    );
}

#[test]
fn routes_services_and_repositories() {
    check(
        r"
//- shop/__init__.py
//- shop/routers/orders.py
from fastapi import APIRouter
from shop.services.orders import OrderService
router = APIRouter()
//- shop/services/orders.py
from shop.repositories.orders import OrderRepository
class OrderService:
    def all(self): return OrderRepository().all()
//- shop/repositories/orders.py
from shop.models.order import Order
class OrderRepository:
    def all(self, session): return session.query(Order).all()
//- shop/models/order.py
from sqlalchemy.orm import DeclarativeBase
class Order(DeclarativeBase): ...
",
        &expect![[r#"
            layered: the domain and the application ask for no ports; rows are the domain
        "#]],
    );
}

#[test]
fn features_with_layers_of_their_own() {
    let feature = r"
//- shop/NAME/models.py
from django.db import models
class Row(models.Model): ...
//- shop/NAME/views.py
from django.views import View
class Page(View): ...
//- shop/NAME/services.py
def change(): ...
";
    let features: String =
        ["orders", "users", "stock"].iter().map(|name| feature.replace("NAME", name)).collect();
    check(
        &features,
        &expect![[r#"
        modules: 3 packages hold layers of their own; rows are the domain
    "#]],
    );
}

#[test]
fn distributions_are_scopes_of_their_own() {
    let text = CLEAN
        .replace("shop/infrastructure/", "sql/shop_infrastructure/")
        .replace("//- shop/", "//- core/shop/");
    check(
        &format!("{text}\n//- core/pyproject.toml\n//- sql/pyproject.toml\n"),
        &expect![[r#"
        clean: infrastructure implements 1 of 1 ports of the domain and the application; a domain of its own
        layered: the domain and the application ask for no ports; no domain
    "#]],
    );
}
