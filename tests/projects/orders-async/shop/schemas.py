"""What goes over the wire."""

from pydantic import BaseModel, ConfigDict


class CustomerOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str
    city: str


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: str
    customer: CustomerOut


class OrderSummary(BaseModel):
    number: str
    customer: str
    products: list[str]


class Count(BaseModel):
    name: str
    number: int
