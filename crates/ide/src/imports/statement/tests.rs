use super::{Typed, at};

/// What is typed at `$`, in short form.
fn typed(text: &str) -> String {
    let offset = text.find('$').expect("a cursor");
    let text = text.replacen('$', "", 1);
    let slice = |span: source::Span| text[span.start as usize..span.end as usize].to_owned();
    match at(&text, offset as u32) {
        None => "nothing".to_owned(),
        Some(Typed::Module { level, above, prefix }) => {
            format!("module {}{above}|{}", ".".repeat(level), slice(prefix))
        }
        Some(Typed::Name { level, module, taken, prefix }) => {
            format!("name {}{module}|{} not {}", ".".repeat(level), slice(prefix), taken.join(" "))
        }
        Some(Typed::Code { prefix }) => format!("code {}", slice(prefix)),
    }
}

#[test]
fn table() {
    let cases = [
        ("from $", "module |"),
        ("from sh$", "module |sh"),
        ("from shop.$", "module shop|"),
        ("from shop.orders.Or$", "module shop.orders|Or"),
        ("from .$", "module .|"),
        ("from ..do$", "module ..|do"),
        ("from ..domain.or$", "module ..domain|or"),
        ("import $", "module |"),
        ("import shop.or$", "module shop|or"),
        ("import os, shop.$", "module shop|"),
        ("import shop as $", "nothing"),
        ("    from shop.$", "module shop|"),
        ("x = 1; from shop.$", "module shop|"),
        ("from shop $", "nothing"),
        ("from shop imp$", "nothing"),
        ("from shop import $", "name shop| not "),
        ("from shop import Or$", "name shop|Or not "),
        ("from shop import (Or$)", "name shop|Or not "),
        ("from . import or$", "name .|or not "),
        ("from shop import Order, Cu$", "name shop|Cu not Order"),
        ("from shop import Cu$, Order as O", "name shop|Cu not Order"),
        ("from shop import Order as O$", "nothing"),
        ("from shop import Order $", "nothing"),
        ("from shop import (\n    Order,  # one\n    Cu$\n)\nx = 1", "name shop|Cu not Order"),
        ("from shop import (\n    $\n    Order,\n)", "name shop| not Order"),
        ("from shop import (\n    $\ndef f(): ...", "name shop| not "),
        ("from shop import a, \\\n    b$", "name shop|b not a"),
        ("from shop import a\nOrd$", "code Ord"),
        ("from shop import (a)\nOrd$", "code Ord"),
        ("x = Ord$", "code Ord"),
        ("x = Ord$er", "nothing"),
        ("x = $", "nothing"),
        ("x.Ord$", "nothing"),
        ("def f(x: Ord$): ...", "code Ord"),
        ("def ord$", "nothing"),
        ("class Ord$", "nothing"),
        ("class A(Ord$", "code Ord"),
        ("with a as ord$", "nothing"),
        ("f(ord$=1)", "nothing"),
        ("f(ord$ == 1)", "code ord"),
        ("x = 12$", "nothing"),
        ("@rou$", "code rou"),
        ("# from shop.$", "nothing"),
        ("'from shop.$'", "nothing"),
    ];
    for (text, expected) in cases {
        assert_eq!(typed(text), expected, "{text}");
    }
}

#[test]
fn no_offset_panics() {
    let text = "from \u{e4}.b import (c,\n  \u{1f600}\n)\nimport \u{e4}\nx = \u{e4}\u{e4}";
    for offset in (0..text.len() as u32 + 3).chain([u32::MAX]) {
        let _ = at(text, offset);
    }
}
