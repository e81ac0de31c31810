//! Implementations of interfaces.

use crate::fixture::Fixture;

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
class Finder(Protocol):
    def find(self, key): ...
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
class Found:
    def find(self, key):
        return 1
class Other:
    def find(self, word, limit):
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
        ("Finder", "Found"),
        ("Mail", "Below Smtp"),
        ("Old", "New"),
        ("Concrete", ""),
    ] {
        let class = fixture.class("ports.py", name);
        let found = crate::types::classes::implementations(&fixture.db, fixture.project, &class);
        let names: Vec<&str> = found.iter().map(|class| class.name.as_str()).collect();
        assert_eq!(names.join(" "), wanted, "{name}");
    }
}

#[test]
fn methods_that_one_entity_alone_has() {
    let fixture = Fixture::new(
        r#"
//- models.py
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): ...
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    def total(self): ...
    def to_dict(self): ...
class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    def to_dict(self): ...
class Service:
    def run(self): ...
"#,
    );
    for (name, wanted) in [("total", Some("models:Order.total")), ("to_dict", None), ("run", None)] {
        let found = crate::query::only_method(&fixture.db, fixture.project, name.into());
        assert_eq!(found.map(|function| fixture.name_of(function)).as_deref(), wanted, "{name}");
    }
}
