from litestar import Litestar, Request, Response, get, post

from shop.services import orders, parcels
from shop.services.errors import LimitReached


@get("/orders/{number:int}")
async def order(number: int) -> dict[str, str]:
    return {"state": orders.state(number)}


@post("/orders/{number:int}/pay")
async def pay(number: int) -> dict[str, str]:
    return {"state": orders.pay(number)}


@post("/orders/{number:int}/cancel", media_type="text/plain")
async def cancel(number: int, reason: str = "") -> str:
    return orders.cancel(number, reason)


@get("/parcels/{number:int}")
async def parcel(number: int) -> dict[str, int]:
    return parcels.parcel(number)


def limit_reached(request: Request, error: LimitReached) -> Response:
    return Response({"limit": str(error)}, status_code=400)


app = Litestar(
    route_handlers=[order, pay, cancel, parcel],
    exception_handlers={LimitReached: limit_reached},
)
