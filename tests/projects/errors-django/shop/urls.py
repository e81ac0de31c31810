from django.urls import path

from shop import views
from shop.api import orders

urlpatterns = [
    path("orders/<int:number>", views.order),
    path("orders/<int:number>/pay", views.pay),
    path("later/<int:number>", views.later),
    path("api/orders/<int:number>", orders.OrderView.as_view()),
    path("api/orders/<int:number>/pages", orders.pages),
]

handler404 = "shop.views.not_found"
