from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.pricing import Price


class Service:
    def first(self, price: "Price") -> bool:
        from shop.pricing import Price

        return isinstance(price, Price)

    def second(self):
        from shop.domain.orders import Order

        order: Order = self.find()
        return order.number

    def find(self):
        from shop.services import plain

        @staticmethod
        def inner():
            return plain

        return inner
