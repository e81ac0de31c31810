"""The public face of the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

lazy import decimal
lazy from .rates import (
    RATES,
)
from .errors import BookingError as BookingError, NotFound
from .service import *  # noqa: F403

try:
    import orjson as json
except ImportError:
    import json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .models import Booking
else:
    Booking = object

__all__ = ["BookingError", "NotFound"]
__all__ += ["json"]
__version__ = "1.2.3"


def dumps(bookings: Iterable[Booking]) -> str:
    # architrave: ignore[hidden-import] the table is only needed here
    lazy from .tables import COLUMNS

    return json.dumps([{name: getattr(booking, name) for name in COLUMNS} for booking in bookings])
