"""Sets the Django project up."""

import os
from pathlib import Path

from adapters.statements import DjangoApp


def open_app(database: Path, rows: int) -> DjangoApp:
    """The application on a new database with `rows` orders."""
    os.environ["DATABASE_FILE"] = str(database)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)

    from orders.models import Customer, Item, Order, Product

    for key in range(1, rows + 1):
        customer = Customer.objects.create(name=f"Customer {key}", city="Ulm")
        order = Order.objects.create(number=f"A{key}", status="open", customer=customer)
        for letter in "ab":
            product = Product.objects.create(name=f"Product {key}{letter}", price=10 * key)
            Item.objects.create(order=order, product=product, quantity=key)
    return DjangoApp()
