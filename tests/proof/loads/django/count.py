"""Runs each function of `shop.shapes` on the same rows and prints its statements and its result, as JSON."""

import json
import warnings

import django
from django.conf import settings

warnings.simplefilter("ignore")
settings.configure(
    INSTALLED_APPS=["shop"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

call_command("migrate", run_syncdb=True, verbosity=0)

from shop import shapes
from shop.models import City, Customer, Item, Order, Product, Tag

cities = [City.objects.create(name=f"city {n}") for n in range(2)]
customers = [Customer.objects.create(name=f"customer {n}", city=cities[n % 2]) for n in range(4)]
tags = [Tag.objects.create(name=f"tag {n}") for n in range(2)]
for n in range(4):
    order = Order.objects.create(number=f"{n}", customer=customers[n] if n else None, payer=customers[n])
    order.tags.set(tags[: n % 3])
    for m in range(2):
        product = Product.objects.create(name=f"product {n} {m}")
        Item.objects.create(order=order, product=product, is_open=bool(m))

counts = {}
for name, function in sorted(vars(shapes).items()):
    if getattr(function, "__module__", "") == "shop.shapes" and callable(function) and not name.startswith("_"):
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            result = repr(function())
            transaction.set_rollback(True)
        counts[name] = (len(queries.captured_queries), result)
print(json.dumps(counts))
