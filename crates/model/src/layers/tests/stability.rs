//! What an edit runs again, and that nothing depends on chance.

use super::verdicts;
use crate::fixture::Fixture;
use crate::query;

const SHOP: &str = r"
//- shop/__init__.py
//- shop/orders.py
def place(session, order):
    session.add(order)
    session.commit()
    session.refresh(order)
//- shop/service.py
from shop.orders import place
class OrderService:
    def place(self, session): return place(session, 1)
";

#[test]
fn typing_inside_a_body_runs_no_inference() {
    let mut fixture = Fixture::new(SHOP);
    let before = query::layers(&fixture.db, fixture.project);
    fixture.executed();
    fixture.edit(
        "shop/orders.py",
        "def place(session, order):\n    session.add(order)\n    session.commit()\n    session.refresh(order)\n    \
         total = sum(line.price for line in order.lines)\n    return total\n",
    );
    let after = query::layers(&fixture.db, fixture.project);
    assert_eq!(before, after);
    let executed = fixture.executed();
    assert_eq!(executed.get("signals"), Some(&1), "{executed:?}");
    assert_eq!(executed.get("layers"), None, "{executed:?}");
}

#[test]
fn a_new_router_is_seen() {
    let mut fixture = Fixture::new(SHOP);
    let _ = query::layers(&fixture.db, fixture.project);
    fixture.edit(
        "shop/orders.py",
        "from fastapi import APIRouter\nrouter = APIRouter()\n@router.post(\"/\")\ndef place(): ...\n",
    );
    assert!(verdicts(&fixture).contains("shop/orders.py presentation"), "{}", verdicts(&fixture));
}

#[test]
fn two_runs_agree() {
    assert_eq!(verdicts(&Fixture::new(SHOP)), verdicts(&Fixture::new(SHOP)));
}
