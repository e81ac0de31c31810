//! Which way is inward, by scope.

use std::fmt::Write;

use expect_test::{Expect, expect};

use crate::fixture::Fixture;
use crate::query;

/// Compares the styles with `expected`, one per line, each with its reason and the contents of the scope.
fn check(text: &str, expected: &Expect) {
    let fixture = Fixture::new(text);
    let layers = query::layers(&fixture.db, fixture.project);
    let mut lines = String::new();
    for scope in &layers.styles {
        let inventory = layers.inventories.get(lines.lines().count()).copied().unwrap_or_default();
        let (style, reason) = (scope.style, scope.reason());
        let domain = if inventory.rows_are_the_domain() {
            "rows are the domain"
        } else if inventory.has_domain() {
            "a domain of its own"
        } else {
            "no domain"
        };
        let _ = writeln!(lines, "{style} in {}: {reason}; {domain}", scope.name());
        for claim in &scope.claims {
            let (sure, asking, breaking) = (claim.confidence.0, claim.asking, claim.breaking.len());
            let _ = writeln!(lines, "  not {} -> {}: {sure} %, {asking} to {breaking}", claim.from, claim.to);
        }
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
            clean in .: `domain`, `application` and `infrastructure` are side by side; 1 of 1 inner modules that need infrastructure depend on a port; a domain of its own
              not application -> infrastructure: 87 %, 1 to 0
        "#]],
    );
}

#[test]
fn ports_that_infrastructure_lacks_make_no_style() {
    check(
        &CLEAN.replace("def add(self, order): return", "def other(self): return"),
        &expect![[r#"
            clean in .: `domain`, `application` and `infrastructure` are side by side; 1 of 1 inner modules that need infrastructure depend on a port; a domain of its own
              not application -> infrastructure: 87 %, 1 to 0
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
            hexagonal in .: `ports` and `adapters` are side by side; 1 of 1 inner modules that need infrastructure depend on a port; a domain of its own
              not application -> infrastructure: 87 %, 1 to 0
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
            layered in .: the domain and the application depend on no ports; rows are the domain
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
            modules in .: 3 packages hold layers of their own; rows are the domain
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
            clean in core: `domain`, `application` and `shop_infrastructure` are side by side; 1 of 1 inner modules that need infrastructure depend on a port; a domain of its own
              not application -> infrastructure: 87 %, 1 to 0
            layered in sql: the domain and the application depend on no ports; no domain
        "#]],
    );
}

/// Services that bypass the ports of the project.
fn past_ports(folder: &str) -> String {
    let mut text = String::from("//- farm/__init__.py\n");
    for name in ["cows", "hens", "pigs"] {
        let _ = write!(
            text,
            "
//- farm/{folder}/{name}.py
from typing import Protocol
class Animals(Protocol):
    def count(self): ...
    def add(self, name): ...
//- farm/adapters/{name}.py
import sqlite3
from farm.{folder}.{name} import Animals
class SqlAnimals(Animals):
    def count(self): return sqlite3.connect('x')
    def add(self, name): return sqlite3.connect('x')
//- farm/usecases/count_{name}.py
from farm.adapters.{name} import SqlAnimals
class Count:
    def __init__(self, animals: SqlAnimals): self.animals = animals
    def execute(self): return self.animals.count()
"
        );
    }
    text
}

#[test]
fn ports_and_adapters_claim_it_although_nobody_keeps_it() {
    check(
        &past_ports("ports"),
        &expect![[r#"
        hexagonal in .: `ports` and `adapters` are side by side; 0 of 3 inner modules that need infrastructure depend on a port; no domain
          not application -> infrastructure: 75 %, 0 to 3
    "#]],
    );
}

#[test]
fn one_plugin_port_among_services_claims_nothing() {
    let mut text = String::from(
        "
//- shop/__init__.py
//- shop/services/channels.py
from abc import ABC, abstractmethod
class Channel(ABC):
    @abstractmethod
    def send(self, text): ...
class Gauge(ABC):
    @abstractmethod
    def count(self, name): ...
    @abstractmethod
    def flush(self): ...
//- shop/services/alerts.py
from shop.services.channels import Channel, Gauge
class AlertService:
    def __init__(self, channel: Channel, gauge: Gauge): self.channel = channel
    def alarm(self): self.channel.send('x')
//- shop/clients/slack.py
import httpx
from shop.services.channels import Channel, Gauge
class Slack(Channel):
    def send(self, text): httpx.post(text)
class Meter(Gauge):
    def count(self, name): httpx.post(name)
    def flush(self): httpx.post('')
",
    );
    for name in ["orders", "users", "stock"] {
        let _ = write!(
            text,
            "
//- shop/services/{name}/service.py
from shop.repositories.{name} import Rows
class RowService:
    def __init__(self, rows: Rows): self.rows = rows
    def all(self): return self.rows.all()
//- shop/repositories/{name}.py
import psycopg
class Rows:
    def all(self): return psycopg.connect()
//- shop/services/{name}/actions.py
from dataclasses import dataclass
@dataclass
class Get:
    key: str
//- shop/services/{name}/filters.py
from dataclasses import dataclass
@dataclass
class Filter:
    key: str
"
        );
    }
    check(
        &text,
        &expect![[r#"
        layered in .: 1 of 4 inner modules that need infrastructure depend on a port; no domain
    "#]],
    );
}

#[test]
fn a_package_that_claims_more_than_the_rest() {
    let mut rest = String::new();
    for name in ["users", "stock", "bills", "mail"] {
        let _ = write!(
            rest,
            "
//- shop/{name}/__init__.py
//- shop/{name}/service.py
from shop.{name}.repository import Repository
class Service:
    def all(self): return Repository().all()
//- shop/{name}/repository.py
import psycopg
class Repository:
    def all(self): return psycopg.connect()
"
        );
    }
    check(
        &format!("{}{rest}", CLEAN.replace("shop/", "shop/orders/").replace("shop.", "shop.orders.")),
        &expect![[r#"
        modules in .: 5 packages hold layers of their own; a domain of its own
        clean in shop.orders: `domain`, `application` and `infrastructure` are side by side; no domain
          not application -> infrastructure: 87 %, 1 to 0
    "#]],
    );
}
