//! Evidence from names, and contents that override it.

use expect_test::expect;

use super::check;

#[test]
fn horizontal_layers() {
    check(
        r#"
//- app/__init__.py
//- app/main.py
from fastapi import FastAPI
from app.api.routes import orders
app = FastAPI()
app.include_router(orders.router)
//- app/api/__init__.py
//- app/api/deps.py
from app.db.session import Session
def get_db(): yield Session()
//- app/api/routes/__init__.py
//- app/api/routes/orders.py
from fastapi import APIRouter
from app.services.orders import OrderService
router = APIRouter()
@router.get("/")
def all(): return OrderService().all()
//- app/core/__init__.py
//- app/core/config.py
from pydantic_settings import BaseSettings
class Settings(BaseSettings): ...
//- app/db/__init__.py
//- app/db/session.py
from sqlalchemy.orm import sessionmaker
Session = sessionmaker()
//- app/models/__init__.py
//- app/models/order.py
from sqlalchemy.orm import DeclarativeBase
class Order(DeclarativeBase): ...
//- app/repositories/__init__.py
//- app/repositories/order_repository.py
from app.models.order import Order
class OrderRepository:
    def all(self, session): return session.query(Order).all()
//- app/schemas/__init__.py
//- app/schemas/order.py
from pydantic import BaseModel
class OrderOut(BaseModel): ...
//- app/services/__init__.py
//- app/services/orders.py
from app.repositories.order_repository import OrderRepository
class OrderService:
    def all(self): return OrderRepository().all(None)
//- app/utils/__init__.py
//- app/utils/dates.py
def today(): return 1
"#,
        &expect![[r#"
            app/api/deps.py presentation 97 (is in a folder named "api")
            app/api/routes/orders.py presentation 97 (makes a router)
            app/core/config.py config 97 (defines settings)
            app/db/session.py infrastructure 97 (is in a folder named "db")
            app/main.py composition 97 (makes the application)
            app/models/order.py infrastructure 97 (defines ORM models)
            app/repositories/order_repository.py infrastructure 97 (is in a folder named "repositories")
            app/schemas/order.py presentation 93 (is in a folder named "schemas")
            app/services/orders.py application 97 (is in a folder named "services")
            app/utils/dates.py shared 89 (is in a folder named "utils")
        "#]],
    );
}

#[test]
fn frames_hold_what_lies_in_them() {
    check(
        r"
//- shop/__init__.py
//- shop/domain/order/repositories/order_repository.py
from abc import ABC, abstractmethod
class OrderRepository(ABC):
    @abstractmethod
    def get(self, id): ...
//- shop/domain/order/services/pricing.py
class Pricing:
    def total(self, order): return 1
//- shop/domain/order/model.py
class Order:
    def cancel(self): self.cancelled = True
//- shop/application/interfaces.py
from typing import Protocol
class Mailer(Protocol):
    def send(self, text): ...
//- shop/application/handlers/place_order.py
class PlaceOrderHandler:
    def __call__(self, command): return command
//- shop/infrastructure/repositories/order_repository.py
from sqlalchemy import select
class SqlOrderRepository:
    def get(self, id): return select(id)
//- shop/infrastructure/di/wiring.py
from shop.infrastructure.repositories.order_repository import SqlOrderRepository
def orders(): return SqlOrderRepository()
//- shop/infrastructure/api/routes.py
from fastapi import APIRouter
router = APIRouter()
//- shop/adapters/output/mail.py
import smtplib
def send(text): smtplib.SMTP().send(text)
//- shop/adapters/input/http/orders.py
from fastapi import APIRouter
router = APIRouter()
",
        &expect![[r#"
            shop/adapters/input/http/orders.py presentation 97 (makes a router)
            shop/adapters/output/mail.py infrastructure 97 (is in a folder named "output")
            shop/application/handlers/place_order.py application 97 (is in a folder named "application")
            shop/application/interfaces.py application 87 (is in a folder named "application")
            shop/domain/order/model.py domain 97 (is in a folder named "domain")
            shop/domain/order/repositories/order_repository.py domain 97 (is in a folder named "domain")
            shop/domain/order/services/pricing.py domain 97 (is in a folder named "domain")
            shop/infrastructure/api/routes.py presentation 97 (makes a router)
            shop/infrastructure/di/wiring.py composition 97 (is in a folder named "di")
            shop/infrastructure/repositories/order_repository.py infrastructure 97 (is in a folder named "infrastructure")
        "#]],
    );
}

#[test]
fn spelling_of_names() {
    check(
        r"
//- shop/__init__.py
//- shop/OrderRepository.py
def get(id): return id
//- shop/order_service.py
def place(order): return order
//- shop/orderController.py
from flask import request
def place(): return request.json
//- shop/crud_orders.py
def get(id): return id
//- shop/grant_admin.py
def grant(user): return user
//- shop/billing_infrastructure/stripe_payments.py
def pay(order): return order
",
        &expect![[r#"
            shop/OrderRepository.py infrastructure 78 (its file is named "OrderRepository")
            shop/billing_infrastructure/stripe_payments.py infrastructure 84 (is in a folder named "billing_infrastructure")
            shop/crud_orders.py infrastructure 66 (its file is named "crud_orders")
            shop/grant_admin.py shared 57 (holds plain functions alone)
            shop/orderController.py presentation 95 (its file is named "orderController")
            shop/order_service.py application 78 (its file is named "order_service")
        "#]],
    );
}

#[test]
fn tests_and_migrations_are_known_by_path() {
    check(
        r"
//- shop/__init__.py
//- shop/test_orders.py
def test(): ...
//- shop/migrations/__init__.py
//- shop/migrations/0001_first.py
x = 1
//- tests/conftest.py
x = 1
",
        &expect![[r#"
            shop/migrations/0001_first.py migrations 100 (is among the migrations)
            shop/migrations/__init__.py migrations 100 (is among the migrations)
            shop/test_orders.py tests 100 (is among the tests)
            tests/conftest.py tests 100 (is among the tests)
        "#]],
    );
}
