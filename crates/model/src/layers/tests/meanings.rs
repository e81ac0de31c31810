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
fn a_subject_called_like_a_layer_that_has_sisters() {
    check(
        r"
//- town/__init__.py
//- town/api/infrastructure.py
from fastapi import APIRouter
router = APIRouter()
//- town/repositories/infrastructure.py
class InfrastructureRepository:
    def get(self, session): return session.execute(1)
//- town/repositories/parks.py
class ParkRepository:
    def get(self, session): return session.execute(1)
//- town/services/infrastructure/service.py
class InfrastructureService:
    def repair(self): ...
//- town/services/parks/service.py
class ParkService:
    def mow(self): ...
//- shop/services/infrastructure/clients.py
import httpx
def get(url): return httpx.get(url)
//- shop/services/parks/service.py
class ParkService:
    def mow(self): ...
",
        &expect![[r#"
            shop/services/infrastructure/clients.py infrastructure 97 (is in a folder named "infrastructure")
            shop/services/parks/service.py application 97 (its file is named "service")
            town/api/infrastructure.py presentation 97 (makes a router)
            town/repositories/infrastructure.py infrastructure 97 (is in a folder named "repositories")
            town/repositories/parks.py infrastructure 97 (is in a folder named "repositories")
            town/services/infrastructure/service.py application 97 (its file is named "service")
            town/services/parks/service.py application 97 (its file is named "service")
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
            shop/core/depot.py domain 97 (is in a folder named "core")
            shop/ports/inbound/depot.py domain 72 (defines ports)
            shop/ports/outbound/shelves.py domain 87 (defines ports)
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

#[test]
fn helpers_and_models_named_after_layers() {
    check(
        r#"
//- shop/__init__.py
//- shop/utils/router.py
from fastapi import APIRouter as Router
class APIRouter(Router):
    def add_api_route(self, path, endpoint): ...
//- shop/utils/database.py
from sqlalchemy import func
def lower(column): return func.lower(column)
//- shop/utils/archives.py
import zipfile
def members(path): return zipfile.ZipFile(path).namelist()
//- shop/models/routers.py
from pydantic import BaseModel
class Router(BaseModel):
    policy: str
//- shop/models/gateways.py
from pydantic import BaseModel
class Gateway(BaseModel):
    name: str
//- shop/models/runs.py
from pydantic import BaseModel
class Run(BaseModel):
    name: str
"#,
        &expect![[r#"
            shop/models/gateways.py domain 64 (is in a folder named "models")
            shop/models/routers.py domain 71 (is in a folder named "models")
            shop/models/runs.py domain 64 (is in a folder named "models")
            shop/utils/archives.py shared 89 (is in a folder named "utils")
            shop/utils/database.py infrastructure 68 (its file is named "database")
            shop/utils/router.py presentation 97 (defines views)
        "#]],
    );
}

#[test]
fn commands_of_a_command_line_and_of_the_application() {
    check(
        r"
//- shop/__init__.py
//- shop/cli/commands/__init__.py
from abc import ABC, abstractmethod
class BaseCommand(ABC):
    @abstractmethod
    def run(self, args): ...
//- shop/cli/commands/login.py
import requests
from shop.cli.commands import BaseCommand
class LoginCommand(BaseCommand):
    def run(self, args): requests.post(args.url)
//- shop/cli/commands/show.py
from shop.cli.commands import BaseCommand
class ShowCommand(BaseCommand):
    def run(self, args): print(args)
//- shop/commands/place_order.py
from dataclasses import dataclass
@dataclass
class PlaceOrder:
    number: str
class PlaceOrderHandler:
    def handle(self, command): ...
",
        &expect![[r#"
            shop/cli/commands/__init__.py presentation 76 (2 of 2 modules around it are presentation)
            shop/cli/commands/login.py presentation 68 (is in a folder named "commands")
            shop/cli/commands/show.py presentation 85 (is in a folder named "commands")
            shop/commands/place_order.py application 56 (is in a folder named "commands")
        "#]],
    );
}

#[test]
fn words_at_the_end_of_a_file_that_the_contents_contradict() {
    check(
        r#"
//- shop/__init__.py
//- shop/routing/db_router.py
class ReplicaRouter:
    def db_for_read(self, model, **hints): return "replica"
//- shop/decoders/maker_dao.py
maker_dao_abi = [{"name": "cage"}]
//- shop/remote/weather_api.py
import httpx
def weather(): return httpx.get("https://example.org").json()
//- shop/web/orders_api.py
from fastapi import APIRouter
router = APIRouter()
//- shop/errors/codes.py
import http.client
class ShopError(Exception):
    code = http.client.BAD_REQUEST
//- shop/errors/ping.py
import http.client
def ping(): return http.client.HTTPSConnection("example.org")
"#,
        &expect![[r#"
            shop/decoders/maker_dao.py shared 55 (holds constants alone)
            shop/errors/codes.py domain 58 (defines exceptions)
            shop/errors/ping.py infrastructure 69 (uses an HTTP client)
            shop/remote/weather_api.py infrastructure 97 (its file is named "weather_api")
            shop/routing/db_router.py infrastructure 68 (defines managers or queries of an ORM)
            shop/web/orders_api.py presentation 97 (makes a router)
        "#]],
    );
}

#[test]
fn a_folder_of_ports_beside_adapters() {
    check(
        r"
//- kiln/__init__.py
//- kiln/hexagon/ports/ovens.py
from typing import Protocol
class Ovens(Protocol):
    def heat(self): ...
//- kiln/hexagon/firing.py
class Firing:
    def __init__(self, ovens): self.ovens = ovens
    def fire(self): self.ovens.heat()
//- kiln/adapters/ovens.py
import serial
import httpx
from kiln.hexagon.ports.ovens import Ovens
class HttpOvens(Ovens):
    def heat(self): httpx.post('http://oven')
",
        &expect![[r#"
            kiln/adapters/ovens.py infrastructure 97 (is in a folder named "adapters")
            kiln/hexagon/firing.py domain 88 (is in a folder named "hexagon")
            kiln/hexagon/ports/ovens.py domain 97 (is in a folder named "ports")
        "#]],
    );
}

#[test]
fn names_beside_each_other() {
    check(
        r"
//- aviary/__init__.py
//- aviary/app/move.py
from dataclasses import dataclass
@dataclass
class MoveBird:
    birds: object
    def __call__(self, ring): self.birds.move(ring)
//- aviary/domain/bird.py
class Bird:
    def move(self): ...
//- aviary/infra/birds.py
import psycopg
class Birds:
    def move(self, ring): psycopg.connect()
//- farm/__init__.py
//- farm/app/move.py
from dataclasses import dataclass
@dataclass
class MoveCow:
    cows: object
    def __call__(self, ring): self.cows.move(ring)
//- courier/adapters/incoming/parcels.py
class Parcels:
    def take(self): ...
//- courier/adapters/outgoing/parcels.py
import psycopg
class Store:
    def put(self): psycopg.connect()
//- ovens/__init__.py
//- ovens/domain.py
class Batch:
    def add(self): ...
//- ovens/application.py
class Bake:
    def __call__(self): ...
//- ovens/infrastructure.py
import psycopg
class Batches:
    def get(self): psycopg.connect()
",
        &expect![[r#"
            aviary/app/move.py application 84 (is in a folder named "app")
            aviary/domain/bird.py domain 97 (is in a folder named "domain")
            aviary/infra/birds.py infrastructure 97 (is in a folder named "infra")
            courier/adapters/incoming/parcels.py presentation 64 (is in a folder named "incoming")
            courier/adapters/outgoing/parcels.py infrastructure 97 (is in a folder named "outgoing")
            farm/app/move.py domain 66 (defines plain data classes)
            ovens/application.py application 84 (its file is named "application")
            ovens/domain.py domain 97 (its file is named "domain")
            ovens/infrastructure.py infrastructure 97 (its file is named "infrastructure")
        "#]],
    );
}
