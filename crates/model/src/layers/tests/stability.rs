//! Which queries an edit runs again, and that results are deterministic.

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

/// For an unknown name it only matters whether it belongs to the project; each typed letter yields another name.
#[test]
fn typing_the_name_of_an_import_runs_no_inference_after_the_first_letter() {
    let mut fixture = Fixture::new(SHOP);
    let _ = query::layers(&fixture.db, fixture.project);
    fixture.edit("shop/service.py", "import u\nclass OrderService: ...\n");
    let _ = query::layers(&fixture.db, fixture.project);
    fixture.executed();
    for name in ["un", "unk", "unkn, other"] {
        fixture.edit("shop/service.py", &format!("import {name}\nclass OrderService: ...\n"));
        let _ = query::layers(&fixture.db, fixture.project);
    }
    let executed = fixture.executed();
    assert_eq!(executed.get("signals_seen"), Some(&3), "{executed:?}");
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
