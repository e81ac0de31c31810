//! The layer of a module, separately from the evidence that a rule reports, and the style implied by ports.

use config::{Layer, Style};
use model::{ModuleId, Technology};
use tests::TestProject;

struct Project(TestProject);

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        Self(TestProject::new(files.iter().copied()))
    }

    fn ask<T>(&self, module: &str, answer: impl Fn(&model::Layers, ModuleId) -> T) -> T {
        let snapshot = self.0.snapshot();
        let architecture = model::query::architecture(snapshot.db(), snapshot.projects()[0]);
        let mut modules = architecture.modules.iter();
        let (id, _) = modules.find(|(_, info)| info.name == module).expect("the module is in the files");
        answer(&architecture.layers, id)
    }

    fn apart(&self, module: &str, technology: Technology) -> Option<Layer> {
        self.ask(module, |layers, id| layers.apart_from(id, technology).map(|verdict| verdict.layer))
    }
}

const SERVICE: &str = "\
from fastapi import Depends, HTTPException, status

def current(token=Depends(str)):
    raise HTTPException(status.HTTP_401_UNAUTHORIZED)
";

#[test]
fn a_service_that_raises_http_errors_stays_a_service() {
    let project = Project::new(&[("shop/auth/service.py", SERVICE)]);
    assert_eq!(project.apart("shop.auth.service", Technology::Http), Some(Layer::Application));
}

#[test]
fn a_use_case_that_builds_its_adapter_stays_a_use_case() {
    let project = Project::new(&[(
        "shop/application/exporters.py",
        "import boto3\nimport redis\n\ndef exporter():\n    return redis.Redis(), boto3.client('s3')\n",
    )]);
    assert_eq!(project.apart("shop.application.exporters", Technology::Outside), Some(Layer::Application));
}

#[test]
fn who_uses_no_technology_is_what_it_is() {
    let project = Project::new(&[("shop/domain/order.py", "class Order: ...\n")]);
    for technology in [Technology::Http, Technology::Outside] {
        assert_eq!(project.apart("shop.domain.order", technology), Some(Layer::Domain));
    }
}

#[test]
fn nothing_else_speaks_for_a_module_that_only_uses_http() {
    let project = Project::new(&[("shop/things.py", SERVICE)]);
    assert_eq!(project.apart("shop.things", Technology::Http), None);
}

const NODE: &str = "\
from abc import ABC, abstractmethod

class Node(ABC):
    @abstractmethod
    def pay(self): ...
";

#[test]
fn an_adapter_is_known_by_its_port_even_if_it_raises_http_errors() {
    let project = Project::new(&[
        ("shop/nodes/base.py", NODE),
        (
            "shop/nodes/rest.py",
            "import httpx\nfrom fastapi import HTTPException\nfrom shop.nodes.base import Node\n\n\
             class Rest(Node):\n    def pay(self):\n        raise HTTPException(402)\n",
        ),
    ]);
    assert_eq!(project.apart("shop.nodes.rest", Technology::Http), Some(Layer::Infrastructure));
}

#[test]
fn interfaces_of_use_cases_are_no_ports() {
    let interface = "\
from abc import ABC, abstractmethod

class PlaceOrder(ABC):
    @abstractmethod
    def execute(self): ...

class PlaceOrderImpl(PlaceOrder):
    def execute(self):
        return 1
";
    let files = [
        (
            "shop/domain/orders.py",
            "from abc import ABC, abstractmethod\n\nclass Orders(ABC):\n    @abstractmethod\n    def add(self): ...\n",
        ),
        (
            "shop/infrastructure/orders.py",
            "import sqlalchemy\nfrom shop.domain.orders import Orders\n\nclass SqlOrders(Orders):\n    \
             def add(self):\n        return sqlalchemy\n",
        ),
        ("shop/application/one.py", interface),
        ("shop/application/two.py", interface),
        ("shop/application/three.py", interface),
        (
            "shop/application/four.py",
            "from shop.domain.orders import Orders\n\nclass PlaceAll:\n    def __init__(self, orders: Orders):\n        \
             self.orders = orders\n",
        ),
    ];
    let project = Project::new(&files);
    assert_eq!(project.ask("shop.domain.orders", model::Layers::style), Some(Style::Clean));
    assert_eq!(project.ask("shop.domain.orders", |layers, id| layers.inventory(id).ports), 1);
}
