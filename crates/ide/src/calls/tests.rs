//! Call hierarchies of queries as trees: each call with the text of its call sites.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use workspace::Snapshot;

use super::{Call, CallData, CallItem, incoming, outgoing, prepare};
use crate::fixture::{Fixture, ORDER_ROUTES, ORDERS};

/// The direction in which calls are followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Way {
    fn calls(self, snapshot: &Snapshot, data: &CallData) -> Vec<Call> {
        match self {
            Way::Up => incoming(snapshot, data),
            Way::Down => outgoing(snapshot, data),
        }
    }
}

/// The hierarchy from the first `name` in a file.
#[track_caller]
fn check(path: &str, name: &str, way: Way, expected: &Expect) {
    let fixture = Fixture::new(&format!("{ORDERS}{ORDER_ROUTES}"));
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file(format!("/project/{path}").as_str().into()).expect("a file of the fixture");
    let offset = snapshot.text(file).as_str().find(name).expect("in the text") as u32;
    let mut out = String::new();
    if let Some(item) = prepare(&snapshot, file, offset + 1) {
        tell(&snapshot, &item, &[], way, 0, &mut out);
    }
    expected.assert_eq(&out);
}

fn tell(snapshot: &Snapshot, item: &CallItem, sites: &[String], way: Way, depth: usize, out: &mut String) {
    let text = snapshot.text(item.file);
    assert!(item.whole.start <= item.name_span.start && item.name_span.end <= item.whole.end);
    let cost = item.detail.as_deref().unwrap_or("-");
    let name = text.slice(item.name_span);
    let indentation = "  ".repeat(depth);
    let _ = writeln!(out, "{indentation}{:?} {} ({cost}) at {name} by {sites:?}", item.kind, item.name);
    for call in way.calls(snapshot, &item.data) {
        // Call sites are in the caller.
        let text = snapshot.text(if way == Way::Up { call.item.file } else { item.file });
        let sites: Vec<String> = call.sites.iter().map(|span| text.slice(*span).to_owned()).collect();
        tell(snapshot, &call.item, &sites, way, depth + 1, out);
    }
}

#[test]
fn from_a_query_up_to_the_routes() {
    check(
        "shop/repository.py",
        "scalars(",
        Way::Up,
        &expect![[r#"
        Query a query for Order (-) at self.session.scalars(select(Order)) by []
          Method OrderRepository.recent (1 query) at recent by ["self.session.scalars(select(Order))"]
            Method OrderRepository.owners (1 + N(orders) queries) at owners by ["self.recent()"]
              Function listed (1 + N(orders) queries) at listed by ["repository.owners()"]
                Route GET /v1/orders/owners (2 + N(orders) queries) at listed by ["listed"]
    "#]],
    );
}

#[test]
fn from_a_function_up_to_the_routes() {
    check(
        "shop/api.py",
        "current_user",
        Way::Up,
        &expect![[r#"
        Function current_user (1 query) at current_user by []
          Route GET /v1/orders/owners (2 + N(orders) queries) at listed by ["listed"]
    "#]],
    );
}

#[test]
fn from_a_handler_down_to_the_queries() {
    check(
        "shop/api.py",
        "listed",
        Way::Down,
        &expect![[r#"
        Function listed (1 + N(orders) queries) at listed by []
          Method OrderRepository.owners (1 + N(orders) queries) at owners by ["repository.owners()"]
            Query session.get(User) (-) at self.session.get(User, order.user_id) by ["self.session.get(User, order.user_id)"]
            Method OrderRepository.recent (1 query) at recent by ["self.recent()"]
              Query a query for Order (-) at self.session.scalars(select(Order)) by ["self.session.scalars(select(Order))"]
    "#]],
    );
}

#[test]
fn what_is_called_is_what_is_asked_for() {
    check(
        "shop/api.py",
        "owners()",
        Way::Up,
        &expect![[r#"
        Method OrderRepository.owners (1 + N(orders) queries) at owners by []
          Function listed (1 + N(orders) queries) at listed by ["repository.owners()"]
            Route GET /v1/orders/owners (2 + N(orders) queries) at listed by ["listed"]
    "#]],
    );
}

#[test]
fn what_runs_no_query_has_none() {
    check("shop/repository.py", "name(self)", Way::Up, &expect![[r#""#]]);
}

#[test]
fn a_route_runs_what_it_depends_on() {
    let fixture = Fixture::new(&format!("{ORDERS}{ORDER_ROUTES}"));
    let snapshot = fixture.workspace.snapshot();
    let data = CallData {
        path: "/project/shop/api.py".into(),
        function: "listed".to_owned(),
        route: Some("GET /v1/orders/owners".to_owned()),
        effect: None,
    };
    let calls = outgoing(&snapshot, &data);
    let names: Vec<&str> = calls.iter().map(|call| call.item.name.as_str()).collect();
    assert_eq!(names, ["current_user", "listed"]);
    assert_eq!(incoming(&snapshot, &data), []);
}

#[test]
fn what_is_gone_has_none() {
    let fixture = Fixture::new(ORDERS);
    let snapshot = fixture.workspace.snapshot();
    for (path, effect) in [("/project/shop/repository.py", Some(99)), ("/project/gone.py", None)] {
        let data = CallData { path: path.into(), function: "gone".to_owned(), route: None, effect };
        assert!(incoming(&snapshot, &data).is_empty() && outgoing(&snapshot, &data).is_empty());
    }
}
