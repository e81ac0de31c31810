from shop.base import Listed
from shop.models import Order
from shop.serializers import OrderSerializer


class OrderList(Listed):
    size = 20
    queryset = Order.objects.order_by("number")
    serializer_class = OrderSerializer
