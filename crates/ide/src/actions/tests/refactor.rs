//! Refactorings: all files that one changes, as they are afterwards. Each result is held to what any change must keep: the
//! files parse, and no name in them has lost its meaning.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use source::apply_edits;
use workspace::Change;

use super::*;
use crate::fixture::Fixture;

/// A backend with a domain, an application that is given a class of the infrastructure, and nothing between them.
const SHOP: &str = "
//- /pyproject.toml
[project]
name = \"shop\"
//- /shop/__init__.py
//- /shop/domain/__init__.py
//- /shop/domain/order.py
from dataclasses import dataclass
@dataclass
class Order:
    number: str
//- /shop/application/__init__.py
//- /shop/infrastructure/__init__.py
//- /shop/infrastructure/tables.py
from sqlalchemy import Column, Integer
class Row:
    id = Column(Integer)
";

/// What the files are after the action at the cursor whose title begins with `title`; what they must keep is checked.
#[track_caller]
pub(super) fn check(files: &str, title: &str, abilities: Abilities, expected: &Expect) {
    let mut fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let range = Span::new(fixture.offset, fixture.offset);
    let offered = actions(&snapshot, fixture.file(), range, &[]);
    let Some(action) = offered.iter().find(|action| action.title.starts_with(title)) else {
        return expected.assert_eq("not offered");
    };
    let Some(changes) = resolve(&snapshot, &action.data, abilities) else {
        return expected.assert_eq("not done");
    };
    let mut after: Vec<(Utf8PathBuf, String)> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for edit in &changes.edits {
        let text = apply_edits(snapshot.text(edit.file).as_str(), &edit.edits).expect("edits fit");
        let path = edit.file.path(snapshot.db()).clone();
        known.extend(unresolved(&snapshot, &path));
        after.push((path, text));
    }
    after.extend(changes.created.iter().map(|file| (file.path.clone(), file.contents.clone())));
    after.sort();
    drop(snapshot);
    let written = after.iter().map(|(path, text)| Change::Open {
        path: path.clone(),
        version: 1,
        text: text.as_str().into(),
    });
    fixture.workspace.apply(written.collect());
    let snapshot = fixture.workspace.snapshot();
    let mut shown = String::new();
    for (path, text) in &after {
        assert!(python::parse(text).is_whole(), "{path} doesn't parse:\n{text}");
        let lost: Vec<String> =
            unresolved(&snapshot, path).into_iter().filter(|name| !known.contains(name)).collect();
        assert!(lost.is_empty(), "{path}: {lost:?} mean nothing in\n{text}");
        let path = path.strip_prefix("/project").unwrap_or(path);
        let _ = write!(shown, "//- {path}\n{}", text.replace('\r', "<CR>"));
    }
    expected.assert_eq(&shown);
}

/// The names in a file that nothing binds: no import, no definition, no builtin; and imports that lead nowhere.
fn unresolved(snapshot: &Snapshot, path: &camino::Utf8Path) -> Vec<String> {
    let Some((project, file)) = snapshot.project_of(path) else { return vec![format!("{path}")] };
    let Some(cx) = rules::query::context(snapshot.db(), project, file) else { return Vec::new() };
    let definitions = &cx.module.definitions;
    let mut mentioned: BTreeSet<String> = BTreeSet::new();
    let arenas = cx.module.bodies.list.iter().map(|body| &body.exprs).chain([&definitions.exprs]);
    for arena in arenas {
        mentioned.extend(arena.list.iter().filter_map(|expr| match expr {
            python::Expr::Name(name) => Some(name.to_string()),
            _ => None,
        }));
    }
    let bound_in_bodies: BTreeSet<&str> = definitions
        .functions
        .iter()
        .flat_map(|function| function.parameters.iter().map(|parameter| parameter.name.as_str()))
        .chain(
            definitions.functions.iter().flat_map(|it| it.type_parameters.iter().map(python::Name::as_str)),
        )
        .chain(definitions.classes.iter().flat_map(|it| it.type_parameters.iter().map(python::Name::as_str)))
        .collect();
    let missing = cx.imports().filter_map(|view| match &view.resolved.target {
        model::Target::Missing(name) => Some(name.to_string()),
        _ => None,
    });
    let unknown = mentioned.into_iter().filter(|name| {
        !bound_in_bodies.contains(name.as_str())
            && !model::is_builtin(name)
            && model::query::head(snapshot.db(), project, cx.id, name.as_str().into()) == model::Head::Unknown
    });
    unknown.chain(missing).collect()
}

const REPOSITORY: &str = "//- /shop/infrastructure/orders.py
from sqlalchemy.orm import Session

from shop.domain.order import Order


class SqlOrders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, number: str, *, lock: bool = False) -> Order | None:
        \"\"\"The order with this number.

        Nothing where there is none.
        \"\"\"
        return self.session.get(Order, number)

    async def add(self, order: \"Order\", /, *notes: str, **more: int) -> None:
        self.session.add(order)

    def raw(self) -> Session:
        return self.session
";

const SERVICE: &str = "//- /shop/application/ship.py
from shop.infrastructure.orders import SqlOrders


class Shipping:
    def __init__(self, orders: SqlOrders) -> None:
        self.orders = orders

    def ship(self, number: str) -> None:
        order = self.orders.get(number)
        print(order)
";

/// With the cursor on the class.
fn on_class(text: &str) -> String {
    text.replacen("class SqlOrders", "class Sql$0Orders", 1)
}

#[test]
fn a_protocol_of_all_public_members() {
    check(
        &on_class(REPOSITORY),
        "Extract Protocol from all",
        Abilities::ALL,
        &expect![[r#"
            //- shop/domain/ports.py
            from __future__ import annotations

            from typing import TYPE_CHECKING, Protocol

            from shop.domain.order import Order

            if TYPE_CHECKING:
                from sqlalchemy.orm import Session


            class Orders(Protocol):
                def get(self, number: str, *, lock: bool = ...) -> Order | None:
                    """The order with this number."""
                    ...

                async def add(self, order: Order, /, *notes: str, **more: int) -> None: ...

                def raw(self) -> Session: ...
        "#]],
    );
}

#[test]
fn a_protocol_of_the_members_used() {
    let files = format!("{}{SERVICE}", on_class(REPOSITORY));
    check(
        &files,
        "Extract Protocol from the members used",
        Abilities::ALL,
        &expect![[r#"
        //- shop/application/ship.py
        from shop.domain.ports import Orders


        class Shipping:
            def __init__(self, orders: Orders) -> None:
                self.orders = orders

            def ship(self, number: str) -> None:
                order = self.orders.get(number)
                print(order)
        //- shop/domain/ports.py
        from typing import Protocol

        from shop.domain.order import Order


        class Orders(Protocol):
            def get(self, number: str, *, lock: bool = ...) -> Order | None:
                """The order with this number."""
                ...
    "#]],
    );
}

#[test]
fn where_no_file_can_be_written() {
    let files = format!("{}{SERVICE}", on_class(REPOSITORY));
    let abilities = Abilities { create_files: false };
    check(
        &files,
        "Extract Protocol from the members used",
        abilities,
        &expect![[r#"
        //- shop/application/ship.py
        from shop.infrastructure.orders import Orders


        class Shipping:
            def __init__(self, orders: Orders) -> None:
                self.orders = orders

            def ship(self, number: str) -> None:
                order = self.orders.get(number)
                print(order)
        //- shop/infrastructure/orders.py
        from typing import Protocol

        from sqlalchemy.orm import Session

        from shop.domain.order import Order


        class Orders(Protocol):
            def get(self, number: str, *, lock: bool = ...) -> Order | None:
                """The order with this number."""
                ...


        class SqlOrders:
            def __init__(self, session: Session) -> None:
                self.session = session

            def get(self, number: str, *, lock: bool = False) -> Order | None:
                """The order with this number.

                Nothing where there is none.
                """
                return self.session.get(Order, number)

            async def add(self, order: "Order", /, *notes: str, **more: int) -> None:
                self.session.add(order)

            def raw(self) -> Session:
                return self.session
    "#]],
    );
}

#[test]
fn into_the_ports_that_are_there() {
    let ports = "//- /shop/application/ports.py
import abc


class Clock(abc.ABC):
    @abc.abstractmethod
    def now(self) -> int: ...


__all__ = [\"Clock\"]
";
    let files = format!("{}{SERVICE}{ports}", on_class(REPOSITORY));
    check(
        &files,
        "Extract Protocol from the members used",
        Abilities::ALL,
        &expect![[r#"
        //- shop/application/ports.py
        import abc
        from typing import Protocol

        from shop.domain.order import Order


        class Clock(abc.ABC):
            @abc.abstractmethod
            def now(self) -> int: ...


        __all__ = ["Clock", "Orders"]


        class Orders(Protocol):
            def get(self, number: str, *, lock: bool = ...) -> Order | None:
                """The order with this number."""
                ...
        //- shop/application/ship.py
        from shop.application.ports import Orders


        class Shipping:
            def __init__(self, orders: Orders) -> None:
                self.orders = orders

            def ship(self, number: str) -> None:
                order = self.orders.get(number)
                print(order)
    "#]],
    );
}

#[test]
fn relative_imports_line_endings_and_dataclass_fields() {
    let service = "//- /shop/application/ship.py
from dataclasses import dataclass

from ..domain.order import Order
from ..infrastructure.orders import SqlOrders


@dataclass
class Shipping:
    orders: SqlOrders

    def ship(self, number: str) -> Order | None:
        return self.orders.get(number)
";
    let files = format!("{}{}", on_class(REPOSITORY), service).replace('\n', "\r\n");
    check(
        &files,
        "Extract Protocol from the members used",
        Abilities::ALL,
        &expect![[r#"
        //- shop/application/ship.py
        from dataclasses import dataclass<CR>
        <CR>
        from ..domain.order import Order<CR>
        from ..domain.ports import Orders<CR>
        <CR>
        <CR>
        @dataclass<CR>
        class Shipping:<CR>
            orders: Orders<CR>
        <CR>
            def ship(self, number: str) -> Order | None:<CR>
                return self.orders.get(number)<CR>
        //- shop/domain/ports.py
        from typing import Protocol<CR>
        <CR>
        from shop.domain.order import Order<CR>
        <CR>
        <CR>
        class Orders(Protocol):<CR>
            def get(self, number: str, *, lock: bool = ...) -> Order | None:<CR>
                """The order with this number."""<CR>
                ...<CR>
    "#]],
    );
}

#[test]
fn kinds_of_members() {
    let files = "//- /shop/infrastructure/orders.py
from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Literal, Self, TypeVar, overload

import sqlalchemy as sa

from shop.infrastructure.tables import Row

T = TypeVar(\"T\", bound=Row)
Mode = Literal[\"read\", \"write\"]


class SqlOrders:
    limit: int = 10
    _cache: dict[str, Any]

    class Page: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None: ...

    @property
    def size(self) -> int:
        return 1

    @cached_property
    def names(self) -> list[str]:
        return []

    @classmethod
    def of(cls, url: str = \"\") -> SqlOrders:
        return cls()

    @staticmethod
    def key(number: str) -> tuple[str, ...]:
        return (number,)

    @contextmanager
    def locked(self) -> Iterator[None]:
        yield

    async def stream(self) -> AsyncIterator[Row]:
        yield Row()

    @overload
    def find(self, number: str) -> Row: ...
    @overload
    def find(self, number: None) -> None: ...
    def find(self, number):
        return None

    def first[K: str](self, keys: list[K]) -> K:
        return keys[0]

    def of_kind(self, kind: type[T]) -> list[T]:
        return []

    def run(self, statement: sa.Select[Any], mode: Mode = \"read\") -> Row:
        return Row()

    def page(self) -> Page:
        return self.Page()

    def merge(self, other: SqlOrders) -> None: ...

    @unknown
    def odd(self) -> int:
        return 1

    def list(self) -> dict[str, list[int]]:
        return {}

    def _private(self) -> None: ...
";
    check(
        &on_class(files),
        "Extract Protocol from all",
        Abilities::ALL,
        &expect![[r#"
            //- shop/domain/ports.py
            from __future__ import annotations

            import builtins
            from collections.abc import AsyncIterator, Iterator
            from contextlib import contextmanager
            from typing import TYPE_CHECKING, Any, Protocol, Self, overload

            if TYPE_CHECKING:
                from shop.infrastructure.tables import Row
                import sqlalchemy as sa
                from shop.infrastructure.orders import Mode


            class Orders(Protocol):
                @property
                def limit(self) -> int: ...

                def __enter__(self) -> Self: ...

                def __exit__(self, *error: object) -> None: ...

                @property
                def size(self) -> int: ...

                @property
                def names(self) -> builtins.list[str]: ...

                @classmethod
                def of(cls, url: str = ...) -> Orders: ...

                @staticmethod
                def key(number: str) -> tuple[str, ...]: ...

                @contextmanager
                def locked(self) -> Iterator[None]: ...

                def stream(self) -> AsyncIterator[Row]: ...

                @overload
                def find(self, number: str) -> Row: ...

                @overload
                def find(self, number: None) -> None: ...

                def first[K: str](self, keys: builtins.list[K]) -> K: ...

                def run(self, statement: sa.Select[Any], mode: Mode = ...) -> Row: ...

                def list(self) -> dict[str, builtins.list[int]]: ...
        "#]],
    );
}

#[test]
fn members_inherited_with_type_arguments() {
    let files = "//- /shop/infrastructure/base.py
from typing import Generic, TypeVar

T = TypeVar(\"T\")


class Repository(Generic[T]):
    def get(self, number: str) -> T | None: ...

    def all(self, limit: int = 10) -> list[T]: ...
//- /shop/infrastructure/orders.py
from shop.domain.order import Order
from shop.infrastructure.base import Repository


class SqlOrders(Repository[Order]):
    def late(self) -> list[Order]:
        return []
";
    check(
        &on_class(files),
        "Extract Protocol from all",
        Abilities::ALL,
        &expect![[r#"
        //- shop/domain/ports.py
        from typing import Protocol

        from shop.domain.order import Order


        class Orders(Protocol):
            def late(self) -> list[Order]: ...

            def get(self, number: str) -> Order | None: ...

            def all(self, limit: int = ...) -> list[Order]: ...
    "#]],
    );
}

#[test]
fn dependencies_of_fastapi_keep_the_class() {
    let service = "//- /shop/application/ship.py
from typing import Annotated

from fastapi import Depends

from shop.infrastructure.orders import SqlOrders


def ship(number: str, orders: Annotated[SqlOrders, Depends()]) -> None:
    orders.get(number)


def send(number: str, orders: SqlOrders = Depends(SqlOrders)) -> None:
    orders.get(number)
";
    let files = format!("{}{service}", on_class(REPOSITORY));
    check(
        &files,
        "Extract Protocol from the members used",
        Abilities::ALL,
        &expect![[r#"
        //- shop/application/ship.py
        from typing import Annotated

        from fastapi import Depends

        from shop.domain.ports import Orders
        from shop.infrastructure.orders import SqlOrders


        def ship(number: str, orders: Annotated[Orders, Depends(SqlOrders)]) -> None:
            orders.get(number)


        def send(number: str, orders: Orders = Depends(SqlOrders)) -> None:
            orders.get(number)
        //- shop/domain/ports.py
        from typing import Protocol

        from shop.domain.order import Order


        class Orders(Protocol):
            def get(self, number: str, *, lock: bool = ...) -> Order | None:
                """The order with this number."""
                ...
    "#]],
    );
}

#[test]
fn classes_that_no_protocol_is_made_of() {
    for class in ["SqlOrders(Enum)", "SqlOrders(Exception)", "SqlOrders(Protocol)"] {
        let files = format!(
            "//- /shop/infrastructure/orders.py
from enum import Enum
from typing import Protocol
class {class}:
    def get(self) -> int: ...
"
        );
        check(&on_class(&files), "Extract Protocol", Abilities::ALL, &expect!["not offered"]);
    }
    let files = "//- /shop/infrastructure/orders.py\nclass SqlOrders:\n    x: int = 1\n";
    check(&on_class(files), "Extract Protocol", Abilities::ALL, &expect!["not offered"]);
}

#[test]
fn missing_members_of_a_port() {
    let files = "//- /shop/application/ports.py
from abc import ABC, abstractmethod
from collections.abc import Sequence

from shop.domain.order import Order

LIMIT = 10


class Orders(ABC):
    @abstractmethod
    def get(self, number: str) -> Order: ...

    @abstractmethod
    async def recent(self, limit: int = LIMIT) -> Sequence[Order]: ...

    @property
    @abstractmethod
    def size(self) -> int: ...
//- /shop/infrastructure/orders.py
from shop.application.ports import Orders


class SqlOrders(Orders):
    def get(self, number):
        return None
";
    check(
        &on_class(files),
        "Implement the missing",
        Abilities::ALL,
        &expect![[r#"
        //- shop/infrastructure/orders.py
        from collections.abc import Sequence

        from shop.application.ports import LIMIT, Orders
        from shop.domain.order import Order


        class SqlOrders(Orders):
            def get(self, number):
                return None

            async def recent(self, limit: int = LIMIT) -> Sequence[Order]:
                raise NotImplementedError

            @property
            def size(self) -> int:
                raise NotImplementedError
    "#]],
    );
    let files = files.replace(":\n    def get(self, number):\n        return None\n", ": ...\n");
    check(
        &on_class(&files),
        "Implement the missing",
        Abilities::ALL,
        &expect![[r#"
        //- shop/infrastructure/orders.py
        from collections.abc import Sequence

        from shop.application.ports import LIMIT, Orders
        from shop.domain.order import Order


        class SqlOrders(Orders):
            def get(self, number: str) -> Order:
                raise NotImplementedError

            async def recent(self, limit: int = LIMIT) -> Sequence[Order]:
                raise NotImplementedError

            @property
            def size(self) -> int:
                raise NotImplementedError
    "#]],
    );
}
