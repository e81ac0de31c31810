use expect_test::expect;

use super::check;

#[test]
fn starlette_lists() {
    check(
        r#"
//- app.py
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Mount, Route, WebSocketRoute
async def home(request): ...
async def live(socket): ...
class Users(HTTPEndpoint):
    async def get(self, request): ...
    async def post(self, request): ...
api = [Route("/users", Users), WebSocketRoute("/live", live)]
routes = [Route("/", endpoint=home), Mount("/api", routes=api)]
app = Starlette(routes=routes)
"#,
        &expect![[r#"
            GET / app:home
            WEBSOCKET /api/live app:live
            GET /api/users app:Users.get
            POST /api/users app:Users.post
        "#]],
    );
}

#[test]
fn litestar_controllers() {
    check(
        r#"
//- app.py
from litestar import Controller, Litestar, Router, delete, get, post
def admin_guard(connection, handler): ...
class Order: ...
class OrderController(Controller):
    path = "/orders"
    guards = [admin_guard]
    @get()
    async def list_orders(self) -> list[Order]: ...
    @post("/{order_id:int}")
    async def change(self) -> Order: ...
@get(["/", "/index"])
async def index() -> str: ...
@delete("/alone")
async def alone() -> None: ...
class ItemController(Controller):
    @get("/items")
    async def list_items(self) -> list[Order]: ...
class PartController(Controller):
    path = "/parts"
    @get()
    async def list_parts(self) -> None: ...
v1 = Router(path="/v1", route_handlers=[OrderController])
v2 = Router("/v2", route_handlers=[ItemController])
app = Litestar([v1, v2, index, Router("/v3", route_handlers=[PartController])])
"#,
        &expect![[r#"
            GET / app:index -> str
            DELETE /alone app:alone
            GET /index app:index -> str
            GET /v1/orders app:OrderController.list_orders -> list[Order] (app) ! admin_guard
            POST /v1/orders/{order_id:int} app:OrderController.change -> Order (app) ! admin_guard
            GET /v2/items app:ItemController.list_items -> list[Order] (app)
            GET /v3/parts app:PartController.list_parts
        "#]],
    );
}

#[test]
fn ninja_routers() {
    check(
        r#"
//- manage.py
//- site/__init__.py
//- site/urls.py
from django.urls import path
from shop.api import api
urlpatterns = [path("api/", api.urls)]
//- shop/__init__.py
//- shop/api.py
from ninja import NinjaAPI, Schema
from ninja.security import django_auth
from shop.orders import router
class Item(Schema): ...
api = NinjaAPI(auth=django_auth)
api.add_router("/orders/", router)
api.add_router("items", "shop.items.router", auth=None)
@api.get("/health", auth=None)
def health(request): ...
@api.api_operation(["POST", "PATCH"], "/change", response={200: Item, 404: None})
def change(request): ...
//- shop/orders.py
from ninja import Router, Schema
class OrderOut(Schema): ...
router = Router()
@router.get("/", response=list[OrderOut])
def list_orders(request): ...
@router.get("/{order_id}", response=OrderOut)
def one(request, order_id: int): ...
//- shop/items.py
from ninja import Router
router = Router()
@router.post("add")
def add(request): ...
"#,
        &expect![[r#"
            PATCH,POST /api/change shop.api:change -> Item (shop.api) ! django_auth
            GET /api/health shop.api:health
            POST /api/items/add shop.items:add
            GET /api/orders/ shop.orders:list_orders -> list[OrderOut] (shop.orders) ! django_auth
            GET /api/orders/{order_id} shop.orders:one -> OrderOut (shop.orders) ! django_auth
        "#]],
    );
}
