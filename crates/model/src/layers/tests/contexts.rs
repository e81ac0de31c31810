//! Which packages are bounded contexts or feature modules.

use std::fmt::Write;

use expect_test::{Expect, expect};

use crate::fixture::Fixture;
use crate::query;

/// Compares the contexts with `expected`, one per line, each with its modules.
fn check(text: &str, expected: &Expect) {
    let fixture = Fixture::new(text);
    let modules = fixture.modules();
    let layers = query::layers(&fixture.db, fixture.project);
    let mut lines = String::new();
    for (index, context) in layers.contexts.iter().enumerate() {
        let inside = modules.iter().filter(|(id, _)| layers.context_of[*id] == Some(index as u32));
        let names: Vec<&str> = inside.map(|(_, module)| module.name.as_str()).collect();
        let _ = writeln!(lines, "{context}: {}", names.join(" "));
    }
    expected.assert_eq(&lines);
}

#[test]
fn features_repeat_the_same_files() {
    check(
        r"
//- shop/__init__.py
//- shop/db.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
//- shop/orders/__init__.py
//- shop/orders/models.py
from shop.db import Base
class Order(Base): ...
//- shop/orders/service.py
def place(): ...
//- shop/orders/lines/models.py
from shop.db import Base
class Line(Base): ...
//- shop/users/__init__.py
//- shop/users/models.py
from shop.db import Base
class User(Base): ...
//- shop/users/views.py
from fastapi import APIRouter
router = APIRouter()
//- shop/utils/__init__.py
//- shop/utils/models.py
def merge(): ...
",
        &expect![[r#"
            shop.orders: shop.orders shop.orders.lines.models shop.orders.models shop.orders.service
            shop.users: shop.users shop.users.models shop.users.views
        "#]],
    );
}

#[test]
fn layers_are_no_contexts() {
    check(
        r"
//- shop/__init__.py
//- shop/domain/order.py
class Order: ...
//- shop/domain/events.py
class Placed: ...
//- shop/application/services.py
class OrderService:
    def place(self): ...
//- shop/application/ports.py
from typing import Protocol
class Orders(Protocol):
    def get(self): ...
//- shop/infrastructure/models.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
//- shop/infrastructure/api/routes.py
from fastapi import APIRouter
router = APIRouter()
",
        &expect![[r#""#]],
    );
}

#[test]
fn plugins_are_contexts_without_their_base() {
    check(
        r"
//- shop/__init__.py
//- shop/plugins/__init__.py
//- shop/plugins/base/plugin.py
class Plugin:
    def run(self): ...
//- shop/plugins/slack/plugin.py
import slack_sdk
class Slack: ...
//- shop/plugins/jira/plugin.py
import jira
class Jira: ...
//- shop/plugins/zoom/plugin.py
import requests
class Zoom: ...
",
        &expect![[r#"
            shop.plugins.jira: shop.plugins.jira.plugin
            shop.plugins.slack: shop.plugins.slack.plugin
            shop.plugins.zoom: shop.plugins.zoom.plugin
        "#]],
    );
}
