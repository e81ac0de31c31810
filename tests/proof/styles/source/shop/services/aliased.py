from shop.domain.orders import Order, total
from shop.pricing import MAXIMUM_DISCOUNT, rate_of_exchange_on_the_day_of_order


def first(line: Order):
    import billing.invoices as bills
    from shop.pricing import discount as reduced

    return bills, reduced(line), MAXIMUM_DISCOUNT, rate_of_exchange_on_the_day_of_order, total


def second(line: Order):
    from shop.domain.orders import OrderLine as Line

    return Line
