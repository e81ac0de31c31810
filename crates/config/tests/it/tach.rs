//! How tach's files are read.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use camino::Utf8Path;
use config::{parse, with_domains};
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
fn modules() {
    check(
        "tach.toml",
        NESTED,
        &expect![[r#"
        source root "src"
        exclude **/*__pycache__
        exclude /build/
        exclude /docs
        contract "tach" at 1:1 error: modules layer ui closed layer commands layer core
            shop needs []
            shop.web needs [] in ui
            shop.check needs [shop.mod] never [shop.legacy] in commands
            shop.mod needs [shop.check, shop.free.*] in commands
            shop.db needs [] in core
            shop.cache needs [] in core
            shop.errors needs [] utility
            shop.legacy needs [] unchecked
            shop.free needs anything
            shop.free.inner needs [] for [Glob("shop.mod")], not under TYPE_CHECKING
    "#]],
    );
    check(
        "tach.toml",
        INTERFACES,
        &expect![[r#"
        contract "tach" at 1:1 error: modules
            api needs []
            client needs [api]
            admin needs [api]
            old needs anything unchecked
            interface of api: [read_data, services.*]
            interface of ap[i]: [write_data] for [admin, unknown] alone
            interface of client: [], not under TYPE_CHECKING
    "#]],
    );
}

#[test]
fn what_tach_refuses() {
    check(
        "tach.toml",
        r#"
root_module = "forbid"
forbid_circular_dependencies = true
[[modules]]
path = "<root>"
[[modules]]
path = "a"
depends_on = ["b"]
[[modules]]
path = "b"
depends_on = ["a", "<root>"]
[[modules]]
path = "c"
depends_on = ["a"]
[[modules]]
path = "c"
"#,
        &expect![[r#"
            contract "tach" at 1:1 error: modules, root counts
                <root> needs anything
                a needs [b]
                b needs [a, <root>]
                c needs [a]
                c needs anything, not under TYPE_CHECKING
            warning 5:8 ["<root>"] `<root>` must not be named here: `root_module` says so
            warning 7:8 ["a"] `a` depends on itself, which `forbid_circular_dependencies` rules out
            warning 10:8 ["b"] `b` depends on itself, which `forbid_circular_dependencies` rules out
            warning 11:20 ["<root>"] `<root>` must not be named here: `root_module` says so
            warning 16:8 ["c"] `c` is declared twice
        "#]],
    );
}

#[test]
fn a_domain_is_relative_to_its_folder() {
    let read = |path: &str, text: &str| parse(Utf8Path::new(path), text).config.unwrap();
    let whole = read("/p/tach.toml", "source_roots = ['src']\n[[modules]]\npath = 'shop.hall'\n");
    let domain = Arc::new(read(
        "/p/src/shop/rooms/tach.domain.toml",
        "[root]\ndepends_on = ['attic', '//shop.hall']\n[[modules]]\npath = 'attic.*'\n\
         cannot_depend_on = ['<domain_root>']\nvisibility = ['//shop.*']\n\
         [[interfaces]]\nexpose = ['X']\nfrom = ['<domain_root>', 'attic']\nvisibility = ['//shop.hall']\n",
    ));
    let whole = with_domains(&whole, &[domain]).unwrap();
    expect![[r#"
        source root "src"
        contract "tach" at 1:1 error: modules
            shop.hall needs anything
            shop.rooms needs [shop.rooms.attic, shop.hall]
            shop.rooms.attic.* (glob) needs anything never [shop.rooms] for [Glob("shop.*")]
            interface of shop.rooms, shop.rooms.attic: [X] for [shop.hall], not under TYPE_CHECKING
    "#]]
    .assert_eq(&crate::show::config(&whole, ""));
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
            contract "tach" at 1:1 error: modules layer a layer b, root counts
                <root> needs anything
                x needs anything
                x.**.y* (glob) needs anything
                interface of : [.*], not under TYPE_CHECKING
            warning 3:16 [1] expected a layer's name, or a table with `name` and `closed`, found an integer
            warning 3:52 [close] `close` in a layer is not understood and left out
            warning 5:1 [exact] dependencies that are declared and not needed are not checked here
            warning 6:1 [colour] `colour` in the configuration of tach is not understood and left out
            warning 10:8 ["<root>"] `<root>` must not be named here: `root_module` says so
            warning 11:1 [[[modules]]] a module without a `path` is not checked
            warning 15:9 ["ab"] unknown layer "ab", did you mean "a"? (try "a")
            warning 16:1 [strict] `strict` in a module is not understood and left out
            warning 17:14 ["y"] expected a list of modules, found a string
            warning 20:15 [1] expected a module's path, or a table with `path`, found an integer
            warning 20:20 [pth] `pth` in a dependency is not understood and left out
            warning 22:11 ["("] `(` is not a regular expression that can be used here
            warning 23:9 ["["] `[` is not a regular expression that can be used here
            warning 24:14 ["primitive"] the types of exposed data are not checked here
        "#]],
    );
    check(
        "pyproject.toml",
        "[tool.tach]\n[[tool.tach.modules]]\npath = 'a'\ndepends_on = []\n",
        &expect![[r#"
            contract "tach" at 1:1 error: modules
                a needs [], not under TYPE_CHECKING
        "#]],
    );
}
