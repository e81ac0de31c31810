use std::fmt::Write;

use expect_test::{Expect, expect};

use super::{Parameter, parameter};
use crate::fixture::Fixture;

const PROJECT: &str = r#"
//- shop/models.py
from typing import Generic, TypeVar
T = TypeVar("T")
class Order: ...
class Item: ...
class Repository(Generic[T]): ...
Orders = list[Order]
MaybeOrder = Order | None
"#;

/// The parameters and the return value of the function `f` in `shop/main.py`.
fn check(text: &str, wanted: &Expect) {
    let fixture = Fixture::new(&format!("{PROJECT}//- shop/main.py\n{text}"));
    let mut out = String::new();
    let definitions = fixture.definitions("shop/main.py");
    for (id, facts) in definitions.functions() {
        let function = crate::FunctionRef { module: fixture.module("shop/main.py"), function: id };
        for (index, name) in facts.parameters.iter().map(|parameter| &parameter.name).enumerate() {
            let words = match parameter(&fixture.db, fixture.project, function, index) {
                Parameter::Known(value) => fixture.words(&value),
                Parameter::Provider(provider) => format!("provided by {}", fixture.name_of(provider)),
                Parameter::Unknown => "?".into(),
            };
            let _ = writeln!(out, "{name}: {words}");
        }
        if facts.returns.is_some() {
            let value = super::returned(&fixture.db, fixture.project, function, None);
            let _ = writeln!(out, "{} -> {}", facts.name, fixture.words(&value));
        }
    }
    wanted.assert_eq(&out);
}

#[test]
fn python_types() {
    check(
        r#"
import typing as t
import collections.abc
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence, Mapping
from typing import Annotated, Any, Awaitable, Callable, Coroutine, Optional, Union, Literal, ClassVar
from datetime import datetime
from uuid import UUID
from decimal import Decimal
from shop.models import Order, Item, Orders, MaybeOrder
from shop import models
def f(
    plain: Order, dotted: models.Order, text: "Order", dotted_text: "models.Order", generic_text: "list[Order]",
    optional: Optional[Order], old_union: Union[Order, None], new_union: Order | None, none_first: None | Order,
    text_union: "Order | None", two: Order | Item, same: list[Order] | Sequence[Order],
    listed: list[Order], typed: t.List["Order"], sequence: collections.abc.Sequence[Order], items: Sequence[Order],
    stream: AsyncIterator[Order], nested: list[tuple[Order, int]], mapping: dict[int, Order],
    default: defaultdict[str, list[Order]], bare_list: list, bare_dict: dict, of: Mapping[str, Order],
    pair: tuple[Order, int], open_tuple: tuple[Order, ...], a_class: type[Order], old_class: t.Type[Order],
    annotated: Annotated[Order, "doc"], awaitable: Awaitable[Order], coroutine: Coroutine[Any, Any, Order],
    number: int, name: str | None, moment: datetime, key: UUID, price: Decimal, choice: Literal["a"], anything: Any,
    alias: Orders, optional_alias: MaybeOrder, module_alias: "models.Orders", callback: Callable[[int], Order],
    unknown: Missing, broken: "list[", *args: Order, **kwargs: Order,
): ...
"#,
        &expect![[r#"
            plain: Order
            dotted: Order
            text: Order
            dotted_text: Order
            generic_text: many(Order)
            optional: Order
            old_union: Order
            new_union: Order
            none_first: Order
            text_union: Order
            two: ?
            same: many(Order)
            listed: many(Order)
            typed: many(Order)
            sequence: many(Order)
            items: many(Order)
            stream: many(Order)
            nested: many((Order, plain))
            mapping: mapping(Order)
            default: mapping(many(Order))
            bare_list: many(?)
            bare_dict: mapping(?)
            of: mapping(Order)
            pair: (Order, plain)
            open_tuple: many(Order)
            a_class: class shop.models:Order
            old_class: class shop.models:Order
            annotated: Order
            awaitable: awaitable(Order)
            coroutine: awaitable(Order)
            number: plain
            name: plain
            moment: plain
            key: plain
            price: plain
            choice: plain
            anything: ?
            alias: many(Order)
            optional_alias: Order
            module_alias: many(Order)
            callback: ?
            unknown: ?
            broken: many(?)
            args: many(Order)
            kwargs: mapping(Order)
        "#]],
    );
}

#[test]
fn library_types() {
    check(
        r#"
from typing import Annotated, Callable, AsyncContextManager
from contextlib import AbstractContextManager
import httpx
from dishka import FromDishka
from django.db.models import Manager, QuerySet
from django.db import models as django_models
from fastapi import Depends, Request
from pydantic import EmailStr
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession, AsyncConnection, async_sessionmaker
from sqlalchemy.orm import Mapped, Query, Session, scoped_session, sessionmaker
from sqlmodel import Session as ModelSession
from sqlmodel.ext.asyncio.session import AsyncSession as AsyncModelSession
from shop.models import Order, Repository
def get_db(): ...
SessionDep = Annotated[Session, Depends(get_db)]
class OwnSession(AsyncSession): ...
def f(
    session: Session, optional: Session | None, async_session: AsyncSession, connection: AsyncConnection,
    scoped: scoped_session, generic: scoped_session[Session], model: ModelSession, async_model: AsyncModelSession,
    own: OwnSession, dependency: SessionDep, factory: sessionmaker, typed: sessionmaker[Session],
    async_factory: async_sessionmaker[AsyncSession], callback: Callable[..., AbstractContextManager[Session]],
    entered: AsyncContextManager[AsyncSession], mapped: Mapped[list["Order"]], queryset: QuerySet[Order],
    dotted: "django_models.QuerySet[Order]", bare: QuerySet, manager: Manager[Order], query: Query[Order],
    select: Select[tuple[Order]], client: httpx.AsyncClient, request: Request, email: EmailStr,
    injected: FromDishka[Order], repository: Repository[Order], many: list[Repository["Order"]],
): ...
"#,
        &expect![[r#"
            session: session
            optional: session
            async_session: async session
            connection: async session
            scoped: session
            generic: session
            model: session
            async_model: async session
            own: async session
            dependency: session
            factory: instance of sqlalchemy.orm.sessionmaker
            typed: instance of sqlalchemy.orm.sessionmaker
            async_factory: instance of sqlalchemy.ext.asyncio.async_sessionmaker
            callback: instance of sqlalchemy.orm.sessionmaker
            entered: async session
            mapped: many(Order)
            queryset: query Order
            dotted: query Order
            bare: instance of django.db.models.QuerySet
            manager: manager Order.objects
            query: query Order
            select: query Order
            client: instance of httpx.AsyncClient
            request: instance of fastapi.Request
            email: plain
            injected: Order
            repository: Repository[Order]
            many: many(Repository[Order])
        "#]],
    );
}

#[test]
fn rows_of_entities() {
    check(
        r#"
from django.db import models
from django.db.models import QuerySet
from typing import TypeVar
class Base(models.Model):
    class Meta:
        abstract = True
class Author(Base):
    name = models.CharField()
T = TypeVar("T", bound=Base)
Narrow = TypeVar("Narrow", bound=Author)
def f(
    author: Author, text: "Author | None", several: list["Author"], queryset: QuerySet[Author], base: Base, any_row: T,
    author_row: Narrow, any_class: type[T], author_class: type[Author], base_class: type[Base],
): ...
"#,
        &expect![[r#"
            author: row Author
            text: row Author
            several: many(row Author)
            queryset: query Author
            base: row Base
            any_row: ?
            author_row: row Author
            any_class: ?
            author_class: class shop.main:Author
            base_class: ?
        "#]],
    );
}

#[test]
fn providers() {
    check(
        r#"
from typing import Annotated, AsyncIterator, Generator
from dependency_injector import containers, providers
from dependency_injector.wiring import Provide, inject
from fastapi import Depends, Security
from sqlalchemy.orm import Session
from shop.models import Order, Repository
def get_order() -> Order: ...
def get_db() -> Generator[Session, None, None]:
    yield 1
def untold(): ...
class Call:
    def __call__(self) -> Order: ...
class Container(containers.DeclarativeContainer):
    order = providers.Factory(Order)
call = Call()
singleton = Order()
def f(
    by_annotation: Order = Depends(), by_default=Depends(get_order), by_class=Depends(Order), yielded=Depends(get_db),
    keyword=Depends(dependency=get_order), secure=Security(get_order), unknown=Depends(untold), instance=Depends(call),
    both: Order = Depends(untold), inside: Annotated[Missing, Depends(get_order)] = None,
    inside_unknown: Annotated[Missing, Depends(untold)] = None, wired=Provide[Container.order],
    twice=Depends(Provide[Container.order]), plain=10, text="", nothing=None, made=singleton,
): ...
"#,
        &expect![[r#"
            get_order -> Order
            get_db -> many(session)
            self: Call
            __call__ -> Order
            by_annotation: Order
            by_default: Order
            by_class: Order
            yielded: session
            keyword: Order
            secure: Order
            unknown: provided by shop.main:untold
            instance: Order
            both: Order
            inside: Order
            inside_unknown: provided by shop.main:untold
            wired: Order
            twice: Order
            plain: plain
            text: plain
            nothing: ?
            made: Order
        "#]],
    );
}

#[test]
fn methods() {
    check(
        r#"
from typing import Self, TypeVar, NewType
from shop.models import Order
Bound = TypeVar("Bound", bound=Order)
Free = TypeVar("Free")
OrderId = NewType("OrderId", int)
class Service:
    def plain(self, key: OrderId) -> Self: ...
    @classmethod
    def create(cls) -> "Service": ...
    @staticmethod
    def static(order: Order, bound: Bound, free: Free) -> type[Bound]: ...
    def __new__(cls): ...
    @property
    def order(self) -> Order: ...
    async def later(self) -> list[Order]: ...
    def outer(self):
        def inner(self): ...
    class Inner:
        def deep(self): ...
"#,
        &expect![[r#"
            self: Service
            key: plain
            plain -> Service
            cls: class shop.main:Service
            create -> Service
            order: Order
            bound: Order
            free: ?
            static -> ?
            cls: class shop.main:Service
            self: Service
            order -> Order
            self: Service
            later -> many(Order)
            self: Service
            self: ?
            self: ?
        "#]],
    );
}
