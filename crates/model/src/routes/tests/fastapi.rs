use expect_test::expect;

use super::check;

#[test]
fn prefixes_through_files() {
    check(
        r#"
//- shop/__init__.py
//- shop/config.py
class Settings:
    api_prefix: str = "/api/v1"
    dynamic = compute()
settings = Settings()
//- shop/deps.py
from typing import Annotated
from fastapi import Depends
from shop.db import get_db
async def get_current_user(db=Depends(get_db)): ...
CurrentUser = Annotated["User", Depends(get_current_user)]
//- shop/db.py
def get_db(): ...
//- shop/schemas.py
class OrderOut: ...
//- shop/orders.py
from fastapi import APIRouter, Depends
from shop.deps import CurrentUser
from shop.schemas import OrderOut
router = APIRouter(prefix="/orders", tags=["orders"])
@router.get("", response_model=list[OrderOut])
async def list_orders(): ...
@router.post("/")
async def create_order(user: CurrentUser) -> OrderOut: ...
@router.api_route("/{id}", methods=["PUT", "PATCH"], response_model=None)
async def change(id: int) -> OrderOut: ...
@router.websocket("/live")
async def live(socket): ...
//- shop/admin.py
from fastapi import APIRouter
from shop.orders import router as orders_router
admin = APIRouter()
@admin.delete("/cache")
def clear(): ...
//- shop/api.py
from fastapi import APIRouter, Depends
from shop import orders
from shop.admin import admin
from shop.deps import get_current_user
api_router = APIRouter()
api_router.include_router(orders.router)
api_router.include_router(admin, prefix="/admin", dependencies=[Depends(get_current_user)])
//- shop/lonely.py
from fastapi import APIRouter
router = APIRouter(prefix="/lonely")
@router.get("/x")
def x(): ...
//- shop/main.py
from fastapi import FastAPI
from shop.api import api_router
from shop.config import settings
def create_app():
    app = FastAPI()
    app.include_router(api_router, prefix=settings.api_prefix)
    app.include_router(api_router, prefix=settings.dynamic)
    @app.get("/health")
    def health(): ...
    return app
app = create_app()
@app.get("/late")
def late(): ...
"#,
        &expect![[r#"
            DELETE /api/v1/admin/cache shop.admin:clear ! get_current_user
            GET /api/v1/orders shop.orders:list_orders -> list[OrderOut] (shop.schemas)
            POST /api/v1/orders/ shop.orders:create_order -> OrderOut (shop.schemas) ! get_current_user
            WEBSOCKET /api/v1/orders/live shop.orders:live
            PATCH,PUT /api/v1/orders/{id} shop.orders:change
            GET /health shop.main:health
            GET /late shop.main:late
            GET /lonely/x shop.lonely:x
            DELETE {settings.dynamic}/admin/cache shop.admin:clear ! get_current_user
            GET {settings.dynamic}/orders shop.orders:list_orders -> list[OrderOut] (shop.schemas)
            POST {settings.dynamic}/orders/ shop.orders:create_order -> OrderOut (shop.schemas) ! get_current_user
            WEBSOCKET {settings.dynamic}/orders/live shop.orders:live
            PATCH,PUT {settings.dynamic}/orders/{id} shop.orders:change
        "#]],
    );
}

#[test]
fn routers_in_loops_parameters_and_attributes() {
    check(
        r#"
//- a.py
from fastapi import APIRouter
first = APIRouter()
@first.get("/first")
def get_first(): ...
second = APIRouter()
@second.get("/second")
def get_second(): ...
//- b.py
from fastapi import APIRouter, FastAPI
from a import first, second
ROUTERS = [first, second]
def install(app: FastAPI) -> None:
    for router in ROUTERS:
        app.include_router(router, prefix="/v1")
class Server:
    def __init__(self):
        self.router = APIRouter(prefix="/self")
        self.router.add_api_route("/ping", self.ping, methods=["GET"])
    def ping(self): ...
"#,
        &expect![[r#"
            GET /self/ping b:Server.ping
            GET /v1/first a:get_first
            GET /v1/second a:get_second
        "#]],
    );
}

#[test]
fn circles_end() {
    check(
        r#"
//- a.py
from fastapi import APIRouter
a = APIRouter(prefix="/a")
b = APIRouter(prefix="/b")
a.include_router(b)
b.include_router(a)
a.include_router(a)
x = y
y = x
x.include_router(y)
p = q.b
q = p.c
p.include_router(q)
f = g()
def g():
    return f.router
f.router.add_api_route("/y", get)
class C(C):
    router = C.router
C.router.add_api_route("/z", get)
from a import h
h.include_router(h)
@a.get("/x")
def get(): ...
"#,
        &expect![[r#"
            GET /a/a/x a:get
            GET /a/b/a/x a:get
        "#]],
    );
}

#[test]
fn many_ways_through_few_routers_end() {
    use std::fmt::Write as _;

    let mut text = String::from("//- a.py\nfrom fastapi import APIRouter\nr0 = APIRouter()\n");
    for level in 1..14 {
        let _ = writeln!(text, "r{level} = APIRouter()");
        for _ in 0..12 {
            let _ = writeln!(text, "r{level}.include_router(r{})", level - 1);
        }
        let list = format!("l{}, ", level - 1).repeat(12);
        let _ = writeln!(text, "l{level} = [{list}]\nr{level}.include_router(l{level})");
    }
    text.push_str("@r0.get('/x')\ndef x(): ...\n");
    check(
        &text,
        &expect![[r#"
            GET /x a:x
        "#]],
    );
}

#[test]
fn routers_by_factories_of_the_project() {
    check(
        r#"
//- shop/__init__.py
//- shop/routing.py
from functools import partial
from fastapi import APIRouter as LibraryRouter
def get_router_class(route_class) -> type[LibraryRouter]:
    class Custom(LibraryRouter):
        def __init__(self, *args, **kwargs):
            kwargs["route_class"] = route_class
            super().__init__(*args, **kwargs)
    return Custom
def unannotated(route_class):
    class Base(LibraryRouter): ...
    return Base
APIRouter = get_router_class(object)
PlainRouter = unannotated(object)
PartialRouter = partial(LibraryRouter, route_class=object)
class UserRouter(PlainRouter):
    pass
def make_router(prefix: str, *, version: str = "v1") -> LibraryRouter:
    router = LibraryRouter(prefix=f"/{version}{prefix}")
    @router.get("/ping")
    def ping(): ...
    return router
//- shop/orders.py
from shop.routing import APIRouter, PartialRouter, PlainRouter, UserRouter
router = APIRouter(prefix="/orders")
@router.get("/")
def orders(): ...
plain = PlainRouter(prefix="/plain")
@plain.get("/x")
def plain_x(): ...
partial_router = PartialRouter(prefix="/partial")
@partial_router.get("/x")
def partial_x(): ...
user = UserRouter(prefix="/user")
@user.get("/x")
def user_x(): ...
//- shop/made.py
from shop.routing import make_router
users = make_router("/users")
@users.get("/{id}")
def user(id: int): ...
teams = make_router(prefix="/teams", version="v2")
@teams.post("/")
def team(): ...
//- shop/unknown.py
from vendor import something
from vendor.library import build
router = build("/unknown")
@router.get("/seen")
def seen(): ...
other = something()
@other.get("/not-a-route")
def cached(): ...
//- shop/main.py
from fastapi import FastAPI
from shop import made, orders, unknown
app = FastAPI()
app.include_router(orders.router, prefix="/api")
app.include_router(made.users, prefix="/api")
app.include_router(unknown.router, prefix="/api")
"#,
        &expect![[r#"
            GET /api/orders/ shop.orders:orders
            GET /api/seen shop.unknown:seen
            GET /api/v1/users/ping shop.routing:ping
            GET /api/v1/users/{id} shop.made:user
            GET /partial/x shop.orders:partial_x
            GET /plain/x shop.orders:plain_x
            GET /user/x shop.orders:user_x
            POST /v2/teams/ shop.made:team
            GET /v2/teams/ping shop.routing:ping
        "#]],
    );
}

#[test]
fn routers_of_functions_that_make_them_by_other_functions_and_with_libraries_count() {
    check(
        r#"
//- shop/errors.py
from fastapi_error_map import ErrorAwareRouter
def make_error_aware_router(**kwargs) -> ErrorAwareRouter:
    return ErrorAwareRouter(**kwargs)
//- shop/users.py
from fastapi import APIRouter
from shop.errors import make_error_aware_router
def make_activate_router() -> APIRouter:
    router = make_error_aware_router(on_error=print)
    @router.put("/{user_id}/activation/", error_map={})
    async def activate(user_id: int): ...
    return router
def make_list_router() -> APIRouter:
    router = make_error_aware_router()
    @router.get("/")
    async def users(): ...
    return router
def make_users_router(*, cookie_name: str) -> APIRouter:
    router = APIRouter(prefix="/users")
    router.include_router(make_list_router())
    router.include_router(make_activate_router())
    return router
//- shop/main.py
from fastapi import APIRouter, FastAPI
from shop.users import make_users_router
def make_root_router() -> APIRouter:
    router = APIRouter(prefix="/api")
    router.include_router(make_users_router(cookie_name="c"))
    return router
def make_app():
    app = FastAPI()
    app.include_router(make_root_router())
    return app
"#,
        &expect![[r#"
            GET /api/users/ shop.users:users
            PUT /api/users/{user_id}/activation/ shop.users:activate
        "#]],
    );
}

#[test]
fn routers_that_lead_to_themselves_end() {
    let circles = [
        "def create_app():\n    app.include_router(r)\n    return app\napp = create_app()\n",
        "def create_app():\n    app.register_blueprint(r)\n    return app\napp = create_app()\n",
        "from fastapi import FastAPI\napp = FastAPI()\ndef setup():\n    app.include_router(r)\n    return app\napp = setup()\n",
        "def make() -> type[APIR]:\n    class R(APIR): ...\n    return R\nAPIR = make()\nr = APIR()\nr.include_router(x)\n@r.get('/a')\ndef f(): ...\n",
    ];
    for circle in circles {
        check(&format!("//- main.py\n{circle}"), &expect![[""]]);
    }
}

#[test]
fn decorators_that_are_given_the_method_of_a_router_register_routes() {
    check(
        r#"
//- auth.py
from functools import wraps
from fastapi import Security
from fastapi.security.http import HTTPBasic
def protected_route(method, path, scopes=None, **kwargs):
    def decorator(function):
        checked = wraps(function)(function)
        return method(path, dependencies=[Security(HTTPBasic(auto_error=False))], **kwargs)(checked)
    return decorator
def wrapped(*, method, path="/wrapped"):
    def decorator(function):
        @method(path)
        @wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)
        return wrapper
    return decorator
def passed(method, *args, **kwargs):
    def decorator(function):
        return method(*args, **kwargs)(function)
    return decorator
def noted(method, path):
    def decorator(function):
        print(method, path)
        return function
    return decorator
//- shop.py
from fastapi import APIRouter, FastAPI
from auth import noted, passed, protected_route, wrapped
app = FastAPI()
router = APIRouter(prefix="/orders")
@protected_route(router.get, "", ["read"], response_model=list[str])
def orders(): ...
@protected_route(router.post, path="/new")
def create() -> int: ...
@wrapped(method=router.get)
def wrapped_orders(): ...
@passed(router.put, "/passed", response_model=int)
def passed_orders(): ...
@noted(router.get, "/noted")
def noted_orders(): ...
app.include_router(router, prefix="/api")
"#,
        &expect![[r#"
            GET /api/orders shop:orders -> list[str] ! HTTPBasic(auto_error=False)
            POST /api/orders/new shop:create -> int ! HTTPBasic(auto_error=False)
            PUT /api/orders/passed shop:passed_orders -> int
            GET /api/orders/wrapped shop:wrapped_orders
        "#]],
    );
}

#[test]
fn dependencies_that_are_objects() {
    check(
        r#"
//- main.py
from fastapi import Depends, FastAPI, Security
from fastapi.security import HTTPBearer
app = FastAPI()
class ProjectMember:
    def __call__(self, name: str, token=Security(HTTPBearer())): ...
class Page:
    def __init__(self, limit: int = 10): ...
def require(role):
    def inner(token=Security(HTTPBearer())): ...
    return inner
member = ProjectMember()
@app.get("/object")
def of_object(project=Depends(ProjectMember())): ...
@app.get("/variable")
def of_variable(project=Depends(member)): ...
@app.get("/factory")
def of_factory(project=Depends(require("admin"))): ...
@app.get("/class")
def of_class(page: Page = Depends(Page)): ...
@app.get("/plain")
def of_plain(page=Depends(Page())): ...
"#,
        &expect![[r#"
            GET /class main:of_class
            GET /factory main:of_factory ! HTTPBearer()
            GET /object main:of_object ! HTTPBearer()
            GET /plain main:of_plain
            GET /variable main:of_variable ! HTTPBearer()
        "#]],
    );
}

#[test]
fn routers_that_objects_make_for_themselves() {
    check(
        r#"
//- shop/__init__.py
//- shop/module.py
from fastapi import APIRouter
class Module:
    shared = APIRouter()
    def __init__(self, root: str, router: APIRouter | None = None):
        self.root = root
        self.router = router or APIRouter()
//- shop/orders.py
from shop.module import Module
module = Module(root="orders")
@module.router.get("/orders")
def list_orders(): ...
@module.router.delete("/orders/{order_id}")
def delete_order(order_id: int): ...
@module.root.get("/nothing")
def nothing(): ...
//- shop/items.py
from shop.module import Module
module = Module(root="items")
@module.router.get("/items")
def list_items(): ...
//- shop/main.py
from fastapi import FastAPI
from shop import items, orders
app = FastAPI()
app.include_router(orders.module.router, prefix="/a")
app.include_router(items.module.router, prefix="/b")
"#,
        &expect![[r#"
            GET /a/orders shop.orders:list_orders
            DELETE /a/orders/{order_id} shop.orders:delete_order
            GET /b/items shop.items:list_items
        "#]],
    );
}

#[test]
fn an_application_that_a_function_extends_keeps_its_includes() {
    check(
        r#"
//- pyproject.toml
[project]
name = "shop"
//- shop/__init__.py
//- shop/main.py
from fastapi import FastAPI
from starlette_gzip import Compressed
from shop.edition import billing, extend, more
from shop.orders import router
app = FastAPI()
app.include_router(router, prefix="/orders")
app = more(app)
app.include_router(billing, prefix="/billing")
app = extend(app)
app = Compressed(app, level=3)
//- shop/orders.py
from fastapi import APIRouter
router = APIRouter()
@router.get("/open")
def opened(): ...
//- shop/edition.py
from fastapi import APIRouter, FastAPI
billing = APIRouter()
plans = APIRouter()
@billing.get("/due")
def due(): ...
@plans.get("/all")
def every(): ...
def extend(app: FastAPI) -> FastAPI:
    app.description = "with billing"
    return app
def more(app: FastAPI) -> FastAPI:
    app.include_router(plans, prefix="/plans")
    return app
"#,
        &expect![[r#"
            GET /billing/due shop.edition:due
            GET /orders/open shop.orders:opened
            GET /plans/all shop.edition:every
        "#]],
    );
}
