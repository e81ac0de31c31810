class Order:
    number = 1


class OrderLine:
    number = 1


def total(order):
    return order
