//! Which queries an edit runs again.

use crate::fixture::Fixture;
use crate::query;

const PROJECT: &str = r#"
//- db.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
//- orders.py
from sqlalchemy.orm import Mapped, relationship
from db import Base
class Order(Base):
    __tablename__ = "orders"
    lines: Mapped[list["Line"]] = relationship()
    def total(self):
        return 1
//- lines.py
from sqlalchemy.orm import Mapped
from db import Base
class Line(Base):
    __tablename__ = "lines"
    number: Mapped[int]
"#;

/// A new column of one entity leaves the other unchanged.
const MORE_LINES: &str = r#"
from sqlalchemy.orm import Mapped
from db import Base
class Line(Base):
    __tablename__ = "lines"
    number: Mapped[int]
    price: Mapped[int]
"#;

const ANOTHER_BODY: &str = r#"
from sqlalchemy.orm import Mapped, relationship
from db import Base
class Order(Base):
    __tablename__ = "orders"
    lines: Mapped[list["Line"]] = relationship()
    def total(self):
        return sum(line.price for line in self.lines)
"#;

#[salsa::tracked]
fn reader(db: &dyn crate::Db, project: crate::Project, module: crate::ModuleId) -> usize {
    query::entity(db, project, module, "Order".into()).map_or(0, |entity| entity.members.len())
}

fn ran(fixture: &Fixture, name: &str) -> usize {
    fixture.executed().get(name).copied().unwrap_or_default()
}

#[test]
fn a_body_changes_nothing() {
    let mut fixture = Fixture::new(PROJECT);
    query::schema(&fixture.db, fixture.project);
    fixture.edit("orders.py", ANOTHER_BODY);
    fixture.executed();
    query::schema(&fixture.db, fixture.project);
    assert_eq!(ran(&fixture, "schema"), 0);
}

#[test]
fn a_column_changes_one_entity() {
    let mut fixture = Fixture::new(PROJECT);
    let module = fixture.module("orders.py");
    assert_eq!(*reader(&fixture.db, fixture.project, module), 1);
    fixture.edit("lines.py", MORE_LINES);
    fixture.executed();
    assert_eq!(*reader(&fixture.db, fixture.project, module), 1);
    let counts = fixture.executed();
    assert_eq!(counts.get("schema"), Some(&1));
    assert_eq!(counts.get("reader"), None);
}

/// Bodies are searched for mappings and return values of `declared_attr`; the rest of them may change.
#[test]
fn a_body_that_declares_changes_only_with_what_it_declares() {
    let before = "
//- mapping.py
from sqlalchemy import Column, Table
from sqlalchemy.orm import registry, relationship
mapper_registry = registry()
orders = Table('orders', mapper_registry.metadata, Column('id', primary_key=True))
class Order: ...
def start_mappers():
    mapper_registry.map_imperatively(Order, orders)
";
    let mut fixture = Fixture::new(before);
    let module = fixture.module("mapping.py");
    assert_eq!(*reader(&fixture.db, fixture.project, module), 1);
    let text = before.split_once("mapping.py\n").map_or("", |(_, text)| text);
    fixture.edit("mapping.py", &format!("{text}    print('mapped')\n"));
    fixture.executed();
    query::schema(&fixture.db, fixture.project);
    assert_eq!(ran(&fixture, "schema"), 0);
    let mapping = "map_imperatively(Order, orders, properties={'parent': relationship(Order)})";
    fixture.edit("mapping.py", &text.replace("map_imperatively(Order, orders)", mapping));
    assert_eq!(*reader(&fixture.db, fixture.project, module), 2);
}
