"""orders-django: each order has its own customer and two items, each with its own product."""

from samples.sample import Sample, get

SAMPLE = Sample(
    name="orders-django",
    adapter="django_orders",
    calls=[
        get("/api/orders/"),
        get("/api/orders/{pk}/", "/api/orders/1/"),
        get("/api/open-orders/"),
        get("/api/open-orders/{pk}/", "/api/open-orders/1/"),
        get("/api/order-keys/"),
        get("/api/full-orders/"),
        get("/api/customers/"),
        get("/api/customers/latest/", "/api/customers/latest/?city=Ulm"),
        get("/api/customers/counts/", "/api/customers/counts/?city=Ulm"),
        get("/api/customers/search/", "/api/customers/search/?name=Customer%201"),
        get("/api/labels/"),
        get("/api/loaded-labels/"),
        get("/api/quantities/"),
        get("/api/values/"),
        get("/api/sold/"),
    ],
    symbols={
        "orders": lambda rows: rows,
        "customers": lambda rows: rows,
        "items": lambda rows: 2,
    },
)
