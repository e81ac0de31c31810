//! Findings of a text that is being typed: those that the file shows by itself against the last known architecture.
//!
//! A keystroke in an import may change the graph, its cycles and the inference of every layer, and one in a signature
//! the behaviour of other functions. None of that is recomputed between two keystrokes: the last complete architecture
//! is applied to the new text, with this file's own imports put in. Rules that need more keep their last findings until
//! there is a pause.

use std::sync::Arc;

use model::{Architecture, Edge, ModuleId, Project};
use python::Module;
use source::{File, Text};
use view::facts::{Facts, Lazy};
use view::{Context, Db, Finding, Rule};

use crate::early::{CLOSED, DECLARED, LOCAL};
use crate::{by_id, check};

/// What a text shows by itself.
#[derive(Debug)]
pub struct Shown {
    /// The findings, sorted by place; nothing where they are those of the text before, moved along with the edits.
    pub findings: Option<Vec<Finding>>,
    /// The part of the text that was checked: queries know an older text.
    pub looked: Looked,
}

/// What findings rest on.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The facts of the text.
    pub module: Arc<Module>,
    /// What it was held against.
    pub architecture: Arc<Architecture>,
}

impl Looked {
    /// What the findings of the text that queries see rest on.
    pub fn of(db: &dyn Db, file: File, architecture: &Arc<Architecture>) -> Self {
        Self { module: python::query::module(db, file), architecture: Arc::clone(architecture) }
    }

    /// Whether findings based on `other` would be the same, possibly at other positions. Parts of a text equal to those
    /// of the previous text share its allocation.
    fn says_the_same(&self, other: &Self) -> bool {
        // What a comment covers is a matter of places.
        let has_comments =
            |looked: &Self| !looked.module.directives.is_empty() || !looked.module.spans.is_whole;
        Arc::ptr_eq(&self.architecture, &other.architecture)
            && Arc::ptr_eq(&self.module.imports, &other.module.imports)
            && Arc::ptr_eq(&self.module.definitions, &other.module.definitions)
            && Arc::ptr_eq(&self.module.bodies, &other.module.bodies)
            && !has_comments(self)
            && !has_comments(other)
    }
}

/// Whether `rule` is among those that run while a text is typed.
pub fn is_at_once(rule: &str) -> bool {
    at_once().any(|id| id == rule)
}

fn at_once() -> impl Iterator<Item = &'static str> {
    LOCAL.iter().chain(DECLARED).chain(CLOSED).copied()
}

/// The findings of `text`, typed into `file`, by the rules that need no more than it and `architecture`, an earlier one
/// of the project.
///
/// `None` if the text has syntax errors: what is missing from it then was rarely removed on purpose. `None` too if
/// `architecture` knows other modules than exist now, or if `cancelled` returns true. Results that an edit of a comment
/// doesn't affect are not computed again: `before` is what was checked before.
pub fn typed(
    db: &dyn Db,
    project: Project,
    file: File,
    text: &Arc<Text>,
    architecture: &Arc<Architecture>,
    before: Option<&Looked>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Shown> {
    let id = architecture.modules.of_file(file)?;
    let modules = model::query::modules(db, project);
    if !Arc::ptr_eq(&modules, &architecture.modules) && modules != architecture.modules {
        return None;
    }
    let module = python::query::typed_module(db, file, text.shared(), cancelled)?;
    let looked = Looked { module: Arc::clone(&module), architecture: Arc::clone(architecture) };
    if before.is_some_and(|before| before.says_the_same(&looked)) {
        return Some(Shown { findings: None, looked });
    }
    let edges = model::query::edges_of(db, project, file, &module.imports);
    let cx = Context {
        db,
        project,
        file,
        id,
        text: Lazy::ready(Arc::clone(text)),
        module: Facts::of_module(&module),
        resolved: Lazy::ready(model::query::resolve(db, project, file, &module.imports)),
        config: model::query::config_of(db, project, file),
        architecture: with_edges(architecture, id, &edges),
        rewritten: None,
        is_early: false,
    };
    let rules: Vec<&'static Rule> = at_once().filter_map(by_id).collect();
    Some(Shown { findings: Some(check::with_rules(&cx, &rules)), looked })
}

/// The same architecture with other imports for one module.
fn with_edges(architecture: &Arc<Architecture>, id: ModuleId, edges: &[Edge]) -> Arc<Architecture> {
    // Only code is a source of edges.
    let is_source = architecture.modules[id].role == model::PathRole::Code;
    if !is_source || architecture.graph.imports(id) == edges {
        return Arc::clone(architecture);
    }
    let graph = architecture.graph.with_edges([(id, edges.into())]);
    Arc::new(Architecture { graph: Arc::new(graph), ..(**architecture).clone() })
}
