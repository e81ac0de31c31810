//! `init`: a configuration that changes no finding, the files of coding agents, and the hook.

use serde_json::{Value, json};

use crate::session::Shop;

/// Findings of `check`, whatever their order.
fn findings(shop: &Shop) -> Vec<String> {
    let (_, out, err) = shop.run(&["check", "--output-format", "json"], "");
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {err}"));
    let rows = report["findings"].as_array().unwrap().iter();
    rows.map(|row| {
        format!("{} {} {} {} {}", row["path"], row["line"], row["rule"], row["level"], row["message"])
    })
    .collect()
}

fn without_configuration() -> Shop {
    let shop = Shop::new();
    std::fs::remove_file(shop.path().join("architrave.toml")).unwrap();
    // A finding, so that "the same" means something.
    shop.write(
        "shop/presentation/more.py",
        "def f(order):\n    from shop.domain.order import Order\n\n    return Order(order, 1)\n",
    );
    shop
}

#[test]
fn the_configuration_says_what_holds_and_changes_nothing() {
    let shop = without_configuration();
    let before = findings(&shop);
    assert!(!before.is_empty());
    let (code, diff, err) = shop.run(&["init", "--dry-run"], "");
    assert_eq!(code, 0, "{err}");
    assert!(diff.starts_with("--- /dev/null\n+++ b/architrave.toml\n"), "{diff}");
    assert!(!shop.path().join("architrave.toml").exists());
    // Without a terminal there is no prompt, and nothing is written.
    let (code, _, err) = shop.run(&["init"], "y\n");
    assert!(code == 2 && err.contains("--yes") && !shop.path().join("architrave.toml").exists(), "{err}");

    let (code, out, err) = shop.run(&["init", "--yes"], "");
    assert_eq!(code, 0, "{err}");
    assert!(out.ends_with("architrave.toml written\n"), "{out}");
    let text = shop.read("architrave.toml");
    for part in [
        "source-roots = [\".\"]",
        "style = ",
        "[layers]",
        "domain = [\"shop.domain\"]",
        "is in a folder named \"domain\"",
        "# Holds today.\n[[contracts]]",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    assert_eq!(findings(&shop), before);
    let (_, out, _) = shop.run(&["init", "--yes"], "");
    assert_eq!(out, "nothing to add: all of it is there\n");
    assert_eq!(shop.read("architrave.toml"), text);
}

#[test]
fn what_a_configuration_says_stays_with_its_comments() {
    let shop = without_configuration();
    let mine = "# Mine.\nexclude = [\"scripts\"] # why\n\n[rules]\nhidden-import = \"info\" # ours\n";
    shop.write("architrave.toml", mine);
    let before = findings(&shop);
    assert_eq!(shop.run(&["init", "--yes"], "").0, 0);
    let text = shop.read("architrave.toml");
    for line in mine.lines() {
        assert!(text.contains(line), "{line} is missing:\n{text}");
    }
    assert!(text.contains("style = "), "{text}");
    assert_eq!(findings(&shop), before);
}

#[test]
fn contracts_of_import_linter_come_along() {
    let shop = without_configuration();
    shop.write(
        ".importlinter",
        "[importlinter]\nroot_package = shop\n\n[importlinter:contract:one]\nname = Layers\ntype = layers\nlayers =\n    shop.presentation\n    shop.application\n    shop.domain\n\n[importlinter:contract:two]\nname = Pure\ntype = forbidden\nsource_modules =\n    shop.domain\nforbidden_modules =\n    shop.application\n",
    );
    shop.write(
        "shop/domain/bad.py",
        "from shop.application.services.order_service import OrderService\n\nBAD = OrderService\n",
    );
    let before = findings(&shop);
    assert!(before.iter().any(|row| row.contains("Pure")), "{before:#?}");
    let (code, _, err) = shop.run(&["init", "--yes"], "");
    assert_eq!(code, 0, "{err}");
    let text = shop.read("architrave.toml");
    assert!(text.contains("# From .importlinter.\n[[contracts]]\nname = \"Layers\""), "{text}");
    assert_eq!(findings(&shop), before);
}

/// Every supported setting of tach: each key once, so that losing one changes a finding.
const TACH: &str = r#"
source_roots = ["."]
exclude = ["shop/scripts"]
layers = ["presentation", { name = "application", closed = true }, "domain"]
layers_explicit_depends_on = true
root_module = "allow"
ignore_type_checking_imports = false
include_string_imports = true

[rules]
local_imports = "warn"

[external]
exclude = ["fastapi"]
rename = ["sqlalchemy:sql-alchemy"]

[[modules]]
path = "shop.presentation"
layer = "presentation"
depends_on = ["shop.application"]
depends_on_external = ["pydantic"]

[[modules]]
path = "shop.application"
layer = "application"
depends_on = []
cannot_depend_on = ["shop.domain.order"]
visibility = ["shop.nobody"]

[[modules]]
path = "shop.domain"
layer = "domain"
depends_on = []
cannot_depend_on_external = ["sqlalchemy"]

[[modules]]
paths = ["shop.domain.**"]
unchecked = true
utility = true

[[interfaces]]
expose = ["services.*"]
from = ["shop.application"]
visibility = ["shop.presentation"]
exclusive = true
"#;

#[test]
fn modules_of_tach_come_along() {
    let shop = without_configuration();
    shop.write("tach.toml", TACH);
    shop.write(
        "shop/domain/__init__.py",
        "import sqlalchemy\nfrom shop.application.services.order_service import OrderService\n\nBAD = OrderService, sqlalchemy\n",
    );
    shop.write("shop/scripts/__init__.py", "");
    shop.write(
        "shop/scripts/late.py",
        "def f():\n    from shop.domain.order import Order\n\n    return Order\n",
    );
    let before = findings(&shop);
    let told = before.iter().filter(|row| row.contains("(tach)")).count();
    assert!(told >= 4, "{before:#?}");
    let (code, _, err) = shop.run(&["init", "--yes"], "");
    assert_eq!(code, 0, "{err}");
    let text = shop.read("architrave.toml");
    for part in [
        "# From tach.toml.\n[[contracts]]\nname = \"tach\"\ntype = \"modules\"",
        "{ name = \"application\", closed = true }",
        "exclude = [\"/shop/scripts\"]",
        "[[contracts.interfaces]]",
        "[contracts.external]",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    // What was taken from tach's file stays when that file is removed.
    std::fs::remove_file(shop.path().join("tach.toml")).unwrap();
    assert_eq!(findings(&shop), before);
    let (_, out, _) = shop.run(&["init", "--yes"], "");
    assert_eq!(out, "nothing to add: all of it is there\n");
}

#[test]
fn agents_get_their_files_and_users_keep_their_words() {
    let shop = Shop::new();
    shop.write("AGENTS.md", "# Ours\n\nBe kind.\n");
    shop.write(".mcp.json", "{\n  \"mcpServers\": {\n    \"other\": { \"command\": \"other\" }\n  }\n}\n");
    let (code, out, err) = shop.run(&["init", "--agent", "--yes"], "");
    assert_eq!(code, 0, "{out}{err}");
    let servers: Value = serde_json::from_str(&shop.read(".mcp.json")).unwrap();
    assert_eq!(servers["mcpServers"]["architrave"], json!({ "command": "architrave", "args": ["mcp"] }));
    assert_eq!(servers["mcpServers"]["other"], json!({ "command": "other" }));
    let settings: Value = serde_json::from_str(&shop.read(".claude/settings.json")).unwrap();
    assert_eq!(settings["hooks"]["PostToolUse"][0]["hooks"][0]["command"], "architrave hook");
    let rules = shop.read("AGENTS.md");
    assert!(rules.starts_with("# Ours\n\nBe kind.\n\n<!-- architrave:begin -->\n"), "{rules}");
    assert!(rules.lines().count() < 40);
    let (_, out, _) = shop.run(&["init", "--agent", "--yes"], "");
    assert_eq!(out, "nothing to add: all of it is there\n");

    shop.write(".mcp.json", "not JSON");
    let (code, _, err) = shop.run(&["init", "--agent", "--yes"], "");
    assert!(code == 2 && err.contains("add this by hand"), "{err}");
    assert_eq!(shop.read(".mcp.json"), "not JSON");
}

#[test]
fn agents_that_are_used_get_their_own_entries() {
    let shop = Shop::new();
    for (path, text) in [
        (".cursor/rules/ours.mdc", "Be kind.\n"),
        (".codex/config.toml", "# Ours.\nmodel = \"x\"\n"),
        (".gemini/settings.json", "{ \"theme\": \"dark\" }\n"),
        (".zed/settings.json", "{ \"tab_size\": 4 }\n"),
        (".vscode/mcp.json", "{ \"servers\": {} }\n"),
        (".github/lsp.json", "{ \"lspServers\": { \"python\": { \"command\": \"pyright-langserver\" } } }\n"),
        ("opencode.json", "{ \"theme\": \"dark\" }\n"),
        ("GEMINI.md", "Be kind.\n"),
        ("CLAUDE.md", "@GEMINI.md\n"),
    ] {
        shop.write(path, text);
    }
    let (code, out, err) = shop.run(&["init", "--agent", "--yes"], "");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let json_of = |path: &str| serde_json::from_str::<Value>(&shop.read(path)).unwrap();
    let tools = json!({ "command": "architrave", "args": ["mcp"] });
    assert_eq!(json_of(".cursor/mcp.json")["mcpServers"]["architrave"], tools);
    assert_eq!(
        json_of(".gemini/settings.json"),
        json!({ "theme": "dark", "mcpServers": { "architrave": tools } })
    );
    assert_eq!(json_of(".zed/settings.json")["context_servers"]["architrave"], tools);
    assert_eq!(
        json_of(".vscode/mcp.json"),
        json!({ "servers": { "architrave": { "type": "stdio", "command": "architrave", "args": ["mcp"] } } })
    );
    let lsp = json_of(".github/lsp.json")["lspServers"].clone();
    assert_eq!(lsp["python"]["command"], "pyright-langserver");
    assert_eq!(lsp["architrave"]["fileExtensions"], json!({ ".py": "python", ".pyi": "python" }));
    let opencode = json_of("opencode.json");
    assert_eq!(opencode["mcp"]["architrave"]["command"], json!(["architrave", "mcp"]));
    assert_eq!(opencode["lsp"]["architrave"]["command"], json!(["architrave", "server"]));
    assert_eq!(
        shop.read(".codex/config.toml"),
        "# Ours.\nmodel = \"x\"\n\n[mcp_servers.architrave]\ncommand = \"architrave\"\nargs = [\"mcp\"]\n"
    );
    assert!(shop.read("GEMINI.md").contains("<!-- architrave:begin -->"));
    assert_eq!(shop.read("CLAUDE.md"), "@GEMINI.md\n", "it includes the rules");
    assert!(!shop.path().join("AGENTS.md").exists());
    let (_, out, _) = shop.run(&["init", "--agent", "--yes"], "");
    assert_eq!(out, "nothing to add: all of it is there\n");
    // Settings with comments get no entry, which is told; the rest is written.
    shop.write(".zed/settings.json", "// Ours.\n{ \"tab_size\": 4 }\n");
    std::fs::remove_file(shop.path().join(".mcp.json")).unwrap();
    let (code, out, err) = shop.run(&["init", "--agent", "--yes"], "");
    assert!(code == 0 && out.ends_with(".mcp.json written\n"), "{out}");
    assert!(err.contains(".zed/settings.json: ") && err.contains("add this by hand"), "{err}");
}

#[test]
fn agents_that_are_not_used_get_nothing() {
    let shop = Shop::new();
    let (_, out, _) = shop.run(&["init", "--agent", "--yes"], "");
    let written: Vec<&str> = out.lines().filter_map(|line| line.strip_suffix(" written")).collect();
    assert_eq!(written, [".mcp.json", ".claude/settings.json", "AGENTS.md"]);
}

#[test]
fn the_hook_speaks_of_what_an_edit_broke_alone() {
    let shop = Shop::new();
    let event = |path: &str| {
        json!({ "tool_name": "Edit", "tool_input": { "file_path": shop.path().join(path) } }).to_string()
    };
    assert_eq!(shop.run(&["hook"], &event("shop/domain/order.py")), (0, String::new(), String::new()));
    assert_eq!(shop.run(&["hook"], &event("README.md")), (0, String::new(), String::new()));
    assert_eq!(shop.run(&["hook"], "nothing"), (0, String::new(), String::new()));
    shop.write("shop/domain/order.py", &format!("import sqlalchemy\n{}", shop.read("shop/domain/order.py")));
    let (code, out, err) = shop.run(&["hook"], &event("shop/domain/order.py"));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("shop/domain/order.py:1 warning[framework-in-domain] "), "{err}");
}
