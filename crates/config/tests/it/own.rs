//! `architrave.toml` and `[tool.architrave]`.

use expect_test::expect;

use crate::check;

#[test]
fn everything() {
    check(
        "architrave.toml",
        r#"
source-roots = ["src", "./services/api/", "."]
exclude = ["legacy/", "!legacy/kept.py"]
style = "hexagonal"
contexts = ["shop.*"]
require-reasons = true
report-unused-ignores = false

[layers]
infrastructure = ["shop.*.adapters", "src/shop/db/"]
domain = ["shop.*.domain"]

[rules]
hidden-import = "error"
circular_import = "off"

[rules.framework-in-domain]
level = "hint"
allow_in = ["pydantic"]

[[overrides]]
paths = ["tests/", "scripts/*.py"]
rules = { hidden-import = "off" }

[[contracts]]
name = "Layers of a context"
type = "layers"
layers = ["api", "(tasks) | cli", "service", "model : schema"]
containers = ["shop.*"]
exhaustive = true
exhaustive-ignores = ["conftest"]
closed = ["service"]
ignore-imports = ["shop.a.model -> shop.a.api", "shop.*.x -> shop.**"]
exclude-type-checking-imports = true
level = "warning"
guidance = "See docs/layers.md"

[[contracts]]
name = "No ORM"
type = "forbidden"
source-modules = ["shop.domain"]
forbidden-modules = ["sqlalchemy", "django.db"]
allow-indirect-imports = true
as-packages = false

[[contracts]]
name = "Contexts"
type = "independence"
modules = ["shop.*"]

[[contracts]]
name = "Ledger"
type = "protected"
protected-modules = ["shop.ledger"]
allowed-importers = ["shop.billing"]
exposed = ["api.*"]

[[contracts]]
name = "Trees"
type = "acyclic"
ancestors = ["shop"]
depth = 2
skip-descendants = ["shop.legacy"]

[[contracts]]
name = "snake"
type = "layers"
layers = ["a", "b"]
closed = true
allow_indirect_imports = true
"#,
        &expect![[r#"
            source root "src"
            source root "services/api"
            source root ""
            exclude legacy/
            exclude !legacy/kept.py
            style hexagonal
            layer infrastructure: shop.*.adapters, src/shop/db/ (1 paths)
            layer domain: shop.*.domain (0 paths)
            contexts shop.*
            require reasons
            keep unused ignores
            rule circular-import off
            rule framework-in-domain hint allow-in=["pydantic"]
            rule hidden-import error
            override tests/, scripts/*.py
              rule hidden-import off
            contract "Layers of a context" at 26:8 warning: layers api > (tasks) | cli > closed service > model : schema in shop.* exhaustive but ["conftest"], not under TYPE_CHECKING, but shop.a.model -> shop.a.api, but shop.*.x -> shop.**, says "See docs/layers.md"
            contract "No ORM" at 39:8 error: shop.domain never import sqlalchemy, django.db directly, modules alone
            contract "Contexts" at 47:8 error: independent shop.*
            contract "Ledger" at 52:8 error: only shop.billing import shop.ledger, exposed api.*
            contract "Trees" at 59:8 error: acyclic shop to depth 2 without shop.legacy
            contract "snake" at 66:8 error: layers closed a > closed b direct only
        "#]],
    );
}

#[test]
fn presets_bring_the_style_that_they_are_named_after() {
    for (text, expected) in [
        ("presets = [\"strict\", \"clean\", \"hexagonal\"]\n", Some(config::Style::Hexagonal)),
        ("presets = [\"hexagonal\"]\nstyle = \"layered\"\n", Some(config::Style::Layered)),
        ("presets = [\"strict\", \"django\"]\n", None),
    ] {
        let config::Parsed { config, problems, .. } = config::parse("/p/architrave.toml".into(), text);
        assert_eq!((config.unwrap().style, problems), (expected, Vec::new()), "{text}");
    }
    check(
        "architrave.toml",
        "presets = [\"strict\", 1]\nrules = { hidden-import = \"off\" }\n",
        &expect![[r#"
            preset strict
            rule hidden-import off
            error 1:22 [1] expected a string, found an integer
        "#]],
    );
}

#[test]
fn words_that_are_not_known() {
    check(
        "architrave.toml",
        r#"
source_rots = ["src"]
zzz = 1
style = "onion"

[layers]
domian = ["a"]
database = ["b"]

[rules]
hidden-import = "warn"
dynamic-import = "loud"

[[overrides]]
path = ["x"]

[[contracts]]
name = "one"
type = "layer"
layer = ["a", "b"]

[[contracts]]
name = "two"
type = "forbidden"
sources = ["a"]
source-modules = ["a"]
forbidden-modules = ["b"]
containers = ["c"]
levl = "off"

[[contracts]]
name = "two"
type = "layers"
layers = ["alpha", "beta"]
closed = ["betta", "x"]
"#,
        &expect![[r#"
            rule dynamic-import
            rule hidden-import
            contract "two" at 23:8 error: a never import b
            contract "two" at 32:8 error: layers alpha > beta
            error 2:1 [source_rots] unknown key `source_rots` in the configuration, did you mean `source-roots`? (try source-roots)
            error 3:1 [zzz] unknown key `zzz` in the configuration; known are `source-roots`, `exclude`, `style`, `layers`, `contexts`, `fail-on`, `require-reasons`, `report-unused-ignores`, `presets`, `rules`, `overrides`, `contracts`
            error 4:9 ["onion"] unknown style "onion"; known are "layered", "clean", "hexagonal", "modules"
            error 7:1 [domian] unknown layer `domian`, did you mean `domain`? (try domain)
            error 8:1 [database] unknown layer `database`; known are presentation, application, domain, infrastructure, composition, config, shared, tests, migrations
            error 11:17 ["warn"] unknown level "warn", did you mean "warning"? (try "warning")
            error 12:18 ["loud"] unknown level "loud"; known are "off", "hint", "info", "warning", "error"
            error 14:1 [[[overrides]]] an override needs `paths`
            error 15:1 [path] unknown key `path` in an override, did you mean `paths`? (try paths)
            error 19:8 ["layer"] unknown type of contract "layer", did you mean "layers"? (try "layers")
            error 25:1 [sources] unknown key `sources` in a contract of the type `forbidden`; known are `name`, `type`, `source-modules`, `forbidden-modules`, `allow-indirect-imports`, `as-packages`, `ignore-imports`, `level`, `guidance`, `exclude-type-checking-imports`
            error 28:1 [containers] unknown key `containers` in a contract of the type `forbidden`; known are `name`, `type`, `source-modules`, `forbidden-modules`, `allow-indirect-imports`, `as-packages`, `ignore-imports`, `level`, `guidance`, `exclude-type-checking-imports`
            error 29:1 [levl] unknown key `levl` in a contract of the type `forbidden`, did you mean `level`? (try level)
            error 32:8 ["two"] another contract is called "two" too
            error 35:11 ["betta"] no layer of this contract is called "betta", did you mean "beta"? (try "beta")
            error 35:20 ["x"] no layer of this contract is called "x"
        "#]],
    );
}

#[test]
fn types_that_are_not_expected() {
    check(
        "architrave.toml",
        r#"
source-roots = "src"
source_roots = ["src"]
exclude = [1, "a", [2]]
style = 3
layers = ["a"]
contexts = {}
require-reasons = "yes"
report-unused-ignores = 1979-05-27
rules = { a = 1, b = { level = 2.5, x = [1, "y"] }, a-b = "off", a_b = "off" }
overrides = { paths = ["x"] }
contracts = [1, { name = 1, type = true }]
"#,
        &expect![[r#"
            exclude a
            rule a
            rule a-b off
            rule b x=[1, "y"]
            error 2:16 ["src"] expected a list of strings, found a string
            error 3:1 [source_roots] `source-roots` is set twice
            error 4:12 [1] expected a string, found an integer
            error 4:20 [[2]] expected a string, found a list
            error 5:9 [3] expected a string, found an integer
            error 6:10 [["a"]] expected a table, found a list
            error 7:12 [{}] expected a list of strings, found a table
            error 8:19 ["yes"] expected `true` or `false`, found a string
            error 9:25 [1979-05-27] expected `true` or `false`, found a date
            error 10:15 [1] expected a level or a table with options, found an integer
            error 10:32 [2.5] expected a level, found a number
            error 10:66 [a_b] `a_b` is set twice
            error 11:13 [{ paths = ["x"] }] expected a list of tables, written `[[overrides]]`, found a table
            error 12:14 [1] expected a table, found an integer
            error 12:26 [1] expected a string, found an integer
            error 12:36 [true] expected a string, found a boolean
        "#]],
    );
}

#[test]
fn patterns_and_paths_that_cannot_be() {
    check(
        "architrave.toml",
        r#"
source-roots = ["/abs", "../up", "a\\b", "C:/x"]
exclude = ["", "a/[b"]
contexts = ["a..b", "src/app"]
[layers]
domain = ["a*", "a/../b"]
[[overrides]]
paths = ["/"]
[[contracts]]
name = "c"
type = "independence"
modules = ["src/a", "b c", "x.*"]
ignore-imports = ["a.b", "a -> ", "a -> b/c", "a -> b"]
"#,
        &expect![[r#"
            layer domain: nobody (0 paths)
            contract "c" at 10:8 error: independent x.*, but a -> b
            error 2:17 ["/abs"] `/abs` should be relative to this file's folder and `/`-separated
            error 2:25 ["../up"] `../up` leads out of this file's folder
            error 2:34 ["a\\b"] `a\b` should be relative to this file's folder and `/`-separated
            error 2:42 ["C:/x"] `C:/x` should be relative to this file's folder and `/`-separated
            error 3:12 [""] `` names no path below this folder
            error 3:16 ["a/[b"] `a/[b`: unclosed character class; missing ']'
            error 4:13 ["a..b"] `a..b` has an empty segment
            error 4:21 ["src/app"] `src/app` is a path; modules are named with dots here
            error 6:11 ["a*"] `a*`: a wildcard stands for a whole segment, not for a part of one
            error 6:17 ["a/../b"] `a/../b` leads out of this folder
            error 8:10 ["/"] `/` names no path below this folder
            error 12:12 ["src/a"] `src/a` is a path; modules are named with dots here
            error 12:21 ["b c"] `b c` is not a dotted module name
            error 13:19 ["a.b"] `a.b` should be written `importer -> imported`
            error 13:26 ["a -> "] a pattern must not be empty
            error 13:35 ["a -> b/c"] `b/c` is a path; modules are named with dots here
        "#]],
    );
}

#[test]
fn contracts_that_promise_nothing() {
    check(
        "architrave.toml",
        r#"
[[contracts]]
[[contracts]]
name = "no type"
[[contracts]]
type = "acyclic"
ancestors = ["a"]
[[contracts]]
name = "no layers"
type = "layers"
closed = true
[[contracts]]
name = "empty layers"
type = "layers"
layers = []
[[contracts]]
name = "one layer"
type = "layers"
layers = ["a"]
[[contracts]]
name = "mixed"
type = "layers"
layers = ["a | b : c", "d", "e.."]
[[contracts]]
name = "siblings are enough"
type = "layers"
layers = ["a | b"]
[[contracts]]
name = "no container"
type = "layers"
layers = ["a", "b"]
exhaustive = true
[[contracts]]
name = "half"
type = "forbidden"
source-modules = ["a"]
[[contracts]]
name = "one module"
type = "independence"
modules = ["a"]
[[contracts]]
name = "nothing left"
type = "protected"
protected-modules = ["a/b"]
"#,
        &expect![[r#"
            contract "acyclic" at 5:1 error: acyclic a to depth 10
            contract "siblings are enough" at 25:8 error: layers a | b
            contract "no container" at 29:8 error: layers a > b
            error 2:1 [[[contracts]]] a contract needs a `name`
            error 2:1 [[[contracts]]] a contract needs a `type`: layers, forbidden, independence, protected, acyclic, modules
            error 3:1 [[[contracts]]] a contract needs a `type`: layers, forbidden, independence, protected, acyclic, modules
            error 5:1 [[[contracts]]] a contract needs a `name`
            error 8:1 [[[contracts]]] the contract needs `layers`; without, it is not checked
            error 15:1 [layers] `layers` is empty: the contract promises nothing and is not checked
            error 19:11 ["a"] one layer alone can't be broken; list the others too
            error 23:11 ["a | b : c"] a layer's modules are separated by `|` (independent) or by `:` (not), not by both
            error 23:29 ["e.."] `e..` has an empty segment
            error 32:1 [exhaustive] `exhaustive` needs `containers`: their children must all be layers
            error 33:1 [[[contracts]]] the contract needs `forbidden-modules`; without, it is not checked
            error 40:12 ["a"] one module alone can't be broken; list the others or use a wildcard
            error 44:22 ["a/b"] `a/b` is a path; modules are named with dots here
        "#]],
    );
}

#[test]
fn no_contracts_are_no_problem_and_no_contract() {
    check("architrave.toml", "contracts = []\n", &expect![[""]]);
    check("architrave.toml", "", &expect![[""]]);
}

#[test]
fn in_pyproject() {
    check(
        "pyproject.toml",
        r#"
[project]
name = "shop"

[tool.architrave]
style = "clean"
stile = "clean"

[[tool.architrave.contracts]]
name = "c"
type = "forbidden"
source-modules = ["a"]
forbidden-modules = ["b"]

[tool.importlinter]
root_package = "shop"
"#,
        &expect![[r#"
            style clean
            contract "c" at 10:8 error: a never import b
            error 7:1 [stile] unknown key `stile` in the configuration, did you mean `style`? (try style)
        "#]],
    );
    check(
        "pyproject.toml",
        "[project]\nname = 'shop'\n",
        &expect![[r#"
        nothing declared
    "#]],
    );
}

#[test]
fn modules_are_declared_as_in_tach() {
    check(
        "architrave.toml",
        r#"
[[contracts]]
name = "Modules"
type = "modules"
layers = ["ui", { name = "core", closed = true }]
root-module = "allow"
local-imports = "off"
exclude-type-checking-imports = true

[[contracts.modules]]
path = "shop.web"
layer = "ui"
depends-on = ["shop.db"]

[[contracts.modules]]
paths = ["shop.db"]
layer = "coer"
utility = true
utilty = true

[[contracts.modules]]
path = ["shop.list"]

[[contracts.interfaces]]
expose = ["api.*"]
from = ["shop.db"]
data-types = "all"

[contracts.external]
exclude = ["a"]

[[contracts]]
name = "Again"
type = "modules"
modules = []
"#,
        &expect![[r#"
            contract "Modules" at 3:8 error: modules layer ui closed layer core, root counts, local imports are quieter
                shop.web needs [shop.db] in ui
                shop.db needs anything utility
                interface of shop.db: [api.*], not under TYPE_CHECKING
            error 17:9 ["coer"] unknown layer "coer", did you mean "core"? (try "core")
            error 19:1 [utilty] unknown key `utilty` in a module, did you mean `utility`? (try utility)
            warning 21:1 [[[contracts.modules]]] a module without a `path` is not checked
            error 22:8 [["shop.list"]] expected a string, found a list
            error 27:1 [data-types] unknown key `data-types` in an interface; known are `expose`, `from`, `visibility`, `exclusive`
            error 33:8 ["Again"] another contract of the type `modules` is declared above: put all modules into one
        "#]],
    );
}
