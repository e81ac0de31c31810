"""Facts about a sample backend that its code doesn't contain."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Count = Callable[[int], int]


@dataclass(frozen=True)
class Call:
    """One endpoint: as listed by `architrave routes`, and the call to make when there are `rows` orders."""

    # None if the backend ignores it; called with GET then.
    method: str | None
    path: str
    url: Callable[[int], str]
    body: Callable[[int], Any] | None = None
    # It reads a relationship that an async session can't load, and fails until that is fixed.
    fails: bool = False

    @property
    def name(self) -> str:
        return f"{self.method or 'ANY'} {self.path}"


@dataclass(frozen=True)
class Sample:
    """A folder of tests/projects."""

    name: str
    # The module of this package that sets the backend up and fills its database.
    adapter: str
    calls: list[Call]
    # How many elements the loop with this label iterates over, by the number of orders.
    symbols: dict[str, Count] = field(default_factory=dict)


def get(path: str, url: str | Callable[[int], str] | None = None, *, fails: bool = False) -> Call:
    """A GET. The URL is the path unless another is given."""
    address = url if url is not None else path
    return Call("GET", path, address if callable(address) else lambda rows: address, fails=fails)


def view(path: str, query: str = "") -> Call:
    """A view that takes any method."""
    return Call(None, path, lambda rows: path + query)


def many(name: str, rows: int, prefix: str = "") -> str:
    """A query string that names the keys 1 to `rows`, each behind the prefix."""
    return "&".join(f"{name}={prefix}{key}" for key in range(1, rows + 1))
