//! The same answers on the command line.

use serde_json::{Value, json};

use crate::session::{Client, Shop};

#[test]
fn the_command_line_says_what_the_protocol_says() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let questions = [
        ("context", json!({ "target": "OrderService" })),
        ("may_import", json!({ "from": "shop/domain/order.py", "to": "SqlOrderRepository" })),
        ("impact", json!({ "target": "Order" })),
    ];
    for (tool, arguments) in questions {
        let (code, out, err) = shop.run(&["tool", tool, "-"], &arguments.to_string());
        assert_eq!(code, 0, "{err}");
        let said: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(said, client.answer(tool, arguments));
    }
}

#[test]
fn check_ends_as_the_command_does() {
    let shop = Shop::new();
    assert_eq!(shop.run(&["tool", "check"], "").0, 0);
    shop.write("shop/domain/order.py", "import sqlalchemy\n");
    let (code, out, _) = shop.run(&["tool", "check"], "");
    assert_eq!(code, 1, "{out}");
    shop.write("shop/domain/order.py", "def f(:\n");
    let (code, out, _) = shop.run(&["tool", "check", "{\"level\": \"error\"}"], "");
    assert!(code == 2 || out.contains("findings"), "{out}");
    for arguments in [
        &["tool", "chek"][..],
        &["tool", "check", "nonsense"],
        &["tool", "check", "{\"x\": 1}"],
        &["mcp", "nowhere"],
        &["context", "Nothing"],
        &["context", ""],
    ] {
        let (code, out, err) = shop.run(arguments, "");
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.starts_with("architrave: "), "{err}");
    }
}

#[test]
fn context_is_markdown_or_json_and_fits() {
    let shop = Shop::new();
    let (code, markdown, _) = shop.run(&["context", "shop/domain/ports.py:OrderRepository"], "");
    assert_eq!(code, 0);
    assert!(markdown.starts_with("# `OrderRepository` in `shop/domain/ports.py`\n"), "{markdown}");
    assert!(markdown.contains("\n## ports\n"), "{markdown}");
    let (_, json, _) =
        shop.run(&["context", "shop/domain/order.py", "--output-format", "json", "--budget", "200"], "");
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert!(agents::answer::tokens(&answer.to_string()) <= 200 && answer["left_out"].is_object(), "{answer}");
    for budget in [200, 400, 2_000] {
        let budget_text = budget.to_string();
        let (_, markdown, _) = shop.run(&["context", "shop/domain/order.py", "--budget", &budget_text], "");
        // Below that, the facts that are never left out may need more.
        assert!(budget < 400 || agents::answer::tokens(&markdown) <= budget, "{budget}: {markdown}");
        let is_cut = markdown.contains("\nLeft out: ");
        assert!(if budget == 200 { is_cut } else { budget == 400 || !is_cut }, "{budget}: {markdown}");
    }
}

/// Two services side by side, each with its own package `app`.
const TWO: &[(&str, &str)] = &[
    ("architrave.toml", "source-roots = [\"orders\", \"billing\"]\n"),
    ("orders/app/__init__.py", ""),
    ("orders/app/models.py", "class Order: ...\n\n\nclass Row: ...\n"),
    ("billing/app/__init__.py", ""),
    ("billing/app/models.py", "class Invoice: ...\n\n\nclass Row: ...\n"),
    ("billing/app/models.pyi", "class Invoice: ...\n"),
];

#[test]
fn one_name_for_several_modules_is_told_with_the_choices() {
    let shop = Shop::with(TWO);
    let mut client = Client::start(shop.path());
    for (name, choices) in [
        ("app.models", "`billing/app/models.py`, `orders/app/models.py`"),
        ("app.models.Row", "`billing/app/models.py:Row`, `orders/app/models.py:Row`"),
        ("Row", "`billing/app/models.py:Row`, `orders/app/models.py:Row`"),
    ] {
        let words = format!("`{name}` is ambiguous: give one of {choices}");
        let (code, out, err) = shop.run(&["context", name], "");
        assert_eq!((code, out.as_str(), err), (2, "", format!("architrave: context: {words}\n")));
        for (tool, arguments) in [
            ("context", json!({ "target": name })),
            ("impact", json!({ "target": name })),
            ("may_import", json!({ "from": "orders/app/__init__.py", "to": name })),
        ] {
            assert_eq!(client.refusal(tool, arguments), format!("{tool}: {words}"));
        }
    }
    // What only one of them has is not ambiguous.
    let invoice = client.answer("context", json!({ "target": "app.models.Invoice" }));
    assert_eq!(invoice["path"], "billing/app/models.py");
    assert_eq!(client.answer("context", json!({ "target": "orders/app" }))["path"], "orders/app/__init__.py");
}
