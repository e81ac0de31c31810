from rest_framework import serializers

from orders.models import Customer, Item, Order


class ItemSerializer(serializers.ModelSerializer):
    product = serializers.StringRelatedField()

    class Meta:
        model = Item
        fields = ["product", "quantity"]


class OrderSerializer(serializers.ModelSerializer):
    customer = serializers.StringRelatedField()
    items = ItemSerializer(many=True)

    class Meta:
        model = Order
        fields = ["number", "status", "customer", "items"]


class OrderLineSerializer(serializers.ModelSerializer):
    city = serializers.CharField(source="customer.city")

    class Meta:
        model = Order
        fields = ["number", "city"]


class OrderKeySerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["number", "customer"]


class CustomerSerializer(serializers.ModelSerializer):
    open_orders = serializers.SerializerMethodField()

    class Meta:
        model = Customer
        fields = ["name", "open_orders"]

    def get_open_orders(self, customer: Customer) -> int:
        return customer.orders.filter(status="open").count()
