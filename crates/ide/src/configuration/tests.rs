//! Completions, hovers and links at the cursor (`$0`) of a configuration.

mod completion;
mod documents;
mod hover;

use crate::fixture::Fixture;

/// A backend with two contexts; each test adds its configuration.
const SHOP: &str = "
//- /shop/__init__.py
//- /shop/main.py
import sqlalchemy
//- /shop/orders/__init__.py
//- /shop/orders/domain/__init__.py
//- /shop/orders/domain/order.py
X = 1
//- /shop/orders/db.py
import sqlalchemy.orm
from shop.orders.domain.order import X
//- /shop/users/__init__.py
//- /shop/users/domain/__init__.py
//- /shop/users/db.py
from shop.orders.db import X
//- /scripts/seed.py
import shop.users.db
";

fn fixture(name: &str, configuration: &str) -> Fixture {
    Fixture::new(&format!("//- /{name}\n{configuration}\n{}", SHOP.trim_start()))
}
