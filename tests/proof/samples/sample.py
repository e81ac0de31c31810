"""Facts about a sample backend that its code doesn't contain."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
    # The formula may give more than is counted: the code takes a shortcut that isn't followed.
    is_bound: bool = False
    # The formula gives less than is counted, because of something that isn't known yet.
    falls_short: bool = False
    # What a symbol stands for in this endpoint, where that differs from the sample.
    symbols: dict[str, Count] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.method or 'ANY'} {self.path}"


@dataclass(frozen=True)
class Sample:
    """A folder of tests/projects, or of counted/ here."""

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


def gets(prefix: str, paths: str) -> list[Call]:
    """GETs of these paths below the prefix; whatever parameter a path takes is 1."""
    return [get(prefix + path, re.sub(r"<[^>]+>|{[^}]+}", "1", prefix + path)) for path in paths.split()]


def views(prefix: str, paths: str) -> list[Call]:
    """Views of these paths that take any method, as `gets`."""
    return [replace(call, method=None) for call in gets(prefix, paths)]


def marked(calls: list[Call], *, bounds: str, short: str = "") -> list[Call]:
    """The calls, with those whose formula is a bound or falls short."""
    known = {call.path for call in calls}
    if missing := set((bounds + " " + short).split()) - known:
        raise ValueError(f"no endpoint has the path {', '.join(sorted(missing))}")
    return [replace(it, is_bound=it.path in bounds.split(), falls_short=it.path in short.split()) for it in calls]


def posts(prefix: str, paths: str) -> list[Call]:
    """POSTs without a body, as `gets`."""
    return [replace(call, method="POST") for call in gets(prefix, paths)]
