def is_listed(view):
    from shop.base import Listed

    return isinstance(view, Listed)
