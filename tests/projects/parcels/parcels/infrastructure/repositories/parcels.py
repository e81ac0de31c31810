"""Parcels in the database."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from parcels.domain.errors import ParcelNotFound
from parcels.domain.parcel import Parcel
from parcels.domain.ports import ParcelRepository
from parcels.infrastructure.database import Database
from parcels.infrastructure.orm.mapping import to_parcel, to_row
from parcels.infrastructure.orm.rows import ParcelRow


class SqlParcelRepository(ParcelRepository):
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, parcel_id: str) -> Parcel:
        async with self._database.session() as session:
            row = await session.get(ParcelRow, parcel_id, options=[joinedload(ParcelRow.customer)])
            if row is None:
                raise ParcelNotFound(parcel_id)
            return to_parcel(row)

    async def add(self, parcel: Parcel) -> None:
        async with self._database.session() as session:
            session.add(to_row(parcel))

    async def save(self, parcel: Parcel) -> None:
        async with self._database.session() as session:
            await session.merge(to_row(parcel))

    async def of_customer(self, customer_id: str) -> Sequence[Parcel]:
        query = select(ParcelRow).where(ParcelRow.customer_id == customer_id).options(joinedload(ParcelRow.customer))
        async with self._database.session() as session:
            return [to_parcel(row) for row in await session.scalars(query)]
