//! Tests for the members that consumers use.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use expect_test::{Expect, expect};

use crate::fixture::Fixture;
use crate::query;

/// How each consumer of a class of `ports.py` uses it, in source order.
fn check(text: &str, expected: &Expect) {
    let fixture = Fixture::new(text);
    let modules = fixture.modules();
    let mut out = String::new();
    for (id, module) in modules.iter() {
        let definitions = python::query::definitions(&fixture.db, module.file);
        for ask in model::query::injection_sites(&fixture.db, fixture.project, module.file).iter() {
            let usage = query::usage(&fixture.db, fixture.project, id, ask.place);
            let place = match ask.place {
                model::InjectionPlace::Parameter { function, parameter } => {
                    let name = fixture.name_of(crate::FunctionRef { module: id, function });
                    format!("{name}({})", definitions[function].parameters[usize::from(parameter)].name)
                }
                model::InjectionPlace::Field { class, variable } => {
                    format!("{}.{}", definitions[class].name, definitions.variables[variable as usize].name)
                }
            };
            let members: Vec<String> = usage
                .members
                .iter()
                .map(|member| {
                    let called = if member.is_called { "()" } else { "" };
                    let written = if member.is_written { "=" } else { "" };
                    let many =
                        if member.places.len() > 1 { &*format!("*{}", member.places.len()) } else { "" };
                    format!("{}{called}{written}{many}", member.name)
                })
                .collect();
            let escapes = if usage.escapes { " and more" } else { "" };
            let _ = writeln!(out, "{place}: {}{escapes}", members.join(" "));
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn constructors_and_methods() {
    check(
        r#"
//- ports.py
class Orders:
    def known(self): ...
class Prices:
    def price(self): ...
//- use.py
from dataclasses import InitVar, dataclass
from ports import Orders, Prices
class Base:
    def before(self):
        return self._orders.count()
class Service(Base):
    def __init__(self, orders: Orders, other=None):
        self._orders, self.other = orders, other
    def one(self, key):
        def inner():
            return self._orders.get(key)
        return inner
    def two(self):
        found = self._orders
        found.limit = 3
        del found.old
        return [found.get(key) for key in found.keys]
    @staticmethod
    def three(self):
        return self._orders.static()
class Child(Service):
    def four(self):
        return self._orders.delete()
class Other:
    def five(self, orders):
        return self._orders.other()
@dataclass
class Record:
    orders: Orders
    made: InitVar[Orders]
    def __post_init__(self, made):
        made.prepare()
    def run(self):
        self.orders.run()
def function(orders: Orders | None = None):
    if orders is None or not orders:
        return
    orders = orders or Orders()
    (found := orders).first()
    found.second(orders.third)
    def inner(orders):
        orders.shadowed()
    def closed():
        orders.fourth()
class Property:
    def __init__(self, orders: Orders):
        self.__orders = orders
    @property
    def _all(self):
        return self.__orders
    def run(self):
        self._all.get()
class Public:
    def __init__(self, orders: Orders):
        self.__orders = orders
    @property
    def all(self):
        return self.__orders
def unused(orders: Orders): return 1
@dataclass
class Held:
    orders: Orders
class Kept:
    def __init__(self, orders: Orders, other: Orders, _third: Orders):
        self.orders = orders
        self._other = other
def walked(orders: Orders, path):
    current = orders
    for part in path:
        current = current[part]
def late(orders: Orders):
    found = None
    if orders:
        found = orders
    found.known()
def several(orders: "Orders | str | Prices"):
    if isinstance(orders, str):
        return orders.split()
    orders.known()
    orders.price()
def declared(orders: Orders): ...
"#,
        &expect![[r#"
            use:Service.__init__(orders): count() delete() get()*2 keys limit= old=
            use:function(orders): first() fourth() second() third
            use:Property.__init__(orders): get()
            use:Public.__init__(orders):  and more
            use:unused(orders): 
            use:Kept.__init__(orders):  and more
            use:Kept.__init__(other): 
            use:Kept.__init__(_third): 
            use:walked(orders):  and more
            use:late(orders): known()
            use:several(orders): known() price()
            use:several(orders): known() price()
            use:declared(orders):  and more
            Record.orders: run()
            Record.made: prepare()
            Held.orders:  and more
        "#]],
    );
}

#[test]
fn what_syntax_uses() {
    check(
        r#"
//- ports.py
class X: ...
//- use.py
from typing import cast
from contextlib import AsyncExitStack
import logging
from ports import X
logger = logging.getLogger()
async def entered(x: X):
    async with x as inside:
        inside.commit()
def managed(x: X):
    with x: pass
def walked(x: X):
    for part in x: pass
    return [1 for part in x]
async def awaited(x: X):
    async for part in x: pass
    await x
def indexed(x: X):
    x[0] = x[1]
    del x[2]
    return 1 in x, x[0:1]
def called(x: X): return x(1)
def looked(x: X):
    assert x, x
    if isinstance(x, X) and x is not None and x != None: pass
    logger.info("%s", x)
    print(x, f"{x}")
    return str(x), 1
def counted(x: X): return len(x) + 1, sorted(x)
def compared(x: X): return x < 1 or x == 2
def added(x: X): return x + 1, -x
def named(x: X):
    setattr(x, "written", 1)
    return getattr(x, "read"), hasattr(x, "asked")
def computed(x: X, name): return getattr(x, name)
def spread(x: X): return f(*x, **x)
def casted(x: X):
    y = cast(int, x)
    y.real()
def chosen(x: X, y=None): return (x if y else None).pick()
async def stacked(x: X):
    async with AsyncExitStack() as stack:
        y = await stack.enter_async_context(x)
        y.inside()
class Connection: ...
class Pool:
    async def __aenter__(self) -> Connection: return Connection()
    async def __aexit__(self, *args): return None
async def pooled(pool: Pool):
    async with pool as connection:
        connection.execute()
"#,
        &expect![[r#"
            use:entered(x): __aenter__() __aexit__() commit()
            use:managed(x): __enter__() __exit__()
            use:walked(x): __iter__()*2
            use:awaited(x): __aiter__() __await__()
            use:indexed(x): __contains__() __delitem__() __getitem__()*2 __setitem__()
            use:called(x): __call__()
            use:looked(x): 
            use:counted(x): __iter__() __len__()
            use:compared(x): __eq__() __lt__()
            use:added(x): __add__() __neg__()
            use:named(x): asked read written=
            use:computed(x):  and more
            use:spread(x): __iter__() keys()
            use:casted(x): real()
            use:chosen(x): pick()
            use:stacked(x): __aenter__() __aexit__() inside()
            use:pooled(pool): __aenter__() __aexit__()
        "#]],
    );
}

#[test]
fn handed_on() {
    check(
        r#"
//- ports.py
from typing import Protocol
class X(Protocol):
    def a(self): ...
    def b(self): ...
class Step(Protocol):
    def run(self, x: X): ...
//- more.py
from dataclasses import dataclass
class Helper:
    def __init__(self, first, x, *, named=None):
        self.x = x
        named.named()
    def run(self):
        self.x.by_helper()
    def method(self, x):
        x.by_method()
    def __call__(self, x):
        x.by_call()
    @staticmethod
    def static(x):
        x.by_static()
class Base:
    def __init__(self, x):
        self.x = x
    def run(self):
        self.x.by_base()
@dataclass
class Record:
    number: int
    x: "X"
    def run(self):
        self.x.by_record()
def function(x, *rest):
    x.by_function()
    again(x)
def again(x):
    x.by_again()
    function(x)
from ports import X
//- use.py
from functools import partial
from more import *
import more
from ports import X, Step
def one(x: X): function(x)
def two(x: X): more.Helper(1, x, named=x)
class Three(Base):
    def __init__(self, x: X):
        super().__init__(x)
class Four:
    def __init__(self, helper: Helper, x: X):
        self.helper = helper
        self.x = x
    def run(self):
        self.helper.method(self.x)
        self.own(self.x)
        Helper.static(self.x)
        self.helper(self.x)
    def own(self, x):
        x.by_own()
def five(x: X): Record(1, x)
def six(x: X): Record(x=x, number=1)
def seven(x: X):
    def inner(x): x.by_inner()
    inner(x)
def eight(x: X):
    from more import again as other
    return partial(other, x)
def unknown(x: X): somebody(x)
def returned(x: X): return x
def yielded(x: X): yield x
def listed(x: X): return [x]
def raised(x: X): raise x
def stored(x: X, other): other.x = x
def rest(x: X): function(1, x)
def by_stub(step: Step, x: X): step.run(x)
def replaced(x: X, function):
    function(x)
def lambda_(x: X): return lambda: x
def by_lambda(x: X): return lambda: x.by_lambda()
def deep(x: X): a1(x)
def a1(x): a2(x)
def a2(x): a3(x)
def a3(x): a4(x)
def a4(x): a5(x)
def a5(x): a6(x)
def a6(x): x.too_deep()
"#,
        &expect![[r#"
            Record.x: by_record()
            ports:Step.run(x):  and more
            use:one(x): by_again() by_function()
            use:two(x): by_helper() named()
            use:Three.__init__(x): by_base()
            use:Four.__init__(helper): __call__() method()
            use:Four.__init__(x): by_call() by_method() by_own() by_static()
            use:five(x): by_record()
            use:six(x): by_record()
            use:seven(x): by_inner()
            use:eight(x): by_again() by_function()
            use:unknown(x):  and more
            use:returned(x):  and more
            use:yielded(x):  and more
            use:listed(x):  and more
            use:raised(x):  and more
            use:stored(x):  and more
            use:rest(x):  and more
            use:by_stub(step): run()
            use:by_stub(x):  and more
            use:replaced(x):  and more
            use:lambda_(x):  and more
            use:by_lambda(x): by_lambda()
            use:deep(x):  and more
        "#]],
    );
}

#[test]
fn a_change_elsewhere_ends_before_it() {
    let mut fixture = Fixture::new(
        "
//- ports.py
class X: ...
//- use.py
from ports import X
class Service:
    def __init__(self, x: X):
        self.x = x
    def run(self):
        self.x.a()
//- other.py
def other():
    return 1
",
    );
    let module = fixture.module("use.py");
    let place = model::query::injection_sites(&fixture.db, fixture.project, fixture.file("use.py"))[0].place;
    assert!(query::usage(&fixture.db, fixture.project, module, place).member("a").is_some());
    fixture.edit("other.py", "def other():\n    return 2\n");
    fixture.executed();
    query::usage(&fixture.db, fixture.project, module, place);
    assert_eq!(fixture.executed().get("usage"), None);
}
