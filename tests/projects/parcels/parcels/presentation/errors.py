"""Business errors as answers."""

from fastapi import FastAPI, Request, status
from fastapi.responses import JSONResponse

from parcels.domain.errors import DomainError, NotReturnable, ParcelNotFound, UnknownCustomer

STATUS = {
    ParcelNotFound: status.HTTP_404_NOT_FOUND,
    UnknownCustomer: status.HTTP_404_NOT_FOUND,
    NotReturnable: status.HTTP_409_CONFLICT,
}


def register_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(DomainError)
    async def answer(request: Request, error: DomainError) -> JSONResponse:
        code = STATUS.get(type(error), status.HTTP_400_BAD_REQUEST)
        return JSONResponse({"detail": str(error)}, status_code=code)
