"""Services for routes."""

from typing import Annotated

from fastapi import Depends, Request

from parcels.application.services.booking import BookingService
from parcels.application.services.dispatch import DispatchService
from parcels.application.services.labels import LabelService
from parcels.application.services.returns import ReturnService
from parcels.application.services.tracking import TrackingService


def booking_service(request: Request) -> BookingService:
    return request.app.state.container.booking()


def dispatch_service(request: Request) -> DispatchService:
    return request.app.state.container.dispatch()


def label_service(request: Request) -> LabelService:
    return request.app.state.container.labels()


def return_service(request: Request) -> ReturnService:
    return request.app.state.container.returns()


def tracking_service(request: Request) -> TrackingService:
    return request.app.state.container.tracking()


Booking = Annotated[BookingService, Depends(booking_service)]
Dispatch = Annotated[DispatchService, Depends(dispatch_service)]
Labels = Annotated[LabelService, Depends(label_service)]
Returns = Annotated[ReturnService, Depends(return_service)]
Tracking = Annotated[TrackingService, Depends(tracking_service)]
