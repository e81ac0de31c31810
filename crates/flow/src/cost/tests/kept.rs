//! What objects and modules keep.

use super::table;

#[test]
fn what_an_object_keeps_is_computed_once_for_it() {
    expect_test::expect![[r#"
        GET /function  2
        GET /made_anew  1 + N(orders)
        GET /method  2
        GET /of_row  1 + N(orders)
        GET /property  2
        GET /through_method  2
    "#]]
    .assert_eq(&table(
        r#"
//- shop/models.py
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    number = db.Column(db.Integer)
    _users = None
    def users(self):
        if self._users is None:
            self._users = User.query.count()
        return self._users
//- shop/api.py
from functools import cached_property
from flask import Flask, jsonify
from shop.models import Order, User
app = Flask(__name__)
_users = None
def users():
    global _users
    if _users is None:
        _users = User.query.count()
    return _users
class Figures:
    def __init__(self):
        self._total = None
    @cached_property
    def users(self):
        return User.query.count()
    @property
    def total(self):
        if self._total is None:
            self._total = User.query.count()
        return self._total
    def orders(self):
        if not hasattr(self, "_orders"):
            self._orders = Order.query.count()
        return self._orders
    def share(self, order):
        return order.number / self.users
@app.get("/property")
def property_():
    figures = Figures()
    return jsonify([order.number / figures.total for order in Order.query.all()])
@app.get("/method")
def method():
    figures = Figures()
    found = []
    for order in Order.query.all():
        found.append(order.number / figures.orders())
    return jsonify(found)
@app.get("/through_method")
def through_method():
    figures = Figures()
    return jsonify([figures.share(order) for order in Order.query.all()])
@app.get("/made_anew")
def made_anew():
    found = []
    for order in Order.query.all():
        figures = Figures()
        found.append(order.number / figures.total)
    return jsonify(found)
@app.get("/of_row")
def of_row():
    return jsonify([order.users() for order in Order.query.all()])
@app.get("/function")
def function():
    return jsonify([order.number / users() for order in Order.query.all()])
"#,
    ));
}
