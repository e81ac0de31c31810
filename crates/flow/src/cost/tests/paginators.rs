//! Pages of Django REST framework, and managers of a class that heirs name.

use super::table;

/// The lines of routes that answer any method.
fn of_any(lines: &str) -> String {
    lines.lines().map(str::trim_start).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn pages_count_all_rows_where_the_settings_say_so_and_where_code_makes_the_paginator() {
    expect_test::expect![[r#"
        GET /cursor/  1 + ?
        GET /hand/  2
        GET /orders/  2 + ?
        GET /whole/  1 + ?
    "#]]
    .assert_eq(&table(
        r#"
//- manage.py
//- shop/__init__.py
//- shop/settings.py
REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}
//- shop/models.py
from django.db import models
class Order(models.Model):
    number = models.CharField(max_length=20)
//- shop/views.py
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination, PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import APIView
from shop.models import Order
class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["number"]
class Pages(PageNumberPagination):
    page_size = 20
class Orders(generics.ListAPIView):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
class Whole(generics.ListAPIView):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    pagination_class = None
class Cursor(generics.ListAPIView):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    pagination_class = CursorPagination
class Hand(APIView):
    def get(self, request):
        paginator = Pages()
        page = paginator.paginate_queryset(Order.objects.all(), request, view=self)
        return Response(OrderSerializer(page, many=True).data)
//- shop/urls.py
from django.urls import path
from shop.views import Cursor, Hand, Orders, Whole
urlpatterns = [
    path("orders/", Orders.as_view()),
    path("whole/", Whole.as_view()),
    path("cursor/", Cursor.as_view()),
    path("hand/", Hand.as_view()),
]
"#,
    ));
}

#[test]
fn a_manager_of_a_class_that_heirs_name_queries() {
    expect_test::expect![[r#"
        /carriers/  1
        /names/  1
    "#]]
    .assert_eq(&of_any(&table(
        r#"
//- manage.py
//- shop/__init__.py
//- shop/models.py
from django.db import models
class Carrier(models.Model):
    name = models.CharField(max_length=20)
//- shop/views.py
from django.http import JsonResponse
from shop.models import Carrier
class Base:
    model = None
    def count(self):
        return self.model.objects.count()
    def names(self):
        return [row.name for row in self.model.objects.all()]
class Carriers(Base):
    model = Carrier
def carriers(request):
    return JsonResponse({"count": Carriers().count()})
def names(request):
    return JsonResponse({"names": Carriers().names()})
//- shop/urls.py
from django.urls import path
from shop import views
urlpatterns = [path("carriers/", views.carriers), path("names/", views.names)]
"#,
    )));
}

#[test]
fn each_method_of_one_queryset_runs_a_query() {
    expect_test::expect![[r#"
        /page/  2
        /three/  1 + 3·N(orders)
        /two/  1 + 2·N(orders)
    "#]]
    .assert_eq(&of_any(&table(
        r#"
//- manage.py
//- shop/__init__.py
//- shop/models.py
from django.db import models
class Order(models.Model):
    number = models.CharField(max_length=20)
class Item(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    amount = models.IntegerField()
//- shop/views.py
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import JsonResponse
from shop.models import Order
def two_figures(order):
    items = order.items.filter(amount__gt=0)
    return {"n": items.count(), "sum": items.aggregate(s=Sum("amount"))}
def three_figures(order):
    items = order.items.filter(amount__gt=0)
    if not items.exists():
        return None
    return {"n": items.count(), "sum": items.aggregate(s=Sum("amount"))}
def paginate(rows, number):
    return Paginator(rows, 10).get_page(number)
def two(request):
    return JsonResponse({order.pk: two_figures(order) for order in Order.objects.filter(number="a")})
def three(request):
    return JsonResponse({order.pk: three_figures(order) for order in Order.objects.filter(number="a")})
def page(request):
    return JsonResponse({"rows": [order.number for order in paginate(Order.objects.filter(number="a"), 1)]})
//- shop/urls.py
from django.urls import path
from shop import views
urlpatterns = [path("two/", views.two), path("three/", views.three), path("page/", views.page)]
"#,
    )));
}

#[test]
fn a_branch_that_no_argument_takes_loads_nothing() {
    expect_test::expect![[r#"
        GET /bare-elif  1
        GET /items-elif  2
    "#]]
    .assert_eq(&table(
        r#"
//- shop/__init__.py
//- shop/models.py
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    items = db.relationship("Item")
class Item(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.ForeignKey("order.id"))
//- shop/api.py
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer
from shop.models import Order, db
app = Flask(__name__)
def by_elif(load="none"):
    statement = select(Order)
    if load == "columns":
        statement = statement.options(undefer(Order.id))
    elif load == "items":
        statement = statement.options(selectinload(Order.items))
    return db.session.scalars(statement).all()
@app.get("/bare-elif")
def bare_elif():
    return [order.id for order in by_elif("none")]
@app.get("/items-elif")
def items_elif():
    return [order.id for order in by_elif(load="items")]
"#,
    ));
}
