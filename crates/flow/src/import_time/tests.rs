use expect_test::{Expect, expect};

use super::*;
use crate::fixture::Fixture;

/// The steps of each module, one per line.
#[track_caller]
fn check(files: &str, module: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!(
        "//- pyproject.toml\n[project]\nname = \"shop\"\n//- shop/__init__.py\n{files}"
    ));
    let modules = fixture.modules();
    let steps = crate::query::import_steps(&fixture.db, fixture.project, fixture.module(module));
    let lines = steps.iter().map(|step| match step {
        Step::Load { module, is_sure } => {
            format!("loads {}{}\n", modules[*module].name, if *is_sure { "" } else { "?" })
        }
        Step::Outside { name, is_sure } => format!("needs {name}{}\n", if *is_sure { "" } else { "?" }),
        Step::Reads { module, name } => format!("reads {}.{name}\n", modules[*module].name),
        Step::SideEffect(effect) => format!("{}\n", effect.words()),
    });
    expected.assert_eq(&lines.collect::<String>());
}

const OTHERS: &str = "
//- shop/prices.py
RATES = {}
def price(): return 1
//- shop/registry.py
HANDLERS = []
def handler(function):
    HANDLERS.append(function)
    return function
def plain(function):
    return function
class Base:
    def __init_subclass__(cls):
        HANDLERS.append(cls)
class Meta(type):
    def __new__(mcs, name, bases, namespace):
        print(name)
        return super().__new__(mcs, name, bases, namespace)
//- shop/late.py
def load():
    from shop.prices import price
    return price()
class Loader:
    def __init__(self):
        from shop import prices
    @property
    def price(self):
        import shop.prices
    def run(self):
        from shop import registry
";

#[test]
fn definitions_do_nothing() {
    let own = "//- shop/a.py
import logging, re, functools
from dataclasses import dataclass, field
from sqlalchemy.orm import Mapped, mapped_column
from fastapi import APIRouter

logger = logging.getLogger(__name__)
router = APIRouter(prefix='/a')
WORD = re.compile('a')
NAMES = sorted({name.lower() for name in ('A', 'B')}, key=len)
TABLE = dict(a=1)
TABLE['b'] = 2

@dataclass(frozen=True)
class Order:
    lines: list[int] = field(default_factory=list)
    id: Mapped[int] = mapped_column()

    @property
    def total(self): return print(self)
    @total.setter
    def total(self, value): open(value)

@router.get('/')
@functools.lru_cache(maxsize=None)
def get(): return Order()

if __name__ == '__main__':
    print(get())
";
    let expected = expect![[r#"
        needs sqlalchemy.orm.Mapped
        needs sqlalchemy.orm.mapped_column
        needs fastapi.APIRouter
    "#]];
    check(own, "shop/a.py", &expected);
}

#[test]
fn what_is_called_runs() {
    let own = "//- shop/a.py
import functools
from shop.late import load, Loader
from shop.registry import plain

class A:
    value = load()

B = [loader.price for loader in [Loader()]]
C = functools.partial(Loader)().run()

@plain
def d(value=unknown()): ...
";
    let expected = expect![[r#"
        loads shop.late
        loads shop.registry
        loads shop.prices
        loads shop.registry
        calls `unknown()`
    "#]];
    check(&format!("{OTHERS}{own}"), "shop/a.py", &expected);
}

#[test]
fn side_effects() {
    let own = "//- shop/a.py
import os
from os import environ
from shop.prices import RATES
from shop import registry
from shop.registry import Base, Meta, handler

URL = os.environ['URL']
MODE = environ.get('MODE')
DEBUG = 'DEBUG' in os.environ
KEY = os.getenv('KEY', '')
RATES['a'] = 1
registry.HANDLERS += [1]
registry.x = 1
print('loaded')

@handler
def on(event): ...
class Sub(Base): ...
class Made(metaclass=Meta): ...
open(URL)
raise ValueError
";
    let expected = expect![[r#"
        loads shop.prices
        reads shop.prices.RATES
        loads shop.registry
        reads `URL` from the environment
        reads `MODE` from the environment
        reads `DEBUG` from the environment
        reads `KEY` from the environment
        changes `RATES`
        reads shop.registry.HANDLERS
        changes `registry.HANDLERS`
        changes `registry.x`
        calls `print()`
        reads shop.registry.HANDLERS
        changes `HANDLERS`
        reads shop.registry.HANDLERS
        changes `HANDLERS`
        calls `print()`
        calls `open()`
        can raise an error
    "#]];
    check(&format!("{OTHERS}{own}"), "shop/a.py", &expected);
}

#[test]
fn conditions_and_types() {
    let own = "//- shop/a.py
from typing import TYPE_CHECKING
import sys
if TYPE_CHECKING:
    from shop.prices import price
if sys.platform == 'win32':
    import winreg
    from shop import late
try:
    import boto3
except ImportError:
    boto3 = None
import fcntl
import shop.nowhere
";
    let expected = expect![[r#"
        needs winreg?
        loads shop.late?
        needs boto3?
        needs fcntl
        imports `shop.nowhere`, which isn't there
    "#]];
    check(&format!("{OTHERS}{own}"), "shop/a.py", &expected);
}

#[test]
fn what_concerns_nobody_else() {
    let own = r#"//- shop/paths.py
from pathlib import Path
BASE = Path("/srv")
//- shop/traced.py
import functools
def traced(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)
    return wrapper
class Meta(type):
    def __new__(mcs, name, bases, namespace):
        namespace.pop("Options", None)
        return super().__new__(mcs, name, bases, namespace)
class Base(metaclass=Meta): ...
//- shop/a.py
import click
from pydantic import BaseModel
from shop.paths import BASE
from shop.traced import traced, Base
UPPER = [name.strip().replace('-', '_').upper() for name in unknown]
TEMPLATES = BASE.joinpath("templates")
@traced
def run():
    print("only when it is called")
class Order(Base): ...
class Line(BaseModel):
    order: "Order"
Line.model_rebuild()
@click.group()
def cli(): ...
@cli.command()
def show(): ...
"#;
    check(
        own,
        "shop/a.py",
        &expect![[r"
            needs click
            needs pydantic.BaseModel
            loads shop.paths
            reads shop.paths.BASE
            loads shop.traced
        "]],
    );
}

#[test]
fn a_name_of_a_package_that_is_a_submodule_too() {
    let own = "//- shop/orders/__init__.py
from shop.orders.use import run
def prices(): ...
//- shop/orders/prices.py
//- shop/orders/use.py
from shop.orders import prices
def run(): ...
";
    check(
        own,
        "shop/orders/use.py",
        &expect![[r"
            loads shop.orders
            loads shop.orders.prices?
            reads shop.orders.prices
        "]],
    );
}

#[test]
fn changes_of_variables() {
    let fixture = Fixture::new(
        "
//- pyproject.toml
[project]
name = \"shop\"
//- shop/__init__.py
//- shop/conf.py
LIMIT = 1
NAMES = []
STILL = 1
def change():
    global LIMIT
    LIMIT = 2
    STILL = 3
    NAMES.append(LIMIT)
class Cache:
    items = {}
    @classmethod
    def put(cls, key):
        cls.items[key] = 1
//- shop/use.py
import shop.conf
from shop import conf as settings
def f():
    shop.conf.DEBUG = True
    settings.LEVEL = 3
",
    );
    let changed = crate::query::changed(&fixture.db, fixture.project);
    let conf = fixture.module("shop/conf.py");
    let names = |set: &rustc_hash::FxHashSet<(ModuleId, Name)>| {
        let mut names: Vec<String> =
            set.iter().filter(|(module, _)| *module == conf).map(|(_, name)| name.to_string()).collect();
        names.sort();
        names.join(" ")
    };
    assert_eq!(names(&changed.rebound), "DEBUG LEVEL LIMIT");
    assert_eq!(names(&changed.all), "DEBUG LEVEL LIMIT NAMES items");
}

#[test]
fn settings_are_read_by_name_too() {
    let own = "//- shop/a.py
from django.conf import settings
from shop import prices

LEVEL = getattr(settings, 'LEVEL', 3)
IS_SET = hasattr(settings, 'LEVEL')
PRICE = getattr(prices, 'price', None)
def later():
    return getattr(settings, 'LATER')
";
    let expected = expect![[r#"
        needs django.conf.settings
        loads shop.prices
        reads `django.conf.settings`
    "#]];
    check(&format!("{OTHERS}{own}"), "shop/a.py", &expected);
}
