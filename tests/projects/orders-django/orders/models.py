from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)
    city = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    name = models.CharField(max_length=80)
    price = models.IntegerField()

    def __str__(self) -> str:
        return self.name


class OrderQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status="open")

    def with_customer(self):
        return self.select_related("customer")


class Order(models.Model):
    number = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def quantity(self) -> int:
        return sum(item.quantity for item in self.items.all())


class Item(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    quantity = models.IntegerField()

    class Meta:
        ordering = ["pk"]
