use std::fmt::Write;

use expect_test::{Expect, expect};

use super::Target;
use crate::fixture::Fixture;
use crate::query;

/// The targets of the imports of `main.py`, one per line.
fn check(text: &str, expected: &Expect) {
    check_file("main.py", text, expected);
}

fn check_file(path: &str, text: &str, expected: &Expect) {
    let fixture = Fixture::new(text);
    let modules = fixture.modules();
    let name = |id: &crate::ModuleId| modules[*id].name.clone();
    let mut out = String::new();
    for resolved in query::resolved(&fixture.db, fixture.project, fixture.file(path)).iter() {
        let target = match &resolved.target {
            Target::Module(id) => format!("module {}", name(id)),
            Target::Symbol { module, name: symbol, origin, origin_name } => {
                format!("symbol {}:{symbol} = {}:{origin_name}", name(module), name(origin))
            }
            other => format!("{other:?}"),
        };
        let _ = write!(out, "{}: {target}", resolved.absolute);
        if !resolved.via.is_empty() {
            let via: Vec<_> = resolved.via.iter().map(name).collect();
            let _ = write!(out, " via {}", via.join(", "));
        }
        if let Some(foreign) = &resolved.foreign {
            let _ = write!(out, " foreign {foreign}");
        }
        out.push('\n');
    }
    expected.assert_eq(&out);
}

#[test]
fn modules_symbols_and_the_rest_of_the_world() {
    check(
        r"
//- main.py
import shop.orders
import shop.gone
from shop import orders, prices
from shop.orders import Order
import os.path
from sqlalchemy.orm import Session
from shop.nowhere import x
//- shop/__init__.py
//- shop/orders.py
class Order: ...
//- shop/prices/__init__.py
",
        &expect![[r#"
            shop.orders: module shop.orders
            shop.gone: Missing("shop.gone")
            shop.orders: module shop.orders
            shop.prices: module shop.prices
            shop.orders.Order: symbol shop.orders:Order = shop.orders:Order
            os.path: Standard("os.path")
            sqlalchemy.orm.Session: ThirdParty("sqlalchemy.orm.Session")
            shop.nowhere.x: Missing("shop.nowhere.x")
        "#]],
    );
}

#[test]
fn relative_imports() {
    check_file(
        "shop/sub/a.py",
        r"
//- shop/__init__.py
//- shop/b.py
def f(): ...
//- shop/sub/__init__.py
//- shop/sub/a.py
from . import c
from .c import x
from .. import b
from ..b import f
from .gone import y
from .... import beyond
from ..... import beyond
//- shop/sub/c.py
x = 1
",
        &expect![[r#"
            shop.sub.c: module shop.sub.c
            shop.sub.c.x: symbol shop.sub.c:x = shop.sub.c:x
            shop.b: module shop.b
            shop.b.f: symbol shop.b:f = shop.b:f
            shop.sub.gone.y: Missing("shop.sub.gone.y")
            beyond: Missing("beyond")
            beyond: Missing("beyond")
        "#]],
    );
    check_file(
        "shop/__init__.py",
        "
//- shop/__init__.py
from . import b
from .b import f
from .. import c
//- shop/b.py
",
        &expect![[r#"
            shop.b: module shop.b
            shop.b.f: symbol shop.b:f = shop.b:f
            c: Missing("c")
        "#]],
    );
}

#[test]
fn reexports_are_followed_to_the_origin() {
    check(
        r"
//- main.py
from shop import Order, Session, helper, models, Renamed
from shop.api import Order as Again
//- shop/__init__.py
from .api import Order, Session
from .models import Order as Renamed
from . import api as helper
from shop import models
//- shop/api.py
from .models import *
from sqlalchemy.orm import Session
//- shop/models.py
class Order: ...
",
        &expect![[r#"
            shop.Order: symbol shop:Order = shop.models:Order via shop, shop.api
            shop.Session: symbol shop:Session = shop.api:Session via shop foreign sqlalchemy.orm.Session
            shop.helper: symbol shop:helper = shop.api: via shop
            shop.models: module shop.models
            shop.Renamed: symbol shop:Renamed = shop.models:Order via shop
            shop.api.Order: symbol shop.api:Order = shop.models:Order via shop.api
        "#]],
    );
}

#[test]
fn stars_follow_all_and_underscores() {
    check(
        r"
//- main.py
from shop import shown, hidden, _private, late
//- shop/__init__.py
from .first import *
from .second import *
//- shop/first.py
__all__ = ['shown']
shown = hidden = 1
//- shop/second.py
_private = 1
from .third import *
//- shop/third.py
late = 1
",
        &expect![[r#"
            shop.shown: symbol shop:shown = shop.first:shown via shop
            shop.hidden: symbol shop:hidden = shop:hidden
            shop._private: symbol shop:_private = shop:_private
            shop.late: symbol shop:late = shop.third:late via shop, shop.second
        "#]],
    );
}

#[test]
fn circles_of_reexports_end() {
    check(
        r"
//- main.py
from a import x, y
//- a.py
from b import x
from b import *
//- b.py
from a import x
from a import *
",
        &expect![[r#"
            a.x: symbol a:x = a:x
            a.y: symbol a:y = a:y
        "#]],
    );
}

#[test]
fn a_package_that_binds_the_name_of_its_submodule() {
    check(
        r"
//- main.py
from shop import order, plain, made
//- shop/__init__.py
from .order import order
from . import plain
def made(): ...
//- shop/order.py
def order(): ...
//- shop/plain.py
//- shop/made.py
",
        &expect![[r#"
            shop.order: symbol shop.order:order = shop.order:order
            shop.plain: module shop.plain
            shop.made: symbol shop:made = shop:made
        "#]],
    );
}

#[test]
fn a_local_folder_does_not_hide_an_installed_package() {
    check(
        r"
//- main.py
from alembic import context
import alembic
from alembic.versions import first
from redis import Redis
//- alembic/env.py
//- alembic/versions/first.py
//- redis/__init__.py
",
        &expect![[r#"
            alembic.context: ThirdParty("alembic.context")
            alembic: ThirdParty("alembic")
            alembic.versions.first: module alembic.versions.first
            redis.Redis: symbol redis:Redis = redis:Redis
        "#]],
    );
}

#[test]
fn the_standard_library_comes_first_unless_only_the_project_has_it() {
    check(
        r"
//- main.py
import calendar
from calendar import monthrange
from calendar import views
from calendar.models import Event
from calendar import Mine
from email.mime.text import MIMEText
//- calendar/__init__.py
class Mine: ...
//- calendar/views.py
//- calendar/models.py
class Event: ...
",
        &expect![[r#"
            calendar: Standard("calendar")
            calendar.monthrange: Standard("calendar.monthrange")
            calendar.views: module calendar.views
            calendar.models.Event: symbol calendar.models:Event = calendar.models:Event
            calendar.Mine: symbol calendar:Mine = calendar:Mine
            email.mime.text.MIMEText: Standard("email.mime.text.MIMEText")
        "#]],
    );
}

#[test]
fn namespaces_are_packages() {
    check(
        r"
//- main.py
from shop.orders import service
from shop import orders
import shop.orders
import shop.orders.service
from shop.orders.service import run
from shop.orders import gone
//- shop/orders/service.py
def run(): ...
",
        &expect![[r#"
            shop.orders.service: module shop.orders.service
            shop.orders: Namespace("shop.orders")
            shop.orders: Namespace("shop.orders")
            shop.orders.service: module shop.orders.service
            shop.orders.service.run: symbol shop.orders.service:run = shop.orders.service:run
            shop.orders.gone: Missing("shop.orders.gone")
        "#]],
    );
}

#[test]
fn dynamic_imports_with_literals() {
    check(
        r"
//- main.py
import importlib
importlib.import_module('shop.orders')
from django.utils.module_loading import import_string
import_string('shop.orders.Order')
importlib.import_module('celery.app')
//- shop/__init__.py
//- shop/orders.py
class Order: ...
",
        &expect![[r#"
            importlib: Standard("importlib")
            shop.orders: module shop.orders
            django.utils.module_loading.import_string: ThirdParty("django.utils.module_loading.import_string")
            shop.orders.Order: symbol shop.orders:Order = shop.orders:Order
            celery.app: ThirdParty("celery.app")
        "#]],
    );
}

#[test]
fn conditional_definitions_prefer_what_runs() {
    check(
        r"
//- main.py
from shop import fast, typed, Base
//- shop/__init__.py
from typing import TYPE_CHECKING
try:
    from .speed import fast
except ImportError:
    from .slow import fast
if TYPE_CHECKING:
    from .slow import typed
else:
    from .speed import typed
try:
    from sqlalchemy.orm import DeclarativeBase as Base
except ImportError:
    Base = None
//- shop/speed.py
def fast(): ...
def typed(): ...
//- shop/slow.py
def fast(): ...
",
        &expect![[r#"
            shop.fast: symbol shop:fast = shop.speed:fast via shop
            shop.typed: symbol shop:typed = shop.speed:typed via shop
            shop.Base: symbol shop:Base = shop:Base foreign sqlalchemy.orm.DeclarativeBase
        "#]],
    );
}

#[test]
fn services_do_not_borrow_each_others_modules() {
    check_file(
        "services/a/app/main.py",
        r"
//- services/a/app/__init__.py
//- services/a/app/main.py
from app.db import engine
from app.only_b import x
from common.log import log
//- services/a/app/db.py
engine = 1
//- services/b/app/__init__.py
//- services/b/app/only_b.py
from app.db import engine
//- services/b/app/db.py
//- libs/common/setup.py
//- libs/common/common/__init__.py
//- libs/common/common/log.py
log = 1
",
        &expect![[r#"
            app.db.engine: symbol app.db:engine = app.db:engine
            app.only_b.x: Missing("app.only_b.x")
            common.log.log: symbol common.log:log = common.log:log
        "#]],
    );
}

#[test]
fn stubs_stand_behind_their_sources() {
    check(
        r"
//- main.py
from shop.orders import Order
from shop.native import fast
//- shop/__init__.py
//- shop/orders.py
class Order: ...
//- shop/native.pyi
def fast() -> None: ...
",
        &expect![[r#"
            shop.orders.Order: symbol shop.orders:Order = shop.orders:Order
            shop.native.fast: symbol shop.native:fast = shop.native:fast
        "#]],
    );
}

#[test]
fn both_readings_of_a_folder_resolve() {
    check(
        r"
//- main.py
from src.shop.orders import Order
from shop.orders import Order as Same
//- src/shop/orders.py
from shop.prices import price
class Order: ...
//- src/shop/prices.py
from shop.orders import Order
def price(): ...
",
        &expect![[r#"
            src.shop.orders.Order: symbol shop.orders:Order = shop.orders:Order
            shop.orders.Order: symbol shop.orders:Order = shop.orders:Order
        "#]],
    );
}

#[test]
fn a_star_of_what_imports_from_here_brings_nothing_new() {
    check(
        r"
//- main.py
from shop.models import Model
//- shop/__init__.py
//- shop/models/__init__.py
from .base import *
from .trash import *
//- shop/models/base.py
class Model: ...
//- shop/models/trash.py
from shop.models import Model
class Trash(Model): ...
",
        &expect![[r#"
            shop.models.Model: symbol shop.models:Model = shop.models.base:Model via shop.models
        "#]],
    );
}
