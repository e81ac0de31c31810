from django.urls import path

from shop.views import OrderList

urlpatterns = [path("orders/", OrderList.as_view())]
