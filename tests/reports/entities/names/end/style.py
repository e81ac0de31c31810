SIZE = 3


def late():
    from end.graph import models

    return models
