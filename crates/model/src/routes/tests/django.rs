use expect_test::expect;

use super::check;

#[test]
fn confs_views_and_routers() {
    check(
        r#"
//- manage.py
//- site/__init__.py
//- site/urls.py
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter
from shop import urls as shop_urls
from shop.api import OrderViewSet, ReadOnly
router = DefaultRouter()
router.register("orders", OrderViewSet)
router.register(r"items", ReadOnly, basename="item")
urlpatterns = [
    path("admin/", admin.site.urls),
    path("shop/", include("shop.urls")),
    path("api/", include(router.urls)),
    path("auth/", include("django.contrib.auth.urls")),
]
urlpatterns += i18n_patterns(path("about/", include(([path("us/", shop_urls.views.about)], "about"))))
//- shop/__init__.py
//- shop/urls.py
from django.contrib.auth.decorators import login_required
from django.contrib.auth import views as auth_views
from django.urls import path, re_path
from shop import views
app_name = "shop"
urlpatterns = [
    path("", views.index),
    re_path(r"^(?P<pk>\d+)/edit/$", views.Edit.as_view(), name="edit"),
    path("list/", login_required(views.OrderList.as_view())),
    path("login/", auth_views.LoginView.as_view()),
]
//- shop/views.py
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.views import View
from django.views.generic import ListView
from django.views.decorators.http import require_POST
@login_required
@require_POST
def index(request): ...
def about(request): ...
class Edit(LoginRequiredMixin, View):
    def get(self, request, pk): ...
    def post(self, request, pk): ...
class OrderList(ListView): ...
//- shop/serializers.py
class OrderSerializer: ...
//- shop/api.py
from rest_framework import viewsets, mixins
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from shop.serializers import OrderSerializer
class OrderViewSet(viewsets.ModelViewSet):
    serializer_class = OrderSerializer
    permission_classes = [IsAuthenticated]
    lookup_field = "uuid"
    http_method_names = ["get", "post"]
    def list(self, request): ...
    @action(detail=True, methods=["post"], url_path="cancel-it")
    def cancel(self, request, uuid): ...
class ReadOnly(mixins.ListModelMixin, viewsets.GenericViewSet):
    @action(detail=False)
    def recent(self, request): ...
"#,
        &expect![[r#"
            ANY /about/us/ shop.views:about
            GET /api/items/ shop.api:ReadOnly.list?
            GET /api/items/recent/ shop.api:ReadOnly.recent
            GET /api/orders/ shop.api:OrderViewSet.list -> OrderSerializer (shop.serializers) ! IsAuthenticated
            POST /api/orders/ shop.api:OrderViewSet.create? -> OrderSerializer (shop.serializers) ! IsAuthenticated
            GET /api/orders/<uuid>/ shop.api:OrderViewSet.retrieve? -> OrderSerializer (shop.serializers) ! IsAuthenticated
            POST /api/orders/<uuid>/cancel-it/ shop.api:OrderViewSet.cancel -> OrderSerializer (shop.serializers) ! IsAuthenticated
            POST /shop/ shop.views:index ! login_required
            GET /shop/<pk>/edit/ shop.views:Edit.get ! LoginRequiredMixin
            POST /shop/<pk>/edit/ shop.views:Edit.post ! LoginRequiredMixin
            GET /shop/list/ shop.views:OrderList.get? ! login_required
            ANY /shop/login/ shop.urls:auth_views.LoginView?
        "#]],
    );
}

#[test]
fn lists_that_name_themselves_and_views_that_are_made() {
    check(
        r#"
//- manage.py
//- site/__init__.py
//- site/urls.py
from django.urls import include, path
from shop.views import Preview, error_view, old
urlpatterns = []
for plugin in plugins():
    urlpatterns = load(plugin)
    urlpatterns.append(path("", include((urlpatterns, plugin))))
urlpatterns = [path("400", error_view(400)), path("preview", Preview(1)), path("old", "shop.views.old")]
urlpatterns = urlpatterns + [path("tail", old)]
first = [path("first", old)]
second = [path("{slug}/second".format(slug=PATTERN), old)]
for group in [first, second]:
    urlpatterns += group
groups = [[path("reduced", old)]]
urlpatterns += reduce(add, groups)
urlpatterns += [path("{}/{kind}/{}".format("filled", unknown(), kind="by"), old)]
urlpatterns += sum([[path("summed", old)]], [])
//- shop/__init__.py
//- shop/views.py
def old(request): ...
def error_view(code): ...
class Preview:
    def __call__(self, request): ...
"#,
        &expect![[r#"
            ANY /400 site.urls:error_view(400)?
            ANY /filled/by/{} shop.views:old
            ANY /first shop.views:old
            ANY /old shop.views:old
            ANY /preview shop.views:Preview.?
            ANY /reduced shop.views:old
            ANY /summed shop.views:old
            ANY /tail shop.views:old
            ANY /{slug}/second shop.views:old
        "#]],
    );
}

#[test]
fn routers_of_the_project_and_modules_that_are_included() {
    check(
        r#"
//- manage.py
//- site/__init__.py
//- site/routers.py
from rest_framework.routers import DynamicRoute, Route, SimpleRouter
class PageRouter(SimpleRouter):
    routes = [
        Route(url=r"^{prefix}/$", mapping={"get": "list"}, name="{basename}_list"),
        Route(url=r"^{prefix}/add/$", mapping={"get": "create", "post": "create"}, name="{basename}_add"),
        Route(url=r"^{prefix}/{lookup}/$", mapping={"get": "retrieve"}, name="{basename}"),
        DynamicRoute(url=r"^{prefix}/{url_path}/$", name="{basename}_{url_path}"),
    ]
//- site/urls.py
import shop.urls
from django.urls import include, path
from rest_framework_nested.routers import NestedSimpleRouter, SimpleRouter
from shop.views import Orders
orders = SimpleRouter(trailing_slash=False)
orders.register("orders", Orders)
items = NestedSimpleRouter(orders, "orders", lookup="order")
items.register("items", Orders)
urlpatterns = [
    path("shop/", include((shop.urls, "shop"))),
    path("api/", include(orders.urls + items.urls)),
]
//- shop/__init__.py
//- shop/urls.py
from site.routers import PageRouter
from shop.views import Orders
router = PageRouter()
router.register("orders", Orders)
urlpatterns = router.urls
//- shop/views.py
from rest_framework.viewsets import ViewSet
class Orders(ViewSet):
    def list(self, request): ...
    def create(self, request): ...
    def retrieve(self, request, pk): ...
"#,
        &expect![[r#"
            GET /api/orders shop.views:Orders.list
            POST /api/orders shop.views:Orders.create
            GET /api/orders/<order_pk>/items/ shop.views:Orders.list
            POST /api/orders/<order_pk>/items/ shop.views:Orders.create
            GET /api/orders/<order_pk>/items/<pk>/ shop.views:Orders.retrieve
            GET /api/orders/<pk> shop.views:Orders.retrieve
            GET /shop/orders/ shop.views:Orders.list
            GET /shop/orders/<pk>/ shop.views:Orders.retrieve
            GET /shop/orders/add/ shop.views:Orders.create
            POST /shop/orders/add/ shop.views:Orders.create
        "#]],
    );
}

#[test]
fn lists_that_a_package_imports_from_its_module_are_included_with_it() {
    check(
        r#"
//- manage.py
//- site/__init__.py
//- site/urls.py
from django.urls import include, path
urlpatterns = [path("api/", include("api.urls"))]
//- api/__init__.py
//- api/views.py
def orders(request): ...
//- api/urls/__init__.py
from .urls import urlpatterns
//- api/urls/urls.py
from django.urls import path
from api.views import orders
urlpatterns = [path("orders", orders)]
"#,
        &expect![[r#"
            ANY /api/orders api.views:orders
        "#]],
    );
}

/// A development server may route views of the tests; a folder may only look like one of tests or migrations.
#[test]
fn views_outside_the_code_are_unknown() {
    check(
        r#"
//- manage.py
//- site/__init__.py
//- site/urls.py
from django.urls import path
from shop.tests import views
from shop.tests.views import Second, second
from shop.views import First
urlpatterns = [
    path("first", First.as_view()),
    path("second", Second.as_view()),
    path("third", views.Second.as_view()),
    path("fourth", second),
]
//- shop/__init__.py
//- shop/views.py
from django.views import View
from shop.tests.views import Second
class First(Second):
    def get(self, request): ...
//- shop/tests/__init__.py
//- shop/tests/views.py
from django.views import View
class Zeroth(View): ...
class Second(View):
    def get(self, request): ...
    def post(self, request): ...
def second(request): ...
"#,
        &expect![[r#"
            GET /first shop.views:First.get
            ANY /second site.urls:Second?
            ANY /third site.urls:views.Second?
        "#]],
    );
}

/// The library writes no slash before what is nested at the root of a prefix.
#[test]
fn routers_nested_below_an_empty_prefix() {
    check(
        r#"
//- site/urls.py
from django.urls import include, path
from rest_framework_nested.routers import NestedSimpleRouter, SimpleRouter
from shop.views import Orders
orders = SimpleRouter()
orders.register("", Orders)
items = NestedSimpleRouter(orders, "", lookup="order")
items.register("items", Orders)
urlpatterns = [path("orders/", include(orders.urls)), path("orders/", include(items.urls))]
//- shop/views.py
from rest_framework.viewsets import ViewSet
class Orders(ViewSet):
    def list(self, request): ...
"#,
        &expect![[r#"
            GET /orders/ shop.views:Orders.list
            GET /orders/<order_pk>/items/ shop.views:Orders.list
        "#]],
    );
}

#[test]
fn permissions_of_methods_and_of_the_settings() {
    check(
        r#"
//- site/settings.py
REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]}
//- site/urls.py
from django.urls import path
from shop import views
urlpatterns = [
    path("any", views.Any.as_view()),
    path("both", views.Both.as_view()),
    path("closed", views.closed),
    path("inherited", views.Inherited.as_view()),
    path("listed", views.Listed.as_view()),
    path("made", views.Made.as_view()),
    path("none", views.Nothing.as_view()),
    path("one", views.One.as_view()),
    path("open", views.opened),
    path("plain", views.plain),
    path("some", views.Some.as_view()),
    path("unknown", views.Unknown.as_view()),
]
//- shop/views.py
from django.views import View
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny, IsAdminUser, IsAuthenticated
from rest_framework.views import APIView
class Both(APIView):
    def get(self, request): ...
    def get_permissions(self) -> list:
        return [IsAuthenticated(), IsAdminUser()]
class Inherited(Both): ...
class Nothing(APIView):
    def get(self, request): ...
    def get_permissions(self):
        return []
class Any(APIView):
    def get(self, request): ...
    def get_permissions(self):
        return [AllowAny()]
class Some(APIView):
    def get(self, request): ...
    def get_permissions(self):
        if self.request.method == "GET":
            return [AllowAny()]
        return [IsAdminUser()]
class Listed(APIView):
    permission_classes = [IsAdminUser]
    def get(self, request): ...
    def get_permissions(self):
        return [it() for it in self.permission_classes]
class Made(APIView):
    def get(self, request): ...
    def get_permissions(self):
        if self.request.user.is_staff:
            permissions = [IsAdminUser]
        else:
            permissions = [IsAuthenticated]
        return [it() for it in permissions]
class Unknown(APIView):
    def get(self, request): ...
    def get_permissions(self):
        return permissions_for(self)
class One(APIView):
    permission_classes = []
    def get(self, request): ...
@api_view()
def closed(request): ...
@api_view()
@permission_classes([AllowAny])
def opened(request): ...
def plain(request): ...
"#,
        &expect![[r#"
            GET /any shop.views:Any.get
            GET /both shop.views:Both.get ! IsAuthenticated, IsAdminUser
            GET /closed shop.views:closed ! IsAuthenticated
            GET /inherited shop.views:Inherited.get ! IsAuthenticated, IsAdminUser
            GET /listed shop.views:Listed.get ! IsAdminUser
            GET /made shop.views:Made.get ! IsAdminUser, IsAuthenticated
            GET /none shop.views:Nothing.get
            GET /one shop.views:One.get
            GET /open shop.views:opened
            ANY /plain shop.views:plain
            GET /some shop.views:Some.get
            GET /unknown shop.views:Unknown.get ! get_permissions
        "#]],
    );
}

#[test]
fn routers_that_functions_register_on() {
    check(
        r#"
//- manage.py
//- shop/__init__.py
//- shop/urls.py
from django.conf.urls import include
from django.urls import path
from rest_framework.routers import DefaultRouter
from shop.orders import add_note_urls, add_order_urls
from shop.views import TagViewSet
api = DefaultRouter()
api = add_order_urls(api)
add_note_urls(api)
api.register(r"tags", TagViewSet)
old = DefaultRouter()
add_note_urls(old)
urlpatterns = [path("api/v2/", include(api.urls)), path("api/v1/", include(old.urls))]
//- shop/orders.py
from shop.views import NoteViewSet, OrderViewSet
def add_order_urls(router):
    router.register("orders", OrderViewSet)
    return router
def add_note_urls(router):
    router.register("notes", NoteViewSet)
//- shop/views.py
from rest_framework import mixins, viewsets
class OrderViewSet(mixins.ListModelMixin, viewsets.GenericViewSet): ...
class NoteViewSet(mixins.ListModelMixin, viewsets.GenericViewSet): ...
class TagViewSet(mixins.ListModelMixin, viewsets.GenericViewSet): ...
"#,
        &expect![[r#"
            GET /api/v1/notes/ shop.views:NoteViewSet.list?
            GET /api/v2/notes/ shop.views:NoteViewSet.list?
            GET /api/v2/orders/ shop.views:OrderViewSet.list?
            GET /api/v2/tags/ shop.views:TagViewSet.list?
        "#]],
    );
}

#[test]
fn a_router_that_a_function_makes_of_another_is_another() {
    check(
        r#"
//- manage.py
//- shop/__init__.py
//- shop/urls.py
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from shop.views import NoteViewSet, TagViewSet
def fresh(router):
    other = DefaultRouter()
    other.register("notes", NoteViewSet)
    return other
api = DefaultRouter()
api = fresh(api)
api.register("tags", TagViewSet)
urlpatterns = [path("api/", include(api.urls))]
//- shop/views.py
from rest_framework import mixins, viewsets
class NoteViewSet(mixins.ListModelMixin, viewsets.GenericViewSet): ...
class TagViewSet(mixins.ListModelMixin, viewsets.GenericViewSet): ...
"#,
        &expect![[r#"
            GET /api/notes/ shop.views:NoteViewSet.list?
            GET /api/tags/ shop.views:TagViewSet.list?
        "#]],
    );
}
