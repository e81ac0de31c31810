from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from billing.invoices import Invoice
    from shop.pricing import Price


def first(order: Price) -> Price:
    from shop.domain.orders import Order

    typed: Order = order
    return typed


def second(invoice: Invoice) -> bool:
    from billing.invoices import Invoice

    return isinstance(invoice, Invoice)


def third(invoice: Invoice) -> bool:
    from shop.pricing import Price, Rate

    return isinstance(invoice, (Price, Rate))
