//! Allowed alternatives to a forbidden import. A proposed import was tried first.

use camino::Utf8Path;
use model::{Architecture, ClassRef, Layer, ModuleId, Target};
use serde::Serialize;
use workspace::Snapshot;

use super::{Import, is_lawful, statement, try_out};
use crate::command::of_class;
use crate::row::Row;
use crate::session::{Laid, Session, project};
use crate::subject::Subject;
use crate::{Refused, layer};

/// Limit on the ports or modules proposed.
const FEW: usize = 3;

/// An allowed alternative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Way {
    /// `port`, `public interface`, `inject`, `event`, `place`, `fix`
    pub(crate) kind: &'static str,
    pub(crate) what: String,
    /// The import to write instead, which breaks nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) import: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) command: Option<String>,
}

/// The alternatives, the shortest first.
///
/// # Errors
/// If the analysis fails.
pub(super) fn lawful(
    session: &mut Session,
    laid: &[Laid],
    imported: Option<&Subject>,
    breaks: &[Row],
) -> Result<Vec<Way>, Refused> {
    let Some((importer, _)) = laid.first() else { return Ok(Vec::new()) };
    let proposed = session.look_with(laid, |snapshot| propose(snapshot, importer, imported))??;
    let mut ways: Vec<Way> = Vec::new();
    for way in proposed {
        if let Some(statement) = &way.import {
            let import = Import { importer: importer.to_owned(), statement: statement.clone() };
            let delta = try_out(session, &import)?;
            if !is_lawful(&delta) {
                continue;
            }
        }
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    for fix in breaks.iter().flat_map(|row| &row.fixes) {
        let way = Way { kind: "fix", what: fix.title.clone(), import: None, command: fix.command.clone() };
        // A command that changes the importer must run after it is written; changes elsewhere can be made before.
        if !ways.iter().any(|known| known.command.is_some() && known.command == way.command)
            && !ways.contains(&way)
        {
            ways.push(way);
        }
    }
    Ok(ways)
}

fn propose(
    snapshot: &Snapshot,
    importer: &Utf8Path,
    imported: Option<&Subject>,
) -> Result<Vec<Way>, Refused> {
    let project = project(snapshot)?;
    let architecture = snapshot.architecture(project);
    let from = snapshot.project_of(importer).and_then(|(_, file)| architecture.modules.of_file(file));
    let mut ways = Vec::new();
    let Some(subject) = imported else {
        ways.push(Way {
            kind: "port",
            what: "declare what is needed of the library as a Protocol here, and implement it in an adapter"
                .to_owned(),
            import: None,
            command: None,
        });
        return Ok(ways);
    };
    for class in classes(snapshot, &architecture, subject) {
        ways.extend(ports(snapshot, &architecture, subject, &class));
    }
    ways.extend(interfaces(snapshot, &architecture, subject, from));
    ways.extend(events(&architecture, subject, from));
    ways.extend(places(&architecture, subject, from));
    Ok(ways)
}

/// The imported class, or the first of an imported module.
fn classes(snapshot: &Snapshot, architecture: &Architecture, subject: &Subject) -> Vec<ClassRef> {
    if subject.symbol.is_some() {
        return subject.class().into_iter().collect();
    }
    let definitions = python::query::definitions(snapshot.db(), architecture.modules[subject.module].file);
    let classes = definitions.classes.iter().filter(|class| class.scope == python::Scope::Module);
    classes.take(FEW).map(|class| ClassRef::new(subject.module, class.name.clone())).collect()
}

/// The ports of a class, or how to get one.
fn ports(snapshot: &Snapshot, architecture: &Architecture, subject: &Subject, class: &ClassRef) -> Vec<Way> {
    let db = snapshot.db();
    let modules = &architecture.modules;
    let is_port = model::query::port(db, subject.project, class.clone()).is_some();
    let known = model::query::ports_of(db, subject.project, class.clone());
    let composed = composition(architecture, class.module);
    let given = match &composed {
        Some(path) => format!(", which {path} gives where the program is put together"),
        None => String::new(),
    };
    let mut ways: Vec<Way> = known
        .iter()
        .take(FEW)
        .filter_map(|port| {
            let info = modules.get(port.class.module)?;
            Some(Way {
                kind: "port",
                what: format!(
                    "depend on the port `{}` in the constructor; `{}` implements it{given}",
                    port.class.name, class.name
                ),
                import: Some(statement(&info.name, Some(port.class.name.as_str()), &[])),
                command: None,
            })
        })
        .collect();
    let is_behaviour = matches!(
        view::query::class_kind(db, subject.project, class.clone()),
        view::ClassKind::Adapter | view::ClassKind::Service | view::ClassKind::Other
    );
    if ways.is_empty()
        && !is_port
        && is_behaviour
        && let Some(place) = of_class(modules, class)
    {
        ways.push(Way {
            kind: "inject",
            what: format!(
                "write a Protocol for `{}`, depend on it in the constructor, and give the class there{given}",
                class.name
            ),
            import: None,
            command: Some(format!("architrave refactor extract-protocol {place}")),
        });
    }
    ways
}

/// A module of composition that imports `module`.
fn composition(architecture: &Architecture, module: ModuleId) -> Option<String> {
    let importers = architecture.graph.importers(module).iter().map(|edge| edge.to);
    let mut composing = importers.filter(|id| architecture.layers.layer(*id) == Some(Layer::Composition));
    composing.next().map(|id| format!("`{}`", architecture.modules[id].path))
}

/// Packages around the module that export the same name: their public interface.
fn interfaces(
    snapshot: &Snapshot,
    architecture: &Architecture,
    subject: &Subject,
    from: Option<ModuleId>,
) -> Vec<Way> {
    let Some(name) = subject.imported_name() else { return Vec::new() };
    let modules = &architecture.modules;
    let mut ways = Vec::new();
    for package in modules.packages_around(subject.module) {
        if Some(package) == from {
            continue;
        }
        let resolved = model::query::resolved(snapshot.db(), subject.project, modules[package].file);
        let offers = resolved.iter().any(|resolved| {
            matches!(&resolved.target, Target::Symbol { origin, origin_name, .. }
                if *origin == subject.module && origin_name == name)
        });
        if offers {
            let package = &modules[package].name;
            ways.push(Way {
                kind: "public interface",
                what: format!("`{package}` offers `{name}`"),
                import: Some(statement(package, Some(name), &[])),
                command: None,
            });
        }
    }
    ways
}

/// Between bounded contexts: the project's events.
fn events(architecture: &Architecture, subject: &Subject, from: Option<ModuleId>) -> Option<Way> {
    const WORDS: [&str; 6] = ["events", "event_bus", "message_bus", "messagebus", "bus", "signals"];
    let layers = &architecture.layers;
    let (own, other) = (from.and_then(|from| layers.context(from))?, layers.context(subject.module)?);
    if own == other {
        return None;
    }
    let code = architecture.modules.iter().filter(|(_, info)| info.has_edges());
    let known: Vec<String> = code
        .filter(|(_, info)| info.name.rsplit('.').next().is_some_and(|last| WORDS.contains(&last)))
        .take(FEW)
        .map(|(_, info)| format!("`{}`", info.path))
        .collect();
    (!known.is_empty()).then(|| Way {
        kind: "event",
        what: format!(
            "let `{other}` tell by an event what happened, as the project does in {}",
            known.join(", ")
        ),
        import: None,
        command: None,
    })
}

/// Where code that imports it may be.
fn places(architecture: &Architecture, subject: &Subject, from: Option<ModuleId>) -> Option<Way> {
    let layers = &architecture.layers;
    let to = layers.layer(subject.module).filter(|to| layer::is_directed(*to))?;
    let own = layers.layer(from?)?;
    let style = layers.style(subject.module)?;
    let allowed = layer::may_be_imported_by(style, to);
    if allowed.is_empty() || allowed.contains(&own.as_str()) {
        return None;
    }
    Some(Way {
        kind: "place",
        what: format!(
            "put the code that needs it into {} or composition, and give {own} its result",
            allowed.join(", ")
        ),
        import: None,
        command: None,
    })
}
