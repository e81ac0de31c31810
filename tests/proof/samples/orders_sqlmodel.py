"""orders-sqlmodel: each order has its own customer, two items and two labels."""

from samples.sample import Sample, get, many

SAMPLE = Sample(
    name="orders-sqlmodel",
    adapter="sqlmodel_app",
    calls=[
        get("/api/orders"),
        get("/api/orders/full"),
        get("/api/orders/nested", "/api/orders/nested?status=open"),
        get("/api/orders/values"),
        get("/api/orders/labels"),
        get("/api/orders/dearest", lambda rows: "/api/orders/dearest?" + many("order_ids", rows)),
        get("/api/orders/{order_id}", "/api/orders/1"),
        get("/api/customers", "/api/customers?city=Ulm"),
        get("/api/customers/orders", "/api/customers/orders?city=Ulm"),
        get("/api/customers/counts", "/api/customers/counts?city=Ulm"),
        get("/api/customers/search", "/api/customers/search?name=Customer%201"),
    ],
    symbols={
        "orders": lambda rows: rows,
        "order_ids": lambda rows: rows,
        "customers": lambda rows: rows,
        "items": lambda rows: 2,
    },
)
