# -*- coding: utf-8 -*-
"""Bookings: what the shop's counter calls."""
import asyncio
import importlib
import logging as log
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, status
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from shop.database import get_session
from shop.models import Booking, Customer, Room as RoomModel

router = APIRouter(prefix="/bookings", tags=["bookings"])
logger = log.getLogger(__name__)
LIMIT: int = 100
RATES = {"single": 80, "double": 120, **{"suite": 1_000}}


@dataclass(frozen=True, slots=True)
class Period:
    """From check-in to check-out."""

    start: datetime
    end: datetime
    notes: list[str] = field(default_factory=list)

    @property
    def nights(self) -> int:
        return (self.end - self.start).days or 1

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end


class BookingService:
    def __init__(self, session: AsyncSession, *, clock=datetime.now, **options: Any):
        self.session = session
        self.clock = clock
        self.options = options

    async def free_rooms(self, period: Period, limit: int = LIMIT) -> list[RoomModel]:
        query = (
            select(RoomModel)
            .options(selectinload(RoomModel.bookings))
            .where(RoomModel.active.is_(True), ~RoomModel.closed)
            .limit(limit)
        )
        rooms = (await self.session.scalars(query)).all()
        return [room for room in rooms if not any(period.overlaps(b.period) for b in room.bookings)]

    async def book(self, customer: Customer, room_id: int, period: Period) -> Booking:
        async with self.session.begin() as transaction, self.lock(room_id):
            room = await self.session.get(RoomModel, room_id)
            if room is None:
                raise HTTPException(status.HTTP_404_NOT_FOUND, detail=f"no room {room_id!r:>8}")
            elif room.closed:
                raise HTTPException(status_code=status.HTTP_409_CONFLICT) from None
            else:
                booking = Booking(customer=customer, room=room, start=period.start, end=period.end)
            for attempt in range(3):
                try:
                    self.session.add(booking)
                    await self.session.flush()
                except (ConnectionError, TimeoutError) as error:
                    logger.warning("attempt %d failed: %s", attempt, error)
                    await asyncio.sleep(0.1 * 2**attempt)
                    continue
                finally:
                    transaction.done = True
                break
            while (left := self.remaining(booking)) > timedelta(0):
                left -= timedelta(days=1)
        return booking

    def plugin(self, name):
        module = importlib.import_module("shop.plugins.rates")
        def inner(x, /, y=lambda z: z + 1, *args):
            global LIMIT
            LIMIT = x
            yield from (y(arg) for arg in args if arg)
        return getattr(module, name)(inner)


@router.post("/{room_id}", status_code=201)
async def create(
    room_id: int,
    period: Period,
    session: Annotated[AsyncSession, Depends(get_session)],
    customer: Customer = Depends(lambda: None),
) -> dict[str, Any]:
    booking = await BookingService(session).book(customer, room_id, period)
    return {"id": booking.id, "price": booking.room.rate * period.nights, "ünï": "日本"}
