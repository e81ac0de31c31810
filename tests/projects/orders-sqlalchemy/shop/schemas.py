"""What goes over the wire."""

from pydantic import BaseModel, ConfigDict


class CustomerOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str
    city: str


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: str
    status: str
    customer: CustomerOut


class LineOut(BaseModel):
    product: str
    quantity: int
    price: int


class OrderDetail(BaseModel):
    number: str
    customer: str
    lines: list[LineOut]


class OrderSummary(BaseModel):
    number: str
    customer: str
    positions: int


class Count(BaseModel):
    name: str
    number: int


class Notes(BaseModel):
    note: str
    order_ids: list[int]
