from django.urls import path

from products import views

app_name = "products"
urlpatterns = [
    path("", views.ProductListView.as_view(), name="list"),
    path("<int:product_id>/", views.product_detail, name="detail"),
]
