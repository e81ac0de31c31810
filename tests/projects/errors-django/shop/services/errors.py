class NotPaid(Exception):
    pass
