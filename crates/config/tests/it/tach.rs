//! tach's file: what it becomes, and who may then import whom.

use camino::Utf8Path;
use config::{Config, Contract, ContractKind, ModulePattern, parse};
use expect_test::expect;

use crate::check;

const NESTED: &str = r#"
source_roots = ["src"]
exclude = ["**/*__pycache__", "build/", "./docs"]
layers = ["ui", { name = "commands", closed = true }, "core"]

[[modules]]
path = "shop"
depends_on = []

[[modules]]
path = "shop.web"
layer = "ui"
depends_on = []

[[modules]]
path = "shop.check"
layer = "commands"
depends_on = ["shop.mod"]
cannot_depend_on = ["shop.legacy"]

[[modules]]
path = "shop.mod"
layer = "commands"
depends_on = [{ path = "shop.check", deprecated = true }, "shop.free.*"]

[[modules]]
paths = ["shop.db", "shop.cache"]
layer = "core"
depends_on = []

[[modules]]
path = "shop.errors"
depends_on = []
utility = true

[[modules]]
path = "shop.legacy"
unchecked = true
depends_on = []

[[modules]]
path = "shop.free"

[[modules]]
path = "shop.free.inner"
visibility = ["shop.mod"]
depends_on = []
"#;

const INTERFACES: &str = r#"
[[modules]]
path = "api"
depends_on = []
[[modules]]
path = "client"
depends_on = ["api"]
[[modules]]
path = "admin"
depends_on = ["api"]
[[modules]]
path = "old"
unchecked = true

[[interfaces]]
expose = ["read_data", "services.*"]
from = ["api"]
[[interfaces]]
expose = ["write_data"]
from = ["ap[i]"]
visibility = ["admin", "unknown"]
exclusive = true
[[interfaces]]
expose = []
from = ["client"]
"#;

#[test]
fn contracts() {
    check(
        "tach.toml",
        NESTED,
        &expect![[r#"
        source root "src"
        exclude **/*__pycache__
        exclude /build/
        exclude /docs
        contract "layers" at 4:11 error: layers (shop.web) > closed (shop.check) : (shop.mod) > (shop.db) : (shop.cache) direct only, not under TYPE_CHECKING
        contract "depends_on of shop" at 7:8 error: shop never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of shop.web" at 11:8 error: shop.web never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of shop.check" at 16:8 error: shop.check never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "cannot_depend_on of shop.check" at 16:8 error: shop.check never import shop.legacy directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of shop.mod" at 22:8 error: shop.mod never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of shop.db" at 27:10 error: shop.db never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of shop.cache" at 27:21 error: shop.cache never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of shop.errors" at 32:8 error: shop.errors never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of shop.free.inner" at 45:8 error: shop.free.inner never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "visibility of shop.free.inner" at 45:8 error: only shop.mod, **, unchecked modules import shop.free.inner, not under TYPE_CHECKING
    "#]],
    );
    check(
        "tach.toml",
        INTERFACES,
        &expect![[r#"
        contract "depends_on of api" at 3:8 error: api never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of client" at 6:8 error: client never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "depends_on of admin" at 9:8 error: admin never import modules of tach directly, modules alone, not under TYPE_CHECKING
        contract "interface of api for admin" at 3:8 error: only **, unchecked modules import api, exposed write_data, not under TYPE_CHECKING
        contract "interface of api" at 3:8 error: only **, unchecked modules, admin import api, exposed read_data, services.*, not under TYPE_CHECKING
        contract "interface of client" at 6:8 error: only **, unchecked modules import client, exposed , not under TYPE_CHECKING
    "#]],
    );
}

#[test]
fn mistakes_and_what_is_left_out() {
    check(
        "tach.toml",
        r#"
root_module = "forbid"
layers = ["a", 1, { closed = true }, { name = "b", close = true }]
source_roots = ["pkgs/*/src"]
exact = true
colour = "green"
[rules]
unused_ignore_directives = "warn"
[[modules]]
path = "<root>"
[[modules]]
depends_on = []
[[modules]]
path = "x"
layer = "ab"
strict = true
depends_on = "y"
[[modules]]
path = "x.**.y*"
depends_on = [1, { pth = "z" }]
[[interfaces]]
expose = ["("]
from = ["["]
data_types = "primitive"
"#,
        &expect![[r#"
            info 2:15 ["forbid"] code outside of declared modules is not checked here
            warning 3:16 [1] expected a layer's name, or a table with `name` and `closed`, found an integer
            warning 3:52 [close] `close` in a layer is not understood and left out
            warning 6:1 [colour] `colour` in the configuration of tach is not understood and left out
            warning 11:1 [[[modules]]] a module without a `path` is not checked
            warning 15:9 ["ab"] unknown layer "ab", did you mean "a"? (try "a")
            warning 16:1 [strict] `strict` in a module is not understood and left out
            warning 17:14 ["y"] expected a list of modules, found a string
            warning 19:8 ["x.**.y*"] `x.**.y*`: a wildcard stands for a whole segment, not for a part of one
            warning 20:15 [1] expected a module's path, or a table with `path`, found an integer
            warning 20:20 [pth] `pth` in a dependency is not understood and left out
            warning 22:11 ["("] `(` is not a regular expression that can be used here
            warning 23:9 ["["] `[` is not a regular expression that can be used here
            info 24:14 ["primitive"] the types of exposed data are not checked here
        "#]],
    );
    check(
        "pyproject.toml",
        "[tool.tach]\n[[tool.tach.modules]]\npath = 'a'\ndepends_on = []\n",
        &expect![[r#"
            contract "depends_on of a" at 3:8 error: a never import modules of tach directly, modules alone, not under TYPE_CHECKING
        "#]],
    );
}

/// As tach itself decides, with one exception: imports between a package's `__init__` and what is declared below it.
#[test]
fn who_may_import_whom() {
    let config = read(NESTED);
    for (importer, imported, verdict) in [
        // The nearest declared module decides.
        ("shop", "shop.db", "depends_on of shop"),
        ("shop.other", "shop.db", "depends_on of shop"),
        ("shop.other", "shop.another", ""),
        ("shop.other", "shop.errors", ""),
        ("shop.errors.x", "shop.other", "depends_on of shop.errors"),
        ("shop.free", "shop.db", ""),
        ("shop.free.inner.x", "shop.db", "depends_on of shop.free.inner"),
        ("shop.free.x", "shop.free.y", ""),
        ("shop.free.x", "shop.free.inner", "visibility of shop.free.inner"),
        ("shop.mod", "shop.free.inner", ""),
        ("shop.mod", "shop.free", "depends_on of shop.mod"),
        // Layers decide before `depends_on`.
        ("shop.web.x", "shop.check.y", ""),
        ("shop.web", "shop.db", "layers"),
        ("shop.check", "shop.db", ""),
        ("shop.db", "shop.check", "layers"),
        ("shop.db", "shop.web.x", "layers"),
        // Within a layer `depends_on` decides.
        ("shop.check", "shop.mod", ""),
        ("shop.mod", "shop.check", ""),
        ("shop.db", "shop.cache", "depends_on of shop.db"),
        ("shop.cache", "shop.db", "depends_on of shop.cache"),
        ("shop.db.a", "shop.db.b", ""),
        // By name, and free.
        ("shop.check", "shop.legacy", "cannot_depend_on of shop.check"),
        ("shop.legacy", "shop.web", ""),
        ("scripts", "shop.db", ""),
        ("shop.db", "scripts", ""),
        ("shop.db", "os.path", ""),
    ] {
        assert_eq!(broken(&config, importer, imported, ""), verdict, "{importer} -> {imported}");
    }
}

#[test]
fn what_is_exposed_to_whom() {
    let config = read(INTERFACES);
    for (importer, imported, name, verdict) in [
        ("client", "api", "read_data", ""),
        ("client.x", "api.services.a", "services.a.f", ""),
        ("client", "api", "write_data", "interface of api"),
        ("client", "api.inner", "inner", "interface of api"),
        ("admin", "api", "write_data", ""),
        ("admin", "api", "read_data", "interface of api for admin"),
        ("old", "api.inner", "inner.x", ""),
        ("scripts", "api.inner", "inner.x", ""),
        ("api.a", "api.inner", "inner.x", ""),
        ("admin", "client", "x", "depends_on of admin, interface of client"),
    ] {
        assert_eq!(broken(&config, importer, imported, name), verdict, "{importer} -> {imported}: {name}");
    }
}

#[test]
fn what_is_not_understood_forbids_nothing() {
    let text = r#"
[[modules]]
path = "a"
depends_on = ["b.{x,y}"]
[[modules]]
path = "b"
depends_on = ["<root>"]
[[interfaces]]
expose = ["(", "x"]
from = ["b"]
"#;
    let config::Parsed { config, problems, .. } = parse(Utf8Path::new("/p/tach.toml"), text);
    let config = config.unwrap();
    assert_eq!(problems.len(), 2);
    assert_eq!(broken(&config, "a", "b", "y"), "");
    assert_eq!(broken(&config, "b", "a", ""), "depends_on of b");
}

fn read(text: &str) -> Config {
    let config::Parsed { config, problems, .. } = parse(Utf8Path::new("/p/tach.toml"), text);
    assert_eq!(problems, []);
    config.unwrap()
}

/// The contracts that a direct import breaks; `name` is what is taken, relative to the declared module.
fn broken(config: &Config, importer: &str, imported: &str, name: &str) -> String {
    let broken = config.contracts.iter().filter(|contract| breaks(contract, importer, imported, name));
    broken.map(|contract| contract.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn breaks(contract: &Contract, importer: &str, imported: &str, name: &str) -> bool {
    let any =
        |patterns: &[ModulePattern], module: &str| patterns.iter().any(|pattern| pattern.matches(module));
    let in_any = |patterns: &[ModulePattern], module: &str| {
        patterns.iter().any(|pattern| pattern.matches_or_contains(module))
    };
    match &contract.kind {
        ContractKind::Forbidden { sources, forbidden, as_packages: false, allow_indirect: true } => {
            any(sources, importer) && any(forbidden, imported)
        }
        ContractKind::Protected { protected, allowed, as_packages: true, exposed } => {
            in_any(protected, imported)
                && !in_any(protected, importer)
                && !in_any(allowed, importer)
                && !exposed.iter().any(|pattern| pattern.matches(name))
        }
        ContractKind::Layers { layers, closed, allow_indirect: true, .. } => {
            let layer = |module: &str| {
                layers
                    .iter()
                    .position(|slots| slots.iter().any(|slot| slot.module.matches_or_contains(module)))
            };
            match (layer(importer), layer(imported)) {
                (Some(from), Some(to)) if from < to => closed[from + 1..to].contains(&true),
                (Some(from), Some(to)) => from > to,
                _ => false,
            }
        }
        other => panic!("not one of tach's: {other:?}"),
    }
}
