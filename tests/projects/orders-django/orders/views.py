from django.http import HttpRequest, JsonResponse
from rest_framework import generics, viewsets
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from orders import selectors
from orders.models import Customer, Item, Order
from orders.serializers import CustomerSerializer, OrderKeySerializer, OrderLineSerializer, OrderSerializer


class OrderViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.select_related("customer").prefetch_related("items__product")
    serializer_class = OrderSerializer


class OpenOrderViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = OrderLineSerializer

    def get_queryset(self):
        return Order.objects.open()


class OrderKeys(generics.ListAPIView):
    queryset = Order.objects.open()
    serializer_class = OrderKeySerializer


class Customers(generics.ListAPIView):
    queryset = Customer.objects.order_by("pk")
    serializer_class = CustomerSerializer


@api_view(["GET"])
def full_orders(request: Request) -> Response:
    orders = selectors.orders_with("open").prefetch_related("items")
    return Response(OrderSerializer(orders, many=True).data)


def labels(request: HttpRequest) -> JsonResponse:
    orders = selectors.orders_with(request.GET.get("status", "open"))
    return JsonResponse([selectors.label(order) for order in orders], safe=False)


def loaded_labels(request: HttpRequest) -> JsonResponse:
    orders = Order.objects.open().with_customer()
    return JsonResponse([selectors.label(order) for order in orders], safe=False)


def quantities(request: HttpRequest) -> JsonResponse:
    quantities = {}
    for order in Order.objects.filter(status="open"):
        quantities[order.number] = order.quantity
    return JsonResponse(quantities)


def values(request: HttpRequest) -> JsonResponse:
    values = {}
    for order in Order.objects.filter(status="open"):
        values[order.number] = sum(item.quantity * item.product.price for item in order.items.all())
    return JsonResponse(values)


def positions(request: HttpRequest) -> JsonResponse:
    positions = {}
    for order in Order.objects.open():
        positions[order.number] = Item.objects.filter(order=order).count()
    return JsonResponse(positions)


def latest(request: HttpRequest) -> JsonResponse:
    found = {}
    for customer in selectors.customers_in(request.GET["city"]):
        order = selectors.latest_order(customer)
        found[customer.name] = order.number if order else None
    return JsonResponse(found)


def counts(request: HttpRequest) -> JsonResponse:
    customers = selectors.customers_in(request.GET["city"]).prefetch_related("orders")
    return JsonResponse({customer.name: customer.orders.count() for customer in customers})


def sold(request: HttpRequest) -> JsonResponse:
    rows = Item.objects.filter(order__status="open").values_list("product__name", "quantity")
    return JsonResponse({name: quantity for name, quantity in rows})


def search(request: HttpRequest) -> JsonResponse:
    return JsonResponse(selectors.search_customers(request.GET["name"]), safe=False)
