"""Orders."""


def total(amounts: list[int]) -> int:
    from shop.domain.price import price

    return sum(price(amount) for amount in amounts)
