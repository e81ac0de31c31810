//! Models that Alembic doesn't import: it would drop their tables.

use model::Orm;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Source, Table, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "models-unseen-by-alembic",
    area: Area::Database,
    title: "Alembic sees all models",
    docs: include_str!("models_unseen_by_alembic.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let all: Vec<&Source> = evidence.environments().collect();
    // With several it is unknown which models belong to which.
    let [environment] = all.as_slice() else { return };
    let Some((Value::Name(metadata), line)) = environment.value("target_metadata") else { return };
    let reached = evidence.reached(evidence.index_of(environment));
    let is_dynamic = |source: &Source| {
        let imports = source
            .outside
            .iter()
            .any(|it| libraries::is_of(it, "pkgutil") || libraries::is_of(it, "importlib"));
        imports
            || source.calls.iter().any(|it| {
                matches!(it.called.method.as_str(), "__import__" | "import_module" | "exec" | "walk_packages")
            })
    };
    let is_flask = environment.outside.iter().any(|it| libraries::is_of(it, "flask"));
    if is_flask || reached.iter().any(|at| is_dynamic(&evidence.sources[*at])) {
        return;
    }
    let of_alembic = |table: &&Table| table.orm != Orm::Django;
    let (seen, unseen): (Vec<&Table>, Vec<&Table>) =
        evidence.tables.iter().filter(of_alembic).partition(|it| reached.contains(&it.source));
    // The class of the metadata, `Base` of `shop.db.Base.metadata`: other bases have their own metadata.
    let Some(base) = metadata.strip_suffix(".metadata") else { return };
    let descends = |table: &&Table| {
        let source = &evidence.sources[table.source];
        let class = source.classes.iter().find(|it| it.name == table.class);
        class.is_some_and(|class| {
            let own = class.own.iter().any(|(module, name)| {
                evidence.sources.iter().any(|it| it.id == *module && format!("{}.{name}", it.name) == base)
            });
            own || class.foreign.iter().any(|it| it == base)
        })
    };
    let unseen: Vec<&Table> = unseen.into_iter().filter(descends).collect();
    if unseen.is_empty() {
        if !seen.is_empty() {
            let text =
                format!("`{}` imports the modules of all {} mapped classes.", environment.path, seen.len());
            out.fine(&[&environment.path], text).at(Place::new(environment.path.clone(), line));
        }
        return;
    }
    let mut modules: Vec<&str> = unseen.iter().map(|it| evidence.sources[it.source].name.as_str()).collect();
    modules.dedup();
    let classes: Vec<&str> = unseen.iter().take(5).map(|it| it.class.as_str()).collect();
    let more = if unseen.len() > 5 { format!(" and {} more", unseen.len() - 5) } else { String::new() };
    let text = format!(
        "`{}` compares with `{metadata}` and doesn't import `{}`: `--autogenerate` takes the tables of `{}`{more} for ones \
         to drop.",
        environment.path,
        modules.join("`, `"),
        classes.join("`, `")
    );
    let claim = out.contradiction(Level::High, &[&environment.path, &modules.join(" ")], text);
    claim.at(Place::new(environment.path.clone(), line));
    for table in unseen.iter().take(5) {
        claim.at(table.place.clone().note(table.class.clone()));
    }
    claim.recommend(format!("Import `{}` in `{}`.", modules.join("`, `"), environment.path));
    let imports: Vec<String> = modules.iter().map(|it| format!("import {it}  # noqa: F401")).collect();
    claim.example("python", imports.join("\n"));
}
