"""Wires ports to adapters."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from parcels.application.services.booking import BookingService
from parcels.application.services.dispatch import DispatchService
from parcels.application.services.labels import LabelService
from parcels.application.services.returns import ReturnService
from parcels.application.services.tracking import TrackingService
from parcels.config import get_settings
from parcels.infrastructure.carriers.http_carrier import HttpCarrier
from parcels.infrastructure.database import Database
from parcels.infrastructure.repositories.customers import SqlCustomerRepository
from parcels.infrastructure.repositories.parcels import SqlParcelRepository
from parcels.infrastructure.storage import S3LabelStorage


class Container:
    def __init__(self) -> None:
        settings = get_settings()
        self.database = Database(settings.database_url)
        self.carrier = HttpCarrier(settings.carrier_url)
        self.storage = S3LabelStorage(settings.label_bucket)

    def booking(self) -> BookingService:
        return BookingService(SqlParcelRepository(self.database), SqlCustomerRepository(self.database))

    def dispatch(self) -> DispatchService:
        return DispatchService(SqlParcelRepository(self.database))

    def tracking(self) -> TrackingService:
        return TrackingService(SqlParcelRepository(self.database), self.carrier)

    def labels(self) -> LabelService:
        return LabelService(self.storage)

    def returns(self) -> ReturnService:
        return ReturnService(SqlParcelRepository(self.database))


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.container = Container()
    yield
    await app.state.container.database.close()
