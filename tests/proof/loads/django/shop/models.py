from django.db import models


class City(models.Model):
    name = models.CharField(max_length=20)


class Customer(models.Model):
    name = models.CharField(max_length=20)
    city = models.ForeignKey(City, on_delete=models.CASCADE)


class Tag(models.Model):
    name = models.CharField(max_length=20)


class OrderQuerySet(models.QuerySet):
    def numbered(self):
        return self.filter(number__gte="0")

    def newest(self):
        return self.order_by("-id").get(pk=4)


class KeyManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().only("number")

    def listed(self):
        return self.filter(number__gte="0")


class Order(models.Model):
    number = models.CharField(max_length=20)
    customer = models.ForeignKey(
        Customer, null=True, related_name="orders", on_delete=models.CASCADE
    )
    payer = models.ForeignKey(
        Customer, related_name="paid_orders", on_delete=models.CASCADE
    )
    tags = models.ManyToManyField(Tag, related_name="orders")

    objects = OrderQuerySet.as_manager()
    keys = KeyManager()


class Product(models.Model):
    name = models.CharField(max_length=20)


class Item(models.Model):
    order = models.ForeignKey(Order, related_name="items", on_delete=models.CASCADE)
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    is_open = models.BooleanField(default=True)
