//! Names of layers that have another meaning in their context.

use expect_test::expect;

use super::check;

#[test]
fn a_subject_called_domain() {
    check(
        r"
//- crm/__init__.py
//- crm/services/user/service.py
class UserService: ...
//- crm/services/domain/service.py
class DomainService: ...
//- crm/services/domain/actions.py
from dataclasses import dataclass
@dataclass
class ListDomains:
    page: int
",
        &expect![[r#"
            crm/services/domain/actions.py application 66 (is in a folder named "services")
            crm/services/domain/service.py application 97 (its file is named "service")
            crm/services/user/service.py application 97 (its file is named "service")
        "#]],
    );
}

#[test]
fn adapters_of_the_routes() {
    check(
        r"
//- shop/__init__.py
//- shop/api/rest/parcels.py
from fastapi import APIRouter
router = APIRouter()
//- shop/api/adapters/parcel.py
from shop.services.parcels import ParcelService
class Parcels:
    def find(self, body): return ParcelService().find(body)
//- shop/services/parcels.py
class ParcelService:
    def find(self, city): ...
",
        &expect![[r#"
            shop/api/adapters/parcel.py presentation 97 (is in a folder named "adapters")
            shop/api/rest/parcels.py presentation 97 (makes a router)
            shop/services/parcels.py application 80 (is in a folder named "services")
        "#]],
    );
}

#[test]
fn routes_of_an_application() {
    check(
        r"
//- shop/__init__.py
//- shop/application/api/v1/orders.py
from fastapi import APIRouter
router = APIRouter()
//- shop/application/api/v1/errors.py
from fastapi import Request
def problem(request: Request): ...
//- shop/application/workflow/settle.py
class Settle:
    def run(self): ...
",
        &expect![[r#"
            shop/application/api/v1/errors.py presentation 97 (is in a folder named "api")
            shop/application/api/v1/orders.py presentation 97 (makes a router)
            shop/application/workflow/settle.py application 92 (is in a folder named "application")
        "#]],
    );
}

#[test]
fn both_sides_of_ports_and_the_core_between_them() {
    check(
        r"
//- shop/__init__.py
//- shop/ports/inbound/depot.py
from abc import ABC, abstractmethod
class DepotPort(ABC):
    @abstractmethod
    def accept(self, parcel): ...
//- shop/ports/outbound/shelves.py
from abc import ABC, abstractmethod
class ShelvesPort(ABC):
    @abstractmethod
    def put(self, parcel): ...
//- shop/core/depot.py
from shop.adapters.outbound.shelves import Failure
from shop.adapters.inbound.routes import router
from shop.ports.inbound.depot import DepotPort
from shop.ports.outbound.shelves import ShelvesPort
class Depot(DepotPort):
    def __init__(self, shelves: ShelvesPort): self.shelves = shelves
    def accept(self, parcel): self.shelves.put(parcel)
//- shop/adapters/inbound/routes.py
from fastapi import APIRouter
router = APIRouter()
//- shop/adapters/outbound/shelves.py
import pymongo
from shop.ports.outbound.shelves import ShelvesPort
class Failure(Exception): ...
class MongoShelves(ShelvesPort):
    def put(self, parcel): pymongo.MongoClient()
",
        &expect![[r#"
            shop/adapters/inbound/routes.py presentation 97 (makes a router)
            shop/adapters/outbound/shelves.py infrastructure 97 (is in a folder named "outbound")
            shop/core/depot.py domain 81 (is in a folder named "core")
            shop/ports/inbound/depot.py domain 72 (defines ports)
            shop/ports/outbound/shelves.py domain 72 (defines ports)
        "#]],
    );
}

#[test]
fn files_called_after_what_they_are_about() {
    check(
        r"
//- shop/__init__.py
//- shop/errors/service.py
class ServiceError(Exception): ...
//- shop/models/admin.py
from sqlalchemy.orm import DeclarativeBase
class Admin(DeclarativeBase): ...
//- shop/rest_models.py
from pydantic import BaseModel
class User(BaseModel):
    name: str
",
        &expect![[r#"
            shop/errors/service.py application 52 (its file is named "service")
            shop/models/admin.py infrastructure 97 (defines ORM models)
            shop/rest_models.py presentation 71 (defines schemas)
        "#]],
    );
}

#[test]
fn the_api_of_somebody_else() {
    check(
        r"
//- shop/__init__.py
//- shop/payments/api/requests.py
from dataclasses import dataclass
@dataclass
class Charge:
    amount: int
//- shop/payments/api/consumer.py
import requests
class Consumer:
    def charge(self, request): return requests.post('https://pay', json=request)
",
        &expect![[r#"
            shop/payments/api/consumer.py infrastructure 79 (is in a folder named "api")
            shop/payments/api/requests.py domain 55 (defines plain data classes)
        "#]],
    );
}
