//! Tables for diagrams: names, columns, keys, association tables.

use std::fmt::Write;

use crate::fixture::Fixture;
use crate::query;

fn tables(text: &str) -> String {
    let fixture = Fixture::new(text);
    let tables = query::tables(&fixture.db, fixture.project);
    let mut out = String::new();
    for table in &tables.list {
        let shared = if table.shares_table { " (shared)" } else { "" };
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|column| {
                let key = column.key.as_ref().map(|key| {
                    let class = key.class.as_ref().map(|class| class.name.to_string());
                    format!(">{}", class.unwrap_or_else(|| format!("{}?", key.text)))
                });
                format!("{}{}", column.name, key.unwrap_or_default())
            })
            .collect();
        let _ = writeln!(out, "{}: {}{shared}: {}", table.class.name, table.name, columns.join(" "));
        for relation in &table.many_to_many {
            let to = if relation.to.class.is_some() { "" } else { relation.to.text.as_str() };
            let _ = writeln!(out, "{}", format!("  {} many to many {to}", relation.attribute).trim_end());
        }
    }
    for association in &tables.associations {
        let _ = writeln!(out, "between: {}", association.name);
    }
    out
}

#[test]
fn tables_have_their_own_columns_and_those_of_mixins() {
    let found = tables(
        r#"
//- shop.py
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase): ...

class Stamped:
    created: Mapped[int]

link = Table("link", Base.metadata, Column("a", ForeignKey("orders.id")), Column("b", ForeignKey("orders.id")))

class Order(Stamped, Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))

class Gift(Order):
    card: Mapped[str | None]
"#,
    );
    assert_eq!(
        found,
        "Gift: orders (shared): card\nOrder: orders: id parent_id>Order created\nbetween: link\n"
    );
}

#[test]
fn django_names_tables_and_columns_itself() {
    let found = tables(
        "
//- shop/__init__.py
//- shop/models.py
from django.db import models

class Tag(models.Model):
    name = models.CharField(max_length=8)

class Order(models.Model):
    tags = models.ManyToManyField(Tag)
    owner = models.ForeignKey('auth.User', on_delete=models.CASCADE)

class Gift(Order):
    card = models.CharField(max_length=8)
",
    );
    assert_eq!(
        found,
        "Gift: shop_gift: order_ptr_id>Order card\nOrder: shop_order: id owner_id>auth_user?\n  tags many to many\nTag: shop_tag: id name\n"
    );
}

#[test]
fn models_of_django_and_of_libraries_are_known_by_their_tables() {
    let found = tables(
        "
//- shop/__init__.py
//- shop/models.py
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AbstractUser, Group, PermissionsMixin
from django.contrib.contenttypes.models import ContentType
from django.db import models
from taggit.models import Tag

class Log(models.Model):
    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
    site = models.ForeignKey('sites.Site', on_delete=models.CASCADE)

class Person(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)

class Member(AbstractUser):
    username = None
    email = models.EmailField(unique=True)
",
    );
    assert_eq!(
        found,
        "\
Log: shop_log: id kind_id>django_content_type? group_id>auth_group? tag_id>taggit_tag? site_id>django_site?
Member: shop_member: id email password last_login is_superuser first_name last_name is_staff is_active date_joined
  groups many to many auth_group
  user_permissions many to many auth_permission
Person: shop_person: id email password last_login is_superuser
  groups many to many auth_group
  user_permissions many to many auth_permission
"
    );
}

#[test]
fn the_user_of_the_settings_is_found_or_named_by_its_label() {
    let found = |label: &str| {
        tables(&format!(
            "
//- config/__init__.py
//- config/settings.py
AUTH_USER_MODEL = '{label}'
//- shop/__init__.py
//- shop/models.py
from django.conf import settings
from django.db import models

class Order(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
"
        ))
    };
    assert_eq!(found("accounts.Account"), "Order: shop_order: id owner_id>accounts_account?\n");
}

#[test]
fn details_say_types_and_whether_a_column_may_be_empty() {
    let fixture = Fixture::new(
        r#"
//- shop.py
import enum
class Kind(enum.Enum):
    A = 1
    B = 2
class Order(Base):
    __table_args__ = (UniqueConstraint("number"), {"schema": "shop"})
    number: Mapped[str | None] = mapped_column("no", String(8))
    kind = Column(Enum(Kind), nullable=False)
    note = Column(Text)
    @declared_attr
    def author_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("users.id"))
"#,
    );
    let details = query::column_details(&fixture.db, fixture.file("shop.py"));
    let (kind, order) = (&details[0], &details[1]);
    assert_eq!(kind.members, ["A", "B"]);
    assert_eq!((order.schema.as_deref(), order.unique[0][0].as_str()), (Some("shop"), "number"));
    let shown: Vec<String> = order
        .columns
        .iter()
        .map(|(name, said)| {
            let sql_type = said.sql_type.as_deref().unwrap_or("-");
            format!("{name} {sql_type} {:?} {:?}", said.is_nullable, said.name.as_deref())
        })
        .collect();
    assert_eq!(
        shown,
        [
            "number String(8) Some(true) Some(\"no\")",
            "kind Enum(Kind) Some(false) None",
            "note Text Some(true) None",
            "author_id int Some(true) None"
        ]
    );
}
