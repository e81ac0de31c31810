"""The sample backends: how each is called, and how many rows its symbols stand for."""

from samples import orders_async, orders_django, orders_sqlalchemy, orders_sqlmodel, school_django, school_sqlalchemy
from samples.sample import Sample

SAMPLES: list[Sample] = [
    orders_sqlalchemy.SAMPLE,
    orders_async.SAMPLE,
    orders_sqlmodel.SAMPLE,
    orders_django.SAMPLE,
]

# Many endpoints in many shapes: only their costs are compared, no fix is tried.
COUNTED: list[Sample] = [school_django.SAMPLE, school_sqlalchemy.SAMPLE]
