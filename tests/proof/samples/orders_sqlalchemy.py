"""orders-sqlalchemy: each order has its own customer and two items, each with its own product."""

from samples.sample import Call, Sample, get, many

SAMPLE = Sample(
    name="orders-sqlalchemy",
    adapter="sqlalchemy_shop",
    calls=[
        get("/orders", "/orders?since=2026-01-01"),
        get("/orders/open"),
        get("/orders/labels", "/orders/labels?day=2026-03-01"),
        get("/orders/by-customer", "/orders/by-customer?day=2026-03-01"),
        get("/orders/quantities", lambda rows: "/orders/quantities?" + many("numbers", rows, "A")),
        get("/orders/notes", lambda rows: "/orders/notes?" + many("numbers", rows, "A")),
        get("/orders/values"),
        get("/orders/sales"),
        get("/orders/{order_id}", "/orders/1"),
        get("/customers", "/customers?city=Ulm"),
        get("/customers/search", "/customers/search?name=Customer%201"),
        get("/customers/counts", "/customers/counts?city=Ulm"),
        Call(
            "POST",
            "/orders/notes",
            lambda rows: "/orders/notes",
            lambda rows: {"note": "called", "order_ids": list(range(1, rows + 1))},
        ),
    ],
    symbols={
        "orders": lambda rows: rows,
        "order_ids": lambda rows: rows,
        "numbers": lambda rows: rows,
        "customers": lambda rows: rows,
        "items": lambda rows: 2,
        "products": lambda rows: 2 * rows,
    },
)
