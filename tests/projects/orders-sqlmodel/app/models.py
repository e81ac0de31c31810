"""Tables, and what is shown of them."""

from sqlmodel import Field, Relationship, SQLModel


class CustomerBase(SQLModel):
    name: str
    city: str


class Customer(CustomerBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    orders: list["Order"] = Relationship(back_populates="customer")


class OrderBase(SQLModel):
    number: str
    status: str


class Order(OrderBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    customer: Customer = Relationship(back_populates="orders")
    items: list["Item"] = Relationship(back_populates="order")
    labels: list["Label"] = Relationship(sa_relationship_kwargs={"lazy": "selectin"})


class Item(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    price: int
    order_id: int = Field(foreign_key="order.id")
    order: Order = Relationship(back_populates="items")


class Label(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    text: str
    order_id: int = Field(foreign_key="order.id")


class CustomerPublic(CustomerBase):
    id: int


class ItemPublic(SQLModel):
    name: str
    price: int


class OrderPublic(OrderBase):
    id: int


class OrderWithItems(OrderPublic):
    customer: CustomerPublic
    items: list[ItemPublic] = []


class CustomerWithOrders(CustomerPublic):
    orders: list[OrderPublic] = []
