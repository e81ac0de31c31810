from flask import abort

ORDERS = {1: "open", 2: "paid"}


def state(number: int) -> str:
    if number not in ORDERS:
        abort(404, description=f"Order {number} not found")
    return ORDERS[number]


def pay(number: int) -> str:
    if state(number) == "paid":
        abort(409, "Paid already")
    if number > 1:
        abort(404)
    return "paid"
