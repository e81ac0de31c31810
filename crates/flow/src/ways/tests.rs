#![allow(clippy::unwrap_used)]

use super::{Reached, Way};
use crate::fixture::Fixture;

const PROJECT: &str = "\
//- shop/api.py
from fastapi import APIRouter, Depends
from shop import jobs, work
router = APIRouter()
HANDLERS = {'paid': work.by_table}
def provider():
    return work.by_provider()
@router.get('/orders')
def listed(kind, orders=Depends(provider)):
    work.read()
    jobs.later.delay()
    HANDLERS[kind]()
    work.Shop().open()
    return outer()
@router.post('/orders')
def created(thing):
    work.read()
    work.written()
    thing.told_by_name()
def outer():
    def inner():
        return work.from_inner()
    return inner
def forgotten():
    return work.nobodys()
//- shop/work.py
def read(): pass
def written(): pass
def by_table(): pass
def by_provider(): pass
def from_inner(): pass
def nobodys(): pass
def from_task(): pass
def from_command(): pass
def started(): pass
def at_once(): pass
class Shop:
    def open(self):
        return self.hook()
    def hook(self): pass
class Corner(Shop):
    def hook(self):
        return at_once()
class Other:
    def told_by_name(self): pass
//- shop/jobs.py
from celery import shared_task
from shop import work
@shared_task
def later():
    work.read()
    work.from_task()
@scheduler.scheduled_job('cron')
def nightly():
    work.from_task()
//- shop/main.py
import click
from shop import work
@click.command()
def run():
    work.from_command()
if __name__ == '__main__':
    work.started()
";

const VIEWSETS: &str = "\
//- shop/__init__.py
//- shop/views.py
from rest_framework import viewsets
from rest_framework.decorators import action
from shop.models import Order
class Orders(viewsets.ModelViewSet):
    queryset = Order.objects.all()
    def get_serializer_context(self): pass
    def perform_create(self, serializer): pass
    def perform_update(self, serializer): pass
    def perform_destroy(self, instance): pass
    @action(detail=False, methods=['PUT'])
    def close_all(self, request): pass
//- shop/models.py
from django.db import models
class Order(models.Model): pass
//- manage.py
//- site/__init__.py
//- site/urls.py
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from shop.views import Orders
router = DefaultRouter()
router.register('orders', Orders)
urlpatterns = [path('api/', include(router.urls))]
";

fn reached(path: &str, name: &str) -> String {
    reached_in(PROJECT, path, name)
}

fn reached_in(project: &str, path: &str, name: &str) -> String {
    let fixture = Fixture::new(project);
    let function = fixture.function(path, name);
    match crate::query::way_in(&fixture.db, fixture.project, function.module, function.function) {
        Way::In(way) => format!("{:?} {}", way.reached, way.name),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_most_frequent_way_says_how_a_function_is_reached() {
    for (path, name, way) in [
        ("shop/api.py", "listed", "Listed GET /orders"),
        ("shop/api.py", "created", "Route POST /orders"),
        ("shop/work.py", "read", "Listed GET /orders"),
        ("shop/work.py", "written", "Route POST /orders"),
        // Functions in a module-level table, functions called by a dependency, nested functions.
        ("shop/work.py", "by_table", "Listed GET /orders"),
        ("shop/work.py", "by_provider", "Listed GET /orders"),
        ("shop/work.py", "from_inner", "Listed GET /orders"),
        // An override in a subclass.
        ("shop/work.py", "at_once", "Listed GET /orders"),
        // Called on an unknown value, with no other caller.
        ("shop/work.py", "Other.told_by_name", "Route POST /orders"),
        // Code that enqueues a task doesn't run it.
        ("shop/jobs.py", "later", "Task later"),
        ("shop/work.py", "from_task", "Task later"),
        ("shop/jobs.py", "nightly", "Schedule nightly"),
        ("shop/work.py", "from_command", "Command run"),
        ("shop/work.py", "started", "Command started"),
        ("shop/api.py", "forgotten", "Nobody"),
        ("shop/work.py", "nobodys", "Nobody"),
    ] {
        assert_eq!(reached(path, name), way, "{name}");
    }
}

/// An action of a viewset is reached by its own route; what the library's views call, by the list.
#[test]
fn an_action_is_reached_by_its_own_route() {
    for (name, way) in [
        ("Orders.close_all", "Route PUT /api/orders/close_all/"),
        ("Orders.get_serializer_context", "Listed GET /api/orders/"),
        ("Orders.perform_create", "Route POST /api/orders/"),
        ("Orders.perform_destroy", "Route DELETE /api/orders/<pk>/"),
    ] {
        assert_eq!(reached_in(VIEWSETS, "shop/views.py", name), way, "{name}");
    }
}

const PIPELINES: &str = "\
//- shop/__init__.py
//- shop/loaders.py
def extract(): pass
def load(rows):
    return keep(rows)
def keep(rows): pass
def shown(): pass
def hook(): pass
//- shop/pipelines.py
from toolz import compose, curry
from framework import wrapped
from shop import loaders
loading = curry(loaders.load)
sync = compose(loading(1), loaders.extract)
show = compose(loaders.shown)
handler = wrapped(loaders.hook)
//- shop/tasks.py
from celery import shared_task
from shop import pipelines
@shared_task
def nightly():
    pipelines.sync()
//- shop/api.py
from fastapi import APIRouter
from shop.pipelines import show
router = APIRouter()
@router.get('/orders')
def listed():
    return show()
";

/// A pipeline runs where it is called, not where it is put together. What nobody calls may be a library's.
#[test]
fn what_is_made_of_functions_is_reached_by_who_calls_it() {
    for (name, way) in [
        ("extract", "Task nightly"),
        ("load", "Task nightly"),
        ("keep", "Task nightly"),
        ("shown", "Listed GET /orders"),
        ("hook", "Listed hook"),
    ] {
        assert_eq!(reached_in(PIPELINES, "shop/loaders.py", name), way, "{name}");
    }
}

const QUEUED: &str = "\
//- shop/__init__.py
//- shop/work.py
def queued(): pass
def chained(): pass
def direct(): pass
def of_post(): pass
def of_any(): pass
//- shop/api.py
from django.views.decorators.http import require_http_methods
from django_q.tasks import Chain, async_task
from fastapi import APIRouter
from shop import work
router = APIRouter()
@router.get('/start')
def start():
    async_task(work.queued)
    chain = Chain()
    chain.append(work.chained)
    work.direct()
@require_http_methods(['POST'])
def posted(request):
    work.of_post()
@require_http_methods(['GET', 'POST'])
def asked(request):
    work.of_any()
";

#[test]
fn what_is_given_to_a_queue_is_run_by_no_request() {
    for (name, way) in [
        ("queued", "Nobody"),
        ("chained", "Nobody"),
        ("direct", "Listed GET /start"),
        // Views without a route, by what their decorators allow.
        ("of_post", "Route posted"),
        ("of_any", "Listed asked"),
    ] {
        assert_eq!(reached_in(QUEUED, "shop/work.py", name), way, "{name}");
    }
}

const NAMED: &str = "\
//- shop/work.py
def named(): pass
def called(): pass
def kept(): pass
//- shop/queue.py
TABLE = []
def full_name(func):
    return f'{func.__module__}.{func.__name__}'
def note(func, kwargs=None):
    if not isinstance(func, str):
        name = full_name(func)
    TABLE.append((name, kwargs))
def run(func, kwargs=None):
    note(func)
    return func(**kwargs)
def keep(func):
    TABLE.append(func)
//- shop/api.py
from fastapi import APIRouter
from shop import queue, work
router = APIRouter()
@router.get('/start')
def start():
    queue.note(work.named, kwargs={})
    queue.run(work.called)
    queue.keep(work.kept)
";

#[test]
fn what_is_only_named_is_not_called() {
    for (name, way) in [("named", "Nobody"), ("called", "Listed GET /start"), ("kept", "Listed GET /start")] {
        assert_eq!(reached_in(NAMED, "shop/work.py", name), way, "{name}");
    }
}

#[test]
fn where_no_way_into_the_project_is_known_nothing_is_said_of_any() {
    let fixture = Fixture::new("//- shop/work.py\ndef read(): pass\n");
    let function = fixture.function("shop/work.py", "read");
    let way = crate::query::way_in(&fixture.db, fixture.project, function.module, function.function);
    assert_eq!(way, Way::Unknown);
}

#[test]
fn who_is_asked_for_most_comes_first() {
    assert!(Reached::Listed < Reached::Route && Reached::Route < Reached::Task);
    assert!(Reached::Task < Reached::Schedule && Reached::Schedule < Reached::Command);
}

/// A new line in a body changes no way; a new call does, and only that of its callee.
#[test]
fn ways_are_followed_anew_where_a_call_comes_or_goes() {
    let mut fixture = Fixture::new(PROJECT);
    let way = |fixture: &Fixture| {
        let function = fixture.function("shop/work.py", "nobodys");
        crate::query::way_in(&fixture.db, fixture.project, function.module, function.function)
    };
    assert_eq!(way(&fixture), Way::Nobody);
    fixture.executed();
    let file =
        |text: &str| PROJECT.split("//- ").find_map(|file| file.strip_prefix(text)).unwrap().to_owned();
    let api = file("shop/api.py\n");
    fixture.edit(
        "shop/api.py",
        &api.replace("    work.read()\n    jobs", "    note = 1\n    work.read()\n    jobs"),
    );
    assert_eq!(way(&fixture), Way::Nobody);
    let counts = fixture.executed();
    assert_eq!(counts.get("ways"), None, "{counts:?}");
    fixture.edit(
        "shop/api.py",
        &api.replace("    work.read()\n    jobs", "    work.nobodys()\n    work.read()\n    jobs"),
    );
    assert!(matches!(way(&fixture), Way::In(_)));
    let counts = fixture.executed();
    assert_eq!(counts.get("ways"), Some(&1), "{counts:?}");
}
