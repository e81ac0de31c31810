//! Projects as text: files under `//- /path` headers, the cursor as `$0`. Built in memory, opened as one folder.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use source::{File, MemoryFileSystem};
use workspace::{Change, Workspace};

/// A project in memory with a place in it.
pub(crate) struct Fixture {
    pub(crate) workspace: Workspace,
    /// The file with the cursor, or the first.
    pub(crate) path: Utf8PathBuf,
    /// Byte offset of the cursor in it; 0 without one.
    pub(crate) offset: u32,
}

impl Fixture {
    /// Parses and opens a fixture. Paths are below `/project`.
    pub(crate) fn new(text: &str) -> Self {
        let fs = MemoryFileSystem::new();
        let mut cursor = None;
        let mut first = None;
        for section in text.split("//- ").skip(1) {
            let (path, contents) = section.split_once('\n').unwrap_or((section, ""));
            let path = Utf8Path::new("/project").join(path.trim().trim_start_matches('/'));
            if let Some(offset) = contents.find("$0") {
                cursor = Some((path.clone(), offset as u32));
            }
            first.get_or_insert_with(|| path.clone());
            fs.insert(path, contents.replacen("$0", "", 1));
        }
        let mut workspace = Workspace::new(Arc::new(fs));
        workspace.apply(vec![Change::AddFolder("/project".into())]);
        let (path, offset) = cursor.unwrap_or_else(|| (first.expect("a fixture has a file"), 0));
        Self { workspace, path, offset }
    }

    /// The file with the cursor.
    pub(crate) fn file(&self) -> File {
        self.workspace.snapshot().file(&self.path).expect("the walk found it")
    }
}

/// A backend whose handlers run queries: routes, a repository, and the routes' dependencies.
pub(crate) const ORDERS: &str = r#"
//- /pyproject.toml
[project]
name = "shop"
//- /shop/__init__.py
//- /shop/models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase): ...
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
//- /shop/repository.py
from sqlalchemy import select
from sqlalchemy.orm import Session
from shop.models import Order, User
class OrderRepository:
    def __init__(self, session: Session):
        self.session = session
    def recent(self) -> list[Order]:
        return self.session.scalars(select(Order)).all()
    def owners(self) -> list[User]:
        return [self.session.get(User, order.user_id) for order in self.recent()]
    def name(self) -> str:
        return "orders"
//- /shop/db.py
from sqlalchemy.orm import Session
def get_session():
    with Session() as session:
        yield session
"#;

/// The routes for [`ORDERS`].
pub(crate) const ORDER_ROUTES: &str = r#"
//- /shop/api.py
from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy.orm import Session
from shop.db import get_session
from shop.models import User
from shop.repository import OrderRepository
def current_user(session: Session = Depends(get_session)) -> User:
    return session.get(User, 1)
router = APIRouter(prefix="/orders")
@router.get("/owners")
def listed(session: Session = Depends(get_session), user: User = Depends(current_user)):
    repository = OrderRepository(session)
    repository.name()
    return repository.owners()
app = FastAPI()
app.include_router(router, prefix="/v1")
"#;

/// A port with its adapters and consumers, in a layered project.
pub(crate) const PORTS: &str = r#"
//- /pyproject.toml
[project]
name = "shop"
//- /shop/__init__.py
//- /shop/domain/__init__.py
//- /shop/domain/ports.py
from abc import ABC, abstractmethod
from typing import Protocol
class Orders(Protocol):
    def add(self, order): ...
    def get(self, key): ...
class Mail(ABC):
    @abstractmethod
    def send(self, to): ...
class Lonely(Protocol):
    def ring(self, bell): ...
class Unused:
    pass
//- /shop/adapters.py
from shop.domain.ports import Mail, Orders
class SqlOrders(Orders):
    def add(self, order): return 1
    def get(self, key): return 1
class MemoryOrders:
    def add(self, order): return 1
    def get(self, key): return 1
class Smtp(Mail):
    def send(self, to): return 1
class Everything(Orders, Mail):
    def add(self, order): return 1
    def get(self, key): return 1
    def send(self, to): return 1
//- /shop/service.py
from shop.adapters import Smtp
from shop.domain.ports import Orders
class OrderService:
    def __init__(self, orders: Orders):
        self._orders = orders
    def place(self, order):
        self._orders.add(order)
    def again(self, orders: Orders):
        return orders
def show(key, orders: "Orders | None" = None, mail: Smtp = None):
    return orders.get(key)
"#;
