//! Django methods as tables: an expression, the queries that it runs, and its result.

use std::fmt::Write;

use crate::fixture::Fixture;
use crate::{EffectKind, Kind, Loads, ProblemKind, Shape, Summary, Value};

const MODELS: &str = "\
//- shop/__init__.py
//- shop/models.py
from django.db import models


class OrderQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed=False)

    def with_customer(self):
        return self.open().select_related('customer')

    def newest(self):
        return self.order_by('-pk').first()

    def how_many(self):
        return self.filter(closed=False).count()


class ItemManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related('product')

    def large(self):
        return self.filter(amount__gt=10)

    def larger(self):
        return self.get_queryset().filter(amount__gt=100)


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Product(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    number = models.CharField(max_length=20)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    closed = models.BooleanField()
    objects = OrderQuerySet.as_manager()

    def close(self):
        self.closed = True
        self.save()

    @property
    def how_many(self):
        return self.items.count()

    @property
    def memo_items(self):
        if hasattr(self, '_memo'):
            return self._memo
        return list(self.items.filter(amount__gt=10))

    @property
    def kept_items(self):
        if hasattr(self, 'large_items'):
            return self.large_items
        return list(self.items.filter(amount__gt=10))


class Item(models.Model):
    order = models.ForeignKey(Order, related_name='items', on_delete=models.CASCADE)
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    amount = models.IntegerField()
    objects = ItemManager()
";

fn fixture(body: &str) -> Fixture {
    Fixture::new(&format!(
        "{MODELS}\
//- shop/code.py
from django.db import models
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, F, Prefetch, Q, prefetch_related_objects
from django.shortcuts import get_list_or_404, get_object_or_404

from shop.models import Customer, Item, Order, Product

NAMES = ('customer', 'items__product')


def with_customer(queryset):
    return queryset.select_related('customer')


def narrowed(queryset, flag):
    if flag:
        return queryset.none()
    return queryset.filter(closed=False)


def buyers(queryset):
    return [order.customer.name for order in queryset]


def open_buyers(queryset: models.QuerySet):
    return [order.customer.name for order in queryset.filter(closed=False)]


def called_so(order):
    return [item.product.name for item in order.items.filter(amount=1)]


def closes(order):
    order.close()


def sends(message):
    message = message or closes
    if isinstance(message, Order):
        message.save()


def closes_another(order):
    order.close(order.reason)


{body}"
    ))
}

fn loads(loads: &Loads) -> String {
    let mut words: Vec<String> = loads
        .relationships
        .iter()
        .map(|(name, nested)| match self::loads(nested) {
            inner if inner.is_empty() => name.to_string(),
            inner => format!("{name}({inner})"),
        })
        .collect();
    if loads.is_open {
        words.push("?".to_owned());
    }
    words.join(" ")
}

fn word(value: &Value) -> String {
    let with = |word: String, loaded: &Loads| match loads(loaded) {
        loaded if loaded.is_empty() => word,
        loaded => format!("{word} with {loaded}"),
    };
    match &value.kind {
        Kind::Entity(row) => {
            let model = row.model.class().map_or("?", |class| class.name.as_str());
            with(format!("a {model}"), &row.loads)
        }
        Kind::Query(query) => {
            let model = query.model.class().map_or("?", |class| class.name.as_str());
            match query.shape {
                Shape::Entities => with(format!("query of {model}"), &query.loads),
                _ => format!("query of {model}, plain"),
            }
        }
        Kind::Many(inner) => format!("many of {}", word(inner)),
        Kind::Mapping(inner) => format!("mapping to {}", word(inner)),
        Kind::Awaitable(inner) => format!("awaitable {}", word(inner)),
        Kind::Tuple(parts) => format!("({})", parts.iter().map(word).collect::<Vec<_>>().join(", ")),
        Kind::Plain | Kind::Written(_) | Kind::Column(_) => "plain".to_owned(),
        Kind::None => "none".to_owned(),
        Kind::Unknown => "unknown".to_owned(),
        other => format!("{other:?}"),
    }
}

fn queries(summary: &Summary) -> Vec<String> {
    let effects = summary.effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::Query { what, .. } => Some(what.to_string()),
        EffectKind::Touch(touch) => {
            let steps: Vec<String> = touch
                .path
                .steps
                .iter()
                .map(|step| match step {
                    crate::Step::Attr(name) => name.to_string(),
                    crate::Step::Each => "*".to_owned(),
                    crate::Step::Call(name) => format!("{name}()"),
                    crate::Step::Get(key) => format!("get({key})"),
                })
                .collect();
            Some(format!("touch {}{}", steps.join("."), if touch.is_refined { " anew" } else { "" }))
        }
        _ => None,
    });
    effects.collect()
}

/// Checks a table of expressions over `order: Order` and `number`.
fn check(table: &[(&str, &str, &str)]) {
    let mut functions = String::new();
    for (index, (expression, ..)) in table.iter().enumerate() {
        let _ = write!(functions, "def f{index}(order: Order, number, names):\n    return {expression}\n\n");
    }
    let fixture = fixture(&functions);
    let mut wrong = Vec::new();
    for (index, (expression, runs, gives)) in table.iter().enumerate() {
        let summary = fixture.summary("shop/code.py", &format!("f{index}"));
        let (ran, given) = (queries(&summary).join(", "), word(&summary.returns));
        if ran != *runs || given != *gives {
            wrong.push(format!("{expression}\n  wanted {runs:?} {gives:?}\n  got    {ran:?} {given:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn managers_and_querysets() {
    check(&[
        ("Order.objects.all()", "", "query of Order"),
        ("Order.objects.filter(number=number).exclude(closed=True).order_by('pk')", "", "query of Order"),
        (
            "Order.objects.annotate(n=Count('items')).alias(x=F('number')).distinct()",
            "",
            "query of Order with n",
        ),
        (
            "Order.objects.filter(Q(number=number) | Q(closed=True)) | Order.objects.none()",
            "",
            "query of Order",
        ),
        ("Order.objects.get(number=number)", "Order.objects.get", "a Order"),
        ("Order.objects.filter(number=number).first()", "Order.objects.first", "a Order"),
        (
            "Order.objects.select_related('customer').latest('pk')",
            "Order.objects.latest",
            "a Order with customer",
        ),
        ("Order.objects.count()", "Order.objects.count", "plain"),
        ("Order.objects.filter(closed=True).exists()", "Order.objects.exists", "plain"),
        ("Order.objects.aggregate(n=Count('pk'))", "Order.objects.aggregate", "plain"),
        ("Order.objects.filter(closed=True).update(closed=False)", "Order.objects.update", "plain"),
        ("Order.objects.filter(closed=True).delete()", "Order.objects.delete", "plain"),
        ("Order.objects.create(number=number)", "Order.objects.create", "a Order"),
        ("Order.objects.get_or_create(number=number)", "Order.objects.get_or_create", "(a Order, plain)"),
        ("Order.objects.bulk_create([Order(number=number)])", "Order.objects.bulk_create", "many of a Order"),
        ("Order.objects.in_bulk([number])", "Order.objects.in_bulk", "mapping to a Order"),
        ("Order.objects.values('number')", "", "query of Order, plain"),
        ("Order.objects.values_list('number', flat=True)", "", "query of Order, plain"),
        ("list(Order.objects.all())", "a query for Order", "many of a Order"),
        ("len(Order.objects.all())", "a query for Order", "plain"),
        ("Order.objects.all()[:10]", "", "query of Order"),
        ("Order.objects.all()[0]", "a query for Order", "a Order"),
        ("[o.number for o in Order.objects.iterator()]", "a query for Order", "many of plain"),
        ("Order.objects.aget(number=number)", "Order.objects.get", "awaitable a Order"),
        ("get_object_or_404(Order, number=number)", "Order.objects.get", "a Order"),
        (
            "get_object_or_404(Order.objects.select_related('customer'), pk=number)",
            "Order.objects.get",
            "a Order with customer",
        ),
        ("connection.cursor().execute('select 1')", "cursor.execute", "plain"),
        ("connection.cursor().fetchall()", "", "plain"),
        (
            "Paginator(Order.objects.all(), 10).page(number).object_list",
            "Order.objects.count",
            "query of Order",
        ),
    ]);
}

#[test]
fn what_is_loaded() {
    check(&[
        ("Order.objects.select_related('customer')", "", "query of Order with customer"),
        ("Item.objects.select_related('order__customer')", "", "query of Item with order(customer) product"),
        ("Order.objects.select_related()", "", "query of Order with customer(?)"),
        (
            "Order.objects.prefetch_related('items', 'items__product')",
            "",
            "query of Order with items(product)",
        ),
        ("Order.objects.prefetch_related(*NAMES)", "", "query of Order with customer items(product)"),
        ("Order.objects.prefetch_related(*names)", "", "query of Order with ?"),
        ("Order.objects.prefetch_related(number)", "", "query of Order with ?"),
        (
            "Order.objects.prefetch_related(Prefetch('items', queryset=Item.objects.all()))",
            "",
            "query of Order with items(product)",
        ),
        (
            "Order.objects.prefetch_related(Prefetch('items', Item.objects.filter(amount=1), to_attr='single'))",
            "",
            "query of Order with single(product)",
        ),
        (
            "Order.objects.only('number').select_related('customer').filter(pk=1)",
            "",
            "query of Order with closed customer customer_id",
        ),
    ]);
}

#[test]
fn methods_of_the_project() {
    check(&[
        ("Order.objects.open()", "", "query of Order"),
        ("Order.objects.open().filter(number=number).with_customer()", "", "query of Order with customer"),
        ("Order.objects.select_related('customer').open()", "", "query of Order with customer"),
        ("Order.objects.newest()", "queryset.first(Order)", "a Order"),
        ("Order.objects.how_many()", "queryset.count(Order)", "plain"),
        ("Item.objects.all()", "", "query of Item with product"),
        ("Item.objects.large()", "", "query of Item with product"),
        ("Item.objects.larger()", "", "query of Item with product"),
        ("Item.objects.large().filter(order=order).get()", "Item.objects.get", "a Item with product"),
    ]);
}

#[test]
fn queries_that_parameters_hold() {
    check(&[
        ("with_customer(Order.objects.all())", "", "query of Order with customer"),
        ("with_customer(Order.objects.prefetch_related('items'))", "", "query of Order with customer items"),
        ("narrowed(Order.objects.select_related('customer'), number)", "", "query of Order with customer"),
        ("narrowed(with_customer(Order.objects.all()), number)", "", "query of Order with customer"),
        ("with_customer(names)", "", "query of ? with customer ?"),
        ("names.filter(number=1).first()", "queryset.first", "a ? with ?"),
        ("names.values_list('number', flat=True)", "", "query of ?, plain"),
    ]);
}

#[test]
fn rows_and_their_managers() {
    check(&[
        ("order.save()", "Order.save", "plain"),
        ("order.close()", "Order.save", "none"),
        ("order.refresh_from_db()", "Order.refresh_from_db", "plain"),
        ("Order(number=number).save()", "Order.save", "plain"),
        ("order.items.all()", "", "query of Item with order(?)"),
        ("[item.amount for item in order.items.all()]", "touch items", "many of plain"),
        ("order.items.count()", "touch items", "plain"),
        ("order.items.all().exists()", "touch items", "plain"),
        ("order.items.filter(amount=1).count()", "touch items anew", "plain"),
        ("order.items.get(amount=1)", "touch items anew", "a Item with order(?)"),
        ("order.items.create(amount=1)", "Order.items.create", "a Item"),
        ("order.items.clear()", "Order.items.clear", "none"),
        ("order.customer_id", "", "plain"),
        ("order.customer.name", "touch customer", "plain"),
    ]);
}

#[test]
fn what_is_read_for_each_row() {
    let table = [
        ("for order in Order.objects.all():\n        order.customer.name", "Order.customer"),
        ("for order in Order.objects.select_related('customer'):\n        order.customer.name", ""),
        ("for order in Order.objects.with_customer():\n        order.customer.name", ""),
        ("for order in Order.objects.open():\n        order.customer.name", "Order.customer"),
        ("for order in Order.objects.all():\n        order.items.count()", "Order.items"),
        ("for order in Order.objects.prefetch_related('items'):\n        order.items.count()", ""),
        (
            "for order in Order.objects.prefetch_related('items'):\n        order.items.filter(amount=1).exists()",
            "Order.items anew",
        ),
        (
            "for order in Order.objects.prefetch_related('items'):\n        for item in order.items.all():\n            item.product.name",
            "Item.product",
        ),
        (
            "for order in Order.objects.prefetch_related('items'):\n        for item in order.items.all():\n            item.order.number",
            "",
        ),
        (
            "orders = list(Order.objects.all())\n    prefetch_related_objects(orders, 'customer')\n    for order in orders:\n        order.customer.name",
            "",
        ),
        ("for order in Order.objects.all():\n        order.memo_items", "Order.items anew"),
        (
            "for order in Order.objects.prefetch_related(Prefetch('items', to_attr='large_items')):\n        order.kept_items",
            "",
        ),
        ("for order in Order.objects.annotate(how_many=Count('items')):\n        order.how_many", ""),
        ("for order in Order.objects.all():\n        order.how_many", "Order.items"),
        ("for order in names:\n        for item in order.items.all():\n            item.order.number", ""),
        ("buyers(Order.objects.all())", "Order.customer"),
        ("buyers(Order.objects.select_related('customer'))", ""),
        ("open_buyers(Order.objects.all())", "Order.customer"),
        ("open_buyers(with_customer(Order.objects.all()))", ""),
        (
            "for order in Order.objects.all():\n        called_so(order)",
            "Order.items anew, runs the lazy load of Item.product",
        ),
        ("for number in names:\n        Order.objects.filter(number=number)", ""),
        (
            "for number in names:\n        Order.objects.filter(number=number).update(closed=True)",
            "runs Order.objects.update",
        ),
        ("for order in Order.objects.all():\n        order.save()", "runs Order.save"),
        ("for order in Order.objects.all():\n        order.close()", "runs Order.save"),
        ("for name in Order.objects.values_list('number', flat=True):\n        name.upper()", ""),
    ];
    let mut functions = String::new();
    for (index, (body, _)) in table.iter().enumerate() {
        let _ = write!(functions, "def f{index}(names):\n    {body}\n\n");
    }
    let fixture = fixture(&functions);
    let mut wrong = Vec::new();
    for (index, (body, wanted)) in table.iter().enumerate() {
        let analysis = fixture.analysis("shop/code.py", &format!("f{index}"));
        let problems = analysis.problems.iter().map(|problem| match &problem.kind {
            ProblemKind::LazyPerRow { owner, relationship, is_refined, .. } => {
                format!("{}.{relationship}{}", owner.name, if *is_refined { " anew" } else { "" })
            }
            ProblemKind::QueryPerRow { what, .. } => format!("runs {what}"),
            other => format!("{other:?}"),
        });
        let found = problems.collect::<Vec<_>>().join(", ");
        if found != *wanted {
            wrong.push(format!("{body}\n  wanted {wanted:?}\n  got    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_parameter_is_the_row_that_it_is_called_like() {
    let fixture = fixture("");
    for (name, wanted) in [("closes", "Order.save"), ("closes_another", ""), ("sends", "")] {
        let summary = fixture.summary("shop/code.py", name);
        assert_eq!(queries(&summary).join(", "), wanted, "{name}");
    }
}
