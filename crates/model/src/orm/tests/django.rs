//! Django.

use expect_test::expect;

use super::check;

#[test]
fn relations_and_their_reverse_sides() {
    check(
        r#"
//- config/settings.py
AUTH_USER_MODEL = "users.Account"
//- users/models.py
from django.contrib.auth.models import AbstractUser
from django.db import models
class Account(AbstractUser):
    friends = models.ManyToManyField("self")
//- shop/models.py
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
class Customer(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    invited_by = models.ForeignKey("self", null=True, related_name="+", on_delete=models.CASCADE)
    email = models.EmailField(unique=True)
class Order(models.Model):
    number = models.CharField(primary_key=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    seller = models.ForeignKey(get_user_model(), related_name="sales", on_delete=models.CASCADE)
    labels = models.ManyToManyField("labels.Label")
    follows = models.ManyToManyField("self", symmetrical=False)
class Line(models.Model):
    order = models.ForeignKey(to="order", related_name="lines", on_delete=models.CASCADE)
//- labels/models.py
from django.db import models
class Label(models.Model):
    group = models.ForeignKey("auth.Group", on_delete=models.CASCADE)
class Group(models.Model): ...
//- other/models.py
from django.db import models
class Label(models.Model): ...
class Order(models.Model): ...
"#,
        &expect![[r#"
            Group: django
              id: primary key
              objects: manager default of default
              pk: primary key
            Label: django
              group_id
              group: one ? <> label_set
              id: primary key
              objects: manager default of default
              order_set: many Order <> labels (reverse of Order.labels)
              pk: primary key
            Label: django
              id: primary key
              objects: manager default of default
              pk: primary key
            Order: django
              id: primary key
              objects: manager default of default
              pk: primary key
            Customer: django
              email: unique
              id: primary key
              invited_by: one Customer
              invited_by_id: nullable
              objects: manager default of default
              order_set: many Order <> customer (reverse of Order.customer)
              pk: primary key
              user: one Account <> customer
              user_id: unique
            Line: django
              order_id
              id: primary key
              objects: manager default of default
              order: one Order <> lines
              pk: primary key
            Order: django
              customer_id, seller_id
              customer: one Customer <> order_set
              follows: many Order <> order_set
              labels: many Label <> order_set
              lines: many Line <> order (reverse of Line.order)
              number: primary key
              objects: manager default of default
              order_set: many Order <> follows (reverse of Order.follows)
              pk: primary key
              seller: one Account <> sales
            Account: django
              customer: one Customer <> user (reverse of Customer.user)
              friends: many Account
              groups: many ?
              id: primary key
              objects: manager default of default
              pk: primary key
              sales: many Order <> seller (reverse of Order.seller)
              user_permissions: many ?
        "#]],
    );
}

#[test]
fn inheritance() {
    check(
        r#"
//- shop/models.py
from django.db import models
class Owned(models.Model):
    owner = models.ForeignKey("Person", related_name="%(app_label)s_%(class)ss", on_delete=models.CASCADE)
    keeper = models.ForeignKey("Person", on_delete=models.CASCADE)
    class Meta:
        abstract = True
class Person(models.Model): ...
class Car(Owned): ...
class Truck(Car): ...
class OldCar(Car):
    class Meta:
        proxy = True
class Wheel(models.Model):
    car = models.ForeignKey(OldCar, related_name="wheels", on_delete=models.CASCADE)
"#,
        &expect![[r#"
            Car: django
              keeper_id, owner_id
              id: primary key
              keeper: one Person <> car_set
              objects: manager default of default
              owner: one Person <> shop_cars
              pk: primary key
              truck: one Truck <> car_ptr (reverse of Truck.car_ptr)
              wheels: many Wheel <> car (reverse of Wheel.car)
            OldCar: django
              keeper_id, owner_id
              id: primary key
              keeper: one Person <> car_set
              objects: manager default of default
              owner: one Person <> shop_cars
              pk: primary key
              truck: one Truck <> car_ptr (reverse of Truck.car_ptr)
              wheels: many Wheel <> car (reverse of Wheel.car)
            Owned: django, abstract
              keeper_id, owner_id
              id: primary key
              keeper: one Person
              objects: manager default of default
              owner: one Person
              pk: primary key
            Person: django
              car_set: many Car <> keeper (reverse of Owned.keeper)
              id: primary key
              objects: manager default of default
              pk: primary key
              shop_cars: many Car <> owner (reverse of Owned.owner)
            Truck: django
              keeper_id, owner_id
              car_ptr: one Car Eager <> truck
              car_ptr_id: primary key
              id: primary key
              keeper: one Person <> car_set
              objects: manager default of default
              owner: one Person <> shop_cars
              pk: primary key
              truck: one Truck <> car_ptr (reverse of Truck.car_ptr)
              wheels: many Wheel <> car (reverse of Wheel.car)
            Wheel: django
              car_id
              car: one OldCar <> wheels
              id: primary key
              objects: manager default of default
              pk: primary key
        "#]],
    );
}

#[test]
fn fields_and_managers_of_the_project() {
    check(
        r#"
//- shop/fields.py
from django.db import models
class OwnKey(models.ForeignKey): ...
class Number(models.Field): ...
//- shop/managers.py
from django.db import models
class OrderQuerySet(models.QuerySet):
    def open(self): return self
class OrderManager(models.Manager.from_queryset(OrderQuerySet)): ...
class PlainManager(models.Manager): ...
class AskedManager(models.Manager):
    def get_queryset(self):
        return OrderQuerySet(self.model).open()
Made = models.Manager.from_queryset(OrderQuerySet)
//- shop/models.py
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db import models
from modelcluster.fields import ParentalKey
from django_scopes import ScopedManager
from mptt.models import MPTTModel, TreeForeignKey
from shop.fields import OwnKey, Number
from shop.managers import AskedManager, OrderManager, OrderQuerySet, PlainManager, Made
class Shop(models.Model):
    orders_of_note = GenericRelation("Note")
class Order(models.Model):
    shop = OwnKey(Shop, on_delete=models.CASCADE)
    number = Number()
    objects = OrderManager()
    plain = PlainManager()
    made = Made()
    asked = AskedManager()
    scoped = ScopedManager(shop="shop", _manager_class=OrderManager)
    scoped_queryset = ScopedManager(OrderQuerySet.as_manager().__class__, shop="shop")
    from_queryset = OrderQuerySet.as_manager()
    both = PlainManager.from_queryset(OrderQuerySet)()
    foreign = models.Manager()
class Note(MPTTModel):
    parent = TreeForeignKey("self", related_name="children", on_delete=models.CASCADE)
    order = ParentalKey("shop.Order", related_name="notes")
    about = GenericForeignKey("content_type", "object_id")
"#,
        &expect![[r#"
            Note: django
              order_id, parent_id
              about: generic
              children: many Note <> parent (reverse of Note.parent)
              id: primary key
              objects: manager default of default
              order: one Order <> notes
              parent: one Note <> children
              pk: primary key
            Order: django
              number, shop_id
              asked: manager AskedManager of OrderQuerySet
              both: manager PlainManager of OrderQuerySet
              foreign: manager default of default
              from_queryset: manager default of OrderQuerySet
              id: primary key
              made: manager default of OrderQuerySet
              notes: many Note <> order (reverse of Note.order)
              objects: manager OrderManager of OrderQuerySet
              pk: primary key
              plain: manager PlainManager of default
              scoped: manager OrderManager of OrderQuerySet
              scoped_queryset: manager default of OrderQuerySet
              shop: one Shop <> order_set
            Shop: django
              id: primary key
              objects: manager default of default
              order_set: many Order <> shop (reverse of Order.shop)
              orders_of_note: many Note
              pk: primary key
        "#]],
    );
}

#[test]
fn what_is_no_model() {
    check(
        r#"
//- shop/api.py
from django import forms
from rest_framework import serializers
from django.db.models import IntegerField, Manager, QuerySet, Sum, TextChoices
from django.db.models.deletion import Collector
class OrderSerializer(serializers.ModelSerializer):
    number = serializers.CharField()
    lines = LineSerializer(many=True)
class OrderForm(forms.Form):
    number = forms.CharField()
class Kind(TextChoices):
    A = "a"
class Orders(QuerySet): ...
class OrderManager(Manager): ...
class Collecting(Collector): ...
class Total(Sum):
    output_field = IntegerField()
"#,
        &expect![""],
    );
}
