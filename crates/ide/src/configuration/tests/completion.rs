//! Completions at the cursor.

use expect_test::{Expect, expect};

use super::fixture;
use crate::completions;

/// The proposals, one per line: the inserted text, the replaced text, and the text beside the label.
fn proposed(name: &str, configuration: &str) -> Vec<String> {
    let fixture = fixture(name, configuration);
    let snapshot = fixture.workspace.snapshot();
    let text = snapshot.text(fixture.file());
    let found = completions(&snapshot, fixture.file(), fixture.offset, false);
    let line = |item: crate::Completion| {
        let replaced = text.slice(item.edit.span);
        let detail = item.detail.map(|detail| format!(" ({detail})")).unwrap_or_default();
        format!("{replaced:?} -> {:?}{detail}", item.edit.insert)
    };
    found.items.into_iter().map(line).collect()
}

fn check(configuration: &str, expect: &Expect) {
    let mut lines = proposed("architrave.toml", configuration).join("\n");
    lines.push('\n');
    expect.assert_eq(&lines);
}

/// Those that start as given, without the rest.
fn some(configuration: &str, wanted: &[&str]) {
    let lines = proposed("architrave.toml", configuration);
    for line in wanted {
        assert!(lines.iter().any(|found| found == line), "{line} is not in\n{}", lines.join("\n"));
    }
}

#[test]
fn keys_and_headers() {
    check(
        "style = 'clean'\nex$0",
        &expect![[r#"
            "ex" -> "source-roots = " (a list of folders)
            "ex" -> "exclude = " (a list of paths)
            "ex" -> "contexts = " (a list of patterns over modules)
            "ex" -> "fail-on = " (a level)
            "ex" -> "require-reasons = " (true or false)
            "ex" -> "report-unused-ignores = " (true or false)
            "ex" -> "presets = " (a list of presets)
            "ex" -> "[layers]\n"
            "ex" -> "[rules]\n"
            "ex" -> "[[overrides]]\n"
            "ex" -> "[[contracts]]\n"
        "#]],
    );
    check(
        "[layers]\ndomain = []\n$0",
        &expect![[r#"
            "" -> "presentation = " (a list of patterns over modules or paths)
            "" -> "application = " (a list of patterns over modules or paths)
            "" -> "infrastructure = " (a list of patterns over modules or paths)
            "" -> "composition = " (a list of patterns over modules or paths)
            "" -> "config = " (a list of patterns over modules or paths)
            "" -> "shared = " (a list of patterns over modules or paths)
            "" -> "tests = " (a list of patterns over modules or paths)
            "" -> "migrations = " (a list of patterns over modules or paths)
            "" -> "[rules]\n"
            "" -> "[[overrides]]\n"
            "" -> "[[contracts]]\n"
        "#]],
    );
    check(
        "[[contracts]]\nname = 'x'\ntype = 'independence'\n$0\n",
        &expect![[r#"
            "" -> "ignore-imports = " (a list of imports)
            "" -> "exclude-type-checking-imports = " (true or false)
            "" -> "level = " (a level)
            "" -> "guidance = " (a string)
            "" -> "modules = " (a list of patterns over modules)
            "" -> "[layers]\n"
            "" -> "[rules]\n"
            "" -> "[[overrides]]\n"
            "" -> "[[contracts]]\n"
            "" -> "[[contracts.modules]]\n"
            "" -> "[[contracts.interfaces]]\n"
            "" -> "[contracts.external]\n"
        "#]],
    );
    check(
        "[overrides.$0]",
        &expect![[r#"
        "" -> "rules"
    "#]],
    );
    check(
        "[[$0",
        &expect![[r#"
            "" -> "overrides"
            "" -> "contracts"
            "" -> "contracts.modules"
            "" -> "contracts.interfaces"
        "#]],
    );
    check(
        "rules = { god-object = { $0 } }",
        &expect![[r#"
        "" -> "level = " (a level)
        "" -> "class-lines = " (a whole number)
        "" -> "methods = " (a whole number)
        "" -> "collaborators = " (a whole number)
        "" -> "cohesion = " (a whole number)
        "" -> "module-lines = " (a whole number)
        "" -> "module-collaborators = " (a whole number)
    "#]],
    );
    some("[rules]\nhid$0", &["\"hid\" -> \"hidden-import = \" (a level, or a table of a level and options)"]);
    some(
        "[rules]\nhid$0 = 'off'",
        &["\"hid\" -> \"hidden-import\" (a level, or a table of a level and options)"],
    );
    some("[rules.$0]", &["\"\" -> \"god-object\""]);
}

#[test]
fn words_of_fixed_sets() {
    check(
        "style = $0",
        &expect![[r#"
        "" -> "\"layered\""
        "" -> "\"clean\""
        "" -> "\"hexagonal\""
        "" -> "\"modules\""
    "#]],
    );
    check(
        "style = 'cl$0'",
        &expect![[r#"
        "'cl'" -> "'layered'"
        "'cl'" -> "'clean'"
        "'cl'" -> "'hexagonal'"
        "'cl'" -> "'modules'"
    "#]],
    );
    check(
        "style = cl$0\n",
        &expect![[r#"
        "cl" -> "\"layered\""
        "cl" -> "\"clean\""
        "cl" -> "\"hexagonal\""
        "cl" -> "\"modules\""
    "#]],
    );
    check(
        "presets = ['strict', '$0']",
        &expect![[r#"
        "''" -> "'recommended'"
        "''" -> "'layered'"
        "''" -> "'clean'"
        "''" -> "'hexagonal'"
        "''" -> "'fastapi'"
        "''" -> "'django'"
    "#]],
    );
    check(
        "presets = $0",
        &expect![[r#"
        "" -> "[\"recommended\"]"
        "" -> "[\"strict\"]"
        "" -> "[\"layered\"]"
        "" -> "[\"clean\"]"
        "" -> "[\"hexagonal\"]"
        "" -> "[\"fastapi\"]"
        "" -> "[\"django\"]"
    "#]],
    );
    check(
        "[rules]\nhidden-import = \"$0",
        &expect![[r#"
        "\"" -> "\"error\""
        "\"" -> "\"warning\""
        "\"" -> "\"info\""
        "\"" -> "\"hint\""
        "\"" -> "\"off\""
    "#]],
    );
    check(
        "[rules.god-object]\nlevel = '$0'",
        &expect![[r#"
        "''" -> "'error'"
        "''" -> "'warning'"
        "''" -> "'info'"
        "''" -> "'hint'"
        "''" -> "'off'"
    "#]],
    );
    check(
        "[[contracts]]\ntype = '$0'",
        &expect![[r#"
            "''" -> "'layers'"
            "''" -> "'forbidden'"
            "''" -> "'independence'"
            "''" -> "'protected'"
            "''" -> "'acyclic'"
            "''" -> "'modules'"
        "#]],
    );
    check(
        "require-reasons = $0",
        &expect![[r#"
        "" -> "true"
        "" -> "false"
    "#]],
    );
    check(
        "[[contracts]]\ntype = 'layers'\nlayers = ['a', 'b | c']\nclosed = ['$0']",
        &expect![[r#"
        "''" -> "'a'"
        "''" -> "'b | c'"
    "#]],
    );
}

#[test]
fn patterns_over_the_modules_there_are() {
    check(
        "[layers]\ndomain = ['$0']",
        &expect![[r#"
            "''" -> "'scripts'" (1 module)
            "''" -> "'shop'" (9 modules)
            "''" -> "'shop.orders'" (4 modules)
            "''" -> "'shop.users'" (3 modules)
            "''" -> "'shop.orders.domain'" (2 modules)
            "''" -> "'scripts/'" (1 file)
            "''" -> "'shop/'" (9 files)
        "#]],
    );
    check(
        "[layers]\ndomain = ['shop.$0",
        &expect![[r#"
            "'shop." -> "'shop.main'" (1 module)
            "'shop." -> "'shop.orders'" (4 modules)
            "'shop." -> "'shop.users'" (3 modules)
            "'shop." -> "'shop.orders.domain'" (2 modules)
            "'shop." -> "'shop.*'" (8 modules)
        "#]],
    );
    check(
        "[layers]\ndomain = ['shop.*.$0']",
        &expect![[r#"
        "'shop.*.'" -> "'shop.*.db'" (2 modules)
        "'shop.*.'" -> "'shop.*.domain'" (3 modules)
        "'shop.*.'" -> "'shop.*.*'" (5 modules)
    "#]],
    );
    check(
        "contexts = ['shop.or$0']",
        &expect![[r#"
            "'shop.or'" -> "'shop.main'" (1 module)
            "'shop.or'" -> "'shop.orders'" (4 modules)
            "'shop.or'" -> "'shop.users'" (3 modules)
            "'shop.or'" -> "'shop.orders.domain'" (2 modules)
            "'shop.or'" -> "'shop.*'" (8 modules)
        "#]],
    );
    check(
        "[[contracts]]\ntype = 'forbidden'\nforbidden-modules = ['sq$0']",
        &expect![[r#"
            "'sq'" -> "'scripts'" (1 module)
            "'sq'" -> "'shop'" (9 modules)
            "'sq'" -> "'shop.orders'" (4 modules)
            "'sq'" -> "'shop.users'" (3 modules)
            "'sq'" -> "'shop.orders.domain'" (2 modules)
            "'sq'" -> "'sqlalchemy'" (imported by 2 modules)
        "#]],
    );
    check(
        "[[contracts]]\ntype = 'layers'\ncontainers = ['shop.*']\nlayers = ['db', '$0']",
        &expect![[r#"
        "''" -> "'domain'" (3 modules)
    "#]],
    );
    check(
        "[[contracts]]\ntype = 'layers'\nignore-imports = ['shop.main -> shop.users.$0']",
        &expect![[r#"
        "'shop.main -> shop.users.'" -> "'shop.main -> shop.users.db'" (1 module)
        "'shop.main -> shop.users.'" -> "'shop.main -> shop.users.domain'" (1 module)
        "'shop.main -> shop.users.'" -> "'shop.main -> shop.users.*'" (2 modules)
    "#]],
    );
}

#[test]
fn paths_that_there_are() {
    check(
        "[[overrides]]\npaths = ['$0']",
        &expect![[r#"
        "''" -> "'scripts/'" (1 file)
        "''" -> "'shop/'" (9 files)
    "#]],
    );
    check(
        "[[overrides]]\npaths = ['shop/or$0']",
        &expect![[r#"
        "'shop/or'" -> "'shop/orders/'" (4 files)
        "'shop/or'" -> "'shop/users/'" (3 files)
        "'shop/or'" -> "'shop/__init__.py'" (1 file)
        "'shop/or'" -> "'shop/main.py'" (1 file)
    "#]],
    );
    check(
        "source-roots = ['$0']",
        &expect![[r#"
        "''" -> "'scripts/'" (1 file)
        "''" -> "'shop/'" (9 files)
    "#]],
    );
    check(
        "[layers]\ndomain = ['shop/orders/$0']",
        &expect![[r#"
            "'shop/orders/'" -> "'shop/orders/domain/'" (2 files)
            "'shop/orders/'" -> "'shop/orders/__init__.py'" (1 file)
            "'shop/orders/'" -> "'shop/orders/db.py'" (1 file)
        "#]],
    );
}

#[test]
fn in_a_pyproject_only_our_table_is_ours() {
    let lines = |text| proposed("pyproject.toml", text);
    assert_eq!(lines("[project]\nna$0"), [""; 0]);
    assert_eq!(lines("[tool.ruff]\nstyle = '$0'"), [""; 0]);
    assert!(lines("[tool.architrave]\nstyle = '$0'").contains(&"\"''\" -> \"'clean'\"".to_owned()));
    assert!(lines("[tool.arch$0]").contains(&"\"arch\" -> \"architrave.layers\"".to_owned()));
    assert!(lines("[$0]").contains(&"\"\" -> \"tool.architrave\"".to_owned()));
    assert!(
        lines("[tool.architrave.rules]\n$0").contains(
            &"\"\" -> \"hidden-import = \" (a level, or a table of a level and options)".to_owned()
        )
    );
    assert!(
        lines("[tool.architrave]\n$0").contains(&"\"\" -> \"[[tool.architrave.contracts]]\\n\"".to_owned())
    );
}

#[test]
fn files_of_other_tools_are_theirs() {
    assert_eq!(proposed("tach.toml", "$0"), [""; 0]);
    assert_eq!(proposed(".importlinter", "[importlinter]\n$0"), [""; 0]);
}
