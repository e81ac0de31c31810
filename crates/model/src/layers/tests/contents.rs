//! Evidence from contents where names indicate nothing.

use expect_test::expect;

use super::check;

#[test]
fn ways_in() {
    check(
        r#"
//- shop/__init__.py
//- shop/a_fastapi.py
from fastapi import APIRouter, Depends
r = APIRouter()
@r.get("/orders")
async def orders(q: str = Depends(str)): ...
//- shop/b_flask.py
from flask import Blueprint
bp = Blueprint("orders", __name__)
@bp.route("/orders")
def orders(): ...
//- shop/c_litestar.py
from litestar import Controller, get
class Orders(Controller):
    @get("/")
    async def all(self) -> list[str]: ...
//- shop/d_drf.py
from rest_framework.viewsets import ModelViewSet
class Orders(ModelViewSet): ...
//- shop/e_django.py
from django.urls import path
urlpatterns = [path("", str)]
//- shop/f_command.py
import click
@click.command()
def seed(): ...
//- shop/g_consumer.py
from faststream.rabbit import RabbitBroker
broker = RabbitBroker()
@broker.subscriber("orders")
async def on_order(message: str): ...
//- shop/h_graphql.py
import strawberry
@strawberry.type
class Order:
    id: int
//- shop/i_pyramid.py
from pyramid.view import view_config
@view_config(route_name="orders")
def orders(request): ...
//- shop/j_marshmallow.py
from marshmallow import Schema, fields
class OrderSchema(Schema):
    id = fields.Int()
//- shop/k_pydantic.py
from pydantic import BaseModel
class OrderIn(BaseModel):
    id: int
//- shop/l_hooks.py
from starlette.middleware.base import BaseHTTPMiddleware
class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next): ...
"#,
        &expect![[r#"
            shop/a_fastapi.py presentation 97 (makes a router)
            shop/b_flask.py presentation 97 (makes a router)
            shop/c_litestar.py presentation 97 (defines views)
            shop/d_drf.py presentation 97 (defines views)
            shop/e_django.py presentation 97 (declares URL patterns)
            shop/f_command.py presentation 97 (declares commands of a command line)
            shop/g_consumer.py presentation 97 (consumes messages)
            shop/h_graphql.py presentation 97 (defines GraphQL types)
            shop/i_pyramid.py presentation 97 (handles requests)
            shop/j_marshmallow.py presentation 86 (defines serializers)
            shop/k_pydantic.py presentation 71 (defines schemas)
            shop/l_hooks.py presentation 97 (defines middleware)
        "#]],
    );
}

#[test]
fn data_stores() {
    check(
        r#"
//- shop/__init__.py
//- shop/a_declarative.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
class Order(Base):
    __tablename__ = "orders"
//- shop/b_elsewhere.py
from shop.a_declarative import Base
class Customer(Base): ...
//- shop/c_core.py
from sqlalchemy import Table, MetaData
orders = Table("orders", MetaData())
//- shop/d_sqlmodel.py
from sqlmodel import SQLModel
class Order(SQLModel, table=True):
    id: int
//- shop/e_no_table.py
from sqlmodel import SQLModel
class OrderIn(SQLModel):
    id: int
//- shop/f_django.py
from django.db import models
class Order(models.Model): ...
//- shop/g_engine.py
from sqlalchemy import create_engine
engine = create_engine("sqlite://")
//- shop/h_fetching.py
import httpx
async def fetch(url): return await httpx.AsyncClient().get(url)
//- shop/i_driver.py
import asyncpg
async def load(conn):
    return await conn.fetch("select 1")
//- shop/j_flask_sqlalchemy.py
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
class Order(db.Model): ...
//- shop/k_handed_on.py
import psycopg
from shop.orders import Orders
class Lending:
    def __init__(self):
        self.orders = Orders(psycopg.connect("postgres://"))
//- shop/l_kept.py
import psycopg
class Lending:
    def __init__(self):
        self.connection = psycopg.connect("postgres://")
"#,
        &expect![[r#"
            shop/a_declarative.py infrastructure 97 (defines ORM models)
            shop/b_elsewhere.py infrastructure 97 (defines ORM models)
            shop/c_core.py infrastructure 97 (declares tables or their base)
            shop/d_sqlmodel.py infrastructure 97 (defines ORM models)
            shop/e_no_table.py presentation 62 (defines schemas)
            shop/f_django.py infrastructure 97 (defines ORM models)
            shop/g_engine.py infrastructure 95 (opens connections)
            shop/h_fetching.py infrastructure 69 (uses an HTTP client)
            shop/i_driver.py infrastructure 83 (uses a database driver)
            shop/j_flask_sqlalchemy.py infrastructure 97 (defines ORM models)
            shop/k_handed_on.py infrastructure 69 (uses a database driver)
            shop/l_kept.py infrastructure 97 (opens connections)
        "#]],
    );
}

#[test]
fn the_rest() {
    check(
        r#"
//- shop/__init__.py
//- shop/a_app.py
from fastapi import FastAPI
def build():
    api = FastAPI()
    api.add_middleware(object)
    return api
//- shop/b_settings.py
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    url: str
//- shop/c_environment.py
import os
URL = os.environ["URL"]
//- shop/d_injector.py
from dependency_injector import containers, providers
class Wiring(containers.DeclarativeContainer):
    orders = providers.Factory(object)
//- shop/e_dishka.py
from dishka import Provider
class Adapters(Provider): ...
//- shop/f_task.py
from celery import shared_task
@shared_task
def send(order_id): ...
//- shop/g_asked.py
from typing import Protocol
class Orders(Protocol):
    def get(self, id: int): ...
//- shop/h_abstract.py
from abc import ABC, abstractmethod
class Orders(ABC):
    @abstractmethod
    def get(self, id: int): ...
//- shop/i_values.py
from dataclasses import dataclass
from enum import Enum
@dataclass(frozen=True)
class Money:
    amount: int
    def plus(self, other): return Money(self.amount + other.amount)
class Currency(Enum):
    EUR = "EUR"
//- shop/j_functions.py
def slug(text): return text.lower()
//- shop/k_orders.py
class PlaceOrder:
    def __call__(self, order): return order
class CancelOrderUseCase:
    def __call__(self, order): return order
//- shop/l_appconfig.py
from django.apps import AppConfig
class Shop(AppConfig): ...
"#,
        &expect![[r#"
            shop/a_app.py composition 97 (makes the application)
            shop/b_settings.py config 97 (defines settings)
            shop/c_environment.py config 66 (reads the environment while it is imported)
            shop/d_injector.py composition 97 (defines a dependency-injection container)
            shop/e_dishka.py composition 97 (defines a dependency-injection container)
            shop/f_task.py application 95 (declares background tasks)
            shop/g_asked.py domain 67 (defines ports)
            shop/h_abstract.py domain 67 (defines ports)
            shop/i_values.py domain 77 (defines enumerations)
            shop/j_functions.py shared 57 (holds plain functions alone)
            shop/k_orders.py application 69 (defines `CancelOrderUseCase`)
            shop/l_appconfig.py composition 91 (configures a Django application)
        "#]],
    );
}

#[test]
fn hierarchy_reaches_through_files() {
    check(
        r"
//- shop/__init__.py
//- shop/ground/__init__.py
from .errors import AppError
from .views import JsonView
//- shop/ground/errors.py
from fastapi import HTTPException
class AppError(HTTPException): ...
//- shop/ground/views.py
from flask.views import MethodView
class JsonView(MethodView): ...
//- shop/orders/__init__.py
//- shop/orders/gone.py
from shop.ground import AppError
class Gone(AppError): ...
//- shop/orders/listing.py
from shop.ground import JsonView
class Listing(JsonView):
    def get(self): return []
",
        &expect![[r#"
            shop/ground/errors.py presentation 94 (defines HTTP errors)
            shop/ground/views.py presentation 97 (defines views)
            shop/orders/gone.py presentation 84 (defines HTTP errors)
            shop/orders/listing.py presentation 97 (defines views)
        "#]],
    );
}
