//! SQLAlchemy and SQLModel.

use expect_test::expect;

use super::check;

#[test]
fn declarative_of_2_0() {
    check(
        r#"
//- shop/db.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
//- shop/models/mixins.py
from sqlalchemy.orm import Mapped, mapped_column
class HasId:
    id: Mapped[int] = mapped_column(primary_key=True)
//- shop/models/customer.py
from __future__ import annotations
from typing import TYPE_CHECKING
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped
from shop.db import Base
from shop.models.mixins import HasId
if TYPE_CHECKING:
    from shop.models.order import Order
class Customer(HasId, Base):
    __tablename__ = "customers"
    name: Mapped[str]
    email: Mapped[str | None] = orm.mapped_column(unique=True)
    notes: Mapped[str] = orm.mapped_column(deferred=True)
    orders: Mapped[list[Order]] = orm.relationship(back_populates="customer")
    open_orders: orm.WriteOnlyMapped[Order] = orm.relationship(viewonly=True)
    newest: Mapped["Order | None"] = sa.orm.relationship("Order", lazy="joined")
    total = orm.column_property(sa.select(sa.func.count()).scalar_subquery())
//- shop/models/order.py
from sqlalchemy import ForeignKey
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship
from shop.db import Base
from shop.models.mixins import HasId
class Order(HasId, Base):
    __tablename__ = "orders"
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped["Customer"] = relationship(back_populates="orders", lazy="raise")
    lines = relationship("OrderLine", lazy="selectin")
    products = association_proxy("lines", "product")
    @hybrid_property
    def total(self): return 0
    @total.expression
    def total(cls): return 0
class OrderLine(HasId, Base):
    __tablename__ = "order_lines"
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order = relationship(lambda: Order, lazy=False)
"#,
        &expect![[r#"
            Base: sqlalchemy, abstract
            Customer: sqlalchemy
              name
              email: unique
              id: primary key
              newest: one Order Eager
              notes: deferred
              open_orders: many Order Dynamic
              orders: many Order <> customer
              total: computed
            HasId: sqlalchemy, abstract
              id: primary key
            Order: sqlalchemy
              customer_id
              customer: one Customer Raise <> orders
              id: primary key
              lines: many OrderLine Apart
              products: proxy lines.product
              total: hybrid
            OrderLine: sqlalchemy
              order_id
              id: primary key
              order: one Order Eager
        "#]],
    );
}

#[test]
fn loading_in_all_values() {
    check(
        r#"
//- models.py
from sqlalchemy import Column, ForeignKey
from sqlalchemy.orm import declarative_base, relationship, dynamic_loader, deferred
Base = declarative_base()
class A(Base):
    __tablename__ = "a"
    b_id = Column(ForeignKey("b.id"))
    text = deferred(Column())
    a = relationship("B")
    b = relationship("B", lazy=True)
    c = relationship("B", lazy="select")
    d = relationship("B", lazy="immediate")
    e = relationship("B", lazy="joined")
    f = relationship("B", lazy=False)
    g = relationship("B", lazy="subquery")
    h = relationship("B", lazy="selectin")
    i = relationship("B", lazy="raise")
    j = relationship("B", lazy="raise_on_sql")
    k = relationship("B", lazy="noload")
    l = relationship("B", lazy=None)
    m = relationship("B", lazy="dynamic")
    n = relationship("B", lazy="write_only")
    o = dynamic_loader("B")
    p = relationship("B", lazy=COMPUTED)
class B(Base):
    __tablename__ = "b"
    id = Column(primary_key=True)
"#,
        &expect![[r#"
            A: sqlalchemy
              a: one B
              b: one B
              b_id: nullable
              c: one B
              d: one B Immediate
              e: one B Eager
              f: one B Eager
              g: one B Apart
              h: one B Apart
              i: one B Raise
              j: one B Raise
              k: one B Never
              l: one B Never
              m: one B Dynamic
              n: one B Dynamic
              o: one B Dynamic
              p: one B Eager
              text: deferred, nullable
            B: sqlalchemy
              id: primary key
        "#]],
    );
}

#[test]
fn amounts_and_reverse_sides() {
    check(
        r#"
//- models.py
import functools
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
tags = db.Table("tags", db.metadata, db.Column("x", db.ForeignKey("post.id")))
class Author(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    profile = db.relationship("Profile", uselist=False, backref="author")
    posts = db.relationship("Post", backref=db.backref("author", lazy="joined"), foreign_keys="Post.author_id")
    favourite_id = db.Column(db.ForeignKey("post.id"))
    favourite = db.relationship("Post", foreign_keys=[favourite_id])
    main_id = db.Column(db.Integer)
    main = db.relationship("Profile", foreign_keys=[main_id], primaryjoin="Profile.author_id == Author.main_id")
    edited = db.relationship("Post", primaryjoin="Post.editor_id == Author.id")
    again = db.relationship("Post", primaryjoin=lambda: Post.id == Author.favourite_id)
Column = functools.partial(db.Column, nullable=False)
class Profile(db.Model):
    author_id = Column(db.ForeignKey("author.id"))
class BlogPost(db.Model):
    id = db.Column(db.Integer, primary_key=True)
class Post(BlogPost):
    __tablename__ = "post"
    author_id = db.Column(db.Integer, db.ForeignKey(Author.id))
    editor_id = db.Column(db.ForeignKey(Author.id))
    parent_id = db.Column(db.Integer, db.ForeignKey("post.id"))
    children = db.relationship("Post", backref=db.backref("parent", remote_side="Post.id"))
    parent_again = db.relationship("Post", remote_side="Post.id")
    tags = db.relationship("models.Tag", secondary=tags, backref="posts")
    blog = db.relationship("BlogPost")
class Special(Post): ...
class Tag(db.Model):
    newest_id = db.Column(db.ForeignKey(f"{Post.__tablename__}.id"))
    newest = db.relationship(Post)
    missing = db.relationship("Missing")
"#,
        &expect![[r#"
            Author: sqlalchemy
              again: one Post
              edited: many Post
              favourite: one Post
              favourite_id: nullable
              id: primary key
              main: one Profile
              main_id: nullable
              posts: many Post <> author
              profile: one Profile <> author
            BlogPost: sqlalchemy
              id: primary key
            Post: sqlalchemy
              author: one Author Eager <> posts (reverse of Author.posts)
              author_id: nullable
              blog: one BlogPost
              children: many Post <> parent
              editor_id: nullable
              id: primary key
              parent: one Post <> children (reverse of Post.children)
              parent_again: one Post
              parent_id: nullable
              tags: many Tag <> posts
            Profile: sqlalchemy
              author: one Author <> profile (reverse of Author.profile)
              author_id: nullable
            Special: sqlalchemy
              author: one Author Eager <> posts (reverse of Author.posts)
              author_id: nullable
              blog: one BlogPost
              children: many Post <> parent
              editor_id: nullable
              id: primary key
              parent: one Post <> children (reverse of Post.children)
              parent_again: one Post
              parent_id: nullable
              tags: many Tag <> posts
            Tag: sqlalchemy
              missing: one ?
              newest: one Post
              newest_id: nullable
              posts: many Post <> tags (reverse of Post.tags)
        "#]],
    );
}

#[test]
fn declared_attributes_of_mixins() {
    check(
        r#"
//- base.py
from sqlalchemy.orm import as_declarative, declared_attr, relationship
from sqlalchemy import Column, ForeignKey
@as_declarative()
class Base:
    @declared_attr
    def __tablename__(cls): return cls.__name__.lower()
class Owned:
    owner_backref = None
    @declared_attr
    def owner_id(cls): return Column(ForeignKey("user.id"))
    @declared_attr
    def owner(cls):
        return relationship("User", lazy=True, backref=cls.owner_backref)
class User(Base):
    id = Column(primary_key=True)
class Rated:
    @declared_attr
    def rating(cls): return relationship(cls.rating_class)
    @declared_attr
    def ratings(cls): return relationship(cls.relation_name, uselist=True)
class Rating(Base): ...
class Film(Rated, Base):
    rating_class = Rating
    relation_name = "Rating"
class Abstract(Owned, Base):
    __abstract__ = True
class Car(Abstract):
    owner_backref = "cars"
class House(Owned, Base):
    owner_backref = "houses"
User.first = relationship(Car)
"#,
        &expect![[r#"
            Abstract: sqlalchemy, abstract
              owner: one User
              owner_id: nullable
            Base: sqlalchemy, abstract
            Car: sqlalchemy
              owner: one User <> cars
              owner_id: nullable
            Film: sqlalchemy
              rating: one Rating
              ratings: many Rating
            House: sqlalchemy
              owner: one User <> houses
              owner_id: nullable
            Owned: sqlalchemy, abstract
              owner: one User
              owner_id: nullable
            Rated: sqlalchemy, abstract
              rating: one ?
              ratings: many ?
            Rating: sqlalchemy
            User: sqlalchemy
              cars: many Car <> owner (reverse of Owned.owner)
              first: many Car
              houses: many House <> owner (reverse of Owned.owner)
              id: primary key
        "#]],
    );
}

#[test]
fn imperative_mappings() {
    check(
        r#"
//- shop/domain.py
from sqlalchemy.orm import Mapped
class Order:
    def __init__(self): ...
class Line:
    order: Mapped[Order]
//- shop/orm.py
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import registry, relationship
from shop import domain
mapper_registry = registry()
orders = Table("orders", mapper_registry.metadata, Column("id", Integer, primary_key=True))
lines = Table("lines", mapper_registry.metadata, Column("order_id", ForeignKey("orders.id")))
def start_mappers():
    lines_mapper = mapper_registry.map_imperatively(domain.Line, lines)
    mapper_registry.map_imperatively(
        domain.Order, orders, properties={"lines": relationship(lines_mapper), "all": relationship(domain.Line, backref="order")}
    )
"#,
        &expect![[r#"
            Line: sqlalchemy
              order: one Order <> all (reverse of Order.all)
              order_id: nullable
            Order: sqlalchemy
              all: many Line <> order
              id: primary key
              lines: many Line
        "#]],
    );
}

#[test]
fn sqlmodel() {
    check(
        r#"
//- models.py
from typing import Optional
from sqlmodel import SQLModel, Field, Relationship
class Link(SQLModel, table=True):
    team_id: int = Field(foreign_key="team.id", primary_key=True)
class HeroBase(SQLModel):
    name: str = Field(index=True)
    age: int | None = None
class Hero(HeroBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key="team.id")
    team: Optional["Team"] = Relationship(back_populates="heroes")
    teams: list["Team"] = Relationship(link_model=Link)
class HeroOut(HeroBase):
    team: "Team"
class Team(SQLModel, table=True):
    id: int = Field(primary_key=True)
    heroes: list[Hero] = Relationship(back_populates="team", sa_relationship_kwargs={"lazy": "selectin"})
    chief: "Hero" = Relationship(sa_relationship_kwargs=dict(uselist=False, lazy="joined"))
"#,
        &expect![[r#"
            Hero: sqlmodel
              age, name, team_id
              id: primary key
              team: one Team <> heroes
              teams: many Team
            Link: sqlmodel
              team_id: primary key
            Team: sqlmodel
              chief: one Hero Eager
              heroes: many Hero Apart <> team
              id: primary key
        "#]],
    );
}

#[test]
fn circles_and_broken_code() {
    check(
        r#"
//- circles.py
from sqlalchemy import Column, ForeignKey
from sqlalchemy.orm import DeclarativeBase, declared_attr, relationship
class Base(DeclarativeBase): ...
class Left(Right, Base):
    id = Column(ForeignKey("left.id"), primary_key=True)
class Right(Left):
    left = relationship(lambda: lambda: Left)
    other = relationship(f"{Left}", backref=computed(), foreign_keys="")
    @declared_attr
    def empty(cls): ...
    @declared_attr
    def circle(cls): return cls.circle
class Own(Own): ...
//- broken.py
from circles import Base, Column, relationship
class Order(Base):
    number = Column(
    lines: Mapped[ = relationship(
class Line(Base):
    order: Mapped[] = relationship(lazy=)
    number = Column(primary_key=True, )
"#,
        &expect![[r#"
            Order: sqlalchemy
            Base: sqlalchemy, abstract
            Left: sqlalchemy
              id: primary key
              left: one ?
              other: one ?
            Right: sqlalchemy
              id: primary key
              left: one ?
              other: one ?
        "#]],
    );
}

#[test]
fn bases_that_cannot_be_followed() {
    check(
        r#"
//- models.py
from sqlalchemy.orm import *
from sqlalchemy import Column
class Base(DeclarativeBase): ...
class Order(Base):
    __tablename__ = "orders"
    id = Column(primary_key=True)
class Special(Order): ...
class Other(Base): ...
"#,
        &expect![[r#"
            Order: sqlalchemy
              id: primary key
            Special: sqlalchemy
              id: primary key
        "#]],
    );
}

/// Flask-SQLAlchemy names tables after their classes. A run of capitals is one word, except that its last letter begins
/// the next.
#[test]
fn a_table_is_called_after_its_class() {
    check(
        r#"
//- shop/models.py
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import relationship
db = SQLAlchemy()
class HTTPClient(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    calls = db.relationship("Call")
class Call(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    by = db.Column(db.ForeignKey("http_client.id"))
    clients = db.relationship("HTTPClient")
"#,
        &expect![[r#"
            Call: sqlalchemy
              by: nullable
              clients: one HTTPClient
              id: primary key
            HTTPClient: sqlalchemy
              calls: many Call
              id: primary key
        "#]],
    );
}
