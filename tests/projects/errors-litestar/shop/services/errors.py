"""What can go wrong."""


class ShopError(Exception):
    """The base of them all."""


class LimitReached(ShopError):
    pass
