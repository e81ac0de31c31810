//! Which queries an edit runs again.

use crate::fixture::Fixture;
use crate::query;

const PROJECT: &str = r"
//- ports.py
from typing import Protocol
class Orders(Protocol):
    def get(self, key): ...
    def add(self, order): ...
//- adapters.py
class SqlOrders:
    def get(self, key):
        return 1
    def add(self, order):
        return 2
//- service.py
from ports import Orders
class Service:
    def __init__(self, orders: Orders):
        self.orders = orders
//- main.py
from adapters import SqlOrders
from service import Service
def main():
    service = Service(SqlOrders())
    service.run()
";

#[salsa::tracked]
fn reader(db: &dyn crate::Db, project: crate::Project, module: crate::ModuleId) -> usize {
    let class = crate::ClassRef::new(module, "Orders");
    query::port(db, project, class.clone()).map_or(0, |port| port.members.len())
        + query::adapters(db, project, class.clone()).len()
        + query::dependents(db, project, class).len()
}

const PROJECT_WIDE: [&str; 2] = ["interfaces", "asked"];

#[test]
fn a_body_changes_nothing() {
    let mut fixture = Fixture::new(PROJECT);
    let module = fixture.module("ports.py");
    assert_eq!(*reader(&fixture.db, fixture.project, module), 4);
    for (path, from, to) in [
        ("adapters.py", "return 2", "order.flush()\n        return self.get(order.key)"),
        ("service.py", "self.orders = orders", "self.orders = orders or Nothing()"),
        ("main.py", "service.run()", "return service.run(Other(SqlOrders()), orders=SqlOrders())"),
    ] {
        let text = PROJECT.split("//- ").find_map(|part| part.strip_prefix(path)).unwrap();
        fixture.edit(path, &text.replace(from, to));
        fixture.executed();
        assert_eq!(*reader(&fixture.db, fixture.project, module), 4);
        let counts = fixture.executed();
        for query in PROJECT_WIDE {
            assert_eq!(counts.get(query), None, "{path}: {query} in {counts:?}");
        }
    }
}

#[test]
fn another_port_changes_nothing_of_one() {
    let mut fixture = Fixture::new(PROJECT);
    let module = fixture.module("ports.py");
    assert_eq!(*reader(&fixture.db, fixture.project, module), 4);
    fixture.edit("service.py", "from typing import Protocol\nfrom ports import Orders\nclass Other(Protocol):\n    def get(self): ...\nclass Service:\n    def __init__(self, orders: Orders): ...\n");
    fixture.executed();
    assert_eq!(*reader(&fixture.db, fixture.project, module), 4);
    let counts = fixture.executed();
    assert_eq!(counts.get("interfaces"), Some(&1));
}
