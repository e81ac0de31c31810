from flask import Flask

from shop.services import orders

app = Flask(__name__)


@app.errorhandler(404)
def not_found(error):
    return {"error": error.description}, 404


@app.route("/orders/<int:number>")
def order(number):
    return {"state": orders.state(number)}


@app.route("/orders/<int:number>/pay", methods=["POST"])
def pay(number):
    return {"state": orders.pay(number)}
