mod generics;
mod interfaces;
mod limits;

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::{Member, MethodKind};
use crate::fixture::Fixture;

/// The members listed in a line `# members: Class.name ...` at the end of a file.
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
class Circle(Other):
    def own(self): ...
class Other(Circle): ...
# members: Service.create Service.total Service.cached Service.hybrid Service.load Service.save Service.parse Service.get Service.named Service.missing Diamond.who FromMade.load FromModel.save Circle.who Circle.own
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
            Circle.own = method main:Circle.own
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
