//! The number of queries of a route: lenses, inlay hints and hovers, and when they are refreshed.

use serde_json::{Value, json};
use tests::client::{Client, Folder, everything};

use crate::shop::{edit, open, start};

const MODELS: &str = "\
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase): ...

class Order(Base):
    __tablename__ = 'orders'
    id: Mapped[int] = mapped_column(primary_key=True)
";

pub(crate) const REPOSITORY: &str = "\
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order


class OrderRepository:
    def __init__(self, session: Session):
        self.session = session

    def recent(self) -> list[Order]:
        return self.session.scalars(select(Order)).all()
";

pub(crate) const API: &str = "\
from fastapi import FastAPI
from sqlalchemy.orm import Session

from shop.repository import OrderRepository

app = FastAPI()


@app.get('/orders')
def listed(repository: OrderRepository):
    return repository.recent()
";

pub(crate) fn orders() -> Folder {
    Folder::new(&[
        ("shop/__init__.py", ""),
        ("shop/models.py", MODELS),
        ("shop/repository.py", REPOSITORY),
        ("shop/api.py", API),
    ])
}

/// Repeats a request until no edit makes it stale.
fn asked(client: &mut Client, method: &str, params: &Value) -> Value {
    loop {
        let id = client.ask(method, params);
        let answer = client.answer(id);
        match answer["error"]["code"].as_i64() {
            None => return answer["result"].clone(),
            Some(code) => assert_eq!(code, -32801, "{answer}"),
        }
    }
}

fn lens_titles(client: &mut Client, uri: &str) -> Vec<String> {
    let lenses = asked(client, "textDocument/codeLens", &json!({ "textDocument": { "uri": uri } }));
    let title = |lens: &Value| lens["command"]["title"].as_str().unwrap().to_owned();
    lenses.as_array().unwrap().iter().map(title).collect()
}

fn hint_labels(client: &mut Client, uri: &str) -> Vec<(Value, String)> {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": range });
    let hints = asked(client, "textDocument/inlayHint", &params);
    let words = |part: &Value| part["value"].as_str().unwrap().to_owned();
    let label = |hint: &Value| {
        (hint["position"].clone(), hint["label"].as_array().unwrap().iter().map(words).collect::<String>())
    };
    hints.as_array().unwrap().iter().map(label).collect()
}

#[test]
fn lenses_hints_and_hovers_say_how_many_queries_run() {
    let folder = orders();
    let api = folder.uri("shop/api.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &api, API);
    assert_eq!(lens_titles(&mut client, &api), ["GET /orders · 1 query"]);
    let position = json!({ "line": 10, "character": 30 });
    assert_eq!(hint_labels(&mut client, &api), [(position, "1 query".to_owned())]);
    let at = json!({ "textDocument": { "uri": api }, "position": { "line": 9, "character": 6 } });
    let hover = asked(&mut client, "textDocument/hover", &at);
    let words = hover["contents"]["value"].as_str().unwrap();
    // Names are links to their definitions; the columns of the query are given with its line.
    let link = |text: &str, uri: &str, line: u32| format!("[`{text}`](<{uri}#L{line}>)");
    let (name, repository) = (link("listed", &api, 10), folder.uri("shop/repository.py"));
    let begin = format!("{name} · 1 query per call\n\n`GET /orders` · 1 query per request");
    assert!(words.starts_with(&begin), "{words}");
    let query = link("shop/repository.py:12", &repository, 12);
    let method = link("OrderRepository.recent", &repository, 11);
    assert!(words.contains(&format!("a query for Order at {query}, through {method}")), "{words}");
    client.shut_down();
}

#[test]
fn a_change_elsewhere_is_asked_for_again() {
    let folder = orders();
    let (api, repository) = (folder.uri("shop/api.py"), folder.uri("shop/repository.py"));
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &api, API);
    open(&mut client, &repository, REPOSITORY);
    assert_eq!(lens_titles(&mut client, &api), ["GET /orders · 1 query"]);
    client.settle();
    client.heard("workspace/codeLens/refresh");
    client.heard("workspace/inlayHint/refresh");
    let again = "        self.session.get(Order, 1)\n";
    edit(&mut client, &repository, 2, [11, 0, 11, 0], again);
    client.told("workspace/codeLens/refresh", |_| true);
    client.told("workspace/inlayHint/refresh", |_| true);
    assert_eq!(lens_titles(&mut client, &api), ["GET /orders · 2 queries"]);
    client.shut_down();
}
