//! Unchanged files of import-linter.

use expect_test::expect;

use crate::check;

#[test]
fn importlinter_ini() {
    check(
        ".importlinter",
        "\
[importlinter]
root_packages =
    shop
    tools
include_external_packages = True
exclude_type_checking_imports = True

[importlinter:contract:1]
name = Layers
type = layers
layers =
    api
    (tasks) | cli
    # a comment
    models : schemas
containers =
    shop.orders
    shop.*
exhaustive = true
exhaustive_ignores = utils
ignore_imports =
    shop.a -> shop.b
    shop.** -> shop.c
unmatched_ignore_imports_alerting = warn

[importlinter:contract:no-orm]
type = forbidden
source_modules = shop.domain
forbidden_modules =
    django
    sqlalchemy
allow_indirect_imports = True
as_packages = False

[importlinter:contract:indep]
name: Independent
type: independence
modules:
    shop.a
    shop.b

[importlinter:contract:p]
name = Protected
type = protected
protected_modules = shop.**.models
allowed_importers = shop.colors.*

[importlinter:contract:acyclic]
name = Trees
type = acyclic_siblings
ancestors = shop
depth = 5
skip_descendants =
    shop.legacy

[importlinter:contract:own]
name = Own
type = house_rule
colour = green

[flake8]
ignore = E501
",
        &expect![[r#"
            contract "Layers" at 9:8 error: layers api > (tasks) | cli > models : schemas in shop.orders, shop.* exhaustive but ["utils"], not under TYPE_CHECKING, within shop, tools and what these import, but shop.a -> shop.b, but shop.** -> shop.c
            contract "no-orm" at 26:1 error: shop.domain never import django, sqlalchemy directly, modules alone, not under TYPE_CHECKING, within shop, tools and what these import
            contract "Independent" at 36:7 error: independent shop.a, shop.b, not under TYPE_CHECKING, within shop, tools and what these import
            contract "Protected" at 43:8 error: only shop.colors.* import shop.**.models, not under TYPE_CHECKING, within shop, tools and what these import
            contract "Trees" at 49:8 error: acyclic shop to depth 5 without shop.legacy, not under TYPE_CHECKING, within shop, tools and what these import
            warning 58:8 [house_rule] contracts of the type `house_rule` are not known here and not checked
        "#]],
    );
}

#[test]
fn importlinter_ini_with_mistakes() {
    check(
        "setup.cfg",
        "\
[metadata]
name = shop
broken line

[importlinter]
root_package = shop
no value
exclude_type_checking_imports = maybe

[importlinter:contract:a]
name = A
type = layers
layers =
    shop.high
    shop.bl*e
    shop.low
color = green

[importlinter:contract:b]
name = B
type = forbidden
source_modules =
forbidden_modules = shop.b

[importlinter:contract:c]
name = C
modules = shop.b
",
        &expect![[r#"
            contract "A" at 11:8 error: layers shop.high > shop.low, within shop
            warning 7:1 [no value] neither a key with its value nor part of a value
            warning 8:33 [maybe] expected `true` or `false`, found a string
            warning 15:5 [shop.bl*e] `shop.bl*e`: a wildcard stands for a whole segment, not for a part of one
            warning 17:1 [color] `color` in a contract of the type `layers` is not understood and left out
            warning 22:1 [source_modules] `source_modules` is empty: the contract promises nothing and is not checked
            warning 25:1 [[importlinter:contract:c]] a contract needs a `type`: layers, forbidden, independence, protected, acyclic
        "#]],
    );
    check(
        "setup.cfg",
        "[metadata]\nname = shop\n",
        &expect![[r#"
        nothing declared
    "#]],
    );
}

#[test]
fn importlinter_toml() {
    check(
        "pyproject.toml",
        r#"
[tool.importlinter]
root_package = "shop"
exclude_type_checking_imports = true
contract_types = ["x: y.Z"]

[[tool.importlinter.contracts]]
id = "two"
name = "Layers"
type = "layers"
layers = ["shop.high", "shop.mid | shop.other", "shop.low"]
ignore_imports = ["shop.low.a -> shop.high.b"]

[[tool.importlinter.contracts]]
name = "Acyclic"
type = "acyclic_siblings"
ancestors = "shop"

[[tool.importlinter.contracts]]
name = "Custom"
type = "x"
"#,
        &expect![[r#"
            contract "Layers" at 9:8 error: layers shop.high > shop.mid | shop.other > shop.low, not under TYPE_CHECKING, within shop, but shop.low.a -> shop.high.b
            contract "Acyclic" at 15:8 error: acyclic shop to depth 10, not under TYPE_CHECKING, within shop
            warning 21:8 ["x"] contracts of the type `x` are not known here and not checked
        "#]],
    );
}

#[test]
fn what_a_contract_sees_and_says() {
    check(
        ".importlinter",
        "[importlinter]
root_packages =
    shop
    tools
include_external_packages = True

[importlinter:contract:private]
name = Private
type = private_modules
packages_with_private_modules = shop.*
unmatched_ignore_imports_alerting = none
broken_contract_guidance =
    Ask the platform team.
    They know.

[importlinter:contract:all]
name = All
type = private_modules
unmatched_ignore_imports_alerting = loud
",
        &expect![[r#"
            contract "Private" at 8:8 error: private modules of shop.*, within shop, tools and what these import, unmatched exceptions are fine, says "Ask the platform team. They know."
            contract "All" at 17:8 error: private modules of all packages, within shop, tools and what these import
            warning 19:37 [loud] unknown level "loud"; known are "none", "warn", "error"
        "#]],
    );
}
