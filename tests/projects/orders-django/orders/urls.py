from django.urls import include, path
from rest_framework.routers import SimpleRouter

from orders import views

router = SimpleRouter()
router.register("orders", views.OrderViewSet)
router.register("open-orders", views.OpenOrderViewSet, basename="open-order")

urlpatterns = [
    path("", include(router.urls)),
    path("order-keys/", views.OrderKeys.as_view()),
    path("full-orders/", views.full_orders),
    path("customers/", views.Customers.as_view()),
    path("customers/latest/", views.latest),
    path("customers/counts/", views.counts),
    path("customers/search/", views.search),
    path("labels/", views.labels),
    path("loaded-labels/", views.loaded_labels),
    path("quantities/", views.quantities),
    path("values/", views.values),
    path("positions/", views.positions),
    path("sold/", views.sold),
]
