//! The data for pictures, as text.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use rules::baseline::{Baseline, Entry, FILE_NAME};

use super::*;
use crate::fixture::Fixture;

const SHOP: &str = r#"
//- /pyproject.toml
[project]
name = "shop"
//- /architrave.toml
style = "clean"
//- /shop/__init__.py
//- /shop/main.py
from fastapi import FastAPI
from shop.api.orders import router
app = FastAPI()
app.include_router(router)
//- /shop/api/__init__.py
//- /shop/api/orders.py
from fastapi import APIRouter
from shop.application.orders import close, place
router = APIRouter()
@router.get("/orders")
def orders(): return place(close())
//- /shop/application/__init__.py
//- /shop/application/orders.py
from typing import TYPE_CHECKING
from shop.domain.order import (
    Order,
    Line,
)
if TYPE_CHECKING:
    from shop.domain import money
def place(order: "Order"): return Line(order)
def close():
    from shop.infrastructure.database import save
    return save(Order())
//- /shop/domain/__init__.py
//- /shop/domain/money.py
import shop.domain.order
class Money: ...
//- /shop/domain/order.py
from dataclasses import dataclass
from shop.domain.money import Money
from shop.application import orders
@dataclass
class Order:
    price: Money
class Line: ...
//- /shop/infrastructure/__init__.py
//- /shop/infrastructure/database.py
from sqlalchemy import select
def save(order): return select(order)
//- /tests/test_orders.py
from shop.application.orders import place
"#;

fn built(text: &str) -> Architecture {
    let fixture = Fixture::new(text);
    let snapshot = fixture.workspace.snapshot();
    architecture(&snapshot, snapshot.projects()[0])
}

fn check(text: &str, render: impl Fn(&Architecture) -> String, expected: &Expect) {
    expected.assert_eq(&render(&built(text)));
}

/// The label of an item.
fn item(it: &Architecture, item: Item) -> &str {
    match item {
        Item::Folder(folder) => &it.folders[folder as usize].name,
        Item::Module(module) => &it.modules[module as usize].name,
    }
}

fn module(it: &Architecture, index: u32) -> &str {
    &it.modules[index as usize].name
}

fn boxes(it: &Architecture) -> String {
    let mut out = String::new();
    let label = |index: u32| {
        let cell = &it.picture.boxes[index as usize];
        let lane = it.lanes[cell.lane as usize].layer.unwrap_or("-");
        format!("{lane}/{}", cell.item.map_or("rest", |whose| item(it, whose)))
    };
    for (index, cell) in it.picture.boxes.iter().enumerate() {
        writeln!(out, "{} ({})", label(index as u32), cell.modules.len()).unwrap();
    }
    for edge in &it.picture.edges {
        let wrong = if edge.violations.is_empty() { "" } else { ", wrong" };
        writeln!(out, "{} -> {}: {}{wrong}", label(edge.from), label(edge.to), edge.weight).unwrap();
    }
    out.extend(it.picture.folded.as_ref().map(|folded| format!("{folded}\n")));
    out
}

#[test]
fn modules_lie_in_folders_and_layers() {
    let render = |it: &Architecture| {
        let mut out = String::new();
        for folder in &it.folders {
            writeln!(out, "{} in {:?}: {}", folder.name, folder.parent, folder.modules).unwrap();
        }
        for it in &it.modules {
            let layer = it.layer.unwrap_or("-");
            writeln!(out, "{} ({}) in {}: {layer}, sure: {}", it.name, it.path, it.folder, it.is_sure)
                .unwrap();
        }
        writeln!(out, "{:?}", it.left_out).unwrap();
        out
    };
    check(
        SHOP,
        render,
        &expect![[r#"
        shop in None: 6
        shop.api in Some(0): 1
        shop.application in Some(0): 1
        shop.domain in Some(0): 2
        shop.infrastructure in Some(0): 1
        shop.api.orders (shop/api/orders.py) in 1: presentation, sure: true
        shop.application.orders (shop/application/orders.py) in 2: application, sure: true
        shop.domain.money (shop/domain/money.py) in 3: domain, sure: true
        shop.domain.order (shop/domain/order.py) in 3: domain, sure: true
        shop.infrastructure.database (shop/infrastructure/database.py) in 4: infrastructure, sure: true
        shop.main (shop/main.py) in 0: composition, sure: true
        LeftOut { tests: 1, migrations: 0, aside: 0, empty_packages: 5 }
    "#]],
    );
}

#[test]
fn imports_have_lines_names_and_a_time() {
    let render = |it: &Architecture| {
        let mut out = String::new();
        for Import { from, to, line, when, names } in &it.imports {
            let (from, to) = (module(it, *from), module(it, *to));
            writeln!(out, "{from}:{line} {when:?} {to} {names:?}").unwrap();
        }
        out
    };
    check(
        SHOP,
        render,
        &expect![[r#"
        shop.api.orders:2 Load shop.application.orders ["close", "place"]
        shop.application.orders:7 TypeChecking shop.domain.money ["money"]
        shop.application.orders:3 Load shop.domain.order ["Order", "Line"]
        shop.application.orders:10 Call shop.infrastructure.database ["save"]
        shop.domain.money:1 Load shop.domain.order []
        shop.domain.order:3 Load shop.application.orders ["orders"]
        shop.domain.order:2 Load shop.domain.money ["Money"]
        shop.main:2 Load shop.api.orders ["router"]
    "#]],
    );
}

#[test]
fn findings_name_the_imports_that_they_are_about() {
    let render = |it: &Architecture| {
        let mut out = String::new();
        for it_is in &it.violations {
            writeln!(out, "{} {} {}:{}", it_is.level, it_is.rule, module(it, it_is.module), it_is.line)
                .unwrap();
            for import in &it_is.imports {
                let Import { from, to, line, .. } = &it.imports[*import as usize];
                writeln!(out, "  {} -> {} on {line}", module(it, *from), module(it, *to)).unwrap();
            }
        }
        for cycle in &it.cycles {
            let names: Vec<&str> = cycle.shortest.iter().map(|index| module(it, *index)).collect();
            writeln!(out, "cycle of {}: {names:?}, at import: {}", cycle.modules.len(), cycle.at_import_time)
                .unwrap();
        }
        out
    };
    check(
        SHOP,
        render,
        &expect![[r#"
        warning layer-violation shop.application.orders:10
          shop.application.orders -> shop.infrastructure.database on 10
        warning circular-import shop.domain.order:3
          shop.domain.order -> shop.application.orders on 3
        warning layer-violation shop.domain.order:3
          shop.domain.order -> shop.application.orders on 3
        cycle of 3: ["shop.domain.order", "shop.application.orders"], at import: true
    "#]],
    );
}

#[test]
fn a_small_project_is_opened() {
    check(
        SHOP,
        boxes,
        &expect![[r#"
        composition/shop.main (1)
        presentation/shop.api.orders (1)
        infrastructure/shop.infrastructure.database (1)
        application/shop.application.orders (1)
        domain/shop.domain.money (1)
        domain/shop.domain.order (1)
        composition/shop.main -> presentation/shop.api.orders: 1
        presentation/shop.api.orders -> application/shop.application.orders: 1
        application/shop.application.orders -> infrastructure/shop.infrastructure.database: 1, wrong
        application/shop.application.orders -> domain/shop.domain.money: 1
        application/shop.application.orders -> domain/shop.domain.order: 1
        domain/shop.domain.money -> domain/shop.domain.order: 1
        domain/shop.domain.order -> application/shop.application.orders: 1, wrong
        domain/shop.domain.order -> domain/shop.domain.money: 1
    "#]],
    );
}

#[test]
fn what_is_accepted_is_no_wrong_edge() {
    let is_direction = |it: &&Violation| it.rule == "layer-violation";
    let path = "shop/application/orders.py";
    let fixture = Fixture::new(SHOP);
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file(&camino::Utf8Path::new("/project").join(path)).unwrap();
    let found = crate::diagnostics(&snapshot, file);
    let found = found.iter().find(|it| it.rule == "layer-violation").unwrap();
    let baseline = Baseline::of([Entry::new(path, found.rule, &found.fingerprint.0, "")]).to_text(None);
    for (text, accepted) in
        [(SHOP.to_owned(), false), (format!("{SHOP}\n//- /{FILE_NAME}\n{baseline}"), true)]
    {
        let it = built(&text);
        let violation = it.violations.iter().find(is_direction).unwrap();
        assert_eq!((violation.is_accepted, violation.level), (accepted, "warning"));
        let index = it.violations.iter().position(|it| it.rule == "layer-violation").unwrap() as u32;
        let is_wrong = it.picture.edges.iter().any(|edge| edge.violations.contains(&index));
        assert_eq!(is_wrong, !accepted);
    }
}

/// A project of `count` sibling packages, each with a route and a service; one of them breaks a direction.
fn wide(count: usize) -> String {
    let mut text =
        "//- /architrave.toml\nstyle = \"clean\"\n//- /pyproject.toml\n[project]\nname = \"shop\"\n"
            .to_owned();
    text += "//- /shop/__init__.py\n";
    for number in 0..count {
        let wrong = if number == count - 1 {
            format!("from shop.p{number}.routes import router\n")
        } else {
            String::new()
        };
        write!(
            text,
            "//- /shop/p{number}/__init__.py\n\
             //- /shop/p{number}/routes.py\nfrom fastapi import APIRouter\nfrom shop.p{number}.service import serve\n\
             router = APIRouter()\n@router.get('/p{number}')\ndef get(): return serve()\n\
             //- /shop/p{number}/service.py\n{wrong}def serve(): return {number}\n",
        )
        .unwrap();
    }
    text
}

#[test]
fn a_wide_project_is_folded_and_says_so() {
    let it = built(&wide(60));
    assert!(it.picture.boxes.len() <= picture::MOST_BOXES, "{}", it.picture.boxes.len());
    let all: usize = it.picture.boxes.iter().map(|cell| cell.modules.len()).sum();
    assert_eq!(all, it.modules.len(), "every module has a box");
    let shown: Vec<&str> = it.picture.shown.iter().map(|shown| item(&it, *shown)).collect();
    assert!(shown.contains(&"shop.p59"), "what is wrong is shown: {shown:?}");
    assert_eq!(shown.len() + it.picture.rest.len(), 60);
    let folded = it.picture.folded.unwrap();
    assert!(folded.starts_with(&format!("{} packages with", it.picture.rest.len())), "{folded}");
}

#[test]
fn scripts_beside_a_wide_package_leave_boxes_for_its_parts() {
    let mut text = wide(60);
    for number in 0..6 {
        write!(text, "//- /tools/t{number}/__init__.py\n//- /tools/t{number}/run.py\ndef run(): return 1\n")
            .unwrap();
    }
    let it = built(&text);
    assert!(it.picture.boxes.len() <= picture::MOST_BOXES, "{}", it.picture.boxes.len());
    let shown: Vec<&str> = it.picture.shown.iter().map(|shown| item(&it, *shown)).collect();
    assert!(shown.contains(&"shop.p59") && !shown.contains(&"shop"), "{shown:?}");
}

#[test]
fn the_same_project_is_the_same_value() {
    assert_eq!(built(SHOP), built(SHOP));
}

#[test]
fn an_empty_project_is_an_empty_picture() {
    let it = built("//- /readme.txt\nnothing\n");
    assert!(it.modules.is_empty() && it.picture.boxes.is_empty() && it.lanes.is_empty());
}
