import json
from decimal import Decimal

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View

from products import services
from products.models import Product


def as_json(product):
    return {"id": product.id, "name": product.name, "price": str(product.price), "color": product.color}


class ProductListView(View):
    def get(self, request):
        return JsonResponse({"products": [as_json(product) for product in services.list_products()]})

    def post(self, request):
        data = json.loads(request.body)
        product = services.create_product(name=data["name"], price=Decimal(data["price"]))
        return JsonResponse(as_json(product), status=201)


def product_detail(request, product_id):
    product = get_object_or_404(Product, pk=product_id)
    return JsonResponse(as_json(product))
