//! Hovers: the bytes that they are about, then the text.

use expect_test::{Expect, expect};

use super::fixture;
use crate::hover;

fn shown(configuration: &str, expect: &Expect) {
    let fixture = fixture("architrave.toml", configuration);
    let snapshot = fixture.workspace.snapshot();
    let text = snapshot.text(fixture.file());
    let words = match hover(&snapshot, fixture.file(), fixture.offset) {
        Some(hover) => format!("{}\n{}\n", text.slice(hover.span), hover.words.markdown(|_| None)),
        None => "nothing\n".to_owned(),
    };
    expect.assert_eq(&words);
}

#[test]
fn hovers() {
    shown(
        "report-unused-ig$0nores = false",
        &expect![[r#"
        report-unused-ignores
        **`report-unused-ignores`** · `true` or `false`, default `true`

        Report ignore comments that ignore nothing.
    "#]],
    );
    shown(
        "[laye$0rs]",
        &expect![[r#"
        layers
        **`layers`** · a table: patterns by layer

        The modules of each layer; the first match counts. Other modules are inferred.
    "#]],
    );
    shown(
        "[layers]\ndom$0ain = ['shop.*.domain']",
        &expect![[r#"
        domain
        **`domain`** · layer

        Entities, value objects, ports, domain services.

        Holds 4 modules, declared or inferred
    "#]],
    );
    shown(
        "[layers]\ndomain = ['shop.*.dom$0ain']",
        &expect![[r#"
        'shop.*.domain'
        **`shop.*.domain`** · 3 modules

        - `shop.orders.domain`
        - `shop.orders.domain.order`
        - `shop.users.domain`
    "#]],
    );
    shown(
        "[layers]\ndomain = ['sh$0op/orders/']",
        &expect![[r#"
        'shop/orders/'
        **`shop/orders/`** · 4 files

        - `shop/orders/__init__.py`
        - `shop/orders/db.py`
        - `shop/orders/domain/__init__.py`
        - `shop/orders/domain/order.py`
    "#]],
    );
    shown(
        "[layers]\ndomain = ['nothing.he$0re']",
        &expect![[r#"
        'nothing.here'
        **`nothing.here`** · 0 modules
    "#]],
    );
    shown(
        "presets = ['strict']\n[rules]\nhidden-im$0port = 'error'",
        &expect![[r#"
            hidden-import
            **`hidden-import`** · imports

            Reports first-party code imported inside a function.

            Here: **error** as configured

            Presets: `recommended` warning, `strict` warning, `django` info

            - `entry-points` (a list of strings, default `["app_factory", "application_factory", "build_app", "build_application", "create_app", "create_application", "get_app", "get_application", "init_app", "main", "make_app", "make_application", "make_shell_context"]`): functions that start the program and may import late
            - `report-cycle-breaking` (true or false, default `true`): report imports that would close a cycle at the top level (as info)
        "#]],
    );
    shown(
        "[rules.god-object]\nlev$0el = 'off'",
        &expect![[r#"
            level
            **`level`** · a level

            The level of its findings.
        "#]],
    );
    shown(
        "style = 'cl$0ean'",
        &expect![[r#"
        'clean'
        **`clean`** · style

        Imports point to the domain; application and domain never import infrastructure.
    "#]],
    );
    shown("# style$0", &expect!["nothing\n"]);
    shown("$0", &expect!["nothing\n"]);
}

#[test]
fn a_contract_tells_how_it_stands() {
    let contract = "[[contracts]]\nname = 'N'\ntype = 'forbidden'\nsource-modules = ['shop.users']\n";
    let kept = format!("{contract}forbidden-modules = ['shop.main']\n").replace('N', "ke$0pt");
    shown(
        &kept,
        &expect![[r#"
        'kept'
        **kept** · contract

        Kept
    "#]],
    );
    let broken = format!("{contract}forbidden-modules = ['shop.orders']\n").replace("'N'", "'pu$0re'");
    shown(
        &broken,
        &expect![[r#"
        'pure'
        **pure** · contract

        Broken once
    "#]],
    );
    let header = format!("{contract}forbidden-modules = ['shop.orders']\n").replace("[[con", "[[co$0n");
    shown(
        &header,
        &expect![[r#"
        contracts
        **N** · contract

        Broken once
    "#]],
    );
    shown(
        "[[contracts]]\nname = 'no cyc$0les'\ntype = 'acyclic'\nancestors = ['shop']\n",
        &expect![[r#"
        'no cycles'
        **no cycles** · contract

        Kept
    "#]],
    );
    shown(
        "[[contracts]]\nname = 'x'\ntype = 'forb$0idden'",
        &expect![[r#"
        'forbidden'
        **`forbidden`** · type of contract

        Some modules must not import others, first-party or third-party.
    "#]],
    );
}
