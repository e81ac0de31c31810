use crate::fixture::Fixture;
use crate::query;

const MAIN: &str = "
from fastapi import FastAPI
from orders import router
def create_app():
    app = FastAPI()
    app.include_router(router, prefix='/v1')
    return app
";
const ORDERS: &str = "
from fastapi import APIRouter
router = APIRouter()
@router.get('/orders')
def list_orders():
    return 1
";

#[test]
fn typing_in_bodies_runs_no_query_over_the_project() {
    let mut fixture = Fixture::new(&format!("//- main.py{MAIN}//- orders.py{ORDERS}"));
    let before = super::table(&fixture);
    assert_eq!(before, "GET /v1/orders orders:list_orders\n");
    fixture.executed();
    fixture.edit("orders.py", &ORDERS.replace("return 1", "return [order for order in 1]"));
    fixture.edit("main.py", &MAIN.replace("return app", "print(1)\n    return app"));
    let routes = query::routes(&fixture.db, fixture.project);
    assert_eq!(routes.list.len(), 1);
    let executed = fixture.executed();
    assert_eq!(executed.get("routes"), None, "{executed:?}");
    assert_eq!(executed.get("route_facts"), Some(&2), "{executed:?}");
    fixture.edit("main.py", &MAIN.replace("/v1", "/v2"));
    assert_eq!(super::table(&fixture), "GET /v2/orders orders:list_orders\n");
}
