from rest_framework.exceptions import NotFound, ParseError, PermissionDenied, ValidationError

from shop.services.orders import ORDERS


def bill(number, reason):
    if number not in ORDERS:
        raise NotFound(f"Order {number} not found")
    if reason == "?":
        raise ParseError
    if not reason:
        raise ValidationError({"reason": ["Say why"]})
    if len(reason) > 9:
        raise ValidationError("Say less")
    return ORDERS[number] == "paid"


def pages(number):
    if number > 1:
        raise PermissionDenied()
    return [number]
