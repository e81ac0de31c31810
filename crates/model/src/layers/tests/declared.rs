//! Declared layers override all inference.

use std::sync::Arc;

use camino::Utf8Path;
use expect_test::expect;
use salsa::Setter;

use super::verdicts;
use crate::fixture::{Fixture, ROOT};
use crate::{Configs, query};

const SHOP: &str = r"
//- shop/__init__.py
//- shop/web/orders.py
from fastapi import APIRouter
router = APIRouter()
//- shop/kernel/order.py
from sqlalchemy.orm import DeclarativeBase
class Order(DeclarativeBase): ...
//- shop/parts/stock/level.py
class Level: ...
//- shop/parts/users/user.py
class User: ...
";

fn declared(text: &str) -> Fixture {
    let mut fixture = Fixture::new(SHOP);
    let config::Parsed { config, problems, .. } =
        config::parse(&Utf8Path::new(ROOT).join("architrave.toml"), text);
    assert_eq!(problems, []);
    let config = config.expect("a configuration");
    let configs = Configs { list: vec![Arc::new(config)], ..Configs::default() };
    fixture.project.set_configs(&mut fixture.db).to(Arc::new(configs));
    fixture
}

#[test]
fn layers_by_module_and_by_path() {
    let fixture = declared(
        r#"
[layers]
domain = ["shop.kernel"]
application = ["shop/parts/stock/**"]
"#,
    );
    expect![[r#"
        shop/kernel/order.py domain 100 (declared by `shop.kernel`)
        shop/parts/stock/level.py application 100 (declared by `shop/parts/stock/**`)
        shop/parts/users/user.py domain 56 (is free of frameworks)
        shop/web/orders.py presentation 97 (makes a router)
    "#]]
    .assert_eq(&verdicts(&fixture));
}

#[test]
fn styles_and_contexts() {
    let fixture = declared("style = \"modules\"\ncontexts = [\"shop.parts\"]\n");
    let layers = query::layers(&fixture.db, fixture.project);
    let [scope] = &layers.styles[..] else { panic!("{:?}", layers.styles) };
    assert_eq!((scope.style, &scope.grounds[..]), (config::Style::Modules, &[crate::Ground::Declared][..]));
    assert_eq!(layers.contexts, ["shop.parts.stock", "shop.parts.users"]);
    let module = fixture.module("shop/parts/users/user.py");
    assert_eq!(layers.context(module).map(AsRef::as_ref), Some("shop.parts.users"));
}
