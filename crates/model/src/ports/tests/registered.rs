//! Registered implementations, in the syntax of many containers.

use crate::fixture::Fixture;
use crate::{ClassRef, How, query};

const PORTS: &str = r#"
//- ports.py
from abc import ABC, abstractmethod
from typing import Iterator
class IOrders:
    def get(self, key): ...
class SqlOrders:
    def fetch(self): return 1
class Mail(ABC):
    @abstractmethod
    def send(self): ...
class Smtp:
    def deliver(self): return 1
class Service:
    def __init__(self, orders: IOrders, *, mail: Mail | None = None): ...
class Below(Service): ...
def run(orders: IOrders): ...
def get_orders() -> IOrders: ...
def get_sql_orders(): return SqlOrders()
//- main.py
from ports import *
"#;

/// Statements in the composition root, and whether they register `SqlOrders` as an `IOrders`.
#[test]
fn the_words_of_containers() {
    for (text, wanted) in [
        (
            "from dependency_injector import containers, providers\nclass C(containers.DeclarativeContainer):\n    orders = providers.Singleton(SqlOrders, session=1)\n    service = providers.Factory(Service, orders=orders)",
            true,
        ),
        (
            "from dependency_injector import containers, providers\nclass C(containers.DeclarativeContainer):\n    orders = providers.AbstractFactory(IOrders)\nC.orders.override(providers.Factory(SqlOrders))",
            true,
        ),
        ("def configure(binder):\n    binder.bind(IOrders, to=SqlOrders, scope=singleton)", true),
        ("def configure(binder):\n    binder.bind(IOrders, SqlOrders())", true),
        (
            "class M(Module):\n    @provider\n    def orders(self) -> IOrders:\n        return SqlOrders(1)",
            true,
        ),
        (
            "def orders() -> Iterator[IOrders]:\n    with session() as s:\n        orders = SqlOrders(s)\n        yield orders",
            true,
        ),
        ("def orders() -> IOrders:\n    if test:\n        return Other()\n    return SqlOrders()", true),
        ("container.register(IOrders, SqlOrders)", true),
        ("container.register(IOrders, instance=SqlOrders())", true),
        ("container.register(IOrders, factory=get_sql_orders)", true),
        ("container[IOrders] = SqlOrders", true),
        ("container[IOrders] = lambda c: SqlOrders(c[Session])", true),
        ("container[IOrders] = Singleton(SqlOrders)", true),
        (
            "from dishka import Provider, provide\nclass P(Provider):\n    orders = provide(SqlOrders, provides=IOrders)",
            true,
        ),
        ("provider.provide(SqlOrders, scope=1, provides=AnyOf[IOrders, Other])", true),
        ("provider.provide(source=SqlOrders, provides=IOrders)", true),
        (
            "from dishka import AnyOf\nclass P(Provider):\n    @provide\n    def orders(self) -> AnyOf[IOrders, SqlOrders]:\n        return SqlOrders()",
            true,
        ),
        ("registry.register_factory(IOrders, SqlOrders)", true),
        ("registry.register_value(IOrders, SqlOrders())", true),
        ("app.dependency_overrides[get_orders] = get_sql_orders", true),
        ("app.dependency_overrides[get_orders] = lambda: SqlOrders()", true),
        ("app.dependency_overrides[IOrders] = SqlOrders", true),
        ("services.add_scoped(IOrders, SqlOrders)", true),
        ("Service(SqlOrders())", true),
        ("def main():\n    orders = SqlOrders()\n    service = Service(orders=orders)", true),
        ("def main():\n    from ports import SqlOrders as Chosen\n    Below(Chosen())", true),
        ("run(SqlOrders())", true),
        ("orders: IOrders = SqlOrders()", true),
        ("IOrders.register(SqlOrders)", true),
        (
            "class Child(Service):\n    def __init__(self, sql: SqlOrders):\n        super().__init__(sql)",
            true,
        ),
        ("def build(sql: SqlOrders):\n    return Service(orders=sql)", true),
        // These register nothing.
        ("def orders() -> IOrders | Mail:\n    return SqlOrders()", false),
        ("def build(sql: SqlOrders):\n    sql = wrapped(sql)\n    return Service(orders=sql)", false),
        ("Service(SqlOrders)", false),
        ("Service(mail=SqlOrders())", false),
        ("bus.subscribe(IOrders, SqlOrders)", false),
        ("def orders() -> Mail:\n    return SqlOrders()", false),
        ("orders = SqlOrders()\norders = other()\ncontainer.register(IOrders, orders)", false),
        ("Service(*SqlOrders())", false),
        ("container.register(IOrders)", false),
    ] {
        let fixture = Fixture::new(&format!("{PORTS}{text}\n"));
        let module = fixture.module("ports.py");
        let adapters = query::adapters(&fixture.db, fixture.project, ClassRef::new(module, "IOrders"));
        let names: Vec<_> =
            adapters.iter().map(|adapter| (adapter.class.name.as_str(), adapter.how)).collect();
        let expected: &[(&str, How)] = if wanted { &[("SqlOrders", How::Registered)] } else { &[] };
        assert_eq!(names, expected, "{text}");
    }
}

#[test]
fn decorators_of_classes() {
    for decorator in ["@IOrders.register", "@implementer(IOrders)", "@service(as_type=IOrders)"] {
        let fixture = Fixture::new(&format!("{PORTS}{decorator}\nclass Mine:\n    def x(self): return 1\n"));
        let module = fixture.module("ports.py");
        let adapters = query::adapters(&fixture.db, fixture.project, ClassRef::new(module, "IOrders"));
        let names: Vec<_> =
            adapters.iter().map(|adapter| (adapter.class.name.as_str(), adapter.how)).collect();
        assert_eq!(names, [("Mine", How::Registered)], "{decorator}");
    }
}
