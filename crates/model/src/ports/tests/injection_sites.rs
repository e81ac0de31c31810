//! Requested dependencies.

use expect_test::expect;

use super::check_sites;

#[test]
fn annotations() {
    check_sites(
        r#"
//- ports.py
class Orders: ...
class Mail: ...
//- types_.py
from typing import Annotated, TypeVar
from ports import Orders
from fastapi import Depends
OrdersDep = Annotated[Orders, Depends()]
type Later = Orders | None
T = TypeVar("T", bound=Orders)
//- use.py
import ports
from typing import Annotated, ClassVar, Optional, Union
from dataclasses import dataclass, field, InitVar
from attrs import define
from pydantic import BaseModel, PrivateAttr
from dishka.integrations.fastapi import FromDishka
from ports import Orders, Mail
from types_ import OrdersDep, Later, T
class Service:
    def __init__(self, orders: Orders, mail: "Mail | None" = None, other: str = ""): ...
    def by_alias(self, a: OrdersDep, b: Later, c: T): ...
def several(a: Optional[Orders], b: Union[Orders, Mail, None], c: ports.Mail, d: Annotated[Orders, 1]): ...
def many(*a: Orders, **b: Orders): ...
def mixed(a: str | Orders, b: Union[Orders, "list[Orders]"], c: Orders | Any): ...
def wrapped(a: FromDishka[Orders], b: list[Orders], c: type[Orders]): ...
@dataclass(frozen=True)
class Command:
    orders: Orders
    made: Mail = field(init=False)
    every: ClassVar[Mail]
    started: InitVar[Mail]
    plain: int = 0
@define
class Attrs:
    orders: "Orders"
class Model(BaseModel):
    orders: Orders
    _mail: Mail = PrivateAttr()
    parent: "Model | None"
class Plain:
    orders: Orders
"#,
        &expect![[r#"
            __init__(orders): Orders
            __init__(mail): Mail
            by_alias(a): Orders
            by_alias(b): Orders
            by_alias(c): Orders
            several(a): Orders
            several(b): Orders or something else
            several(b): Mail or something else
            several(c): Mail
            several(d): Orders
            mixed(a): Orders or something else
            mixed(b): Orders or something else
            mixed(c): Orders or something else
            wrapped(a): Orders
            Command.orders: Orders
            Command.started: Mail
            Attrs.orders: Orders
            Model.orders: Orders
        "#]],
    );
}

#[test]
fn providers() {
    check_sites(
        r#"
//- ports.py
from typing import Iterator
class Orders: ...
class SqlOrders(Orders): ...
def get_orders() -> Orders: ...
def get_session() -> Iterator[Orders]: yield Orders()
def unknown(): ...
def made():
    orders = SqlOrders()
    yield orders
def circle(x: "Annotated[Nobody, Depends(circle)]") -> "Annotated[Nobody, Depends(circle)]": ...
//- container.py
from dependency_injector import containers, providers
from ports import SqlOrders, get_orders
class Inner(containers.DeclarativeContainer):
    orders = providers.Singleton(SqlOrders, session=1)
    made = providers.Callable(get_orders)
class Container(containers.DeclarativeContainer):
    inner = providers.Container(Inner)
    orders = providers.Factory(SqlOrders)
//- web.py
from typing import Annotated
from fastapi import Depends
from dependency_injector.wiring import Provide, inject
from container import Container
from ports import *
from ports import circle
from sqlalchemy.orm import Session
def a(x=Depends(get_orders), y=Depends(SqlOrders), z=Depends(unknown), w=Depends(made)): ...
def b(x: Annotated[Session, Depends(get_session)], y: Annotated[Orders, Depends(unknown)]): ...
def c(x=Provide[Container.orders], y: Orders = Depends(Provide[Container.inner.made]), z=Depends(Provide[Container.inner.orders])): ...
def d(x: Annotated["Nobody", Depends(circle)] = None): ...
"#,
        &expect![[r#"
            a(x): Orders, provided
            a(y): SqlOrders, provided
            a(w): SqlOrders, provided
            b(x): Orders, provided
            b(y): Orders
            c(x): SqlOrders, provided
            c(y): Orders
            c(z): SqlOrders, provided
        "#]],
    );
}
