use expect_test::{Expect, expect};

use crate::fixture::Fixture;
use crate::query;

/// The ancestors of all classes, one class per line.
fn check(text: &str, expected: &Expect) {
    let fixture = Fixture::new(text);
    let modules = fixture.modules();
    let hierarchy = query::hierarchy(&fixture.db, fixture.project);
    let mut lines: Vec<String> = hierarchy
        .by_class
        .iter()
        .map(|((module, class), ancestors)| {
            let own =
                ancestors.own.iter().map(|(module, class)| format!("{}:{class}", modules[*module].name));
            let all: Vec<String> = own.chain(ancestors.foreign.iter().map(ToString::to_string)).collect();
            format!("{}:{class} < {}\n", modules[*module].name, all.join(", "))
        })
        .collect();
    lines.sort();
    expected.assert_eq(&lines.concat());
}

#[test]
fn through_files_and_reexports() {
    check(
        r"
//- shop/__init__.py
//- shop/errors/__init__.py
from .base import AppError
//- shop/errors/base.py
from fastapi import HTTPException
class AppError(HTTPException): ...
class Plain: ...
class Object(object): ...
//- shop/orders.py
from shop.errors import AppError
from shop import errors
import shop.errors.base
class NotFound(AppError): ...
class Gone(errors.AppError): ...
class Far(shop.errors.base.AppError): ...
class Farther(NotFound): ...
",
        &expect![[r#"
            shop.errors.base:AppError < fastapi.HTTPException
            shop.orders:Far < shop.errors.base:AppError, fastapi.HTTPException
            shop.orders:Farther < shop.orders:NotFound, shop.errors.base:AppError, fastapi.HTTPException
            shop.orders:Gone < shop.errors.base:AppError, fastapi.HTTPException
            shop.orders:NotFound < shop.errors.base:AppError, fastapi.HTTPException
        "#]],
    );
}

#[test]
fn orm_bases() {
    check(
        r"
//- db.py
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import DeclarativeBase, registry, as_declarative
from flask_sqlalchemy import SQLAlchemy
import sqlalchemy.orm as orm
class Mixin: ...
Old = declarative_base(cls=Mixin)
class New(DeclarativeBase): ...
mapper_registry = registry()
Generated = mapper_registry.generate_base()
db = SQLAlchemy()
Alias = Old
Other = orm.declarative_base()
@as_declarative()
class Decorated: ...
//- models.py
import db as database
from db import Old, New, Generated, db, Alias, Other, Decorated
from django.db import models
from sqlalchemy.orm import declarative_base
class A(Old): ...
class B(New, Generated): ...
class C(db.Model): ...
class D(Alias): ...
class E(models.Model): ...
class F(database.db.Model): ...
class G(Other): ...
class H(Decorated): ...
class I(declarative_base()): ...
",
        &expect![[r#"
            db:Decorated < sqlalchemy.orm.as_declarative
            db:New < sqlalchemy.orm.DeclarativeBase
            models:A < db:Mixin, sqlalchemy.orm.declarative_base
            models:B < db:New, sqlalchemy.orm.registry.generate_base, sqlalchemy.orm.DeclarativeBase
            models:C < flask_sqlalchemy.SQLAlchemy.Model
            models:D < db:Mixin, sqlalchemy.orm.declarative_base
            models:E < django.db.models.Model
            models:F < flask_sqlalchemy.SQLAlchemy.Model
            models:G < sqlalchemy.orm.declarative_base
            models:H < db:Decorated, sqlalchemy.orm.as_declarative
            models:I < sqlalchemy.orm.declarative_base
        "#]],
    );
}

#[test]
fn attributes_of_own_classes_come_from_their_bases() {
    check(
        r"
//- base.py
from flask_sqlalchemy import SQLAlchemy
class Database(SQLAlchemy):
    def commit(self): ...
class Further(Database): ...
class Loop(Loop.Inner): ...
db = Further(session_options={})
//- models.py
from base import db
class A(db.Model): ...
class B(db.Model.Inner): ...
",
        &expect![[r#"
            base:Database < flask_sqlalchemy.SQLAlchemy
            base:Further < base:Database, flask_sqlalchemy.SQLAlchemy
            models:A < flask_sqlalchemy.SQLAlchemy.Model
            models:B < flask_sqlalchemy.SQLAlchemy.Model.Inner
        "#]],
    );
}

#[test]
fn generics_protocols_and_metaclasses() {
    check(
        r"
//- ports.py
from abc import ABC, ABCMeta, abstractmethod
from typing import Generic, Protocol, TypeVar
import typing_extensions as te
T = TypeVar('T')
class Repository(Protocol[T]): ...
class Old(metaclass=ABCMeta): ...
class Base(ABC, Generic[T]): ...
class Extended(te.Protocol): ...
class Error(Exception): ...
//- adapters.py
from ports import *
from six import with_metaclass
class Orders(Repository[int]): ...
class Users(Base[str], Old): ...
class Six(with_metaclass(ABCMeta, Old)): ...
class Late(Error): ...
",
        &expect![[r#"
            adapters:Late < ports:Error, builtins.Exception
            adapters:Orders < ports:Repository, typing.Protocol
            adapters:Six < ports:Old, six.with_metaclass, abc.ABCMeta
            adapters:Users < ports:Base, ports:Old, abc.ABC, typing.Generic, abc.ABCMeta
            ports:Base < abc.ABC, typing.Generic
            ports:Error < builtins.Exception
            ports:Extended < typing.Protocol
            ports:Old < abc.ABCMeta
            ports:Repository < typing.Protocol
        "#]],
    );
}

#[test]
fn circles_and_names_redefined() {
    check(
        r"
//- a.py
from b import B, Model
class A(B): ...
class Model(Model): ...
class Self(Self): ...
x = y
y = x
class Lost(x): ...
//- b.py
from a import A
from django.db.models import Model
class B(A): ...
class Left(Right.x, Right.y): ...
class Right(Left.x, Left.y): ...
",
        &expect![[r#"
            a:A < b:B
            a:Model < django.db.models.Model
            b:B < a:A
        "#]],
    );
}

#[test]
fn flask_models_descend_from_the_class_that_the_extension_is_given() {
    check(
        r"
//- core.py
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import declarative_base
from base import Common
class Database(SQLAlchemy): ...
db = Database(model_class=declarative_base(cls=Common, name='Model'))
plain = SQLAlchemy(model_class=Common)
//- base.py
class Common: ...
//- models.py
from core import db, plain
class A(db.Model): ...
class B(plain.Model): ...
",
        &expect![[r#"
            core:Database < flask_sqlalchemy.SQLAlchemy
            models:A < base:Common, flask_sqlalchemy.SQLAlchemy.Model, sqlalchemy.orm.declarative_base
            models:B < base:Common, flask_sqlalchemy.SQLAlchemy.Model
        "#]],
    );
}
