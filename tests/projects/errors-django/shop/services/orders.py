from django.http import Http404

from shop.services.errors import NotPaid

ORDERS = {1: "open", 2: "paid"}


def state(number):
    if number == 0:
        raise Http404
    if number not in ORDERS:
        raise Http404(f"Order {number} not found")
    return ORDERS[number]


def pay(number):
    if state(number) == "paid":
        return "paid"
    raise NotPaid("Pay first")
