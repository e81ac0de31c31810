//! Routes whose handler is inherited.

use super::table;

#[test]
fn a_handler_that_a_view_inherits_costs_what_the_view_makes_of_it() {
    expect_test::expect![[r#"
        GET /orders  1 + N(orders)
        GET /users  1
    "#]]
    .assert_eq(&table(
        r#"
//- shop/models.py
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)
class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.ForeignKey("user.id"))
    user = db.relationship(User)
//- shop/api.py
from flask import Flask, jsonify
from flask.views import MethodView
from shop.models import Order, User
app = Flask(__name__)
class Rows(MethodView):
    def get(self):
        return jsonify([self.line(row) for row in self.rows()])
    def rows(self):
        return []
    def line(self, row):
        return str(row)
class Users(Rows):
    def rows(self):
        return User.query.all()
    def line(self, row):
        return row.name
class Orders(Rows):
    def rows(self):
        return Order.query.all()
    def line(self, row):
        return row.user.name
app.add_url_rule("/users", view_func=Users.as_view("users"))
app.add_url_rule("/orders", view_func=Orders.as_view("orders"))
"#,
    ));
}
