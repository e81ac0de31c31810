from fastapi import APIRouter

from shop.services.orders import OrderService
from shop.services.parcels import parcel

router = APIRouter()


@router.get("/orders/{number}")
def get(number: int) -> dict[str, int]:
    return {"number": OrderService().get(number).number}


@router.post("/orders/{number}/pay")
def pay(number: int) -> dict[str, int]:
    return {"number": OrderService().pay(number).number}


@router.post("/orders/{number}/cancel")
async def cancel(number: int, reason: str = "") -> dict[str, int]:
    return {"number": OrderService().cancel(number, reason).number}


@router.get("/parcels/{number}")
def one_parcel(number: int) -> dict[str, int]:
    return parcel(number)
