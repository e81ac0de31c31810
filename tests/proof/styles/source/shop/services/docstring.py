"""A module with a docstring and no imports."""


def total(order):
    import json

    from shop.pricing import price

    return price(json.loads(order))


class Service:
    """A service."""

    def run(self, order):
        """Runs."""

        from shop.domain.orders import total as total_of_order

        def inner():
            return total_of_order(order)

        return inner
