class NotFound(Exception):
    pass


class IsbnTaken(Exception):
    pass
