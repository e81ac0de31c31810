//! The kinds of classes, inferred from bases, location, name and members.

use camino::Utf8Path;
use model::ClassRef;
use tests::TestProject;
use view::ClassKind;

const FILES: &[(&str, &str)] = &[
    (
        "shop/domain/order.py",
        "import abc\nfrom dataclasses import dataclass\nfrom enum import Enum\nfrom uuid import UUID\n\n\n\
         class State(Enum):\n    NEW = 1\n\n\n\
         @dataclass\nclass Order:\n    id: UUID\n    state: State\n\n\n\
         @dataclass\nclass Price:\n    amount: int\n    state: State | None = None\n\n\n\
         @dataclass\nclass Basket:\n    lines: list[str]\n\n\n\
         @dataclass\nclass Counter:\n    count: int\n\n    def up(self) -> None:\n        self.count += 1\n\n\n\
         class Customer:\n    def __init__(self, customer_id: int) -> None:\n        self.customer_id = customer_id\n\n\n\
         class OrderError(Exception): ...\n\n\n\
         class Orders(abc.ABC):\n    @abc.abstractmethod\n    def get(self, id: UUID) -> Order: ...\n\n\n\
         class PricingService:\n    def price(self, order: Order) -> int:\n        return 1\n",
    ),
    (
        "shop/domain/value_objects.py",
        "from pydantic import BaseModel\n\n\nclass Address(BaseModel):\n    lines: list[str]\n",
    ),
    (
        "shop/domain/events.py",
        "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass OrderPlaced:\n    number: str\n",
    ),
    (
        "shop/application/ship.py",
        "from dataclasses import dataclass\n\n\n@dataclass\nclass ShipOrderDTO:\n    number: str\n\n\n\
         class ShipOrderUseCase:\n    def execute(self, order: ShipOrderDTO) -> None:\n        print(order)\n",
    ),
    (
        "shop/infrastructure/tables.py",
        "from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase): ...\n\n\n\
         class OrderRow(Base):\n    __tablename__ = \"orders\"\n\n\n\
         class SqlOrderRepository:\n    def get(self, id: int) -> OrderRow:\n        return OrderRow(id=id)\n",
    ),
    (
        "shop/config.py",
        "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    debug: bool = False\n",
    ),
];

#[test]
fn classes_are_what_they_are_for() {
    let project = TestProject::new(FILES.iter().copied());
    let snapshot = project.snapshot();
    let db = snapshot.db();
    for (path, class, expected) in [
        ("shop/domain/order.py", "State", ClassKind::Enum),
        ("shop/domain/order.py", "Order", ClassKind::Entity),
        ("shop/domain/order.py", "Price", ClassKind::ValueObject),
        ("shop/domain/order.py", "Basket", ClassKind::Data),
        ("shop/domain/order.py", "Counter", ClassKind::Data),
        ("shop/domain/order.py", "Customer", ClassKind::Entity),
        ("shop/domain/order.py", "OrderError", ClassKind::Exception),
        ("shop/domain/order.py", "Orders", ClassKind::Port),
        ("shop/domain/order.py", "PricingService", ClassKind::Service),
        ("shop/domain/order.py", "Nobody", ClassKind::Other),
        ("shop/domain/value_objects.py", "Address", ClassKind::ValueObject),
        ("shop/domain/events.py", "OrderPlaced", ClassKind::Message),
        ("shop/application/ship.py", "ShipOrderDTO", ClassKind::Schema),
        ("shop/application/ship.py", "ShipOrderUseCase", ClassKind::Service),
        ("shop/infrastructure/tables.py", "OrderRow", ClassKind::Row),
        ("shop/infrastructure/tables.py", "SqlOrderRepository", ClassKind::Adapter),
        ("shop/config.py", "Settings", ClassKind::Settings),
    ] {
        let (owner, file) = snapshot
            .project_of(&Utf8Path::new("/project").join(path))
            .unwrap_or_else(|| panic!("{path} is no file of the project"));
        let modules = model::query::modules(db, owner);
        let module = modules.of_file(file).unwrap_or_else(|| panic!("{path} is no module"));
        let kind = view::query::class_kind(db, owner, ClassRef::new(module, class));
        assert_eq!(kind, expected, "{path}: {class}");
    }
}
