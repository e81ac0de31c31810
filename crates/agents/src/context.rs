//! `context`: what to know before editing a file or a symbol.

mod markdown;
mod messages;
mod ports;
mod users;

use model::{Architecture, ModuleId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use workspace::Snapshot;

pub(crate) use markdown::markdown;
pub(crate) use users::{by_layer, direct_users, reaching_routes};

use crate::answer::{Answer, BUDGET};
use crate::session::Session;
use crate::subject::{self, Subject, Symbol, SymbolKind};
use crate::{Refused, contracts, layer, row, sibling};

/// The arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// A file, a module or a symbol.
    target: String,
    budget: Option<usize>,
}

/// Modules of one layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct InLayer {
    pub(crate) layer: &'static str,
    pub(crate) count: usize,
    pub(crate) examples: Vec<String>,
}

/// Runs the tool.
///
/// # Errors
/// If the target is unknown, or ambiguous.
pub(crate) fn run(session: &Session, arguments: &Arguments) -> Result<Value, Refused> {
    let root = session.root();
    let answer = session.look(|snapshot| {
        let subject = subject::find(snapshot, root, &arguments.target)?;
        Ok::<_, Refused>(of_subject(snapshot, &subject))
    })??;
    Ok(answer.fit(arguments.budget.unwrap_or(BUDGET)))
}

fn of_subject(snapshot: &Snapshot, subject: &Subject) -> Answer {
    let Subject { project, module, symbol } = subject;
    let architecture = snapshot.architecture(*project);
    let mut answer = Answer::default();
    let info = &architecture.modules[*module];
    answer.field("path", &info.path);
    answer.field("module", &info.name);
    if let Some(symbol) = symbol {
        answer.field("symbol", &symbol.name);
        answer.maybe("defined_at", definition_place(snapshot, &architecture, *module, symbol));
    }
    place_of(&mut answer, &architecture, *module);
    answer.list("contracts", 1, 2, contracts::of_module(snapshot, *project, *module));
    let found = row::of_file(snapshot, info.file);
    let extent = symbol.as_ref().and_then(|symbol| lines_of(snapshot, &architecture, *module, symbol));
    let here = |row: &&row::Row| extent.is_none_or(|(from, to)| (from..=to).contains(&line_of(&row.place)));
    answer.list("findings", 1, 2, found.iter().filter(here));
    answer.list("ports", 1, 1, ports::of_subject(snapshot, subject));
    answer.list("messages", 1, 2, messages::of_subject(snapshot, subject));
    answer.list("injected", 2, 1, ports::injected(snapshot, subject));
    answer.list("used_by", 1, 1, users::by_layer(&architecture, &users::direct_users(snapshot, subject)));
    let imports = architecture.graph.imports(*module).iter().map(|edge| edge.to);
    let imports: Vec<ModuleId> = imports.collect();
    answer.list("imports", 3, 1, users::by_layer(&architecture, &imports));
    answer.list("routes", 2, 4, users::reaching_routes(snapshot, subject));
    answer.list("pattern", 1, 1, sibling::of_module(snapshot, *project, &architecture, *module));
    answer
}

/// Layer, style, bounded context, and allowed imports.
fn place_of(answer: &mut Answer, architecture: &Architecture, module: ModuleId) {
    let layers = &architecture.layers;
    match layer::of(architecture, module) {
        Some(words) => answer.field("layer", words),
        None => answer.field("layer", layer::word(architecture, module)),
    }
    if let Some(scope) = layers.scope_style(module) {
        let style = scope.style;
        answer.field("style", format!("{style} in {}: {}", scope.name(), scope.reason()));
        if let Some(own) = layers.layer(module).filter(|own| layer::is_directed(*own)) {
            answer.field("may_import_layers", layer::may_import(style, own));
            answer.field("may_be_imported_by_layers", layer::may_be_imported_by(style, own));
        }
    }
    answer.maybe("bounded_context", layers.context(module));
    let cycles: Vec<usize> =
        architecture.cycles.of(module).map(|component| component.modules.len()).collect();
    answer.maybe("in_cycle_of", cycles.into_iter().max());
}

fn line_of(place: &str) -> u32 {
    place.rsplit(':').next().and_then(|line| line.parse().ok()).unwrap_or_default()
}

/// `shop/orders.py:12`
pub(crate) fn definition_place(
    snapshot: &Snapshot,
    architecture: &Architecture,
    module: ModuleId,
    symbol: &Symbol,
) -> Option<String> {
    let file = architecture.modules.get(module)?.file;
    let spans = python::query::spans(snapshot.db(), file);
    let span = match symbol.kind {
        SymbolKind::Class(id) => spans.class_name(id),
        SymbolKind::Function(id) => spans.function_name(id),
        SymbolKind::Variable => return None,
    };
    Some(row::place(snapshot, file, span))
}

/// The first and last line of a definition.
fn lines_of(
    snapshot: &Snapshot,
    architecture: &Architecture,
    module: ModuleId,
    symbol: &Symbol,
) -> Option<(u32, u32)> {
    let file = architecture.modules.get(module)?.file;
    let spans = python::query::spans(snapshot.db(), file);
    let span = match symbol.kind {
        SymbolKind::Class(id) => spans.classes.get(id.0 as usize).copied()?,
        SymbolKind::Function(id) => spans.functions.get(id.0 as usize).copied()?,
        SymbolKind::Variable => return None,
    };
    let text = snapshot.text(file);
    let line = |offset| text.position(offset, source::PositionEncoding::Utf8).line + 1;
    Some((line(span.start), line(span.end)))
}
