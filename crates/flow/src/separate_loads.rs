//! The relationships that a query loads with separate statements. They matter only for its cost: each takes one
//! statement, regardless of the number of rows.

use model::{ClassRef, Loading, Member, Project};
use python::Name;

use crate::{Db, Fetch, Loads};

/// Hand-written paths are not deeper than this.
const MAX_DEPTH: usize = 5;

/// Relationships beyond this number are not counted.
const MAX: usize = 24;

/// The relationships that loading rows of `model` with `loads` fetches separately, each with its owner.
pub(crate) fn relationships(
    db: &dyn Db,
    project: Project,
    model: &ClassRef,
    loads: &Loads,
) -> Vec<(ClassRef, Name)> {
    let mut found = Vec::new();
    collect(db, project, &mut vec![model.clone()], loads, &mut found);
    found
}

/// The named relationships of one row, and what their own rows load separately. Other relationships of the row are not
/// read.
pub(crate) fn named(
    db: &dyn Db,
    project: Project,
    model: &ClassRef,
    names: &[Name],
) -> Vec<(ClassRef, Name)> {
    let mut found = Vec::new();
    let entity = model::query::entity(db, project, model.module, model.name.clone());
    for name in names {
        let relationship = entity.as_ref().and_then(|entity| entity.relationship(name));
        let Some(relationship) = relationship.filter(|_| found.len() < MAX) else { continue };
        found.push((model.clone(), name.clone()));
        if let Some(target) = &relationship.target {
            let path = &mut vec![model.clone(), target.clone()];
            collect(db, project, path, &Loads::default(), &mut found);
        }
    }
    found
}

/// How many separate statements the rows of a relationship take when it is loaded lazily.
pub(crate) fn of_lazy(db: &dyn Db, project: Project, owner: &ClassRef, relationship: &str) -> usize {
    let entity = model::query::entity(db, project, owner.module, owner.name.clone());
    let target = entity.as_ref().and_then(|entity| entity.relationship(relationship)?.target.as_ref());
    target.map_or(0, |target| relationships(db, project, target, &Loads::default()).len())
}

fn collect(
    db: &dyn Db,
    project: Project,
    path: &mut Vec<ClassRef>,
    loads: &Loads,
    found: &mut Vec<(ClassRef, Name)>,
) {
    let Some(model) = path.last().filter(|_| path.len() <= MAX_DEPTH).cloned() else { return };
    let Some(entity) = model::query::entity(db, project, model.module, model.name.clone()) else { return };
    let none = Loads::default();
    for (name, member) in &entity.members {
        let Member::Relationship(relationship) = member else { continue };
        let comes_again = relationship.target.as_ref().is_some_and(|target| path.contains(target));
        let (is_apart, nested) = match (loads.get(name), relationship.loading) {
            (Some(nested), loading) => {
                let is_default = nested.fetch == Fetch::Unsaid && loading == Loading::Apart;
                (nested.fetch == Fetch::Apart || is_default, nested)
            }
            (None, _) if loads.kept_from(name).is_some() => continue,
            // What the model loads by itself ends where an entity comes again on the way.
            (None, Loading::Apart) if !comes_again => (true, &none),
            (None, Loading::Eager) if !comes_again => (false, &none),
            (None, _) => continue,
        };
        let key = (model.clone(), name.clone());
        if found.len() >= MAX || (is_apart && found.contains(&key)) {
            continue;
        }
        if is_apart {
            found.push(key);
        }
        if let Some(target) = &relationship.target {
            path.push(target.clone());
            collect(db, project, path, nested, found);
            path.pop();
        }
    }
    // A prefetch into a list of another name, or a generic relation.
    for (name, nested) in &loads.relationships {
        let is_member = matches!(entity.members.get(name), Some(Member::Relationship(_)));
        if !is_member && nested.fetch == Fetch::Apart && found.len() < MAX {
            found.push((model.clone(), name.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use crate::EffectKind;
    use crate::fixture::Fixture;

    const MODELS: &str = "\
//- models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
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
    customer_id: Mapped[int] = mapped_column(ForeignKey('customer.id'))
    customer: Mapped['Customer'] = relationship()
    items: Mapped[list[Item]] = relationship()
class Customer(Base):
    __tablename__ = 'customer'
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list[Order]] = relationship()
    marks: Mapped[list['Mark']] = relationship(lazy='selectin')
class Mark(Base):
    __tablename__ = 'mark'
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey('customer.id'))
    customer: Mapped[Customer] = relationship(lazy='joined')
//- shop/models.py
from django.db import models
class Product(models.Model): ...
class Order(models.Model): ...
class Item(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name='items')
    product = models.ForeignKey(Product, models.CASCADE)
//- app.py
from django.db.models import Prefetch
from sqlalchemy import func, select
from sqlalchemy.orm import Session, defaultload, joinedload, selectinload, subqueryload
from models import Customer, Item, Mark, Order
from shop import models
";

    /// The relationships that an expression loads separately.
    const CASES: &[(&str, &[&str])] = &[
        ("session.scalars(select(Order)).all()", &[]),
        ("session.scalars(select(Order).options(selectinload(Order.items))).all()", &["Order.items"]),
        (
            "session.scalars(select(Order).options(selectinload(Order.items).subqueryload(Item.product))).all()",
            &["Order.items", "Item.product"],
        ),
        ("session.query(Order).options(joinedload(Order.items).joinedload(Item.product)).all()", &[]),
        (
            "session.scalars(select(Order).options(joinedload(Order.items).selectinload(Item.product))).all()",
            &["Item.product"],
        ),
        (
            "session.scalars(select(Order).options(selectinload(Order.items)).with_only_columns(Order.id)).all()",
            &[],
        ),
        ("session.scalar(select(func.count()).select_from(Order))", &[]),
        ("session.scalars(select(Customer)).all()", &["Customer.marks"]),
        ("session.get(Customer, 1)", &["Customer.marks"]),
        ("session.scalars(select(Customer).options(joinedload(Customer.marks))).all()", &[]),
        ("session.scalars(select(Mark)).all()", &[]),
        ("session.scalars(select(Order).options(joinedload(Order.customer))).all()", &["Customer.marks"]),
        ("session.get(Order, 1).customer", &["Customer.marks"]),
        (
            "session.refresh(session.get(Order, 1), ['customer', 'items'])",
            &["Order.customer", "Customer.marks", "Order.items"],
        ),
        // Relationships that the row loads by default are not read again.
        ("session.refresh(session.get(Customer, 1), ['orders'])", &["Customer.marks", "Customer.orders"]),
        ("list(models.Order.objects.prefetch_related('items__product'))", &["Order.items", "Item.product"]),
        (
            "list(models.Order.objects.prefetch_related(Prefetch('items', models.Item.objects.select_related('product'))))",
            &["Order.items"],
        ),
        (
            "list(models.Item.objects.prefetch_related('order__items').select_related('order'))",
            &["Order.items"],
        ),
        ("models.Order.objects.prefetch_related('items').get(pk=1)", &["Order.items"]),
        ("models.Order.objects.prefetch_related('items').count()", &[]),
        ("list(models.Order.objects.prefetch_related(Prefetch('items', to_attr='few')))", &["Order.few"]),
    ];

    #[test]
    fn each_relationship_that_is_fetched_apart_counts_once() {
        let mut text = MODELS.to_owned();
        for (index, (code, _)) in CASES.iter().enumerate() {
            let _ = write!(text, "def f{index}(session: Session):\n    return {code}\n");
        }
        let fixture = Fixture::new(&text);
        for (index, (code, wanted)) in CASES.iter().enumerate() {
            let summary = fixture.summary("app.py", &format!("f{index}"));
            let found: Vec<&str> = summary
                .effects
                .iter()
                .filter_map(|effect| match &effect.kind {
                    EffectKind::Query { what, .. } => what.strip_prefix("the load of "),
                    _ => None,
                })
                .collect();
            assert_eq!(found, *wanted, "{code}");
        }
    }
}
