//! Hovers on class names.

use expect_test::{Expect, expect};

use crate::fixture::{Fixture, PORTS};
use crate::hover;

/// The hover on the first `name` after `after` in a file of [`PORTS`].
#[track_caller]
fn check_ports(path: &str, after: &str, name: &str, expected: &Expect) {
    let fixture = Fixture::new(PORTS);
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file(format!("/project/{path}").as_str().into()).expect("a file of the fixture");
    let text = snapshot.text(file);
    let start = text.as_str().find(after).expect("in the text");
    let offset = start + text.as_str()[start..].find(name).expect("behind it");
    let shown = hover(&snapshot, file, offset as u32 + 1);
    let words = shown.map(|hover| format!("[{}]\n{}\n", text.slice(hover.span), hover.words.plain()));
    expected.assert_eq(&words.unwrap_or_default());
}

#[test]
fn a_protocol_with_those_who_implement_and_use_it() {
    check_ports(
        "shop/domain/ports.py",
        "class",
        "Orders",
        &expect![[r#"
            [Orders]
            Orders · Protocol, 2 members to implement

            Implemented by

            - Everything of shop.adapters: inherits from it
            - MemoryOrders of shop.adapters: has all its members
            - SqlOrders of shop.adapters: inherits from it

            Used by

            - OrderService of shop.service: depends on it as orders, uses add
            - show of shop.service: depends on it as orders, uses get
        "#]],
    );
}

#[test]
fn an_abstract_class() {
    check_ports(
        "shop/domain/ports.py",
        "class Mail",
        "Mail",
        &expect![[r#"
        [Mail]
        Mail · abstract class, 1 member to implement

        Implemented by

        - Everything of shop.adapters: inherits from it
        - Smtp of shop.adapters: inherits from it

        Used by nobody: no parameter, field or dependency requires it
    "#]],
    );
}

#[test]
fn an_interface_of_nobody() {
    check_ports(
        "shop/domain/ports.py",
        "class Lonely",
        "Lonely",
        &expect![[r#"
        [Lonely]
        Lonely · Protocol, 1 member to implement

        Implemented by no class of the project

        Used by nobody: no parameter, field or dependency requires it
    "#]],
    );
}

#[test]
fn a_class_with_its_ports() {
    check_ports(
        "shop/adapters.py",
        "class Smtp",
        "Smtp",
        &expect![[r#"
            [Smtp]
            Smtp

            Implements

            - Mail of shop.domain.ports: inherits from it

            Used by

            - show of shop.service: depends on it as mail
        "#]],
    );
    check_ports(
        "shop/adapters.py",
        "class Everything",
        "Everything",
        &expect![[r#"
        [Everything]
        Everything

        Implements

        - Mail of shop.domain.ports: inherits from it
        - Orders of shop.domain.ports: inherits from it
    "#]],
    );
}

#[test]
fn a_class_where_it_is_used() {
    check_ports(
        "shop/service.py",
        "self, orders",
        "Orders",
        &expect![[r#"
            [Orders]
            Orders · Protocol, 2 members to implement

            Implemented by

            - Everything of shop.adapters: inherits from it
            - MemoryOrders of shop.adapters: has all its members
            - SqlOrders of shop.adapters: inherits from it

            Used by

            - OrderService of shop.service: depends on it as orders, uses add
            - show of shop.service: depends on it as orders, uses get
        "#]],
    );
}

#[test]
fn a_class_where_it_is_imported() {
    check_ports(
        "shop/service.py",
        "import",
        "Smtp",
        &expect![[r#"
            [Smtp]
            Smtp

            Implements

            - Mail of shop.domain.ports: inherits from it

            Used by

            - show of shop.service: depends on it as mail

            Smtp of shop.adapters

            shop.adapters · infrastructure, 81 % sure

            - its file is named "adapters"

            Style hexagonal: infrastructure implements 2 of 3 ports of the domain and the application; 1 of 1 inner modules that need infrastructure depend on a port

            May be imported by presentation and infrastructure, and by composition and tests

            Ca 1 (imported by), Ce 1 (imports), instability 0.50
        "#]],
    );
}

#[test]
fn a_class_that_nobody_asks_for_says_nothing() {
    check_ports("shop/domain/ports.py", "class Unused", "Unused", &expect![""]);
}

const MESSAGES: &str = r#"
//- /pyproject.toml
[project]
name = "shop"
//- /shop/__init__.py
//- /shop/commands.py
class Command: ...
class Place(Command): ...
class Ship(Command): ...
class Lose(Command): ...
//- /shop/handlers.py
from shop.commands import Place, Ship
class PlaceHandler:
    def handle(self, command: Place):
        return command
def ship(command: Ship):
    return command
HANDLERS = {Place: PlaceHandler(), Ship: ship}
//- /shop/api.py
from shop.commands import Lose, Place
def endpoint(bus):
    bus.handle(Place())
"#;

#[track_caller]
fn check_messages(name: &str, expected: &Expect) {
    let fixture = Fixture::new(MESSAGES);
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file("/project/shop/commands.py".into()).expect("a file of the fixture");
    let offset = snapshot.text(file).as_str().find(name).expect("in the text");
    let shown = hover(&snapshot, file, offset as u32 + 1);
    expected.assert_eq(&shown.map(|hover| hover.words.plain() + "\n").unwrap_or_default());
}

#[test]
fn a_command_with_who_handles_and_who_makes_it() {
    check_messages(
        "Place",
        &expect![[r#"
        Place · command

        Handled by

        - PlaceHandler.handle of shop.handlers: takes it, registered for it, a handler of such messages

        Made by

        - endpoint of shop.api
    "#]],
    );
}

#[test]
fn a_command_that_nobody_handles() {
    check_messages(
        "Lose",
        &expect![[r#"
        Lose · command

        No handler was found

        Nobody here makes one
    "#]],
    );
}
