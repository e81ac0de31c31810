from django.db.models import Prefetch
from django.shortcuts import get_list_or_404

from shop.models import Item, Order


def plain():
    """5 statements, 1 after"""
    return [order.payer.name for order in Order.objects.all()]


def nested():
    """9 statements, 1 after"""
    return [order.payer.city.name for order in Order.objects.order_by("id")]


def many():
    """5 statements, 2 after"""
    return [len(order.items.all()) for order in Order.objects.order_by("id")]


def several():
    """17 statements, 3 after"""
    out = []
    for order in Order.objects.order_by("id"):
        out.append(order.payer.name)
        out.append([item.product.name for item in order.items.all()])
    return out


def beside_another():
    """5 statements, 1 after"""
    orders = Order.objects.select_related("customer").filter(number__gte="0")
    return [
        (order.customer and order.customer.name, order.payer.name) for order in orders
    ]


def behind_another():
    """10 statements, 3 after"""
    out = []
    for order in Order.objects.prefetch_related("items"):
        out.append([item.product.name for item in order.items.all()])
    return out


def beside_an_object():
    """10 statements, 3 after"""
    orders = Order.objects.prefetch_related(
        Prefetch("items", queryset=Item.objects.order_by("id"))
    )
    return [item.product.name for order in orders for item in order.items.all()]


def all_to_one():
    """1 statement, no fix"""
    return [order.payer.name for order in Order.objects.select_related().filter(pk=1)]


def only_a_column():
    """9 statements, 1 after"""
    return [order.payer.name for order in Order.objects.only("number")]


def only_a_column_and_the_key():
    """5 statements, 1 after"""
    return [order.payer.name for order in Order.objects.only("number", "payer")]


def only_of_many():
    """5 statements, 2 after"""
    return [len(order.items.all()) for order in Order.objects.only("number")]


def without_the_key():
    """9 statements, no fix"""
    return [order.payer.name for order in Order.objects.defer("payer")]


def without_another():
    """5 statements, 1 after"""
    return [order.payer.name for order in Order.objects.defer("number")]


def only_by_the_manager():
    """9 statements, no fix"""
    return [order.payer.name for order in Order.keys.listed()]


def in_chunks():
    """5 statements, 2 after"""
    return [len(order.items.all()) for order in Order.objects.iterator()]


def joined_in_chunks():
    """5 statements, 1 after"""
    return [order.payer.name for order in Order.objects.iterator()]


def in_chunks_elsewhere():
    """5 statements, no fix"""
    orders = Order.objects.order_by("id")
    return [len(order.items.all()) for order in orders.iterator()]


def of_two():
    """3 statements, 2 after"""
    orders = Order.objects.filter(id=1).union(Order.objects.filter(id=2))
    return sorted(order.payer.name for order in orders)


def by_hand():
    """5 statements, 2 after"""
    return [order.payer.name for order in Order.objects.raw("select * from shop_order")]


def locked():
    """4 statements, 2 after"""
    out = []
    for order in Order.objects.select_for_update().order_by("id"):
        out.append(order.customer.name if order.customer else "")
    return out


def counted():
    """5 statements, 1 after"""
    return [order.items.count() for order in Order.objects.order_by("id")]


def counted_in_a_loop():
    """5 statements, 1 after"""
    out = []
    for order in Order.objects.filter(number__gte="0").order_by("id"):
        out.append(order.items.all().count())
    return out


def counted_beside_a_join():
    """9 statements, no fix"""
    orders = Order.objects.filter(items__is_open__in=[True, False]).order_by("id")
    return [order.items.count() for order in orders]


def counted_and_walked():
    """9 statements, 2 after"""
    out = []
    for order in Order.objects.order_by("id"):
        out.append(order.items.count())
        out.append([item.is_open for item in order.items.all()])
    return out


def counted_while_it_grows():
    """13 statements, no fix"""
    out = []
    for order in Order.objects.order_by("id"):
        order.tags.create(name="new")
        out.append(order.tags.count())
    return out[:0]


def asked():
    """5 statements, 1 after"""
    return [order.items.exists() for order in Order.objects.order_by("id")]


def one_of_them():
    """5 statements, no fix"""
    return [order.items.first().pk for order in Order.objects.order_by("id")]


def narrowed():
    """5 statements, no fix"""
    out = []
    for order in Order.objects.order_by("id"):
        out.append([item.pk for item in order.items.filter(is_open=True)])
    return out


def made_and_read():
    """13 statements, no fix"""
    out = []
    for order in Order.objects.order_by("id"):
        order.tags.create(name="new")
        out.append(len(order.tags.all()))
    return out[:0]


def nothing_or_all(is_empty=False):
    """5 statements, 1 after"""
    orders = Order.objects.none() if is_empty else Order.objects.all()
    return [order.payer.name for order in orders]


def by_key():
    """3 statements, 1 after"""
    return [order.payer.name for order in Order.objects.in_bulk([1, 2]).values()]


def through_a_shortcut():
    """5 statements, 1 after"""
    return [order.payer.name for order in get_list_or_404(Order, number__gte="0")]


def through_a_method():
    """5 statements, 1 after"""
    return [order.payer.name for order in Order.objects.numbered()]


def through_a_method_and_more():
    """5 statements, 1 after"""
    return [order.payer.name for order in Order.objects.numbered().order_by("id")]


def of_a_relationship():
    """3 statements, 2 after"""
    order = Order.objects.get(pk=1)
    return [item.product.name for item in order.items.filter(is_open=True)]


def _one(number):
    return Order.objects.get(pk=number)


def of_a_getter():
    """4 statements, no fix"""
    return [item.product.name for item in _one(1).items.all()]


def of_a_getter_alone():
    """1 statement, no fix"""
    return _one(1).number


def broken_into_lines():
    """5 statements, 1 after"""
    orders = (
        Order.objects.filter(number__gte="0")
        .exclude(number="a very long number indeed")
        .order_by("id")
    )
    return [order.payer.name for order in orders]


def too_long_for_a_line():
    """5 statements, 1 after"""
    orders = Order.objects.filter(number__gte="0").exclude(number="").order_by("id")
    return [order.payer.name for order in orders]


def fetched_by_key():
    """9 statements, 2 after"""
    out = []
    for item in Item.objects.order_by("id"):
        order = Order.objects.get(pk=item.order_id)
        out.append(order.number)
    return out


def fetched_where_it_counts():
    """5 statements, 2 after"""
    out = []
    items = Item.objects.order_by("id")
    for item in items:
        if not item.is_open:
            continue
        order = Order.objects.filter(number__gte="0").get(id=item.order_id)
        out.append(order.number)
    return out


def fetched_or_none():
    """9 statements, 2 after"""
    out = []
    for item in Item.objects.order_by("id"):
        order = Order.objects.select_related("payer").filter(pk=item.id).first()
        out.append(order.payer.name if order else "none")
    return out


def fetched_and_caught():
    """9 statements, 2 after"""
    out = []
    for item in Item.objects.order_by("id"):
        try:
            order = Order.objects.get(pk=item.id, number__gte="0")
        except Order.DoesNotExist:
            out.append("none")
            continue
        out.append(order.number)
    return out


def fetched_and_absent():
    """6 statements, 2 after"""
    out = []
    try:
        for item in Item.objects.order_by("id"):
            order = Order.objects.get(pk=item.id)
            out.append(order.number)
    except Order.DoesNotExist as error:
        out.append(str(error))
    return out


def fetched_from_a_stream():
    """9 statements, no fix"""
    out = []
    for item in Item.objects.order_by("id").iterator():
        order = Order.objects.get(pk=item.order_id)
        out.append(order.number)
    return out


def fetched_or_made():
    """13 statements, no fix"""
    out = []
    for item in Item.objects.order_by("id"):
        order = Order.objects.filter(pk=item.id).first()
        if order is None:
            order = Order.objects.create(pk=item.id, number="new", payer_id=1)
        out.append(order.number)
    return out


def fetched_with_what_changes():
    """9 statements, no fix"""
    number, out = "0", []
    for item in Item.objects.order_by("id"):
        order = Order.objects.filter(number__gte=number).get(pk=item.order_id)
        number = order.number
        out.append(number)
    return out
