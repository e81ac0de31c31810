//! Fixtures: the entities of a project, one per line, with their members below. Module names are omitted if the classes
//! of a fixture have distinct names.

mod alchemy;
mod django;
mod reruns;
mod tables;

use std::fmt::Write;

use expect_test::Expect;

use crate::fixture::Fixture;
use crate::{Column, Entity, Loading, Member, Orm, Relationship, query};

/// All entities of a fixture with their members; plain columns are listed on one line.
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&render(&Fixture::new(text)));
}

fn render(fixture: &Fixture) -> String {
    let schema = query::schema(&fixture.db, fixture.project);
    let mut entities: Vec<&Entity> = schema.entities.values().map(|entity| &**entity).collect();
    entities.sort_by(|left, right| left.class.cmp(&right.class));
    let mut out = String::new();
    for entity in entities {
        let orm = match entity.orm {
            Orm::SqlAlchemy => "sqlalchemy",
            Orm::SqlModel => "sqlmodel",
            Orm::Django => "django",
        };
        let kind = if entity.is_abstract { ", abstract" } else { "" };
        let _ = writeln!(out, "{}: {orm}{kind}", entity.class.name);
        let is_plain =
            |member: &&Member| matches!(member, Member::Column(column) if *column == Column::default());
        let plain: Vec<&str> = entity
            .members
            .iter()
            .filter(|(_, member)| is_plain(member))
            .map(|(name, _)| name.as_str())
            .collect();
        if !plain.is_empty() {
            let _ = writeln!(out, "  {}", plain.join(", "));
        }
        for (name, member) in entity.members.iter().filter(|(_, member)| !is_plain(member)) {
            let _ = writeln!(out, "  {name}: {}", describe(member));
        }
    }
    out
}

fn describe(member: &Member) -> String {
    match member {
        Member::Column(column) => {
            let marks = [
                (column.is_primary_key, "primary key"),
                (column.is_unique && !column.is_primary_key, "unique"),
                (column.is_deferred, "deferred"),
                (column.is_nullable, "nullable"),
                (column.is_computed, "computed"),
            ];
            marks.iter().filter(|(is_set, _)| *is_set).map(|(_, mark)| *mark).collect::<Vec<_>>().join(", ")
        }
        Member::Relationship(relationship) => relation(relationship),
        Member::Proxy { through, attribute } => format!("proxy {through}.{attribute}"),
        Member::Hybrid(_) => "hybrid".to_owned(),
        Member::Manager { manager, queryset } => {
            let name = |class: &Option<crate::ClassRef>| {
                class.as_ref().map_or_else(|| "default".to_owned(), |class| class.name.to_string())
            };
            format!("manager {} of {}", name(manager), name(queryset))
        }
        Member::Generic => "generic".to_owned(),
    }
}

fn relation(it: &Relationship) -> String {
    let amount = if it.is_many { "many" } else { "one" };
    let target = it.target.as_ref().map_or("?", |target| target.name.as_str());
    let mut out = format!("{amount} {target}");
    if it.loading != Loading::Lazy {
        let _ = write!(out, " {:?}", it.loading);
    }
    if let Some(inverse) = &it.inverse {
        let _ = write!(out, " <> {inverse}");
    }
    if it.is_reverse {
        let _ = write!(out, " (reverse of {}.{})", it.declared_in.name, it.declared_as);
    }
    out
}
