//! Import statements that follow: their modules, their names, and their bindings afterwards.

use model::Target;
use python::{Expr, ImportId, ImportKind, Literal, Stmt};
use source::{Span, TextEdit};
use view::ImportView;

use super::Mover;
use crate::bindings;
use crate::moves::{chain, relative};
use crate::statement::Statement;

/// The changes of the import statements.
#[derive(Default)]
pub(super) struct Statements {
    pub(super) edits: Vec<TextEdit>,
    /// The imports whose module has another name afterwards.
    pub(super) bound: Vec<Bound>,
}

/// A name that refers to a module.
pub(super) struct Bound {
    pub(super) import: ImportId,
    /// The old name.
    pub(super) old: String,
    /// The new name.
    pub(super) new: String,
    /// The dotted module that the new name refers to.
    pub(super) module: String,
}

/// How one name is imported afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plan {
    /// The part after `from`; `None` for `import name`.
    clause: Option<String>,
    name: String,
    alias: Option<String>,
}

impl Plan {
    fn item(&self) -> String {
        match &self.alias {
            Some(alias) => format!("{} as {alias}", self.name),
            None => self.name.clone(),
        }
    }

    fn statement(&self) -> String {
        match &self.clause {
            Some(clause) => format!("from {clause} import {}", self.item()),
            None => format!("import {}", self.item()),
        }
    }
}

impl Mover<'_, '_> {
    pub(super) fn statements(&self) -> Statements {
        let mut out = Statements::default();
        let mut number = None;
        for view in self.cx.imports() {
            if view.import.kind == ImportKind::Dynamic {
                self.dynamic(&view, &mut out);
            } else if number.replace(view.import.statement) != Some(view.import.statement) {
                let Some(statement) = Statement::of(self.cx, view.id) else { continue };
                self.statement(&statement, &mut out);
            }
        }
        out
    }

    /// `import_module(".orders", package=...)`: absolute names are handled like other strings.
    fn dynamic(&self, view: &ImportView<'_>, out: &mut Statements) {
        let Some(module) = relative::absolute(&self.before, view.import).filter(|_| view.import.level > 0)
        else {
            return;
        };
        let Some(new) = self.renamed(&module) else { return };
        let text = relative::written(&self.own, &new, true);
        let span = view.spans.module;
        let literal = self.cx.text.slice(span);
        let written = format!("{}{}", ".".repeat(usize::from(view.import.level)), view.import.module);
        if let Some(at) = literal.find(&written) {
            let start = span.start + at as u32;
            out.edits.push(TextEdit { span: Span::new(start, start + written.len() as u32), insert: text });
        }
    }

    fn statement(&self, statement: &Statement<'_>, out: &mut Statements) {
        let views: Vec<ImportView<'_>> =
            statement.imports.iter().filter_map(|id| self.cx.import(*id)).collect();
        let plans: Vec<Plan> = views.iter().map(|view| self.plan(view, out)).collect();
        let (Some(first), Some(view)) = (plans.first(), views.first()) else { return };
        let is_import = view.import.kind == ImportKind::Module;
        let alike = plans.iter().all(|plan| plan.clause == first.clause);
        if alike && (is_import || first.clause.is_some()) {
            if let Some(clause) = first.clause.as_deref().filter(|_| !is_import) {
                self.replace(view.spans.module, clause, out);
            }
            for (view, plan) in views.iter().zip(&plans) {
                self.replace_item(view, plan, out);
            }
            return;
        }
        self.split(statement, &views, &plans, out);
    }

    fn replace(&self, span: Span, text: &str, out: &mut Statements) {
        let written = self.cx.text.slice(span);
        // Unchanged except for blanks around dots.
        let plain: String = written.split_whitespace().collect();
        if plain != text {
            out.edits.push(TextEdit { span, insert: text.to_owned() });
        }
    }

    fn replace_item(&self, view: &ImportView<'_>, plan: &Plan, out: &mut Statements) {
        if view.import.kind == ImportKind::Star {
            return;
        }
        self.replace(view.spans.name, &plan.name, out);
        if let (None, Some(alias)) = (&view.import.alias, &plan.alias) {
            let at = Span::new(view.spans.item.end, view.spans.item.end);
            out.edits.push(TextEdit { span: at, insert: format!(" as {alias}") });
        }
    }

    /// Names that come from elsewhere get their own statements below.
    fn split(
        &self,
        statement: &Statement<'_>,
        views: &[ImportView<'_>],
        plans: &[Plan],
        out: &mut Statements,
    ) {
        // Names that stay keep the statement; if none does, the first plan does.
        let old = views.first().map(|view| clause_now(view));
        let kept = plans
            .iter()
            .find(|plan| plan.clause.is_some() && plan.clause == old)
            .or_else(|| plans.iter().find(|plan| plan.clause.is_some()));
        let Some(kept) = kept else {
            // `from . import a, b` of modules that are no longer in a package.
            let text: Vec<String> = plans.iter().map(Plan::statement).collect();
            let joined = lines_below(statement, &text);
            out.edits.push(TextEdit { span: statement.span, insert: joined });
            return;
        };
        let gone: Vec<ImportId> = views
            .iter()
            .zip(plans)
            .filter(|(_, plan)| plan.clause != kept.clause)
            .map(|(view, _)| view.id)
            .collect();
        let Some(edits) = statement.without(&gone) else { return };
        out.edits.extend(edits);
        if let (Some(clause), Some(view)) = (&kept.clause, views.first()) {
            self.replace(view.spans.module, clause, out);
        }
        let mut others: Vec<(Option<String>, Vec<&Plan>)> = Vec::new();
        for (view, plan) in views.iter().zip(plans) {
            if plan.clause == kept.clause {
                self.replace_item(view, plan, out);
            } else if let Some((_, group)) =
                others.iter_mut().find(|(clause, _)| clause.is_some() && *clause == plan.clause)
            {
                group.push(plan);
            } else {
                others.push((plan.clause.clone(), vec![plan]));
            }
        }
        let texts: Vec<String> = others
            .iter()
            .map(|(clause, group)| {
                let items = group.iter().map(|plan| plan.item()).collect::<Vec<_>>().join(", ");
                match clause {
                    Some(clause) => format!("from {clause} import {items}"),
                    None => format!("import {items}"),
                }
            })
            .collect();
        let end = statement.span.end;
        let insert = format!("{}{}", separator(statement), lines_below(statement, &texts));
        out.edits.push(TextEdit { span: Span::new(end, end), insert });
    }

    /// How a name is imported afterwards, and what it refers to then.
    fn plan(&self, view: &ImportView<'_>, out: &mut Statements) -> Plan {
        let import = view.import;
        let alias = import.alias.as_ref().map(ToString::to_string);
        let name = import.name.as_ref().map(ToString::to_string).unwrap_or_default();
        if import.kind == ImportKind::Module {
            let new = self.renamed(&import.module).unwrap_or_else(|| import.module.clone());
            let plan = Plan { clause: None, name: new.to_string(), alias };
            self.note_module(view, &new, out);
            return plan;
        }
        let as_is = Plan { clause: Some(clause_now(view)), name: name.clone(), alias: alias.clone() };
        let Some(module) = relative::absolute(&self.before, import) else { return as_is };
        let is_module = matches!(view.resolved.target, Target::Module(_) | Target::Namespace(_))
            && import.kind == ImportKind::From;
        let moved = if is_module { self.renamed(&format!("{module}.{name}")) } else { None };
        let (new_module, new_name) = match &moved {
            Some(full) => match full.rsplit_once('.') {
                Some((module, name)) => (module.to_owned(), name.to_owned()),
                None => (String::new(), full.to_string()),
            },
            // A submodule that stays keeps the package's name, even if the package's own file moves elsewhere.
            None if is_module => (module.clone(), name.clone()),
            None => {
                (self.renamed(&module).map_or_else(|| module.clone(), |new| new.to_string()), name.clone())
            }
        };
        let clause = if new_module == module && !self.moves {
            Some(clause_now(view))
        } else if new_module.is_empty() {
            None
        } else {
            Some(relative::written(&self.own, &new_module, import.level > 0))
        };
        let mut alias = alias;
        if is_module {
            let bound = alias.clone().unwrap_or_else(|| name.clone());
            let mut new_bound = bound.clone();
            if alias.is_none() && new_name != name {
                if self.may_rename(view, &name, &new_name, &new_module) {
                    new_bound.clone_from(&new_name);
                } else {
                    alias = Some(name.clone());
                }
            }
            let full =
                if new_module.is_empty() { new_name.clone() } else { format!("{new_module}.{new_name}") };
            if moved.is_some() {
                out.bound.push(Bound { import: view.id, old: bound, new: new_bound, module: full });
            }
        }
        Plan { clause, name: new_name, alias }
    }

    /// `import a.b` binds `a`, `import a.b as c` binds `c`.
    fn note_module(&self, view: &ImportView<'_>, new: &str, out: &mut Statements) {
        let Some(bound) = chain::bound(self.cx, view) else { return };
        let first = new.split('.').next().unwrap_or_default();
        let (local, module) = view.import.alias.as_ref().map_or_else(
            || (first.to_owned(), first.to_owned()),
            |alias| (alias.to_string(), new.to_owned()),
        );
        let old = view.import.bound_name().unwrap_or_default().to_owned();
        if local != old || module != bound.module.as_str() {
            out.bound.push(Bound { import: view.id, old, new: local, module });
        }
    }

    /// Whether the name that an import binds can become the module's new name: no module imports it from here, nothing
    /// else binds it, and the new one is free.
    fn may_rename(&self, view: &ImportView<'_>, name: &str, new_name: &str, new_module: &str) -> bool {
        // A package exposes its submodules whatever it imports.
        let own_submodule = self.before.is_package
            && relative::absolute(&self.before, view.import).as_deref() == Some(self.before.name.as_str())
            && new_module == self.own.name.as_str();
        let stays_home = own_submodule
            || !(self.before.is_package
                || self.taken.contains(&(self.cx.id, name.into()))
                || self.cx.module.definitions.all.iter().flatten().any(|listed| listed == name));
        stays_home
            && !bindings::is_bound_otherwise(self.cx, name)
            && !has_word(self.cx.text.as_str(), new_name)
            && !bindings::is_builtin_name(new_name)
    }

    /// Submodules listed in the `__all__` of their package.
    pub(super) fn listed(&self, bound: &[Bound]) -> Vec<TextEdit> {
        let (Some(body), Some(spans)) =
            (self.cx.module.bodies.list.first(), self.cx.module.spans.bodies.first())
        else {
            return Vec::new();
        };
        let renamed = |name: &str| {
            let full = format!("{}.{name}", self.before.name);
            let is_bound = bound.iter().any(|it| it.old == name && it.old != it.new);
            let stays = format!("{}.", self.own.name);
            let new = self.renamed(&full)?;
            let last = new.strip_prefix(&stays)?;
            let imported = self.cx.imports().any(|view| view.import.bound_name() == Some(name));
            (!last.contains('.') && last != name && (is_bound || !imported)).then(|| last.to_owned())
        };
        if !self.before.is_package || self.cx.module.definitions.all.is_none() {
            return Vec::new();
        }
        let mut edits = Vec::new();
        for (id, stmt) in body.stmts.iter().enumerate() {
            let around = spans.stmts.get(id).copied().unwrap_or_default();
            let is_all = matches!(stmt, Stmt::Assign { .. } | Stmt::AugAssign { .. } | Stmt::Expr(_))
                && self.cx.text.slice(around).trim_start().starts_with("__all__");
            if !is_all {
                continue;
            }
            for (expr, span) in body.exprs.list.iter().zip(&spans.exprs) {
                if let Expr::Literal(Literal::Str(text)) = expr
                    && around.contains(*span)
                    && let Some(new) = renamed(text)
                    && let Some(at) = self.cx.text.slice(*span).find(text.as_str())
                {
                    let start = span.start + at as u32;
                    edits.push(TextEdit { span: Span::new(start, start + text.len() as u32), insert: new });
                }
            }
        }
        edits
    }
}

/// The separator between a statement and one written after it.
pub(super) fn separator(statement: &Statement<'_>) -> String {
    let lines = statement.lines;
    let before = lines.before(statement.span.start);
    let after = lines.after(statement.span.end).trim();
    if before.trim().is_empty() && after.is_empty() {
        format!("{}{before}", lines.ending())
    } else {
        "; ".to_owned()
    }
}

fn lines_below(statement: &Statement<'_>, texts: &[String]) -> String {
    texts.join(&separator(statement))
}

/// The current part after `from`.
fn clause_now(view: &ImportView<'_>) -> String {
    format!("{}{}", ".".repeat(usize::from(view.import.level)), view.import.module)
}

/// Whether `word` appears anywhere in `text` on its own and not as an attribute.
pub(in crate::moves) fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(|letter| is_letter(letter) || letter == '.') && !after.is_some_and(is_letter)
    })
}
