use super::{Installation, Installed};
use crate::fixture::Fixture;

const APPS: &str = "\
//- shop/__init__.py
//- shop/orders/__init__.py
//- shop/orders/models.py
//- shop/orders/views.py
//- shop/stock/__init__.py
//- shop/stock/models.py
//- shop/stock/apps.py
class StockConfig:
    name = 'shop.stock'
//- shop/loose.py
";

/// The files of settings, and whether the models of `shop.stock` are installed where `shop.orders.views` and `shop.loose`
/// run.
const CASES: &[(&str, &str, &str)] = &[
    ("", "unknown", "unknown"),
    ("//- config/a.py\nINSTALLED_APPS = ['shop.orders', 'shop.stock']\n", "sure", "sure"),
    ("//- config/a.py\nINSTALLED_APPS = ['shop.orders', 'shop.stock.apps.StockConfig']\n", "sure", "sure"),
    ("//- config/a.py\nINSTALLED_APPS = ['shop.orders']\n", "missing", "missing"),
    ("//- config/a.py\nINSTALLED_APPS = ['shop']\n", "sure", "sure"),
    // Of two programs one has no orders.
    (
        "//- config/a.py\nINSTALLED_APPS = ['shop.orders', 'shop.stock']\n//- config/b.py\nINSTALLED_APPS = ['shop']\n",
        "sure",
        "sure",
    ),
    (
        "//- config/a.py\nINSTALLED_APPS = ['shop.orders', 'shop.stock']\n//- config/b.py\nINSTALLED_APPS = ['mail']\n",
        "sure",
        "missing",
    ),
    // Settings of tests prove nothing.
    ("//- tests/settings.py\nINSTALLED_APPS = ['shop.orders', 'shop.stock']\n", "unknown", "unknown"),
    (
        "//- config/a.py\nINSTALLED_APPS = ['shop.orders', 'shop.stock']\n//- tests/settings.py\nINSTALLED_APPS = ['shop.orders']\n",
        "missing",
        "missing",
    ),
    // What extends others says nothing of its own.
    (
        "//- config/a.py\nINSTALLED_APPS = ['shop.orders', 'shop.stock']\n//- config/b.py\nfrom config.a import *\nINSTALLED_APPS += ['mail']\n",
        "sure",
        "sure",
    ),
    (
        "//- config/a.py\nLOCAL = ['shop.orders']\nLOCAL += ['shop.stock']\nINSTALLED_APPS = ['mail'] + LOCAL\n",
        "sure",
        "sure",
    ),
    (
        "//- config/a.py\nINSTALLED_APPS = ['shop.orders']\nif DEBUG:\n    INSTALLED_APPS += ['shop.stock']\n",
        "unknown",
        "unknown",
    ),
    (
        "//- config/a.py\nINSTALLED_APPS = ['shop.orders', 'shop.stock']\nINSTALLED_APPS.remove('shop.stock')\n",
        "missing",
        "missing",
    ),
    ("//- config/a.py\nINSTALLED_APPS = ['shop.orders', *found()]\n", "unknown", "unknown"),
    (
        "//- config/a.py\nfrom django.conf import settings\nsettings.configure(INSTALLED_APPS=['shop.orders'])\n",
        "missing",
        "missing",
    ),
    ("//- config/a.py\nclass Base:\n    INSTALLED_APPS = ['shop.orders', 'shop.stock']\n", "sure", "sure"),
];

#[test]
fn whether_an_app_is_installed() {
    for (settings, of_orders, of_loose) in CASES {
        let fixture = Fixture::new(&format!("//- pyproject.toml\n{APPS}{settings}"));
        let modules = fixture.modules();
        let installed = Installed::of(&fixture.db, fixture.project);
        let judged = |path: &str| match installed.judge(&modules, fixture.module(path), "shop.stock.models") {
            Installation::Sure => "sure",
            Installation::Unknown => "unknown",
            Installation::Missing(_) => "missing",
        };
        assert_eq!(judged("shop/orders/views.py"), *of_orders, "{settings}");
        assert_eq!(judged("shop/loose.py"), *of_loose, "{settings}");
    }
}
