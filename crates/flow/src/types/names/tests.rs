use std::fmt::Write;

use expect_test::{Expect, expect};

use crate::fixture::Fixture;

/// For each file, the values of the names listed in its last line: `# names: a b.c`.
fn check(text: &str, wanted: &Expect) {
    let fixture = Fixture::new(text);
    let mut out = String::new();
    let paths: Vec<_> = fixture.paths().map(ToString::to_string).collect();
    for path in paths {
        let module = fixture.module(&path);
        let source = source::query::text(&fixture.db, fixture.file(&path));
        let Some((_, names)) = source.as_str().split_once("# names: ") else { continue };
        for name in names.split_whitespace() {
            let mut segments = name.split('.');
            let first = segments.next().unwrap_or_default();
            let head = super::at_top_level(&fixture.db, fixture.project, module, first);
            let value = segments.fold(head, |value, name| {
                crate::types::classes::read(&fixture.db, fixture.project, &value, name)
            });
            let _ = writeln!(out, "{path} {name} = {}", fixture.words(&value));
        }
    }
    wanted.assert_eq(&out);
}

#[test]
fn imports_lead_to_what_they_name() {
    check(
        r"
//- shop/__init__.py
from .orders import *
from .orders.models import Order as Renamed
//- shop/orders/__init__.py
from .models import Order
from . import service as orders
__all__ = ['Order', 'orders', 'models']
//- shop/orders/models.py
class Order: ...
def place(): ...
//- shop/orders/service.py
import shop.orders.models
import shop.orders.models as models
from shop import Order, Renamed
from ..orders.models import place
from sqlalchemy.future import select
import sqlalchemy as sa, os.path
import app.core.db
from shop.orders import missing
# names: shop shop.orders shop.orders.models.Order models.place Order Renamed place select sa.orm.Session sa.sql.func.count os.path.join app.core.db.engine app.other len nothing missing
//- app/core/db.py
engine = Engine()
class Engine: ...
",
        &expect![[r#"
            shop/orders/service.py shop = module shop
            shop/orders/service.py shop.orders = module shop.orders.service
            shop/orders/service.py shop.orders.models.Order = class shop.orders.models:Order
            shop/orders/service.py models.place = function shop.orders.models:place
            shop/orders/service.py Order = class shop.orders.models:Order
            shop/orders/service.py Renamed = class shop.orders.models:Order
            shop/orders/service.py place = function shop.orders.models:place
            shop/orders/service.py select = sqlalchemy.select
            shop/orders/service.py sa.orm.Session = sqlalchemy.orm.Session
            shop/orders/service.py sa.sql.func.count = sqlalchemy.func.count
            shop/orders/service.py os.path.join = os.path.join
            shop/orders/service.py app.core.db.engine = Engine
            shop/orders/service.py app.other = ?
            shop/orders/service.py len = builtins.len
            shop/orders/service.py nothing = ?
            shop/orders/service.py missing = ?
        "#]],
    );
}

#[test]
fn variables_are_what_they_are_made_of() {
    check(
        r#"
//- db.py
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import scoped_session, sessionmaker
from flask_sqlalchemy import SQLAlchemy
engine = create_engine("sqlite://")
async_engine = create_async_engine("sqlite://")
SessionLocal = sessionmaker(bind=engine)
AsyncLocal = async_sessionmaker(async_engine)
OldAsync = sessionmaker(async_engine, class_=AsyncSession)
Scoped = scoped_session(SessionLocal)
made = SessionLocal()
made_async = AsyncLocal()
db = SQLAlchemy()
flask_session = db.session
from flask_appbuilder.utils.legacy import get_sqla_class
appbuilder = get_sqla_class()()
# names: engine async_engine SessionLocal AsyncLocal OldAsync Scoped made made_async db flask_session appbuilder.session
//- services.py
import db as database
from functools import partial
from typing import Final, cast
class Service:
    limit = 10
    def run(self) -> int: ...
    @classmethod
    def create(cls) -> "Service": ...
def make() -> Service: ...
service = Service()
created = Service.create()
made = make()
declared: Service = something()
final: Final = Service()
late = None
late = Service()
never = None
either = Service() if flag else Service()
fallback = never or Service()
alias = service
Alias = Service
session_factory = database.SessionLocal
later = partial(make, 1)
casted = cast("Service", None)
limit = service.limit
LIMIT = 10
NAME = "name"
NAMES = ("a", "b", Service)
BY_NAME = {"service": service, "other": 1}
BY_KEY = {LIMIT: service, 2: Service()}
chosen = BY_KEY[LIMIT]
circle = other_circle
other_circle = circle
run = service.run
# names: service created made declared final late never either fallback alias Alias session_factory later casted limit LIMIT NAME NAMES BY_NAME BY_KEY chosen circle run service.missing
"#,
        &expect![[r#"
            db.py engine = instance of sqlalchemy.Engine
            db.py async_engine = instance of sqlalchemy.ext.asyncio.AsyncEngine
            db.py SessionLocal = instance of sqlalchemy.orm.sessionmaker
            db.py AsyncLocal = instance of sqlalchemy.ext.asyncio.async_sessionmaker
            db.py OldAsync = instance of sqlalchemy.ext.asyncio.async_sessionmaker
            db.py Scoped = instance of sqlalchemy.orm.scoped_session
            db.py made = session
            db.py made_async = async session
            db.py db = instance of flask_sqlalchemy.SQLAlchemy
            db.py flask_session = session
            db.py appbuilder.session = session
            services.py service = Service
            services.py created = Service
            services.py made = Service
            services.py declared = Service
            services.py final = Service
            services.py late = Service
            services.py never = ?
            services.py either = Service
            services.py fallback = Service
            services.py alias = Service
            services.py Alias = class services:Service
            services.py session_factory = instance of sqlalchemy.orm.sessionmaker
            services.py later = partial(function services:make; plain)
            services.py casted = Service
            services.py limit = plain
            services.py LIMIT = plain
            services.py NAME = "name"
            services.py NAMES = ("a", "b", class services:Service)
            services.py BY_NAME = {service: Service, other: plain}
            services.py BY_KEY = mapping(Service)
            services.py chosen = Service
            services.py circle = ?
            services.py run = method Service.run of Service
            services.py service.missing = ?
        "#]],
    );
}
