from sqlalchemy import select, text, update
from sqlalchemy.orm import aliased, joinedload, lazyload, load_only, selectinload

from shop.models import Item, Order


def plain(session):
    """5 statements, 1 after"""
    return [order.payer.name for order in session.scalars(select(Order))]


def nested(session):
    """7 statements, 1 after"""
    return [order.payer.city.name for order in session.scalars(select(Order)).all()]


def many(session):
    """5 statements, 2 after"""
    return [len(order.items) for order in session.scalars(select(Order))]


def several(session):
    """25 statements, 3 after"""
    out = []
    for order in session.scalars(select(Order)):
        out.append(order.payer.name)
        for item in order.items:
            out.append((item.product.name, [part.name for part in item.parts]))
    return out


def beside_another(session):
    """6 statements, 2 after"""
    out = []
    for order in session.scalars(select(Order).options(selectinload(Order.items))):
        out.append((order.payer.name, len(order.items)))
    return out


def behind_another(session):
    """10 statements, 2 after"""
    out = []
    for order in session.scalars(select(Order).options(selectinload(Order.items))):
        out.append([item.product.name for item in order.items])
    return out


def behind_options_of_a_variable(session):
    """10 statements, 2 after"""
    options = [selectinload(Order.items)]
    orders = session.scalars(select(Order).options(*options)).all()
    return [item.product.name for order in orders for item in order.items]


def kept_lazy(session):
    """5 statements, no fix"""
    orders = session.scalars(select(Order).options(lazyload(Order.payer)))
    return [order.payer.name for order in orders]


def some_columns(session):
    """9 statements, 1 after"""
    orders = session.scalars(select(Order).options(load_only(Order.number)))
    return [order.payer.name for order in orders]


def in_chunks(session):
    """5 statements, 2 after"""
    orders = session.scalars(select(Order).execution_options(yield_per=10))
    return [len(order.items) for order in orders]


def locked(session):
    """4 statements, 2 after"""
    out = []
    for order in session.scalars(select(Order).with_for_update()):
        out.append(order.customer.name if order.customer else "")
    return out


def grouped(session):
    """5 statements, 2 after"""
    return [order.payer.name for order in session.scalars(select(Order).distinct())]


def by_hand(session):
    """5 statements, 2 after"""
    statement = select(Order).from_statement(text("select * from orders"))
    return [order.payer.name for order in session.scalars(statement)]


def written(session):
    """5 statements, no fix"""
    rows = session.scalars(update(Order).values(number="9").returning(Order))
    return [order.payer.name for order in rows]


def of_two(session):
    """5 statements, 1 after"""
    first = session.query(Order).filter(Order.number == "0")
    return [order.payer.name for order in first.union(session.query(Order)).all()]


def limited(session):
    """3 statements, 2 after"""
    return [len(order.items) for order in session.scalars(select(Order).limit(2))]


def with_a_column(session):
    """5 statements, 2 after"""
    return [len(order.items) for order, _ in session.execute(select(Order, Order.id))]


def under_another_name(session):
    """5 statements, 1 after"""
    other = aliased(Order)
    return [order.payer.name for order in session.scalars(select(other))]


def joined(session):
    """5 statements, 2 after"""
    orders = session.scalars(select(Order).join(Order.items).where(Item.id > 0))
    return [len(order.items) for order in orders.unique()]


def legacy(session):
    """5 statements, 1 after"""
    return [order.payer.name for order in session.query(Order).order_by(Order.id)]


def of_one(session):
    """4 statements, 2 after"""
    order = session.get(Order, 1)
    return [item.product.name for item in order.items]


def of_one_with_options(session):
    """4 statements, 2 after"""
    order = session.get(Order, 1, options=[joinedload(Order.payer)])
    return [order.payer.name, [item.product.name for item in order.items]]


def _one(session, number):
    return session.query(Order).filter(Order.id == number).one_or_none()


def of_a_getter(session):
    """4 statements, no fix"""
    return [item.product.name for item in _one(session, 1).items]


def of_a_getter_alone(session):
    """1 statement, no fix"""
    return _one(session, 1).number


def broken_into_lines(session):
    """5 statements, 1 after"""
    statement = (
        select(Order)
        .where(Order.number >= "0", Order.number != "a very long number indeed")
        .order_by(Order.id)
    )
    return [order.payer.name for order in session.scalars(statement)]


def too_long_for_a_line(session):
    """5 statements, 1 after"""
    statement = select(Order).where(Order.number >= "0").order_by(Order.id).limit(100)
    return [order.payer.name for order in session.scalars(statement)]


def fetched_by_key(session):
    """5 statements, 2 after"""
    out = []
    for item in session.scalars(select(Item).order_by(Item.id)):
        order = session.get(Order, item.order_id)
        out.append(order.number)
    return out


def fetched_or_none(session):
    """9 statements, 2 after"""
    out = []
    for item in session.scalars(select(Item).order_by(Item.id)):
        order = session.scalar(select(Order).where(Order.id == item.id))
        out.append(order.number if order else "none")
    return out


def fetched_and_skipped(session):
    """9 statements, 2 after"""
    out = []
    items = session.scalars(select(Item).order_by(Item.id)).all()
    for item in items:
        order = session.execute(
            select(Order).where(Order.id == item.id, Order.number >= "0")
        ).scalar_one_or_none()
        if order is None:
            continue
        out.append(order.number)
    return out


def fetched_with_query(session):
    """9 statements, 2 after"""
    out = []
    for item in session.query(Item).order_by(Item.id).all():
        order = session.query(Order).filter(Order.id == item.id).first()
        out.append(order and order.number)
    return out


def fetched_from_a_stream(session):
    """9 statements, no fix"""
    out = []
    statement = select(Item).order_by(Item.id).execution_options(yield_per=2)
    for item in session.scalars(statement):
        order = session.scalar(select(Order).where(Order.id == item.order_id))
        out.append(order.number)
    return out


def fetched_and_expired(session):
    """17 statements, no fix"""
    out = []
    for item in session.scalars(select(Item).order_by(Item.id)).all():
        order = session.scalar(select(Order).where(Order.id == item.order_id))
        session.expire(order)
        out.append(order.number)
    return out
