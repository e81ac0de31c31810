//! Links and the outline.

use std::fmt::Write as _;

use expect_test::expect;

use super::fixture;
use crate::configuration::{LinkTarget, document_links, document_symbols};

#[test]
fn links_lead_to_the_one_module_and_to_pages_of_rules() {
    let fixture = fixture(
        "architrave.toml",
        "[layers]\ndomain = ['shop.orders.domain', 'shop.*.domain', 'shop/orders/db.py', 'gone']\n\
         [rules]\nhidden-import = 'off'\nnonsense = 'off'\n[rules.god-object]\n\
         [[contracts]]\nname = 'x'\ntype = 'layers'\nlayers = ['shop.users | (shop.main)']\n\
         ignore-imports = ['shop.main -> shop.users.db']\n",
    );
    let snapshot = fixture.workspace.snapshot();
    let text = snapshot.text(fixture.file());
    let lines: Vec<String> = document_links(&snapshot, fixture.file())
        .into_iter()
        .map(|link| {
            let target = match link.target {
                LinkTarget::File(file) => file.path(snapshot.db()).to_string(),
                LinkTarget::Rule(id) => format!("the page of {id}"),
            };
            format!("{} -> {target}\n", text.slice(link.span))
        })
        .collect();
    expect![[r#"
        shop.orders.domain -> /project/shop/orders/domain/__init__.py
        shop/orders/db.py -> /project/shop/orders/db.py
        hidden-import -> the page of hidden-import
        god-object -> the page of god-object
        shop.users -> /project/shop/users/__init__.py
        shop.main -> /project/shop/main.py
        shop.main -> /project/shop/main.py
        shop.users.db -> /project/shop/users/db.py
    "#]]
    .assert_eq(&lines.concat());
}

#[test]
fn the_outline_names_contracts_and_overrides() {
    let outline = |name: &str, text: &str| {
        let fixture = fixture(name, text);
        let snapshot = fixture.workspace.snapshot();
        let mut out = String::new();
        for symbol in document_symbols(&snapshot, fixture.file()) {
            assert!(symbol.span.contains(symbol.selection), "{symbol:?}");
            let detail = symbol.detail.map(|detail| format!(" ({detail})")).unwrap_or_default();
            let _ = writeln!(out, "{:?} {}{detail}", symbol.kind, symbol.name);
            for child in symbol.children {
                assert!(symbol.span.contains(child.span) && child.span.contains(child.selection));
                let _ = writeln!(out, "  {} = {}", child.name, child.detail.unwrap_or_default());
            }
        }
        out
    };
    let text = "style = 'clean'\n\n[layers]\ndomain = [\n  'a',\n  'b',\n]\n[[contracts]]\nname = 'pure'\ntype = 'layers'\n\
                [[contracts]]\n[[overrides]]\npaths = ['tests/']\n[overrides.rules]\nhidden-import = 'off'\n[";
    expect![[r#"
        Key style ('clean')
        Table layers
          domain = [ 'a', 'b', ]
        Contract pure (layers)
          name = 'pure'
          type = 'layers'
        Contract contract
        Table tests/ (override)
          paths = ['tests/']
        Table overrides.rules
          hidden-import = 'off'
        Table ?
    "#]]
    .assert_eq(&outline("architrave.toml", text));
    let text =
        "[project]\nname = 'x'\n[tool.architrave]\nstyle = 'clean'\n[tool.architrave.rules]\n[tool.ruff]\n";
    expect![[r#"
        Key style ('clean')
        Table rules
    "#]]
    .assert_eq(&outline("pyproject.toml", text));
}
