//! Tables and columns of models that no migration creates.

use std::collections::BTreeSet;

use model::{Orm, PathRole};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Table, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "models-not-migrated",
    area: Area::Database,
    title: "Migrations make what models map",
    docs: include_str!("models_not_migrated.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    alembic(evidence, out);
    django(evidence, out);
}

fn alembic(evidence: &Evidence, out: &mut Answers<'_>) {
    let tables: Vec<&Table> = evidence.tables.iter().filter(|it| it.orm != Orm::Django).collect();
    // With several folders it is unknown which models belong to which.
    let [revisions] = evidence.revisions.as_slice() else { return };
    let Some(made) = revisions.made(&evidence.sources) else {
        if !tables.is_empty() {
            out.ask(format!(
                "Do the {} tables of the models agree with the revisions of `{}`? They hold statements that can't be read; \
                 `alembic check` says it against a database.",
                tables.len(),
                revisions.folder
            ));
        }
        return;
    };
    let known: Vec<&&Table> = tables.iter().filter(|it| made.tables.contains_key(&it.name)).collect();
    // Revisions that started with an existing database only create later tables.
    let is_from_the_beginning = !known.is_empty() && known.len() * 3 >= tables.len() * 2;
    let filters = evidence
        .environments()
        .any(|it| it.names.contains_key("include_object") || it.names.contains_key("include_name"));
    let mut is_fine = true;
    for table in &tables {
        match made.tables.get(&table.name) {
            None if is_from_the_beginning && !filters && is_mapped_here(evidence, table) => {
                is_fine = false;
                let text = format!(
                    "`{}` maps the table `{}`, and no revision of `{}` makes it.",
                    table.class, table.name, revisions.folder
                );
                let claim = out.contradiction(Level::High, &[&table.class, &table.name], text);
                claim.at(table.place.clone()).at(last_revision(evidence));
                // What Alembic writes by itself needs one head, and all models.
                claim.after("migration-heads").after("models-unseen-by-alembic");
                claim.recommend(format!("Write the revision that makes `{}`.", table.name));
                claim.example("sh", format!("alembic revision --autogenerate -m \"add {}\"", table.name));
            }
            Some(Some(columns)) => {
                let missing: Vec<&str> = table
                    .columns
                    .iter()
                    .filter(|(name, attribute)| {
                        !columns.contains(name) && is_declared(evidence, table, attribute)
                    })
                    .map(|(name, _)| name.as_str())
                    .collect();
                // If no column matches, they are different tables.
                if missing.is_empty() || missing.len() == table.columns.len() {
                    continue;
                }
                is_fine = false;
                let text = format!(
                    "`{}` maps the column `{}` of `{}`, and no revision of `{}` adds it.",
                    table.class,
                    missing.join("`, `"),
                    table.name,
                    revisions.folder
                );
                let claim = out.contradiction(Level::High, &[&table.class, &missing.join(" ")], text);
                claim.at(attribute(evidence, table, missing[0])).at(last_revision(evidence));
                claim.after("migration-heads").after("models-unseen-by-alembic");
                claim.recommend(format!(
                    "Write the revision that adds `{}` to `{}`.",
                    missing.join("`, `"),
                    table.name
                ));
                claim.example(
                    "sh",
                    format!(
                        "alembic revision --autogenerate -m \"add {} to {}\"",
                        missing.join(" and "),
                        table.name
                    ),
                );
            }
            _ => {}
        }
    }
    if is_fine && is_from_the_beginning {
        let text = format!(
            "The revisions of `{}` make all columns of {} of the {} tables that models map.",
            revisions.folder,
            known.len(),
            tables.len()
        );
        out.fine(&[&revisions.folder], text).at(last_revision(evidence));
    }
}

/// Whether a model is mapped in code that Alembic sees; other models are a separate problem.
fn is_mapped_here(evidence: &Evidence, table: &Table) -> bool {
    let mut all = evidence.environments().peekable();
    all.peek().is_none() || all.any(|it| evidence.reached(evidence.index_of(it)).contains(&table.source))
}

/// The last revision in file order.
fn last_revision(evidence: &Evidence) -> Place {
    let head = evidence.revisions.first().and_then(|it| it.heads().first().map(|it| it.place.clone()));
    head.unwrap_or_else(|| Place::new("", 1))
}

/// Whether a class body declares an attribute: that of the model, or of what it descends from. What a mapper puts on a class
/// that knows nothing of tables may be a column of another name.
fn is_declared(evidence: &Evidence, table: &Table, attribute: &str) -> bool {
    let source = &evidence.sources[table.source];
    if is_mapped_by_call(evidence, table) {
        return false;
    }
    let class = source.classes.iter().find(|it| it.name == table.class);
    let above = class.into_iter().flat_map(|it| &it.own).filter_map(|(module, name)| {
        Some((evidence.sources.iter().find(|it| it.id == *module)?, name.as_str()))
    });
    std::iter::once((source, table.class.as_str())).chain(above).any(|(source, class)| {
        source.assignments.iter().any(|it| it.class.as_deref() == Some(class) && it.name == attribute)
            || source.functions.iter().any(|it| it.name == format!("{class}.{attribute}"))
    })
}

/// Whether a call maps the class to a table: what its fields are called there is said elsewhere.
fn is_mapped_by_call(evidence: &Evidence, table: &Table) -> bool {
    let full = format!("{}.{}", evidence.sources[table.source].name, table.class);
    evidence.sources.iter().flat_map(|it| &it.calls).any(|call| {
        let maps = matches!(call.called.method.as_str(), "map_imperatively" | "mapper");
        maps && matches!(call.called.positional(0), Some(Value::Name(name)) if *name == full)
    })
}

/// Where an attribute is written; the class, where that is elsewhere.
fn attribute(evidence: &Evidence, table: &Table, column: &str) -> Place {
    let name =
        table.columns.iter().find(|(name, _)| name == column).map_or(column, |(_, attribute)| attribute);
    let source = &evidence.sources[table.source];
    let written =
        source.assignments.iter().find(|it| it.class.as_deref() == Some(&table.class) && it.name == name);
    written.map_or_else(|| table.place.clone(), |it| Place::new(source.path.clone(), it.line))
}

fn django(evidence: &Evidence, out: &mut Answers<'_>) {
    for app in &evidence.apps {
        let Some(made) = app.made(&evidence.sources) else { continue };
        let of_app = |table: &&Table| {
            let path = &evidence.sources[table.source].path;
            let rest = path.strip_prefix(&format!("{}/", app.folder));
            // The nearest app with migrations.
            let is_nearer = |other: &crate::evidence::App| {
                other.folder.len() > app.folder.len() && path.starts_with(&format!("{}/", other.folder))
            };
            table.orm == Orm::Django && rest.is_some() && !evidence.apps.iter().any(is_nearer)
        };
        for table in evidence.tables.iter().filter(of_app) {
            let source = &evidence.sources[table.source];
            let is_aside = source.assignments.iter().any(|it| {
                matches!(it.name.as_str(), "managed" | "app_label" | "swappable")
                    && it.class.as_deref() == Some("Meta")
            });
            if is_aside {
                continue;
            }
            let Some(fields) = made.get(&table.class.to_lowercase()) else {
                let text = format!(
                    "`{}` is a model of `{}`, and no migration of it makes it.",
                    table.class, app.label
                );
                let claim = out.contradiction(Level::High, &[&app.folder, &table.class], text);
                claim.at(table.place.clone());
                claim.recommend(format!("Write the migration that makes `{}`.", table.class));
                claim.example("sh", format!("python manage.py makemigrations {}", app.label));
                continue;
            };
            let attributes: BTreeSet<&str> =
                table.columns.iter().map(|(_, attribute)| attribute.as_str()).collect();
            let missing: Vec<&str> = attributes
                .into_iter()
                .filter(|it| !fields.contains(*it) && !matches!(*it, "id" | "pk") && !it.ends_with("_ptr"))
                .filter(|it| is_field(evidence, table, it))
                .collect();
            if missing.is_empty() || missing.len() == table.columns.len() {
                continue;
            }
            let text = format!(
                "`{}.{}` is a field of a model, and no migration of `{}` adds it.",
                table.class,
                missing.join(&format!("`, `{}.", table.class)),
                app.label
            );
            let claim =
                out.contradiction(Level::High, &[&app.folder, &table.class, &missing.join(" ")], text);
            claim.at(attribute(evidence, table, missing[0]));
            claim.recommend(format!(
                "Write the migration that adds `{}` to `{}`.",
                missing.join("`, `"),
                table.class
            ));
            claim.example("sh", format!("python manage.py makemigrations {}", app.label));
        }
    }
}

/// Whether what an attribute is made with is a field of the database: Django's, or one that some migration makes. That of a
/// library may be computed.
fn is_field(evidence: &Evidence, table: &Table, attribute: &str) -> bool {
    let source = &evidence.sources[table.source];
    let class = source.classes.iter().find(|it| it.name == table.class);
    let above = class.into_iter().flat_map(|it| &it.own).filter_map(|(module, name)| {
        Some((evidence.sources.iter().find(|it| it.id == *module)?, name.as_str()))
    });
    let mut written =
        std::iter::once((source, table.class.as_str())).chain(above).flat_map(|(source, class)| {
            source
                .assignments
                .iter()
                .filter(move |it| it.class.as_deref() == Some(class) && it.name == attribute)
        });
    let Some(call) = written.find_map(|it| it.value.as_ref()?.call()) else { return true };
    let mut migrated =
        evidence.sources.iter().filter(|it| it.role == PathRole::Migrations).flat_map(|it| &it.calls);
    call.callee.as_deref().is_none_or(|it| it.starts_with("django."))
        || migrated.any(|it| it.called.method == call.method)
}
