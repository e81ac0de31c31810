from django.urls import include, path

urlpatterns = [
    path("clients/", include("clients.urls")),
    path("products/", include("products.urls")),
]
