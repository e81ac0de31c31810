from products.models import Product


def list_products():
    return Product.objects.order_by("id")[:100]


def create_product(*, name, price):
    return Product.objects.create(name=name, price=price)


def sell_product(product, buyer):
    product.buyer = buyer
    product.save(update_fields=["buyer"])
