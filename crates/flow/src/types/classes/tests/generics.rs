//! Type arguments in members and in walks.

use expect_test::expect;

use super::check;
use crate::fixture::Fixture;

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
                    let method = crate::types::classes::read(&fixture.db, fixture.project, &value, name);
                    crate::types::classes::called(&fixture.db, fixture.project, &method)
                }
                None => crate::types::classes::read(&fixture.db, fixture.project, &value, name),
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
fn walks_know_type_arguments_and_what_other_methods_store() {
    let fixture = Fixture::new(
        r#"
//- models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    items: Mapped[list["Item"]] = relationship()
class Item(Base):
    __tablename__ = "items"
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
//- main.py
from typing import Generic, TypedDict, TypeVar
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from models import Base, Order
T = TypeVar("T", bound=Base)
class Repository(Generic[T]):
    def __init__(self, model: type[T], session: Session):
        self.model = model
        self.session = session
    def rows(self):
        return self.session.scalars(select(self.model)).all()
class Orders(Repository[Order]): ...
class ByArguments(Generic[T]):
    model_cls: ClassVar[type[Any] | None] = None
    def __init_subclass__(cls):
        cls.model_cls = get_args(cls.__orig_bases__[0])[0]
    @classmethod
    def all(cls, session: Session):
        return session.query(cls.model_cls).all()
class OrdersByArguments(ByArguments[Order]): ...
def by_arguments(session: Session):
    return OrdersByArguments.all(session)
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
class View:
    statement = select(Order)
    options = [selectinload(Order.items)]
    name = text_field()
    def rows(self, session: Session):
        return session.scalars(self.statement).all()
    @classmethod
    def of_class(cls, session: Session):
        return session.scalars(cls.statement.limit(1)).all()
    def named(self):
        return self.name
class BelowView(View):
    def below(self, session: Session):
        return session.scalars(self.statement.options(*self.options)).all()
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
        ("View.rows", "many(row Order)"),
        ("View.of_class", "many(row Order)"),
        ("View.named", "?"),
        ("BelowView.below", "many(row Order)"),
        ("by_arguments", "many(row Order)"),
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

#[test]
fn class_methods_of_abstract_bases_speak_of_those_below() {
    let fixture = Fixture::new(
        r#"
//- models.py
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declarative_base, mapped_column
from flask_sqlalchemy import Model, SQLAlchemy
class Base(DeclarativeBase):
    @classmethod
    def find(cls, session: Session):
        return session.query(cls).filter_by(a=1)
    @classmethod
    def selected(cls, session: Session):
        return session.scalars(select(cls)).all()
    @classmethod
    def one(cls, session: Session, key: int):
        return session.get(cls, key)
    @classmethod
    def again(cls, session: Session):
        return cls.find(session).all()
class Mixin:
    @classmethod
    def flask(cls):
        return cls.query.filter_by(a=1).all()
class Basis(Model):
    @classmethod
    def based(cls):
        return cls.query.filter_by(a=1).all()
db = SQLAlchemy(model_class=Mixin)
based = SQLAlchemy(model_class=declarative_base(cls=Basis))
class Tag(based.Model):
    __tablename__ = "tags"
    id = based.Column(based.Integer, primary_key=True)
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
class Item(db.Model):
    __tablename__ = "items"
    id = db.Column(db.Integer, primary_key=True)
    @classmethod
    def own(cls):
        return cls.query.all()
//- main.py
from models import Item, Order, Tag
def based():
    return Tag.based()
def find(session):
    return Order.find(session).all()
def selected(session):
    return Order.selected(session)
def one(session):
    return Order.one(session, 1)
def again(session):
    return Order.again(session)
def flask():
    return Item.flask()
def own():
    return Item.own()
"#,
    );
    for (name, wanted) in [
        ("find", "many(row Order)"),
        ("selected", "many(row Order)"),
        ("one", "row Order"),
        ("again", "many(row Order)"),
        ("flask", "many(row Item)"),
        ("own", "many(row Item)"),
        ("based", "many(row Tag)"),
    ] {
        assert_eq!(fixture.words(&fixture.summary("main.py", name).returns), wanted, "{name}");
    }
}
