//! Libraries built on SQLAlchemy.

use super::*;

#[test]
fn flask() {
    check(
        "\
//- db.py
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session
class Database(SQLAlchemy): ...
class OwnSession(Session): ...
db = SQLAlchemy()
own = Database()
mine = OwnSession()
//- models.py
from db import db
class Common(db.Model):
    __abstract__ = True
    @classmethod
    def find(cls, id):
        return cls.query.get(id)
    @classmethod
    def every(cls):
        return db.session.query(cls).all()
    @classmethod
    def newest(cls, session):
        return session.query(cls).order_by(cls.id).first()
class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.Integer, db.ForeignKey('customer.id'))
    customer = db.relationship('Customer')
class Customer(Common):
    id = db.Column(db.Integer, primary_key=True)
",
        "from db import db, mine, own\nfrom models import Customer, Order\nfrom sqlalchemy import select\nfrom sqlalchemy.orm import joinedload",
        "",
        &[
            ("db.session", "session"),
            ("own.session", "session"),
            ("own.session.scalars(own.select(Order)).all()", "many Order | a query for Order"),
            ("mine.scalar(select(Order))", "Order | a query for Order"),
            ("mine.execute('select 1').all()", "many plain | session.execute"),
            ("Customer.find(1)", "Customer | a query for Customer"),
            ("Customer.every()", "many Customer | a query for Customer"),
            ("Customer.newest(db.session)", "Customer | a query for Customer"),
            ("Order.query", "query Order"),
            ("Order.query.filter_by(customer_id=1).all()", "many Order{customer{..}} | a query for Order"),
            (
                "Order.query.options(joinedload(Order.customer)).first()",
                "Order{customer} | a query for Order",
            ),
            ("Order.query.get_or_404(1)", "Order | a query for Order"),
            ("Order.query.paginate(page=1).items", "many Order | a count of Order | a query for Order"),
            ("db.session.query(Order).count()", "plain | a query for Order"),
            ("db.session.execute(db.select(Order)).scalars().all()", "many Order | a query for Order"),
            ("db.session.query(db.func.count(Order.id)).scalar()", "plain | a query"),
            ("db.get_or_404(Order, 1)", "Order | session.get(Order)"),
            ("db.paginate(db.select(Order)).items", "many Order | a count of Order | a query for Order"),
        ],
    );
}

#[test]
fn sqlmodel() {
    check(
        "\
//- models.py
from sqlmodel import Field, Relationship, SQLModel
class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: list['Hero'] = Relationship(back_populates='team')
class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key='team.id')
    team: Team | None = Relationship(back_populates='heroes')
",
        "\
from models import Hero, Team
from sqlmodel import Session, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlalchemy.orm import selectinload
",
        "session: Session, db: AsyncSession",
        &[
            ("session.exec(select(Hero)).all()", "many Hero | a query for Hero"),
            ("session.exec(select(Hero, Team)).first()", "(Hero{team}, Team) | a query for Hero"),
            (
                "session.exec(select(Hero).options(selectinload(Hero.team))).one()",
                "Hero{team} | a query for Hero",
            ),
            ("(await db.exec(select(Hero))).all()", "many Hero~ | a query for Hero"),
            ("select(Hero).where(col(Hero.id).in_([1]))", "statement Hero filtered"),
        ],
    );
}
