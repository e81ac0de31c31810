//! Views of Django.

use super::table;

const SHOP: &str = r#"
//- manage.py
//- shop/__init__.py
//- shop/models.py
from django.db import models
from django.utils.functional import cached_property
class User(models.Model):
    name = models.CharField()
class Order(models.Model):
    number = models.CharField()
    note = models.TextField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="orders")
    @cached_property
    def names(self):
        return [item.name for item in self.items.all()]
    @property
    def title(self):
        return self.user.name + self.number
    @property
    def greeting(self):
        return "Dear " + self.user.name
    def first_names(self):
        return [item.name for item in self.items.all()]
class Item(models.Model):
    name = models.CharField()
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
"#;

fn check(functions: &str, urls: &str, expected: &str) {
    let paths: Vec<String> =
        urls.split_whitespace().map(|name| format!("    path(\"{name}\", views.{name}),\n")).collect();
    let paths = paths.concat();
    let text = format!(
        "{SHOP}//- shop/views.py
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Schema
from ninja.pagination import paginate
from shop.models import Item, Order, User
{functions}
//- shop/urls.py
from django.urls import path
from shop import views
urlpatterns = [
{paths}    path(\"api/\", views.api.urls),
]
"
    );
    assert_eq!(table(&text).replace(' ', ""), expected.replace(' ', ""));
}

#[test]
fn what_a_callee_iterates_runs_where_it_is_passed() {
    check(
        r"
def labels(orders):
    for order in orders:
        yield order.number
def twice(orders):
    return [order.number for order in orders] + [order.note for order in orders]
def passed(request):
    return list(labels(Order.objects.all()))
def in_memory(request):
    return list(labels(list(Order.objects.all())))
def held(request):
    orders = Order.objects.all()
    if not orders:
        return []
    return list(labels(orders))
def read_twice(request):
    return twice(Order.objects.all())
def for_each(request):
    return [list(labels(Order.objects.filter(user=user))) for user in User.objects.all()]
api = None
",
        "passed in_memory held read_twice for_each",
        " /for_each  1 + N(users)
 /held  1
 /in_memory  1
 /passed  1
 /read_twice  1
",
    );
}

#[test]
fn a_comprehension_evaluates_the_queryset_that_it_walks() {
    check(
        r"
def twice(request):
    orders = Order.objects.all()
    return [sum(1 for order in orders), [order.number for order in orders]]
def first(request):
    orders = Order.objects.all()
    return [len(orders), orders[0] if orders else None, {order.pk for order in orders}]
def again(request):
    return [[order.number for order in Order.objects.all()], [order.note for order in Order.objects.all()]]
def one(request):
    orders = Order.objects.all()
    return [orders[0], [order.number for order in orders]]
api = None
",
        "twice first again one",
        " /again  2
 /first  1
 /one  2
 /twice  1
",
    );
}

#[test]
fn pages_shortcuts_and_columns() {
    check(
        r#"
def page(request):
    return [order.user.name for order in Paginator(Order.objects.select_related("user"), 25).get_page(1)]
def one(request):
    return get_object_or_404(Order.objects.prefetch_related("items"), pk=1).number
def left_out(request):
    return [(order.note, order.note) for order in Order.objects.only("number")]
def named(request):
    return [order.number for order in Order.objects.only("number", "user")]
def deferred(request):
    return [order.note for order in Order.objects.defer("note")]
def models(request):
    return [model.objects.count() for model in (Order, Item, User)]
def kept(request):
    return [(len(order.names), order.names) for order in Order.objects.all()]
api = None
"#,
        "page one left_out named deferred models kept",
        " /deferred  1 + N(orders)
 /kept  1 + N(orders)
 /left_out  1 + N(orders)
 /models  3
 /named  1
 /one  2
 /page  2
",
    );
}

#[test]
fn ninja_renders_what_a_handler_returns() {
    check(
        r#"
class UserOut(Schema):
    name: str
class OrderOut(Schema):
    number: str
    user: UserOut
api = NinjaAPI()
@api.get("/orders", response=list[OrderOut])
def orders(request):
    return Order.objects.all()
@api.get("/pages", response=list[OrderOut])
@paginate
def pages(request):
    return Order.objects.select_related("user")
"#,
        "",
        "GET /api/orders  1 + N(orders)
GET /api/pages  2
",
    );
}

/// A list that only adds to its base's costs what that costs.
#[test]
fn a_list_that_calls_its_base_costs_what_the_base_costs() {
    let text = format!(
        "{SHOP}//- shop/api.py
from rest_framework import serializers, viewsets
from shop.models import Order, User
class Buyer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ['name']
class Row(serializers.ModelSerializer):
    user = Buyer()
    class Meta:
        model = Order
        fields = ['number', 'user']
class Plain(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.all()
    serializer_class = Row
class Cached(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.all()
    serializer_class = Row
    def list(self, request, *args, **kwargs):
        return super().list(request, *args, **kwargs)
//- shop/urls.py
from rest_framework.routers import SimpleRouter
from shop.api import Cached, Plain
router = SimpleRouter(trailing_slash=False)
router.register('plain', Plain)
router.register('cached', Cached)
urlpatterns = router.urls
"
    );
    let costs = table(&text);
    let cost_of = |path: &str| costs.lines().find_map(|line| line.strip_prefix(path)).map(str::trim);
    assert_eq!(cost_of("GET /cached "), Some("1 + N(orders) + ?"));
    assert_eq!(cost_of("GET /cached "), cost_of("GET /plain "));
}

/// Pages with a number count all rows first, also those of a class that the project derives; pages of a cursor don't.
#[test]
fn pages_with_a_number_count_all_rows_first() {
    let text = format!(
        "{SHOP}//- shop/api.py
from rest_framework import pagination, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from shop.models import Order
class Pages(pagination.PageNumberPagination):
    page_size = 50
class Cursor(pagination.CursorPagination):
    ordering = 'number'
class Row(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ['number']
class Paged(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.all()
    serializer_class = Row
    pagination_class = Pages
    @action(detail=False)
    def open(self, request):
        page = self.paginate_queryset(self.get_queryset())
        return Response(self.get_serializer(page, many=True).data)
    @action(detail=False, pagination_class=None)
    def all(self, request):
        page = self.paginate_queryset(self.get_queryset())
        return Response(self.get_serializer(page, many=True).data)
class ByCursor(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.all()
    serializer_class = Row
    pagination_class = Cursor
//- shop/urls.py
from rest_framework.routers import SimpleRouter
from shop.api import ByCursor, Paged
router = SimpleRouter(trailing_slash=False)
router.register('paged', Paged)
router.register('cursor', ByCursor)
urlpatterns = router.urls
"
    );
    let costs = table(&text);
    let cost_of = |path: &str| costs.lines().find_map(|line| line.strip_prefix(path)).map(str::trim);
    assert_eq!(cost_of("GET /paged "), Some("2 + ?"));
    assert_eq!(cost_of("GET /paged/open "), Some("2"));
    assert_eq!(cost_of("GET /paged/all "), Some("1"));
    assert_eq!(cost_of("GET /cursor "), Some("1 + ?"));
}

#[test]
fn a_related_managers_query_loads_what_it_asks_for() {
    check(
        r#"
def own(request):
    user = User.objects.get(pk=1)
    return [[item.name for item in order.items.all()] for order in user.orders.prefetch_related("items")]
def narrowed(request):
    user = User.objects.get(pk=1)
    return list(user.orders.filter(note="").prefetch_related("items"))
def counted(request):
    user = User.objects.get(pk=1)
    return user.orders.prefetch_related("items").count()
def joined(request):
    user = User.objects.get(pk=1)
    return [order.note for order in user.orders.select_related("user")]
api = None
"#,
        "own narrowed counted joined",
        " /counted  2
 /joined  2
 /narrowed  3
 /own  3
",
    );
}

#[test]
fn a_row_keeps_what_its_properties_read() {
    check(
        r"
def properties(request):
    return [(order.title, order.greeting) for order in Order.objects.all()]
def alone(request):
    order = Order.objects.get(pk=1)
    return order.title, order.greeting, order.user.name
def many(request):
    return [(order.first_names(), order.first_names()) for order in Order.objects.all()]
def in_turn(request):
    orders = list(Order.objects.all())
    names = [order.user.name for order in orders]
    return names, [order.title for order in orders]
def nothing(request):
    return [order.title for order in Order.objects.none()]
api = None
",
        "properties alone many in_turn nothing",
        " /alone  2
 /in_turn  1 + N(orders)
 /many  1 + 2·N(orders)
 /nothing  0
 /properties  1 + N(orders)
",
    );
}

#[test]
fn an_evaluated_queryset_answers_from_its_rows() {
    check(
        r"
def counted(request):
    orders = Order.objects.all()
    return [order.number for order in orders], orders.count(), orders.exists()
def counted_first(request):
    orders = Order.objects.all()
    return orders.count(), [order.number for order in orders]
def narrowed(request):
    orders = Order.objects.all()
    numbers = [order.number for order in orders]
    return numbers, orders.filter(note='').count()
def rebound(request):
    orders = Order.objects.all()
    numbers = [order.number for order in orders]
    orders = Order.objects.filter(note='')
    return numbers, orders.count()
def sometimes(request):
    orders = Order.objects.all()
    if request.GET:
        numbers = [order.number for order in orders]
    return orders.count()
api = None
",
        "counted counted_first narrowed rebound sometimes",
        " /counted  1
 /counted_first  2
 /narrowed  2
 /rebound  2
 /sometimes  2
",
    );
}
