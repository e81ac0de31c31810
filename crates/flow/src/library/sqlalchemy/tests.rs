//! The results and effects of SQLAlchemy calls, one per line.

mod others;

use crate::library::shown::check;

const MODELS: &str = "\
//- models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
class Customer(Base):
    __tablename__ = 'customer'
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list['Order']] = relationship(back_populates='customer')
class Product(Base):
    __tablename__ = 'product'
    id: Mapped[int] = mapped_column(primary_key=True)
class Item(Base):
    __tablename__ = 'item'
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey('order.id'))
    product_id: Mapped[int] = mapped_column(ForeignKey('product.id'))
    product: Mapped[Product] = relationship()
class Order(Base):
    __tablename__ = 'order'
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey('customer.id'))
    customer: Mapped[Customer] = relationship(back_populates='orders')
    items: Mapped[list[Item]] = relationship()
    events: Mapped[list['Event']] = relationship(lazy='dynamic')
    tags: Mapped[list['Tag']] = relationship(lazy='selectin')
class Tag(Base):
    __tablename__ = 'tag'
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey('order.id'))
    product: Mapped[Product] = relationship()
class Event(Base):
    __tablename__ = 'event'
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey('order.id'))
    user: Mapped[Customer] = relationship()
";

const HEAD: &str = "\
from sqlalchemy import create_engine, delete, exists, func, insert, select, text, union, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import (
    Load, Session, aliased, contains_eager, defaultload, joinedload, lazyload, load_only, noload, raiseload,
    scoped_session, selectinload, sessionmaker, subqueryload, undefer, with_loader_criteria,
)
from models import Customer, Event, Item, Order, Product, Tag
engine = create_engine('sqlite://')
SessionLocal = sessionmaker(bind=engine)
AsyncSessionLocal = async_sessionmaker(create_async_engine('sqlite+aiosqlite://'))
OldAsync = sessionmaker(engine, class_=AsyncSession)
Scoped = scoped_session(SessionLocal)
";

const PARAMETERS: &str =
    "session: Session, db: AsyncSession, order: Order, orders: list[Order], unknown, options, ids: list[int]";

fn run(cases: &[(&str, &str)]) {
    check(MODELS, HEAD, PARAMETERS, cases);
}

#[test]
fn statements() {
    run(&[
        ("select(Order)", "statement Order"),
        ("select(Order, Customer)", "statement (Order{customer}, Customer)"),
        ("select(Order.id)", "statement plain"),
        ("select(Order.id, Order.number)", "statement plain"),
        ("select(Order, func.count(Item.id))", "statement (Order, plain)"),
        ("select(func.count()).select_from(Order)", "statement plain"),
        ("select(exists().where(Order.id == 1))", "statement plain"),
        ("select(aliased(Order))", "statement Order"),
        ("select(unknown)", "statement #4"),
        ("select([Order, Customer])", "statement (Order{customer}, Customer)"),
        ("select(Order).where(Order.number.in_(ids))", "statement Order filtered"),
        ("select(Order).where(Order.id == 1)", "statement Order filtered bounded"),
        ("select(Order).filter_by(number='1')", "statement Order filtered bounded"),
        ("select(Order).where(Order.customer_id == 1)", "statement Order filtered"),
        ("select(Order).limit(10).offset(5)", "statement Order bounded"),
        ("select(Order).limit(None)", "statement Order"),
        ("select(Order).join(Order.items).order_by(Order.id).distinct()", "statement Order"),
        ("select(Order).with_only_columns(Order.id)", "statement plain"),
        ("select(Order).add_columns(Customer)", "statement (Order{customer}, Customer)"),
        ("select(Order).subquery()", "plain"),
        ("select(Order).with_something_of_ours()", "statement Order{..}"),
        ("union(select(Order), select(Order))", "statement Order"),
        ("update(Order).where(Order.id == 1).values(number='2')", "statement write Order filtered bounded"),
        ("insert(Order).values(number='1').returning(Order)", "statement Order"),
        ("delete(Order).where(Order.customer_id == 1)", "statement write Order filtered"),
        ("select(Order).where(Order.customer == unknown)", "statement Order filtered"),
        ("select(Order).filter_by(customer=unknown)", "statement Order filtered"),
        ("select(Order).where(Order.customer_id.in_(ids))", "statement Order filtered"),
        ("select(Order).where(Order.customer_id != 1)", "statement Order filtered"),
        ("text('select 1')", "statement plain filtered"),
    ]);
}

#[test]
fn loader_options() {
    run(&[
        ("selectinload(Order.items)", "option{items}"),
        ("selectinload(Order.items).joinedload(Item.product)", "option{items{product}}"),
        ("selectinload(Order.items, Item.product)", "option{items{product}}"),
        ("joinedload('items').joinedload('product')", "option{items{product}}"),
        ("joinedload('items.product')", "option{items{product}}"),
        ("subqueryload(Order.items).options(joinedload(Item.product))", "option{items{product}}"),
        (
            "Load(Order).selectinload(Order.items).load_only(Item.id)",
            "option{items{id, ~order_id, ~product_id}}",
        ),
        ("contains_eager(Order.items.and_(Item.id > 1))", "option{items}"),
        ("selectinload(Order.items.of_type(Item))", "option{items}"),
        ("noload(Order.items)", "option{items}"),
        ("raiseload('*')", "option{..}"),
        ("raiseload(Order.items)", "option{!items}"),
        ("lazyload(Order.items)", "option{~items}"),
        ("lazyload('*')", "option"),
        ("load_only(Order.id)", "option{~customer_id, id, ~number}"),
        ("undefer(Order.number)", "option{number}"),
        ("with_loader_criteria(Order, Order.id > 1)", "option"),
        // The model loads tags by default, but not items.
        ("defaultload(Order.tags).joinedload(Tag.product)", "option{tags{product}}"),
        ("defaultload(Order.items)", "option"),
        ("defaultload(Order.items).joinedload(Item.product)", "option{-items{product}}"),
        (
            "select(Order).options(selectinload(Order.items), defaultload(Order.items).joinedload(Item.product))",
            "statement Order{items{product}}",
        ),
        (
            "select(Order).options(defaultload(Order.items).joinedload(Item.product), selectinload(Order.items))",
            "statement Order{items{product}}",
        ),
        (
            "select(Order).options(selectinload(Order.items), joinedload(Order.customer))",
            "statement Order{customer, items}",
        ),
        ("select(Order).options(*[selectinload(Order.items)])", "statement Order{items}"),
        (
            "loads = [selectinload(Order.items)]\nloads.append(joinedload(Order.customer))\nselect(Order).options(*loads)",
            "statement Order{..}",
        ),
        ("load = selectinload(Order.items)\nselect(Order).options(load)", "statement Order{items}"),
        ("select(Order).options(unknown)", "statement Order{..}"),
        ("select(Order).options(*options)", "statement Order{..}"),
        (
            "select(Order, Customer).options(selectinload(Customer.orders))",
            "statement (Order{customer, orders}, Customer{orders}){orders}",
        ),
        ("select(Order).options(load_only(Order.id))", "statement Order{~customer_id, id, ~number}"),
    ]);
}

#[test]
fn sessions_run_statements() {
    run(&[
        ("session.execute(select(Order))", "many (Order) | a query for Order"),
        ("session.execute(select(Order)).scalars().all()", "many Order | a query for Order"),
        ("session.execute(select(Order)).scalars().unique().all()", "many Order | a query for Order"),
        ("session.execute(select(Order)).scalar_one_or_none()", "Order | a query for Order"),
        ("session.execute(select(Order)).first()", "(Order) | a query for Order"),
        ("session.execute(select(Order)).first().Order", "Order | a query for Order"),
        (
            "session.execute(select(Order, Customer)).all()",
            "many (Order{customer}, Customer) | a query for Order",
        ),
        ("session.execute(select(Order, Customer)).first().Customer", "Customer | a query for Order"),
        ("session.execute(select(Order)).mappings().all()", "many plain | a query for Order"),
        ("session.execute(select(Order.id)).all()", "many plain | a query for Order"),
        ("session.execute(text('select 1')).fetchall()", "many plain | a query"),
        ("session.execute(update(Order).values(number='1'))", "many plain | a statement on Order"),
        ("session.execute(unknown)", "many (#4{..}) | a query"),
        ("session.execute(unknown())", "many ? | calls #4 | session.execute"),
        ("session.scalars(select(Order)).all()", "many Order | a query for Order"),
        ("session.scalars(select(Order, Customer)).first()", "Order{customer} | a query for Order"),
        ("session.scalar(select(Order))", "Order | a query for Order"),
        ("session.scalar(select(func.count(Order.id)))", "plain | a query"),
        ("session.get(Order, 1)", "Order | session.get(Order)"),
        ("session.get(Order, 1, options=[selectinload(Order.items)])", "Order{items} | session.get(Order)"),
        ("session.merge(order)", "Order | session.merge"),
        ("session.refresh(order)", "none | session.refresh"),
        ("session.refresh(order, ['items'])\norder", "Order{items} | session.refresh"),
        ("session.add(order)", "none | the INSERT of Order"),
        ("session.flush()\nsession.commit()", "none"),
        ("session.bulk_insert_mappings(Order, [])", "none | session.bulk_insert_mappings"),
    ]);
}

#[test]
fn async_sessions_are_awaited() {
    run(&[
        ("db.execute(select(Order))", "await many (Order~) | a query for Order"),
        ("(await db.execute(select(Order))).scalars().all()", "many Order~ | a query for Order"),
        ("await db.scalars(select(Order))", "many Order~ | a query for Order"),
        ("await db.scalar(select(Order))", "Order~ | a query for Order"),
        ("await db.get(Order, 1)", "Order~ | session.get(Order)"),
        ("await db.stream_scalars(select(Order))", "many Order~ | a query for Order"),
        (
            "async for one in await db.stream_scalars(select(Order)):\n    found = one\nfound",
            "Order~ | a query for Order",
        ),
        (
            "result = await db.stream(select(Order))\nawait result.scalars().all()",
            "many Order~ | a query for Order",
        ),
        ("await db.refresh(order, ['items'])\norder", "Order{items} | session.refresh"),
        ("await db.run_sync(lambda inner: inner.scalar(select(Order)))", "Order | a query for Order"),
        (
            "row = await db.get(Order, 1)\nawait row.awaitable_attrs.customer",
            "Customer~ | session.get(Order) | the lazy load of Order.customer",
        ),
        ("await db.commit()", "none"),
    ]);
}

#[test]
fn legacy_queries() {
    run(&[
        ("session.query(Order)", "query Order"),
        ("session.query(Order).filter(Order.customer_id > 1).all()", "many Order | a query for Order"),
        ("session.query(Order).with_parent(session.get(Customer, 1))", "query Order | session.get(Customer)"),
        ("session.query(Order).with_parent(unknown.customer)", "query Order | touch #4.customer"),
        ("session.query(Order, Customer).all()", "many (Order{customer}, Customer) | a query for Order"),
        ("session.query(Order.id).all()", "many plain | a query for Order"),
        ("session.query(Order).with_entities(Order.id).all()", "many plain | a query for Order"),
        ("session.query(Order).options(joinedload('items')).first()", "Order{items} | a query for Order"),
        ("session.query(Order).get(1)", "Order | a query for Order"),
        ("session.query(Order).count()", "plain | a query for Order"),
        ("session.query(func.count(Order.id)).scalar()", "plain | a query"),
        ("session.query(Order).filter_by(id=1).delete()", "plain | a statement on Order"),
        ("session.query(Order).update({'number': '1'})", "plain | a statement on Order"),
        ("session.query(Order).paginate(page=1).items", "many Order | a count of Order | a query for Order"),
        ("[one for one in session.query(Order)]", "many Order | a query for Order"),
        ("session.query(Order).filter(Order.id.in_(ids)).exists()", "plain"),
        ("session.query(Order).limit(5)", "query Order bounded"),
        ("session.query(Order).yield_per(10)", "query Order"),
        ("session.query(Order)[:10]", "query Order bounded"),
    ]);
}

#[test]
fn sessions_are_made_and_lent() {
    run(&[
        ("Session(engine)", "session"),
        ("SessionLocal()", "session"),
        ("Scoped()", "session"),
        ("Scoped.scalar(select(Order))", "Order | a query for Order"),
        ("AsyncSession(engine)", "async session"),
        ("AsyncSessionLocal()", "async session"),
        ("OldAsync()", "async session"),
        ("with Session(engine) as own:\n    found = own.get(Order, 1)\nfound", "Order | session.get(Order)"),
        (
            "with SessionLocal.begin() as own:\n    found = own.get(Order, 1)\nfound",
            "Order | session.get(Order)",
        ),
        (
            "async with AsyncSessionLocal() as own, own.begin():\n    found = await own.get(Order, 1)\nfound",
            "Order~ | session.get(Order)",
        ),
        (
            "with engine.connect() as connection:\n    rows = connection.execute(select(Order)).all()\nrows",
            "many plain | a query for Order",
        ),
    ]);
}

#[test]
fn arguments_tell_that_it_is_a_session() {
    run(&[
        ("unknown.execute(select(Order)).scalars().all()", "many Order | a query for Order"),
        ("unknown.query(Order).all()", "many Order | a query for Order"),
        ("unknown.query(Order.id).all()", "many plain | a query for Order"),
        ("unknown.get(Order, 1)", "Order | session.get(Order)"),
        ("(await unknown.scalars(select(Order))).all()", "many Order~ | a query for Order"),
        ("unknown.refresh(order)", "none | session.refresh"),
        // A dictionary, or a client of an API.
        ("{}.get(Order, 1)", "plain"),
        ("unknown.get('order')", "?#4.get() | calls #4.get"),
        ("unknown.list().execute()", "?#4.list().execute() | calls #4.list | calls #4.list().execute"),
    ]);
}

#[test]
fn options_of_parameters_are_known_to_callers() {
    let head = format!(
        "{HEAD}
def every(session: Session, *options):
    return session.scalars(select(Order).options(*options)).all()
def listed(session: Session, options=None):
    statement = select(Order)
    if options:
        statement = statement.options(*options)
    return session.scalars(statement).all()
def both(session: Session, *options):
    return every(session, joinedload(Order.customer), *options)
def with_items(statement):
    return statement.options(selectinload(Order.items))
def maybe_with_items(statement, flag):
    if flag:
        statement = statement.options(selectinload(Order.items))
    return statement
def old_with_items(query):
    return query.options(joinedload('items')).all()
def fetch(session: Session, statement):
    return session.scalars(statement).all()
class Repository:
    def __init__(self, session: Session, model):
        self.session = session
        self.model = model
    def one(self, id, options=()):
        return self.session.get(self.model, id, options=options)
"
    );
    let cases = &[
        ("every(session)", "many Order | a query for Order"),
        ("every(session, selectinload(Order.items))", "many Order{items} | a query for Order"),
        ("every(session, *options)", "many Order{..} | a query for Order"),
        ("listed(session)", "many Order | a query for Order"),
        ("listed(session, [selectinload(Order.items)])", "many Order{items} | a query for Order"),
        ("listed(session, options=[joinedload(Order.customer)])", "many Order{customer} | a query for Order"),
        ("with_items(select(Order).where(Order.id > 1))", "statement Order{items} filtered"),
        ("with_items(select(Order).options(joinedload(Order.customer)))", "statement Order{customer, items}"),
        ("with_items(unknown)", "statement #4{items, ..}"),
        ("maybe_with_items(select(Order), True)", "statement Order{items}"),
        ("session.scalars(with_items(select(Order))).all()", "many Order{items} | a query for Order"),
        ("old_with_items(session.query(Order))", "many Order{items} | a query for Order"),
        (
            "fetch(session, select(Order).options(selectinload(Order.items)))",
            "many Order{items} | a query for Order",
        ),
        ("fetch(session, select(Order.id))", "many plain | a query"),
        ("fetch(session, unknown)", "many #4{..} | a query"),
        ("listed(session, unknown.options)", "many Order{..} | a query for Order"),
    ];
    check(MODELS, &head, PARAMETERS, cases);
}

#[test]
fn rows_and_their_relationships() {
    run(&[
        ("order.events", "query Event filtered"),
        ("order.events.filter(Event.id > 1).all()", "many Event | touch #2.events"),
        ("order.events.append(Event())", "none"),
        // All rows share the same customer.
        (
            "session.scalars(select(Order).where(Order.customer == unknown)).all()",
            "many Order{customer{..}} | a query for Order",
        ),
        (
            "session.scalars(select(Order).filter_by(customer_id=1)).all()",
            "many Order{customer{..}} | a query for Order",
        ),
        (
            "session.scalars(select(Order).where(Order.customer_id.in_(ids))).all()",
            "many Order | a query for Order",
        ),
        (
            "session.scalars(select(Order).where(Order.customer_id != 1)).all()",
            "many Order | a query for Order",
        ),
        (
            "session.query(Order).with_parent(session.get(Customer, 1)).all()",
            "many Order{customer{..}} | session.get(Customer) | a query for Order",
        ),
        (
            "query = select(Order)\nif unknown:\n    query = query.where(Order.customer == 1)\nsession.scalars(query).all()",
            "many Order | a query for Order",
        ),
        // The session already has the row that they lead back to.
        (
            "[one.customer for one in session.get(Customer, 1).orders]",
            "many Customer | session.get(Customer) | the lazy load of Customer.orders",
        ),
        (
            "[one.product for one in session.get(Order, 1).items]",
            "many Product | session.get(Order) | the lazy load of Order.items | the lazy load of Item.product per one",
        ),
        ("Order.items", "Order.items"),
        ("Order.id.in_(ids)", "plain"),
        ("Order.items.any(Item.id == 1)", "plain"),
    ]);
}

#[test]
fn what_is_looked_up_once_for_each_key_is_no_query_per_row() {
    let text = format!(
        "{MODELS}
//- app.py
{HEAD}
class Customers:
    def __init__(self, session: Session):
        self.session = session
        self.known = {{}}
    def kept(self, id):
        if id not in self.known:
            self.known[id] = self.session.get(Customer, id)
        return self.known[id]
    def forgotten(self, id):
        known = {{}}
        if id not in known:
            known[id] = self.session.get(Customer, id)
        return known[id]
def all_kept(customers: Customers, orders: list[Order]):
    return [customers.kept(order.customer_id) for order in orders]
def all_forgotten(customers: Customers, orders: list[Order]):
    return [customers.forgotten(order.customer_id) for order in orders]
"
    );
    let fixture = crate::fixture::Fixture::new(&text);
    for (function, wanted) in [("all_kept", 0), ("all_forgotten", 1)] {
        let problems = &fixture.analysis("app.py", function).problems;
        assert_eq!(problems.len(), wanted, "{function}: {problems:?}");
    }
}
