"""orders-django: each order has its own customer and two items, each with its own product."""

from samples.sample import Sample, get, view

SAMPLE = Sample(
    name="orders-django",
    adapter="django_orders",
    calls=[
        get("/api/orders/"),
        get("/api/orders/<pk>/", "/api/orders/1/"),
        get("/api/open-orders/"),
        get("/api/open-orders/<pk>/", "/api/open-orders/1/"),
        get("/api/order-keys/"),
        get("/api/full-orders/"),
        get("/api/customers/"),
        view("/api/customers/latest/", "?city=Ulm"),
        view("/api/customers/counts/", "?city=Ulm"),
        view("/api/customers/search/", "?name=Customer%201"),
        view("/api/labels/"),
        view("/api/loaded-labels/"),
        view("/api/quantities/"),
        view("/api/values/"),
        view("/api/positions/"),
        view("/api/sold/"),
    ],
    symbols={
        "orders": lambda rows: rows,
        "customers": lambda rows: rows,
        "items": lambda rows: 2,
    },
)
