def total(order):
    from shop.pricing import price

    return price(order)


def note(order):
    """What it says."""
    from billing.invoices import Invoice
    from shop.domain.orders import Order

    return Invoice, Order


def late(order):
    number = order.number

    from shop.pricing import discount

    return discount(number)


def last(order):
    if order:
        from shop.pricing import Rate, price

        return Rate(price(order))
    return None
