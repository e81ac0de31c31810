//! Which members are written, and in what form.

use super::*;

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
            from collections.abc import AsyncIterator
            from contextlib import AbstractContextManager
            from functools import cached_property
            from typing import TYPE_CHECKING, Any, Protocol, Self, overload

            if TYPE_CHECKING:
                import sqlalchemy as sa
                from shop.infrastructure.orders import Mode
                from shop.infrastructure.tables import Row


            class Orders(Protocol):
                @property
                def limit(self) -> int: ...

                def __enter__(self) -> Self: ...

                def __exit__(self, *error: object) -> None: ...

                @property
                def size(self) -> int: ...

                @cached_property
                def names(self) -> builtins.list[str]: ...

                @classmethod
                def of(cls, url: str = ...) -> Orders: ...

                @staticmethod
                def key(number: str) -> tuple[str, ...]: ...

                def locked(self) -> AbstractContextManager[None]: ...

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
                    """The order with this number.

                    Nothing where there is none.
                    """
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
