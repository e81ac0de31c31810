//! Which classes are interfaces, and their implementations.

use expect_test::expect;

use super::check;

#[test]
fn protocols() {
    check(
        r#"
//- ports.py
from typing import Generic, Protocol, TypeVar
import typing_extensions as te
T = TypeVar("T")
class Orders(Protocol):
    limit: int
    def get(self, key: str) -> dict: ...
    async def add(self, order, *, flush=False): ...
    def __init__(self): ...
class More(Orders, Protocol):
    def count(self) -> int: ...
class Generic_(te.Protocol[T]):
    def find(self, key: T) -> T: ...
class Marker(Protocol): ...
class Closing(Protocol):
    def close(self): ...
class Sized(Protocol):
    def __len__(self): ...
    def __iter__(self): ...
//- adapters.py
from ports import Orders, More, Generic_
class Explicit(Orders):
    pass
class Fits:
    limit = 1
    def get(self, key, default=None): return 1
    async def add(self, order, *, flush=True): return 1
class Inherits(Fits):
    def count(self): return 1
class Sync(Fits):
    def add(self, order, *, flush=True): return 1
class NeedsMore(Fits):
    def get(self, key, other): return 1
class OtherName(Fits):
    def get(self, number): return 1
class OtherType(Fits):
    def get(self, key: int): return 1
class Takes:
    def __init__(self): self.limit = 2
    def get(self, *args): return 1
    async def add(self, order, **kwargs): return 1
class NoLimit:
    def get(self, key): return 1
    async def add(self, order, flush): return 1
class Finds:
    def find(self, key): return 1
class Closes:
    def close(self): return 1
class Failure(Exception):
    def find(self, key): return 1
class List:
    def __len__(self): return 1
    def __iter__(self): return iter([])
//- tests/fakes.py
class FakeOrders:
    limit = 1
    def get(self, key): return 1
    async def add(self, order, *, flush=True): return 1
"#,
        &expect![[r#"
            Closing (protocol) close
            Generic_ (protocol) find
              Finds by structure
            Marker (protocol) 
            More (protocol) Orders.add count Orders.get Orders.limit:
              Inherits by structure
            Orders (protocol) add get limit:
              Explicit by base
              Fits by structure
              Inherits by structure
              Takes by structure
            Sized (protocol) __iter__ __len__
        "#]],
    );
}

#[test]
fn one_name_of_many() {
    check(
        r"
//- ports.py
from typing import Protocol
class Store(Protocol):
    def read(self, key): ...
    def create(self, row): ...
    def update(self, key, row): ...
    def delete(self, key): ...
class Pair(Protocol):
    def read(self, key): ...
    def create(self, row): ...
//- stores.py
class Nearly:
    def read(self, key): return 1
    def create(self, row): return 1
    def update(self, key, values): return 1
    def delete(self, key): return 1
class Otherwise(Nearly):
    def read(self, number): return 1
class Less(Nearly):
    def update(self, key): return 1
",
        &expect![[r"
            Pair (protocol) create read
              Less by structure
              Nearly by structure
            Store (protocol) create delete read update
              Nearly by structure
        "]],
    );
}

#[test]
fn classes_of_the_project_tell_ports_apart() {
    check(
        r"
//- ports.py
from typing import Protocol
from rows import Customer, Order
class Orders(Protocol):
    def get(self, key: int) -> Order: ...
    def add(self, row: Order) -> None: ...
class Customers(Protocol):
    def get(self, key: int) -> Customer: ...
    def add(self, row: Customer) -> None: ...
//- rows.py
class Row: pass
class Order(Row): pass
class Customer(Row): pass
//- stores.py
from rows import Customer, Order, Row
class SqlOrders:
    def get(self, key: int) -> Order: return self.rows[key]
    def add(self, row: Order) -> None: self.rows.append(row)
class SqlCustomers:
    def get(self, key: int) -> Customer: return self.rows[key]
    def add(self, row: Customer) -> None: self.rows.append(row)
class OfRows:
    def get(self, key: int) -> Row: return self.rows[key]
    def add(self, row: Row) -> None: self.rows.append(row)
class OfAnything:
    def get(self, key): return self.rows[key]
    def add(self, row): self.rows.append(row)
",
        &expect![[r"
            Customers (protocol) add get
              OfAnything by structure
              OfRows by structure
              SqlCustomers by structure
            Orders (protocol) add get
              OfAnything by structure
              OfRows by structure
              SqlOrders by structure
        "]],
    );
}

#[test]
fn abstract_classes() {
    check(
        r"
//- ports.py
import abc
from abc import ABC, ABCMeta, abstractmethod
class Mail(ABC):
    sender: str
    retries = 3
    @abstractmethod
    def send(self, to): ...
    @property
    @abstractmethod
    def host(self): ...
    def twice(self): self.send(1)
    def _helper(self): return 1
    @abstractmethod
    def _open(self): ...
class Meta(metaclass=abc.ABCMeta):
    @abc.abstractmethod
    def run(self): ...
class Forgotten(ABC):
    def first(self): pass
    def second(self): ...
class Raises(ABC):
    def first(self): raise NotImplementedError('later')
    def hook(self): pass
class Hooks(ABC):
    def first(self): pass
    def second(self): return 1
class Value(ABC):
    amount: int
//- adapters.py
from ports import *
class Smtp(Mail):
    def send(self, to): return 1
    def _open(self): return 1
    host = 'localhost'
class Incomplete(Mail):
    def send(self, to): return 1
class Refuses(Mail):
    host = 'nowhere'
    def _open(self): return 1
    def send(self, to): raise NotImplementedError
class Part(Mail):
    host = 'there'
    def send(self, to): return self.deliver(to)
class Whole(Part):
    def _open(self): return 1
class MoreMail(Mail):
    @abstractmethod
    def receive(self): ...
class Runs(Meta):
    def run(self): return 1
",
        &expect![[r#"
            MoreMail (abstract) Mail._open Mail.host receive Mail.send [Mail.sender:] [Mail.twice]
            Part (abstract) Mail._open [Mail.host] [send] [Mail.sender:] [Mail.twice]
              Whole by base
            Forgotten (abstract) first second
            Mail (abstract) _open host send [sender:] [twice]
              Incomplete by base
              Refuses by base
              Smtp by base
              Whole by base
            Meta (abstract) run
              Runs by base
            Raises (abstract) first [hook]
        "#]],
    );
}

#[test]
fn stubs() {
    check(
        r"
//- ports.py
from django.forms import Form
class Old:
    def __init__(self): self.done = []
    def run(self): raise NotImplementedError
    def stop(self): raise NotImplementedError('stop')
class IOrders:
    def get(self, key): ...
    def add(self, order): ...
class Overridden:
    def get(self): pass
class NullMailer:
    def send(self, to): pass
class AbstractJob:
    def run(self): raise NotImplementedError
    def undo(self): raise NotImplementedError
    def name(self): return 'job'
class Job:
    def run(self): raise NotImplementedError
    def undo(self): return 1
class BaseError(Exception):
    def code(self): raise NotImplementedError
class Empty: ...
class Wrapper:
    def __init__(self, model): self.model = model
    def __getattr__(self, name): return getattr(self.model, name)
    def save(self): raise NotImplementedError
class Step(Form):
    def columns(self): raise NotImplementedError
class CanStepMixin:
    def step(self): raise NotImplementedError
//- adapters.py
from ports import *
class New(Old):
    def run(self): return 1
class SqlOrders(IOrders):
    def get(self, key): return 1
class NullOrders(IOrders):
    def get(self, key): pass
    def add(self, order): pass
class Overrides(Overridden):
    def get(self): return 1
class Concrete(AbstractJob):
    def run(self): return 1
class Other(Job):
    def run(self): return 1
class Known(Step):
    def columns(self): return 1
class Steps(CanStepMixin):
    def step(self): return 1
",
        &expect![[r#"
            AbstractJob (stubs) [name] run undo
              Concrete by base
            IOrders (stubs) add get
              NullOrders by base
              SqlOrders by base
            Old (stubs) run stop
              New by base
            Overridden (stubs) get
              Overrides by base
        "#]],
    );
}
