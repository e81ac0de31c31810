use std::sync::Arc;

use camino::Utf8PathBuf;
use config::Config;
use expect_test::{Expect, expect};
use salsa::Setter;

use crate::fixture::{Fixture, ROOT};
use crate::{Configs, Coupling, PathRole, closes_cycle, query};

/// The modules, one per line, with anything unusual about them.
fn show(fixture: &Fixture) -> String {
    let modules = fixture.modules();
    let line = |(_, module): (_, &crate::ModuleInfo)| {
        let package = if module.is_package { " package" } else { "" };
        let role = if module.role == PathRole::Code { String::new() } else { format!(" {:?}", module.role) };
        format!("{} = {}{package}{role}\n", module.path, module.name)
    };
    modules.iter().map(line).collect()
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&show(&Fixture::new(text)));
}

#[test]
fn files_have_the_names_that_imports_use() {
    check(
        r"
//- pyproject.toml
//- main.py
import app.core.db
//- app/__init__.py
//- app/core/db.py
//- tests/test_db.py
//- odd name.py
//- a.b.py
",
        &expect![[r#"
            a.b.py = a.b
            app/__init__.py = app package
            app/core/db.py = app.core.db
            main.py = main
            odd name.py = odd name
            tests/test_db.py = tests.test_db Tests
        "#]],
    );
}

#[test]
fn a_package_run_from_inside() {
    check(
        r"
//- backend/__init__.py
//- backend/main.py
from core.db import engine
from core.settings import settings
//- backend/core/__init__.py
//- backend/core/db.py
engine = 1
//- backend/core/settings.py
settings = 1
",
        &expect![[r#"
            backend/__init__.py = backend package
            backend/core/__init__.py = core package
            backend/core/db.py = core.db
            backend/core/settings.py = core.settings
            backend/main.py = main
        "#]],
    );
}

#[test]
fn several_distributions_in_one_checkout() {
    check(
        r"
//- libs/common/pyproject.toml
//- libs/common/src/common/__init__.py
//- libs/common/tests/test_common.py
//- services/orders/setup.py
//- services/orders/orders/api.py
from orders.db import engine
//- services/orders/orders/db.py
engine = 1
",
        &expect![[r#"
            libs/common/src/common/__init__.py = common package
            libs/common/tests/test_common.py = tests.test_common Tests
            services/orders/orders/api.py = orders.api
            services/orders/orders/db.py = orders.db
            services/orders/setup.py = setup Aside
        "#]],
    );
}

#[test]
fn declared_roots_win() {
    let text = r"
//- code/app/__init__.py
//- code/app/main.py
//- src/other/__init__.py
";
    let mut fixture = Fixture::new(text);
    expect![[r#"
        code/app/__init__.py = app package
        code/app/main.py = app.main
        src/other/__init__.py = other package
    "#]]
    .assert_eq(&show(&fixture));
    let config = Config {
        folder: ROOT.into(),
        source_roots: vec![Utf8PathBuf::from("./code/app")],
        ..Config::default()
    };
    let configs = Configs { list: vec![Arc::new(config)], ..Configs::default() };
    fixture.project.set_configs(&mut fixture.db).to(Arc::new(configs));
    expect![[r#"
        code/app/__init__.py = code.app package
        code/app/main.py = main
        src/other/__init__.py = src.other package
    "#]]
    .assert_eq(&show(&fixture));
}

const CYCLIC: &str = r"
//- shop/__init__.py
//- shop/a.py
import shop.b
//- shop/b.py
import shop.c
//- shop/c.py
def f():
    import shop.a
//- shop/deep/__init__.py
import shop.a
//- shop/deep/inner.py
//- shop/d.py
def f():
    import shop.deep.inner
//- shop/e.py
import shop.d
//- shop/f.py
import shop.deep.inner
";

#[test]
fn hoisting_would_close_a_cycle() {
    let fixture = Fixture::new(CYCLIC);
    let (modules, graph) = (fixture.modules(), query::graph(&fixture.db, fixture.project));
    let closes = |from: &str, to: &str| {
        let cycle = closes_cycle(&graph, &modules, fixture.module(from), fixture.module(to))?;
        Some(cycle.iter().map(|id| modules[*id].name.to_string()).collect::<Vec<_>>().join(" > "))
    };
    assert_eq!(closes("shop/c.py", "shop/a.py").as_deref(), Some("shop.c > shop.a > shop.b"));
    assert_eq!(closes("shop/d.py", "shop/deep/inner.py"), None);
    // `shop.deep` is executed before `shop.deep.inner`, and imports `shop.a`.
    assert_eq!(
        closes("shop/c.py", "shop/deep/inner.py").as_deref(),
        Some("shop.c > shop.deep > shop.a > shop.b")
    );
    // `shop.f` executes `shop.deep` before `shop.deep.inner`, and is half imported by then.
    assert_eq!(closes("shop/deep/__init__.py", "shop/f.py").as_deref(), Some("shop.deep > shop.f"));
    assert_eq!(closes("shop/deep/__init__.py", "shop/deep/inner.py"), None);
    // Its own packages are already being executed.
    assert_eq!(closes("shop/b.py", "shop/e.py"), None);
}

#[test]
fn coupling_of_modules_and_packages() {
    let fixture = Fixture::new(CYCLIC);
    let (modules, graph) = (fixture.modules(), query::graph(&fixture.db, fixture.project));
    let module = Coupling::of_module(&graph, fixture.module("shop/a.py"));
    assert_eq!(module, Coupling { afferent: 2, efferent: 1 });
    assert_eq!(module.instability(), Some(1.0 / 3.0));
    let package = Coupling::of_package(&modules, &graph, "shop.deep");
    assert_eq!(package, Coupling { afferent: 2, efferent: 1 });
    assert_eq!(Coupling::of_package(&modules, &graph, "shop").instability(), None);
    assert_eq!(Coupling::of_package(&modules, &graph, "sho").instability(), None);
}
