use expect_test::expect;

use super::check;

#[test]
fn blueprints_rules_and_resources() {
    check(
        r#"
//- shop/__init__.py
//- shop/app.py
from flask import Flask
from shop.views import bp, admin, api_bp
def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp)
    app.register_blueprint(admin, url_prefix="/manage")
    app.register_blueprint(api_bp)
    @app.route("/health")
    def health(): ...
    return app
//- shop/views.py
from flask import Blueprint
from flask.views import MethodView
from flask_restx import Api, Namespace, Resource
from flask_login import login_required
bp = Blueprint("shop", __name__, url_prefix="/shop")
admin = Blueprint("admin", __name__, url_prefix="/admin")
@bp.route("/orders", methods=["GET", "POST"])
@login_required
def orders(): ...
@bp.post("/orders/<int:id>")
def change(id): ...
@admin.route("/")
def index(): ...
class Items(MethodView):
    def get(self): ...
    def post(self): ...
bp.add_url_rule("/items", view_func=Items.as_view("items"))
bp.add_url_rule("/other", view_func=login_required(change), methods=["PUT"])
api_bp = Blueprint("api", __name__, url_prefix="/api/v1")
api = Api(api_bp)
ns = Namespace("users")
api.add_namespace(ns, "/people")
other = Namespace("other")
api.add_namespace(other)
@ns.route("/<id>")
class User(Resource):
    method_decorators = [login_required]
    def get(self, id): ...
    def delete(self, id): ...
@other.route("")
class Other(Resource):
    def get(self): ...
class Plain(Resource):
    def get(self): ...
api.add_resource(Plain, "/plain", "/plain/<id>")
"#,
        &expect![[r#"
            GET /api/v1/other shop.views:Other.get
            DELETE /api/v1/people/<id> shop.views:User.delete ! login_required
            GET /api/v1/people/<id> shop.views:User.get ! login_required
            GET /api/v1/plain shop.views:Plain.get
            GET /api/v1/plain/<id> shop.views:Plain.get
            GET /health shop.app:health
            GET /manage/ shop.views:index
            GET /shop/items shop.views:Items.get
            POST /shop/items shop.views:Items.post
            GET,POST /shop/orders shop.views:orders ! login_required
            POST /shop/orders/<int:id> shop.views:change
            PUT /shop/other shop.views:change ! login_required
        "#]],
    );
}

#[test]
fn routers_that_are_handed_on() {
    check(
        r#"
//- a.py
from flask import Blueprint, Flask
from views import add_rules, more_rules
dataset = Blueprint("dataset", __name__, url_prefix="/dataset")
other = Blueprint("other", __name__, url_prefix="/other")
add_rules(dataset)
def create_app():
    app = Flask(__name__)
    app.register_blueprint(dataset)
    add_rules(app)
    more_rules(bp=other)
    return app
//- views.py
from library import make_view
def read(): ...
def add_rules(blueprint):
    blueprint.add_url_rule("/<id>", view_func=read)
    blueprint.add_url_rule("/made", view_func=make_view("made"))
def more_rules(bp):
    @bp.route("/more")
    def more(): ...
"#,
        &expect![[r#"
            GET /<id> views:read
            GET /dataset/<id> views:read
            GET /dataset/made views:make_view("made")?
            GET /made views:make_view("made")?
            GET /other/more views:more
        "#]],
    );
}

#[test]
fn views_in_variables_and_methods_of_enumerations() {
    check(
        r#"
//- shop/__init__.py
//- shop/constants.py
import enum
class Verb(str, enum.Enum):
    GET = "GET"
    POST = "POST"
class Settings:
    GET = "GET"
//- shop/web.py
from http import HTTPMethod as Known
from flask import Blueprint, Flask
from flask.views import MethodView
from flask_login import login_required
from shop.constants import Settings, Verb
class Kept(MethodView):
    def get(self): ...
    def put(self): ...
def orders(): ...
def blueprint():
    bp = Blueprint("locks", __name__, url_prefix="/locks")
    kept = Kept.as_view("kept")
    bp.add_url_rule("/kept", view_func=kept, methods=[Verb.GET.value])
    closed = login_required(Kept.as_view("closed"))
    bp.add_url_rule("/closed", view_func=closed, methods=["PUT"])
    return bp
app = Flask(__name__)
app.register_blueprint(blueprint())
app.add_url_rule("/orders", view_func=orders, methods=[Verb.GET.value, Verb.POST])
app.add_url_rule("/known", view_func=orders, methods=[Known.GET, Known.DELETE.value])
app.add_url_rule("/no-member", view_func=orders, methods=[Settings.GET.value])
"#,
        &expect![[r#"
            DELETE,GET /known shop.web:orders
            PUT /locks/closed shop.web:Kept.put ! login_required
            GET /locks/kept shop.web:Kept.get
            {SETTINGS.GET.VALUE} /no-member shop.web:orders
            GET,POST /orders shop.web:orders
        "#]],
    );
}
