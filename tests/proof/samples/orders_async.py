"""orders-async: each order has its own customer and two items, each with its own product."""

from samples.sample import Sample, get, many

SAMPLE = Sample(
    name="orders-async",
    adapter="sqlalchemy_shop",
    calls=[
        get("/orders", "/orders?since=2026-01-01"),
        get("/orders/open", fails=True),
        get("/orders/cities", "/orders/cities?day=2026-03-01", fails=True),
        get("/orders/counts"),
        get("/orders/names"),
        get("/orders/sales", lambda rows: "/orders/sales?" + many("product_ids", rows)),
        get("/orders/{order_id}/items", "/orders/1/items", fails=True),
        get("/customers", "/customers?city=Ulm"),
        get("/customers/search", "/customers/search?name=Customer%201"),
        get("/customers/names", lambda rows: "/customers/names?" + many("customer_ids", rows)),
    ],
    symbols={
        "orders": lambda rows: rows,
        "customer_ids": lambda rows: rows,
        "product_ids": lambda rows: rows,
        "items": lambda rows: 2,
    },
)
