from http import HTTPStatus

from litestar.exceptions import ClientException, HTTPException, NotFoundException, PermissionDeniedException

from shop.services.errors import LimitReached

ORDERS = {1: "open", 2: "paid"}


def state(number: int) -> str:
    if number not in ORDERS:
        raise NotFoundException(f"Order {number} not found")
    return ORDERS[number]


def pay(number: int) -> str:
    if number > 100:
        raise PermissionDeniedException(detail="No large orders")
    if number > 50:
        raise LimitReached("Fifty at most")
    if state(number) == "paid":
        raise HTTPException(detail="Paid already", status_code=409)
    return "paid"


def cancel(number: int, reason: str) -> str:
    if not reason:
        raise ClientException("Say why", status_code=HTTPStatus.UNPROCESSABLE_ENTITY)
    if reason == "?":
        raise ClientException("Say more")
    return state(number)
