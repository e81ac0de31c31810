from django.db import models

from clients.models import Client


class Product(models.Model):
    class Color(models.TextChoices):
        RED = "red"
        BLUE = "blue"

    name = models.CharField(max_length=100)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    color = models.CharField(max_length=10, choices=Color.choices, default=Color.RED)
    buyer = models.ForeignKey(Client, null=True, on_delete=models.SET_NULL, related_name="bought")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "price"]

    def __str__(self):
        return self.name

    def discounted(self, percent):
        return self.price * (100 - percent) / 100
