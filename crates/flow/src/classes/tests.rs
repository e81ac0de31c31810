use std::fmt::Write;

use expect_test::{Expect, expect};

use super::{Member, MethodKind};
use crate::fixture::Fixture;

/// The members that a line `# members: Class.name ...` at the end of a file lists.
fn check(text: &str, wanted: &Expect) {
    let fixture = Fixture::new(text);
    let mut out = String::new();
    let paths: Vec<_> = fixture.paths().map(ToString::to_string).collect();
    for path in paths {
        let source = source::query::text(&fixture.db, fixture.file(&path));
        let Some((_, names)) = source.as_str().split_once("# members: ") else { continue };
        for name in names.split_whitespace() {
            let (class, member) = name.split_once('.').unwrap_or((name, ""));
            let class = fixture.class(&path, class);
            let words = match super::member(&fixture.db, fixture.project, &class, member) {
                Some(Member::Method { function, kind }) => {
                    let kind = match kind {
                        MethodKind::Instance => "method",
                        MethodKind::Class => "class method",
                        MethodKind::Static => "static method",
                        MethodKind::Property => "property",
                    };
                    format!("{kind} {}", fixture.name_of(function))
                }
                Some(Member::Attribute(value)) => fixture.words(&value),
                None => "nothing".into(),
            };
            let _ = writeln!(out, "{name} = {words}");
        }
    }
    wanted.assert_eq(&out);
}

#[test]
fn methods_own_and_inherited() {
    check(
        r"
//- base.py
class Base:
    def load(self): ...
    def save(self): ...
    @staticmethod
    def parse(): ...
//- main.py
from functools import cached_property
from sqlalchemy.ext.hybrid import hybrid_property
from typing import overload
from base import Base
class Mixin:
    def save(self): ...
class Service(Mixin, Base):
    @classmethod
    def create(cls): ...
    @property
    def total(self): ...
    @total.setter
    def total(self, value): ...
    @cached_property
    def cached(self): ...
    @hybrid_property
    def hybrid(self): ...
    @hybrid.expression
    def hybrid(cls): ...
    read = load_all
    def fetch(self): ...
    get = fetch
    named = property(fetch)
class Top:
    def who(self): ...
class Left(Top): ...
class Right(Top):
    def who(self): ...
class Diamond(Left, Right): ...
from sqlalchemy.orm import declarative_base
from flask_sqlalchemy import SQLAlchemy
Made = declarative_base(cls=Base)
db = SQLAlchemy(model_class=declarative_base(cls=Mixin))
class FromMade(Made): ...
class FromModel(db.Model): ...
class Circle(Other): ...
class Other(Circle): ...
# members: Service.create Service.total Service.cached Service.hybrid Service.load Service.save Service.parse Service.get Service.named Service.missing Diamond.who FromMade.load FromModel.save Circle.who
",
        &expect![[r#"
            Service.create = class method main:Service.create
            Service.total = property main:Service.total
            Service.cached = property main:Service.cached
            Service.hybrid = property main:Service.hybrid
            Service.load = method base:Base.load
            Service.save = method main:Mixin.save
            Service.parse = static method base:Base.parse
            Service.get = method main:Service.fetch
            Service.named = property main:Service.fetch
            Service.missing = nothing
            Diamond.who = method main:Right.who
            FromMade.load = method base:Base.load
            FromModel.save = method main:Mixin.save
            Circle.who = nothing
        "#]],
    );
}

#[test]
fn attributes() {
    check(
        r#"
//- models.py
class Order: ...
class Item: ...
//- main.py
from dataclasses import dataclass, field
from typing import Protocol
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session
from fastapi import Depends
import models
from models import Order
def get_session() -> Session: ...
def make(): ...
class Repository:
    model = Order
    def __init__(self, session: AsyncSession, limit: int = 10):
        self.session = session
        self.limit = limit
    def get(self) -> Order: ...
class Special(Repository):
    model = models.Item
@dataclass
class Data:
    order: Order
    repository: Repository = field(default=None)
    orders: list["Order"] = field(default_factory=list)
class Service:
    shared = Repository(None)
    nothing = None
    def __init__(self, repository: Repository, session=Depends(get_session), untold=None, *, other: Repository | None = None):
        self.repository = repository
        self._session = session
        self.untold = untold
        self.other = other or Repository(session)
        self.fallback = untold or Repository(session)
        self.made = Repository(session=session)
        self.inner = self.made.session
        self.inherited = repository.limit
        self.order = self.repository.get()
        self.result = make()
        self.names: list[Order] = []
        self.open = []
        self.cache = {}
        self.count = 0
        self.text = ""
        self.late = None
        local = repository
        self.local = local
        if session:
            self.late = Repository(session)
        from models import Item
        self.item_class = Item
        self.first, self.second = 1, 2
        self.bound = self.run
        self.number = self.total
    def run(self): ...
    @property
    def total(self) -> Order: ...
class UnitOfWork:
    orders: Repository
    def __init__(self, session_factory: async_sessionmaker[AsyncSession]):
        self.session_factory = session_factory
    async def __aenter__(self):
        self.session = self.session_factory()
        self.repository = Repository(self.session)
        return self
class Below(UnitOfWork):
    def __init__(self):
        super().__init__(None)
        self.more = self.repository
# members: Repository.session Repository.limit Repository.model Special.model Special.session Data.order Data.repository Data.orders Service.shared Service.nothing Service.repository Service._session Service.untold Service.other Service.fallback Service.made Service.inner Service.inherited Service.order Service.result Service.names Service.open Service.cache Service.count Service.text Service.late Service.local Service.item_class Service.first Service.bound Service.number Service.missing UnitOfWork.orders UnitOfWork.session_factory UnitOfWork.session UnitOfWork.repository Below.session Below.more
"#,
        &expect![[r#"
            Repository.session = async session
            Repository.limit = plain
            Repository.model = class models:Order
            Special.model = class models:Item
            Special.session = async session
            Data.order = Order
            Data.repository = Repository
            Data.orders = many(Order)
            Service.shared = Repository
            Service.nothing = ?
            Service.repository = Repository
            Service._session = session
            Service.untold = ?
            Service.other = Repository
            Service.fallback = Repository
            Service.made = Repository
            Service.inner = async session
            Service.inherited = plain
            Service.order = Order
            Service.result = ?
            Service.names = many(Order)
            Service.open = many(?)
            Service.cache = mapping(?)
            Service.count = plain
            Service.text = plain
            Service.late = Repository
            Service.local = Repository
            Service.item_class = class models:Item
            Service.first = plain
            Service.bound = method Service.run of Service
            Service.number = Order
            Service.missing = nothing
            UnitOfWork.orders = Repository
            UnitOfWork.session_factory = instance of sqlalchemy.ext.asyncio.async_sessionmaker
            UnitOfWork.session = async session
            UnitOfWork.repository = Repository
            Below.session = async session
            Below.more = Repository
        "#]],
    );
}

#[test]
fn attributes_that_other_methods_store() {
    check(
        r#"
//- main.py
class Order: ...
class Item: ...
class Handler:
    late = None
    def __init__(self):
        self.unset = None
    def process(self, order: Order):
        self.order = order
        self.made, self.pair = Order(), Item()
        self.late = Order()
        self.either = Order()
        self.unset = Item()
        other.foreign = Order()
    def again(self):
        self.either = Item()
        self.made = Order()
class Below(Handler): ...
# members: Handler.order Handler.made Handler.pair Handler.late Handler.either Handler.unset Handler.foreign Below.order
"#,
        &expect![[r#"
            Handler.order = Order
            Handler.made = Order
            Handler.pair = Item
            Handler.late = Order
            Handler.either = ?
            Handler.unset = Item
            Handler.foreign = nothing
            Below.order = Order
        "#]],
    );
}

#[test]
fn rows_of_entities() {
    check(
        r#"
//- models.py
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): ...
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    def total(self): ...
//- main.py
from typing import Generic, TypeVar
from sqlalchemy import Select
from sqlalchemy.orm import Session
from models import Base, Order
T = TypeVar("T", bound=Base)
class Repository(Generic[T]):
    model: type[T]
    def __init__(self, session: Session, given: type[T] | None = None, base: type[Base] = Base):
        self.session = session
        self.given = given
        self.base = base
    def one(self) -> T: ...
class Orders(Repository[Order]):
    order: Order
    orders: dict[str, list[Order]]
    def __init__(self, session):
        super().__init__(session, Order)
class Plain(Repository):
    model = Order
# members: Repository.model Repository.given Repository.base Orders.model Orders.given Orders.base Orders.order Orders.orders Plain.model Plain.given
"#,
        &expect![[r#"
            Repository.model = ?
            Repository.given = ?
            Repository.base = ?
            Orders.model = class models:Order
            Orders.given = class models:Order
            Orders.base = ?
            Orders.order = row Order
            Orders.orders = mapping(many(row Order))
            Plain.model = class models:Order
            Plain.given = ?
        "#]],
    );
}

#[test]
fn type_arguments_and_what_is_passed_to_the_base() {
    check(
        r#"
//- base.py
from typing import Generic, TypeVar
T = TypeVar("T")
K = TypeVar("K")
class Repository(Generic[T, K]):
    model: type[T]
    kept: list[K]
    def __init__(self, session, by_argument: type[T], untyped=None):
        self.session = session
        self.by_argument = by_argument
        self.untyped = untyped
    def all(self) -> list[T]: ...
class Half(Repository[T, int]): ...
class New[X]:
    held: X
//- main.py
from base import Half, New, Repository
from sqlalchemy.orm import Session
class Order: ...
class Orders(Repository[Order, str]):
    def __init__(self, session: Session):
        super().__init__(session, Order, untyped=Order)
class Halves(Half[Order]): ...
class News(New[Order]): ...
class Further(Orders):
    def __init__(self):
        Orders.__init__(self, None)
OrderRepository = Repository[Order, int]
class Aliased(OrderRepository): ...
class Text(Repository["Order", int]): ...
# members: Orders.model Orders.kept Orders.session Orders.by_argument Orders.untyped Halves.model Halves.kept News.held Further.session Further.model Aliased.model Text.model
"#,
        &expect![[r#"
            Orders.model = class main:Order
            Orders.kept = many(plain)
            Orders.session = session
            Orders.by_argument = class main:Order
            Orders.untyped = class main:Order
            Halves.model = class main:Order
            Halves.kept = many(plain)
            News.held = Order
            Further.session = session
            Further.model = class main:Order
            Aliased.model = class main:Order
            Text.model = class main:Order
        "#]],
    );
}

#[test]
fn instances_remember_type_arguments() {
    let fixture = Fixture::new(
        r#"
//- main.py
from typing import Generic, TypeVar
T = TypeVar("T")
class Order: ...
class Repository(Generic[T]):
    def __init__(self, model: type[T], session=None):
        self.model = model
    def first(self) -> T: ...
    @property
    def rows(self) -> list[T]: ...
class Below(Repository[T]): ...
by_argument = Repository(Order)
by_keyword = Repository(session=1, model=Order)
explicit = Repository[Order](None)
below = Below(Order)
"#,
    );
    let module = fixture.module("main.py");
    let read = |name: &str| {
        name.split('.').fold(crate::Value::of(crate::Kind::Module(module)), |value, name| {
            match name.strip_suffix("()") {
                Some(name) => {
                    let method = super::read(&fixture.db, fixture.project, &value, name);
                    super::called(&fixture.db, fixture.project, &method)
                }
                None => super::read(&fixture.db, fixture.project, &value, name),
            }
        })
    };
    for (name, wanted) in [
        ("by_argument", "Repository[Order]"),
        ("by_argument.model", "class Order"),
        ("by_argument.first()", "Order"),
        ("by_argument.rows", "many(Order)"),
        ("by_keyword", "Repository[Order]"),
        ("explicit.model", "class Order"),
        ("below.model", "class Order"),
        ("below.first()", "Order"),
    ] {
        assert_eq!(fixture.words(&read(name)).replace("main:", ""), wanted, "{name}");
    }
}

#[test]
fn interfaces_and_those_who_implement_them() {
    let fixture = Fixture::new(
        r"
//- ports.py
from abc import ABC, abstractmethod
from typing import Protocol
class Orders(Protocol):
    def get(self): ...
    def list_all(self): ...
class Single(Protocol):
    def get(self): ...
class Mail(ABC):
    @abstractmethod
    def send(self):
        return 1
    def twice(self):
        self.send()
class Old:
    def run(self):
        raise NotImplementedError
class Concrete(ABC):
    def run(self):
        return 1
//- adapters.py
from ports import *
class SqlOrders:
    def get(self):
        return 1
    def list_all(self):
        return 1
    def more(self):
        return 1
class Explicit(Orders):
    def get(self):
        return 1
class Half:
    def get(self):
        return 1
class Smtp(Mail):
    def send(self):
        return 1
class AbstractMail(Mail):
    @abstractmethod
    def other(self): ...
class Below(AbstractMail):
    def other(self):
        return 1
class New(Old):
    def run(self):
        return 1
//- tests/test_ports.py
class FakeOrders:
    def get(self):
        return 1
    def list_all(self):
        return 1
",
    );
    for (name, wanted) in [
        ("Orders", "Explicit SqlOrders"),
        ("Single", ""),
        ("Mail", "Below Smtp"),
        ("Old", "New"),
        ("Concrete", ""),
    ] {
        let class = fixture.class("ports.py", name);
        let found = super::implementations(&fixture.db, fixture.project, &class);
        let names: Vec<&str> = found.iter().map(|class| class.name.as_str()).collect();
        assert_eq!(names.join(" "), wanted, "{name}");
    }
}

#[test]
fn a_body_that_stores_the_same_changes_nothing() {
    let text = |body: &str| {
        format!(
            "class Order: ...\nclass Service:\n    def __init__(self, order: Order):\n{body}    def other(self):\n        x = 1\n"
        )
    };
    let mut fixture = Fixture::new(&format!("//- main.py\n{}", text("        self.order = order\n")));
    let class = fixture.class("main.py", "Service");
    let member = |fixture: &Fixture| super::member(&fixture.db, fixture.project, &class, "order");
    let before = member(&fixture);
    assert!(matches!(before, Some(Member::Attribute(_))));
    fixture.executed();
    fixture.edit("main.py", &text("        self.order = order\n").replace("x = 1", "x = 2"));
    assert_eq!(member(&fixture), before);
    let ran = fixture.executed();
    assert!(!ran.contains_key("stored") && !ran.contains_key("attribute"), "{ran:?}");
    fixture.edit("main.py", &text("        log()\n        self.order = order\n"));
    assert_eq!(member(&fixture), before);
    let ran = fixture.executed();
    assert!(ran.contains_key("stored") && !ran.contains_key("attribute"), "{ran:?}");
}

#[test]
fn walks_know_type_arguments_and_what_other_methods_store() {
    let fixture = Fixture::new(
        r#"
//- models.py
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): ...
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
//- main.py
from typing import Generic, TypedDict, TypeVar
from sqlalchemy import select
from sqlalchemy.orm import Session
from models import Base, Order
T = TypeVar("T", bound=Base)
class Repository(Generic[T]):
    def __init__(self, model: type[T], session: Session):
        self.model = model
        self.session = session
    def rows(self):
        return self.session.scalars(select(self.model)).all()
class Orders(Repository[Order]): ...
class Passed(Repository):
    def __init__(self, session: Session):
        super().__init__(Order, session)
class Handler:
    def process(self, session: Session):
        self.orders = session.query(Order)
    def show(self):
        return self.orders
class Context(TypedDict):
    order: Order
    others: "list[Order]"
def item(context: Context):
    return context["others"]
def subscribed(session: Session):
    return Repository[Order](None, session).rows()
def make():
    return Orders(Order, None)
orders = make()
def by_maker():
    return orders.rows()
def constructed(session: Session):
    return Repository(Order, session).rows()
def inherited(orders: Orders):
    return orders.rows()
def passed(session: Session):
    return Passed(session).rows()
"#,
    );
    for (name, wanted) in [
        ("Handler.show", "query Order"),
        ("item", "many(row Order)"),
        ("subscribed", "many(row Order)"),
        ("by_maker", "many(row Order)"),
        ("constructed", "many(row Order)"),
        ("inherited", "many(row Order)"),
        ("passed", "many(row Order)"),
    ] {
        assert_eq!(fixture.words(&fixture.summary("main.py", name).returns), wanted, "{name}");
    }
}
