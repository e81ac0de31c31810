//! Refactorings: all files that one changes, as they are afterwards. Each result is checked against what any change
//! must preserve: the files parse, and no name in them has lost its meaning.

mod members;
mod refused;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use source::apply_edits;
use workspace::Change;

use super::*;
use crate::fixture::Fixture;

/// A backend with a domain, an application with an injected infrastructure class, and nothing between them.
const SHOP: &str = "
//- /pyproject.toml
[project]
name = \"shop\"
//- /shop/__init__.py
//- /shop/domain/__init__.py
//- /shop/domain/order.py
from dataclasses import dataclass
@dataclass
class Order:
    number: str
//- /shop/application/__init__.py
//- /shop/infrastructure/__init__.py
//- /shop/infrastructure/tables.py
from sqlalchemy import Column, Integer
class Row:
    id = Column(Integer)
";

/// The files after the action at the cursor whose title begins with `title`; what they must preserve is checked.
#[track_caller]
pub(super) fn check(files: &str, title: &str, abilities: Abilities, expected: &Expect) {
    let mut fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let range = Span::new(fixture.offset, fixture.offset);
    let offered = actions(&snapshot, fixture.file(), range, &[], Reach::Project);
    let Some(action) = offered.iter().find(|action| action.title.starts_with(title)) else {
        return expected.assert_eq("not offered");
    };
    let changes = match attempt(&snapshot, &action.data, abilities) {
        Ok(Resolved { changes, .. }) => changes,
        Err(refusal) => return expected.assert_eq(&format!("not done: {refusal}")),
    };
    let mut after: Vec<(Utf8PathBuf, String)> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for edit in &changes.edits {
        let text = apply_edits(snapshot.text(edit.file).as_str(), &edit.edits).expect("edits fit");
        let path = edit.file.path(snapshot.db()).clone();
        known.extend(unresolved(&snapshot, &path));
        after.push((path, text));
    }
    after.extend(changes.created.iter().map(|file| (file.path.clone(), file.contents.clone())));
    after.sort();
    drop(snapshot);
    let written = after.iter().map(|(path, text)| Change::Open {
        path: path.clone(),
        version: 1,
        text: text.as_str().into(),
    });
    fixture.workspace.apply(written.collect());
    let snapshot = fixture.workspace.snapshot();
    let mut shown = String::new();
    for (path, text) in &after {
        assert!(python::parse(text).is_whole(), "{path} doesn't parse:\n{text}");
        let lost: Vec<String> =
            unresolved(&snapshot, path).into_iter().filter(|name| !known.contains(name)).collect();
        assert!(lost.is_empty(), "{path}: {lost:?} mean nothing in\n{text}");
        let path = path.strip_prefix("/project").unwrap_or(path);
        let _ = write!(shown, "//- {path}\n{}", text.replace('\r', "<CR>"));
    }
    expected.assert_eq(&shown);
}

/// The unbound names in a file: without import, definition or builtin; and imports that don't resolve.
fn unresolved(snapshot: &Snapshot, path: &camino::Utf8Path) -> Vec<String> {
    let Some((project, file)) = snapshot.project_of(path) else { return vec![format!("{path}")] };
    let Some(cx) = view::query::context(snapshot.db(), project, file) else { return Vec::new() };
    let definitions = &cx.module.definitions;
    let mut mentioned: BTreeSet<String> = BTreeSet::new();
    let arenas = cx.module.bodies.list.iter().map(|body| &body.exprs).chain([&definitions.exprs]);
    for arena in arenas {
        mentioned.extend(arena.list.iter().filter_map(|expr| match expr {
            python::Expr::Name(name) => Some(name.to_string()),
            _ => None,
        }));
    }
    let bound_in_bodies: BTreeSet<&str> = definitions
        .functions
        .iter()
        .flat_map(|function| function.parameters.iter().map(|parameter| parameter.name.as_str()))
        .chain(
            definitions.functions.iter().flat_map(|it| it.type_parameters.iter().map(python::Name::as_str)),
        )
        .chain(definitions.classes.iter().flat_map(|it| it.type_parameters.iter().map(python::Name::as_str)))
        .collect();
    let missing = cx.imports().filter_map(|view| match &view.resolved.target {
        model::Target::Missing(name) => Some(name.to_string()),
        _ => None,
    });
    let unknown = mentioned.into_iter().filter(|name| {
        !bound_in_bodies.contains(name.as_str())
            && !model::is_builtin(name)
            && model::query::head(snapshot.db(), project, cx.id, name.as_str().into()) == model::Head::Unknown
    });
    unknown.chain(missing).collect()
}

const REPOSITORY: &str = "//- /shop/infrastructure/orders.py
from sqlalchemy.orm import Session

from shop.domain.order import Order


class SqlOrders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, number: str, *, lock: bool = False) -> Order | None:
        \"\"\"The order with this number.

        Nothing where there is none.
        \"\"\"
        return self.session.get(Order, number)

    async def add(self, order: \"Order\", /, *notes: str, **more: int) -> None:
        self.session.add(order)

    def raw(self) -> Session:
        return self.session
";

const SERVICE: &str = "//- /shop/application/ship.py
from shop.infrastructure.orders import SqlOrders


class Shipping:
    def __init__(self, orders: SqlOrders) -> None:
        self.orders = orders

    def ship(self, number: str) -> None:
        order = self.orders.get(number)
        print(order)
";

/// With the cursor on the class.
fn on_class(text: &str) -> String {
    text.replacen("class SqlOrders", "class Sql$0Orders", 1)
}

#[test]
fn a_protocol_of_all_public_members() {
    check(
        &on_class(REPOSITORY),
        "Extract Protocol from all",
        Abilities::ALL,
        &expect![[r#"
            //- shop/domain/ports.py
            from __future__ import annotations

            from typing import TYPE_CHECKING, Protocol

            from shop.domain.order import Order

            if TYPE_CHECKING:
                from sqlalchemy.orm import Session


            class Orders(Protocol):
                def get(self, number: str, *, lock: bool = ...) -> Order | None:
                    """The order with this number.

                    Nothing where there is none.
                    """
                    ...

                async def add(self, order: Order, /, *notes: str, **more: int) -> None: ...

                def raw(self) -> Session: ...
        "#]],
    );
}

#[test]
fn a_protocol_of_the_members_used() {
    let files = format!("{}{SERVICE}", on_class(REPOSITORY));
    check(
        &files,
        "Extract Protocol from the members used",
        Abilities::ALL,
        &expect![[r#"
            //- shop/application/ship.py
            from shop.domain.ports import Orders


            class Shipping:
                def __init__(self, orders: Orders) -> None:
                    self.orders = orders

                def ship(self, number: str) -> None:
                    order = self.orders.get(number)
                    print(order)
            //- shop/domain/ports.py
            from typing import Protocol

            from shop.domain.order import Order


            class Orders(Protocol):
                def get(self, number: str, *, lock: bool = ...) -> Order | None:
                    """The order with this number.

                    Nothing where there is none.
                    """
                    ...
        "#]],
    );
}

#[test]
fn where_no_file_can_be_written() {
    let files = format!("{}{SERVICE}", on_class(REPOSITORY));
    let abilities = Abilities { create_files: false };
    check(
        &files,
        "Extract Protocol from the members used",
        abilities,
        &expect![[r#"
            //- shop/application/ship.py
            from shop.infrastructure.orders import Orders


            class Shipping:
                def __init__(self, orders: Orders) -> None:
                    self.orders = orders

                def ship(self, number: str) -> None:
                    order = self.orders.get(number)
                    print(order)
            //- shop/infrastructure/orders.py
            from typing import Protocol

            from sqlalchemy.orm import Session

            from shop.domain.order import Order


            class Orders(Protocol):
                def get(self, number: str, *, lock: bool = ...) -> Order | None:
                    """The order with this number.

                    Nothing where there is none.
                    """
                    ...


            class SqlOrders:
                def __init__(self, session: Session) -> None:
                    self.session = session

                def get(self, number: str, *, lock: bool = False) -> Order | None:
                    """The order with this number.

                    Nothing where there is none.
                    """
                    return self.session.get(Order, number)

                async def add(self, order: "Order", /, *notes: str, **more: int) -> None:
                    self.session.add(order)

                def raw(self) -> Session:
                    return self.session
        "#]],
    );
}

#[test]
fn into_the_ports_that_are_there() {
    let ports = "//- /shop/application/ports.py
import abc


class Clock(abc.ABC):
    @abc.abstractmethod
    def now(self) -> int: ...


__all__ = [\"Clock\"]
";
    let files = format!("{}{SERVICE}{ports}", on_class(REPOSITORY));
    check(
        &files,
        "Extract Protocol from the members used",
        Abilities::ALL,
        &expect![[r#"
            //- shop/application/ports.py
            import abc
            from typing import Protocol

            from shop.domain.order import Order


            class Clock(abc.ABC):
                @abc.abstractmethod
                def now(self) -> int: ...


            __all__ = ["Clock", "Orders"]


            class Orders(Protocol):
                def get(self, number: str, *, lock: bool = ...) -> Order | None:
                    """The order with this number.

                    Nothing where there is none.
                    """
                    ...
            //- shop/application/ship.py
            from shop.application.ports import Orders


            class Shipping:
                def __init__(self, orders: Orders) -> None:
                    self.orders = orders

                def ship(self, number: str) -> None:
                    order = self.orders.get(number)
                    print(order)
        "#]],
    );
}

#[test]
fn relative_imports_line_endings_and_dataclass_fields() {
    let service = "//- /shop/application/ship.py
from dataclasses import dataclass

from ..domain.order import Order
from ..infrastructure.orders import SqlOrders


@dataclass
class Shipping:
    orders: SqlOrders

    def ship(self, number: str) -> Order | None:
        return self.orders.get(number)
";
    let files = format!("{}{}", on_class(REPOSITORY), service).replace('\n', "\r\n");
    check(
        &files,
        "Extract Protocol from the members used",
        Abilities::ALL,
        &expect![[r#"
            //- shop/application/ship.py
            from dataclasses import dataclass<CR>
            <CR>
            from ..domain.order import Order<CR>
            from ..domain.ports import Orders<CR>
            <CR>
            <CR>
            @dataclass<CR>
            class Shipping:<CR>
                orders: Orders<CR>
            <CR>
                def ship(self, number: str) -> Order | None:<CR>
                    return self.orders.get(number)<CR>
            //- shop/domain/ports.py
            from typing import Protocol<CR>
            <CR>
            from shop.domain.order import Order<CR>
            <CR>
            <CR>
            class Orders(Protocol):<CR>
                def get(self, number: str, *, lock: bool = ...) -> Order | None:<CR>
                    """The order with this number.<CR>
            <CR>
                    Nothing where there is none.<CR>
                    """<CR>
                    ...<CR>
        "#]],
    );
}

#[test]
fn the_file_that_is_created_is_shown_at_the_protocol() {
    let show = |files: &str| {
        let fixture = Fixture::new(&format!("{SHOP}{files}"));
        let snapshot = fixture.workspace.snapshot();
        let range = Span::new(fixture.offset, fixture.offset);
        let offered = actions(&snapshot, fixture.file(), range, &[], Reach::File);
        let action = offered.iter().find(|action| action.title.starts_with("Extract Protocol"))?;
        let show = resolve(&snapshot, &action.data, Abilities::ALL)?.show?;
        let selected = show.contents[show.span.start as usize..show.span.end as usize].to_owned();
        Some((show.path, selected))
    };
    let class = REPOSITORY.replace("class SqlOrders", "class Sql$0Orders");
    assert_eq!(
        show(&format!("{class}{SERVICE}")),
        Some(("/project/shop/domain/ports.py".into(), "Orders".to_owned()))
    );
    let there = "//- /shop/domain/ports.py\nfrom typing import Protocol\n\nclass Clock(Protocol):\n    def now(self): ...\n";
    assert_eq!(show(&format!("{class}{SERVICE}{there}")), None, "it goes to a file that there is");
}

/// The name of the Protocol of `SqlOrders` beside other ports.
#[track_caller]
fn check_name(ports: &str, expected: &str) {
    let class = REPOSITORY.replace("class SqlOrders", "class Sql$0Orders");
    let ports = ports.replace(';', ":\n    def now(self): ...\n");
    let there = format!(
        "//- /shop/domain/ports.py\nfrom abc import ABC, abstractmethod\nfrom typing import Protocol\n{ports}"
    );
    let fixture = Fixture::new(&format!("{SHOP}{class}{SERVICE}{there}"));
    let snapshot = fixture.workspace.snapshot();
    let range = Span::new(fixture.offset, fixture.offset);
    let offered = actions(&snapshot, fixture.file(), range, &[ActionKind::RefactorExtract], Reach::File);
    let resolved = resolve(&snapshot, &offered[0].data, Abilities::ALL).expect("it can be done");
    let edits = resolved.changes.edits.iter().flat_map(|edit| &edit.edits);
    let written: String = edits.map(|edit| edit.insert.as_str()).collect();
    assert!(written.contains(&format!("class {expected}(Protocol)")), "{ports}: {written}");
}

#[test]
fn protocols_are_called_as_others_of_the_project() {
    check_name("class ClockPort(Protocol);class MailPort(Protocol);class Other(Protocol);", "OrdersPort");
    check_name("class IClock(Protocol);class IMail(Protocol);", "IOrders");
    check_name("class AbstractClock(Protocol);", "AbstractOrders");
    check_name("class ClockProtocol(Protocol);", "OrdersProtocol");
    check_name("class Clock(Protocol);", "Orders");
    // The most common style is enough.
    check_name(
        "class ClockPort(Protocol);class MailPort(Protocol);class IBell(Protocol);class Other(Protocol);",
        "OrdersPort",
    );
    // A tie decides nothing.
    check_name("class ClockPort(Protocol);class IBell(Protocol);", "Orders");
}

#[test]
fn no_protocol_is_extracted_from_what_nobody_would_be_given() {
    for class in [
        "from pydantic import BaseModel\nclass Order$0Out(BaseModel):\n    number: str\n    def label(self): return self.number\n",
        "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\nclass Order$0Row(Base):\n    __tablename__ = 'orders'\n    def label(self): return 1\n",
        "from django.views import View\nclass Order$0View(View):\n    def get(self, request): return 1\n",
    ] {
        let fixture = Fixture::new(&format!("{SHOP}//- /shop/infrastructure/it.py\n{class}"));
        let snapshot = fixture.workspace.snapshot();
        let range = Span::new(fixture.offset, fixture.offset);
        let offered = actions(&snapshot, fixture.file(), range, &[ActionKind::RefactorExtract], Reach::File);
        assert_eq!(offered, [], "{class}");
    }
}
