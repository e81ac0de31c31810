//! Cases where names are misleading, and contents or surroundings must decide.

use expect_test::expect;

use super::check;

#[test]
fn handlers_of_requests_and_of_commands() {
    check(
        r#"
//- web/__init__.py
//- web/handlers/__init__.py
//- web/handlers/orders.py
from flask import Blueprint
bp = Blueprint("orders", __name__)
@bp.route("/orders")
def orders(): ...
//- web/handlers/errors.py
from flask import jsonify
def not_found(error): return jsonify({})
//- shop/__init__.py
//- shop/handlers/__init__.py
//- shop/handlers/place_order.py
def place_order(command, uow): uow.commit()
//- shop/handlers/cancel_order.py
def cancel_order(command, uow): uow.commit()
"#,
        &expect![[r#"
            shop/handlers/cancel_order.py application 75 (is in a folder named "handlers")
            shop/handlers/place_order.py application 75 (is in a folder named "handlers")
            web/handlers/errors.py presentation 97 (is in a folder named "handlers")
            web/handlers/orders.py presentation 97 (makes a router)
        "#]],
    );
}

#[test]
fn models_are_rows_or_data() {
    check(
        r"
//- rows/__init__.py
//- rows/models/__init__.py
//- rows/models/order.py
from django.db import models
class Order(models.Model): ...
//- rows/models/managers.py
from django.db import models
class OrderManager(models.Manager): ...
//- data/__init__.py
//- data/models/__init__.py
//- data/models/order.py
from pydantic import BaseModel
class Order(BaseModel): ...
//- mixed/__init__.py
//- mixed/models/domain/order.py
from pydantic import BaseModel
class Order(BaseModel): ...
//- mixed/models/schemas/order.py
from pydantic import BaseModel
class OrderIn(BaseModel): ...
",
        &expect![[r#"
            data/models/order.py domain 64 (is in a folder named "models")
            mixed/models/domain/order.py domain 97 (is in a folder named "domain")
            mixed/models/schemas/order.py presentation 87 (is in a folder named "schemas")
            rows/models/managers.py infrastructure 97 (defines managers or queries of an ORM)
            rows/models/order.py infrastructure 97 (defines ORM models)
        "#]],
    );
}

#[test]
fn a_domain_folder_of_features_is_no_layer() {
    check(
        r#"
//- app/__init__.py
//- app/domain/orders/controllers.py
from litestar import Controller, get
class Orders(Controller):
    @get("/")
    async def all(self): ...
//- app/domain/orders/services.py
class OrderService:
    def all(self, session): return session.execute("select 1")
//- app/domain/orders/schemas.py
import msgspec
class Order(msgspec.Struct): ...
"#,
        &expect![[r#"
            app/domain/orders/controllers.py presentation 97 (defines views)
            app/domain/orders/schemas.py presentation 93 (its file is named "schemas")
            app/domain/orders/services.py application 97 (its file is named "services")
        "#]],
    );
}

#[test]
fn one_offender_does_not_unmake_a_domain() {
    check(
        r"
//- shop/__init__.py
//- shop/domain/order.py
class Order:
    def cancel(self): self.cancelled = True
//- shop/domain/customer.py
class Customer:
    def rename(self, name): self.name = name
//- shop/domain/price.py
class Price:
    def plus(self, other): return other
//- shop/domain/basket.py
from sqlalchemy.orm import DeclarativeBase
class Basket(DeclarativeBase): ...
",
        &expect![[r#"
            shop/domain/basket.py domain 68 (is in a folder named "domain")
            shop/domain/customer.py domain 97 (is in a folder named "domain")
            shop/domain/order.py domain 97 (is in a folder named "domain")
            shop/domain/price.py domain 97 (is in a folder named "domain")
        "#]],
    );
}

#[test]
fn a_feature_called_service() {
    check(
        r"
//- shop/__init__.py
//- shop/service/__init__.py
//- shop/service/models.py
from shop.db import Base
class Service(Base): ...
//- shop/service/views.py
from fastapi import APIRouter
router = APIRouter()
//- shop/service/service.py
from shop.service.models import Service
def get(session, id): return session.query(Service).get(id)
//- shop/service/enums.py
from enum import Enum
class Kind(Enum):
    A = 1
//- shop/db.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
",
        &expect![[r#"
            shop/db.py infrastructure 97 (defines ORM models)
            shop/service/enums.py domain 87 (its file is named "enums")
            shop/service/models.py infrastructure 97 (defines ORM models)
            shop/service/service.py application 85 (its file is named "service")
            shop/service/views.py presentation 97 (makes a router)
        "#]],
    );
}

#[test]
fn leaks_do_not_move_a_service() {
    check(
        r"
//- shop/__init__.py
//- shop/services/__init__.py
//- shop/services/orders.py
from fastapi import Depends, HTTPException
from sqlalchemy.orm import Session
class OrderService:
    def __init__(self, session: Session = Depends()): self.session = session
    def get(self, id):
        order = self.session.query(id).first()
        self.session.commit()
        self.session.refresh(order)
        if order is None:
            raise HTTPException(404)
        return order
//- shop/orders/__init__.py
//- shop/orders/service.py
from fastapi import HTTPException
def get(session, id): raise HTTPException(404)
",
        &expect![[r#"
            shop/orders/service.py application 77 (its file is named "service")
            shop/services/orders.py application 97 (is in a folder named "services")
        "#]],
    );
}

#[test]
fn configuration_of_the_program_and_of_something_else() {
    check(
        r#"
//- shop/__init__.py
//- shop/config.py
import os
URL = os.getenv("URL")
//- shop/plugins/__init__.py
//- shop/plugins/mail/config.py
from pydantic import BaseModel
class MailConfiguration(BaseModel): ...
//- shop/plugins/mail/plugin.py
import smtplib
class Mail: ...
//- shop/utils/__init__.py
//- shop/utils/configuration.py
def merge(a, b): return {**a, **b}
//- shop/wired/__init__.py
//- shop/wired/config.py
from kink import di
def bootstrap(): ...
di["orders"] = object()
"#,
        &expect![[r#"
            shop/config.py config 97 (its file is named "config")
            shop/plugins/mail/config.py config 68 (its file is named "config")
            shop/plugins/mail/plugin.py infrastructure 97 (is in a folder named "plugins")
            shop/utils/configuration.py shared 71 (is in a folder named "utils")
            shop/wired/config.py composition 84 (fills a dependency-injection container)
        "#]],
    );
}

#[test]
fn composition_imports_everything() {
    check(
        r"
//- shop/__init__.py
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
//- shop/app.py
from flask import Flask
from shop import db
def create_app():
    app = Flask(__name__)
    db.init_app(app)
    return app
//- shop/bootstrap.py
from shop.adapters.orders import SqlOrders
from shop.services.orders import place
def bootstrap(): return place, SqlOrders
//- shop/adapters/orders.py
import psycopg
class SqlOrders:
    def get(self, id): return psycopg.connect()
//- shop/services/orders.py
def place(order): return order
//- shop/server.py
import uvicorn
uvicorn.run(object())
//- manage.py
from shop.app import create_app
app = create_app()
if __name__ == '__main__':
    app.run()
",
        &expect![[r#"
            manage.py composition 97 (makes the application)
            shop/__init__.py composition 75 (starts up the outermost package)
            shop/adapters/orders.py infrastructure 97 (is in a folder named "adapters")
            shop/app.py composition 97 (makes the application)
            shop/bootstrap.py composition 92 (its file is named "bootstrap")
            shop/server.py composition 97 (runs the application)
            shop/services/orders.py application 82 (is in a folder named "services")
        "#]],
    );
}

#[test]
fn code_in_packages_own_files() {
    check(
        r#"
//- shop/__init__.py
//- shop/models/__init__.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
//- shop/handlers/__init__.py
from flask import Blueprint
routes = Blueprint("routes", __name__)
//- shop/dto/__init__.py
from dataclasses import dataclass
@dataclass
class OrderDto:
    id: int
"#,
        &expect![[r#"
            shop/dto/__init__.py application 61 (is in a folder named "dto")
            shop/handlers/__init__.py presentation 97 (makes a router)
            shop/models/__init__.py infrastructure 97 (defines ORM models)
        "#]],
    );
}

#[test]
fn broken_files_keep_their_names_verdict() {
    check(
        r#"
//- shop/__init__.py
//- shop/services/orders.py
class OrderService(:
    def (((
//- shop/routers/orders.py
from fastapi import APIRouter
router = APIRouter(
@router.get("/"
"#,
        &expect![[r#"
            shop/routers/orders.py presentation 97 (is in a folder named "routers")
            shop/services/orders.py application 89 (is in a folder named "services")
        "#]],
    );
}

/// `views` and `urls` refer to HTTP if their contents use it; otherwise the words count half.
#[test]
fn words_of_http_that_nothing_bears_out() {
    check(
        r#"
//- shop/__init__.py
//- shop/reports/__init__.py
//- shop/reports/views.py
def by_month(rows): return {row.month: row.total for row in rows}
//- shop/orders/__init__.py
//- shop/orders/views.py
from fastapi import Request
def by_month(request: Request, rows): return {row.month: row.total for row in rows}
"#,
        &expect![[r#"
            shop/orders/views.py presentation 95 (its file is named "views")
            shop/reports/views.py presentation 60 (its file is named "views")
        "#]],
    );
}
