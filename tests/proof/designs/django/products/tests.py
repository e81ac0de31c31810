from decimal import Decimal

from django.test import TestCase
from django.urls import reverse

from products import services
from products.models import Product


class ProductTests(TestCase):
    def test_a_product_is_created_and_found(self):
        data = {"name": "Cup", "price": "2.50"}
        created = self.client.post(reverse("products:list"), data, content_type="application/json")
        self.assertEqual(created.status_code, 201)
        self.assertEqual(created.json()["price"], "2.50")
        found = self.client.get(reverse("products:detail", args=[created.json()["id"]]))
        self.assertEqual(found.json(), created.json())

    def test_products_are_listed(self):
        services.create_product(name="Cup", price=Decimal("2"))
        self.assertEqual(len(self.client.get("/products/").json()["products"]), 1)

    def test_a_discount(self):
        self.assertEqual(Product(name="Cup", price=Decimal(10)).discounted(10), 9)
