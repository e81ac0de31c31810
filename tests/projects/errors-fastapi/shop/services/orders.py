from http import HTTPStatus

from fastapi import HTTPException, status

from shop.domain.order import Order


class OrderService:
    def __init__(self) -> None:
        self.orders = {1: Order(1), 2: Order(2, paid=True)}

    def get(self, number: int) -> Order:
        order = self.orders.get(number)
        if order is None:
            raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail=f"Order {number} not found")
        return order

    def pay(self, number: int) -> Order:
        order = self.get(number)
        if order.paid:
            raise HTTPException(409, "Paid already: \"twice\" is not possible")
        return order

    def cancel(self, number: int, reason: str) -> Order:
        if not reason:
            raise HTTPException(status_code=HTTPStatus.BAD_REQUEST, detail={"field": "reason", "problem": "empty"})
        if number > 100:
            raise HTTPException(status_code=403)
        try:
            return self.orders[number]
        except KeyError as error:
            raise HTTPException(status_code=404, detail="The order was not found: " + str(number)) from error
