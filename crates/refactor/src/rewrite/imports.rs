//! Imports of a file being rewritten: adds one for a name that is needed, removes those no longer used.

use model::Target;
use python::{Expr, ImportId, ImportKind, Scope, Stmt};
use source::TextEdit;
use view::wording::capitalized;
use view::{Context, ImportView};

use super::{FileRewrite, State};
use crate::head::{self, NewImport};
use crate::lines::Lines;
use crate::removal::{self, Removed};
use crate::statement::Statement;
use crate::{bindings, type_checking};

/// A name that is needed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Import<'n> {
    /// The dotted module, absolute; it need not exist yet.
    pub(crate) module: &'n str,
    /// The name in it.
    pub(crate) name: &'n str,
    /// The module's origin.
    pub(crate) home: Home,
}

/// The origin of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// The project.
    Project,
    /// An installed distribution.
    ThirdParty,
    /// The standard library.
    Standard,
}

/// Where a name is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// At run time.
    RunTime,
    /// Only in annotations that nothing reads at run time.
    TypeChecking,
}

/// Whether patches of a name keep its import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Patches {
    Count,
    /// They will patch it elsewhere.
    Follow,
}

impl FileRewrite<'_> {
    /// Makes sure that a name is imported at top level, and returns its local name: an alias if the file binds the name
    /// to something else. `None` if the alias is bound too, or a star import may bind anything.
    pub(crate) fn import(&mut self, wanted: Import<'_>, at: At) -> Option<String> {
        if self.own_name() == wanted.module {
            return Some(wanted.name.to_owned());
        }
        if let Some(name) = bound_already(&self.cx, wanted, at) {
            return Some(name);
        }
        // An import for type checkers becomes a run-time import.
        let guarded = match at {
            At::RunTime => bound_already(&self.cx, wanted, At::TypeChecking),
            At::TypeChecking => None,
        };
        if let Some(name) = &guarded {
            self.remove_guarded(name)?;
        }
        let local = guarded.or_else(|| self.free_name(wanted))?;
        let item = if local == wanted.name { local.clone() } else { format!("{} as {local}", wanted.name) };
        let new = NewImport::from(format!("from {}", self.written(wanted)), vec![&item], None);
        self.add(&new, wanted.home, at)?;
        Some(local)
    }

    /// Makes sure that a module is imported at top level under `alias` or its own first segment. `None` if the file
    /// binds that name to something else.
    pub(crate) fn import_module(
        &mut self,
        module: &str,
        alias: Option<&str>,
        home: Home,
        at: At,
    ) -> Option<()> {
        let bound = alias.or_else(|| module.split('.').next())?;
        let is_there = |view: &ImportView<'_>| {
            is_at_top_level(view, at)
                && view.import.kind == ImportKind::Module
                && view.import.module == module
                && view.import.bound_name() == Some(bound)
        };
        if self.cx.imports().any(|view| is_there(&view)) {
            return Some(());
        }
        let is_beside = |view: &ImportView<'_>| {
            alias.is_none() && view.import.kind == ImportKind::Module && view.import.alias.is_none()
        };
        let is_taken = bindings::is_bound(&self.cx, bound)
            && !self.cx.imports().any(|view| view.import.bound_name() == Some(bound) && is_beside(&view));
        if is_taken {
            return None;
        }
        let item = alias.map_or_else(|| module.to_owned(), |alias| format!("{module} as {alias}"));
        self.add(&NewImport::module(&item), home, at)
    }

    fn add(&mut self, new: &NewImport, home: Home, at: At) -> Option<()> {
        let lines = Lines { text: self.cx.text.as_str() };
        let edits = match (at, home) {
            (At::TypeChecking, _) => type_checking::under_type_checking(&self.cx, lines, new)?,
            (At::RunTime, Home::Project) => head::insert(&self.cx, new),
            (At::RunTime, Home::ThirdParty) => head::insert_third_party(&self.cx, new),
            (At::RunTime, Home::Standard) => head::insert_standard(&self.cx, new),
        };
        self.apply(&edits)
    }

    /// The name of the module in the form in which the file imports project modules: relative if that is its style.
    fn written(&self, wanted: Import<'_>) -> String {
        let is_relative = match &self.state {
            State::Known { .. } => writes_relative(&self.cx),
            State::New { is_relative, .. } => *is_relative,
        };
        let absolute = || wanted.module.to_owned();
        if !is_relative || wanted.home != Home::Project {
            return absolute();
        }
        self.package().and_then(|package| relative(package, wanted.module)).unwrap_or_else(absolute)
    }

    /// The name itself, or prefixed with its module if the name is taken.
    fn free_name(&self, wanted: Import<'_>) -> Option<String> {
        if !bindings::is_bound(&self.cx, wanted.name) {
            return Some(wanted.name.to_owned());
        }
        let last = wanted.module.rsplit('.').next().unwrap_or_default().trim_matches('_');
        let is_class = wanted.name.starts_with(|first: char| first.is_uppercase());
        let alias = if is_class {
            let camel: String = last.split('_').map(capitalized).collect();
            format!("{camel}{}", wanted.name)
        } else {
            format!("{last}_{}", wanted.name)
        };
        (!bindings::is_bound(&self.cx, &alias)).then_some(alias)
    }

    /// Removes the top-level imports that bind `name` if nothing uses it any more: neither the module, nor `__all__`,
    /// nor another module that imports it from here. Explicit re-exports stay.
    pub(crate) fn drop_unused(&mut self, name: &str) -> Option<()> {
        self.drop_where_unused(name, Patches::Count)
    }

    /// The same for a name whose patches follow to another module.
    pub(crate) fn drop_unused_and_patched(&mut self, name: &str) -> Option<()> {
        self.drop_where_unused(name, Patches::Follow)
    }

    fn drop_where_unused(&mut self, name: &str, patches: Patches) -> Option<()> {
        let binding: Vec<ImportId> = self
            .cx
            .imports()
            .filter(|view| view.import.bound_name() == Some(name) && view.import.context.function.is_none())
            .filter(|view| !is_kept(&self.cx, view))
            .map(|view| view.id)
            .collect();
        for id in binding.into_iter().rev() {
            let is_used = self.cx.module.uses.iter().any(|name_use| name_use.import == id);
            if is_used || self.is_offered(name, patches) {
                continue;
            }
            let statement = Statement::of(&self.cx, id)?;
            let is_whole = statement.imports.len() == 1;
            let edits = if is_whole { statement.without_comment()? } else { statement.without(&[id])? };
            self.apply(&edits)?;
        }
        self.drop_empty_guard()
    }

    fn remove_guarded(&mut self, name: &str) -> Option<()> {
        let guarded = |view: &ImportView<'_>| {
            let context = view.import.context;
            context.type_checking && context.scope == Scope::Module && view.import.bound_name() == Some(name)
        };
        let id = self.cx.imports().find(guarded)?.id;
        let edits = Statement::of(&self.cx, id)?.without(&[id])?;
        self.apply(&edits)?;
        self.drop_empty_guard()
    }

    /// Removes a top-level `if TYPE_CHECKING:` that has become empty, with the import for its condition.
    fn drop_empty_guard(&mut self) -> Option<()> {
        let Some(body) = self.cx.module.bodies.list.first() else { return Some(()) };
        let empty = body.root.iter().find_map(|id| {
            let Stmt::If { test, body: inner, orelse } = &body[*id] else { return None };
            let [only] = &**inner else { return None };
            let is_guard = body.exprs.dotted(*test).is_some_and(|test| test.ends_with("TYPE_CHECKING"));
            (is_guard && orelse.is_empty() && matches!(body[*only], Stmt::Pass))
                .then(|| self.cx.module.spans.stmt(python::BodyId(0), *id))
        });
        let Some(span) = empty else { return Some(()) };
        let lines = Lines { text: self.cx.text.as_str() };
        let it = Removed { span, is_first: false, is_top_level: true };
        let edit = removal::take_out(lines, it);
        self.apply(&[edit])?;
        self.drop_unused("TYPE_CHECKING")
    }

    /// Whether other modules may take a name from this one: through `__all__`, or by importing it from here.
    fn is_offered(&self, name: &str, patches: Patches) -> bool {
        let cx = &self.cx;
        let listed = cx.module.definitions.all.as_ref().is_some_and(|all| all.iter().any(|it| it == name));
        if listed || self.is_new() {
            return listed;
        }
        // What a package imports and doesn't use it passes on.
        if cx.info().is_package && !self.used_itself(name) {
            return true;
        }
        if patches == Patches::Count && model::query::is_patched(cx.db, cx.project, cx.id, name.into()) {
            return true;
        }
        let takes_it = |target: &Target| match target {
            Target::Symbol { module, name: taken, .. } => *module == cx.id && taken == name,
            _ => false,
        };
        cx.architecture.modules.iter().any(|(id, info)| {
            id != cx.id
                && model::query::resolved(cx.db, cx.project, info.file)
                    .iter()
                    .any(|resolved| takes_it(&resolved.target))
        })
    }
}

impl FileRewrite<'_> {
    /// Whether the file, as it was, used a name that it imports.
    fn used_itself(&self, name: &str) -> bool {
        let Some(cx) = view::query::context(self.cx.db, self.cx.project, self.cx.file) else { return false };
        cx.imports().any(|view| {
            view.import.bound_name() == Some(name)
                && cx.module.uses.iter().any(|name_use| name_use.import == view.id)
        })
    }
}

/// The edits that import a name of the project at the top under its own name; `None` if it is already there, or if the
/// name has another meaning.
pub(crate) fn import_edits(cx: &Context<'_>, wanted: Import<'_>) -> Option<Vec<TextEdit>> {
    let file = FileRewrite::known(cx.clone());
    let is_free = bound_already(cx, wanted, At::TypeChecking).is_none()
        && file.free_name(wanted).is_some_and(|name| name == wanted.name);
    let new = NewImport::from(format!("from {}", file.written(wanted)), vec![wanted.name], None);
    (is_free && file.own_name() != wanted.module).then(|| head::insert(cx, &new))
}

/// The edits, plus those that remove an `if TYPE_CHECKING:` that they leave empty, and the import for its condition.
pub(crate) fn without_empty_guard(cx: &Context<'_>, edits: Vec<TextEdit>) -> Option<Vec<TextEdit>> {
    let is_emptied = edits.iter().any(|edit| edit.insert == "pass");
    let is_guarded = |edit: &TextEdit| {
        let inside = |view: &ImportView<'_>| {
            view.import.context.type_checking
                && view.import.context.scope == Scope::Module
                && view.spans.statement == edit.span
        };
        edit.insert == "pass" && cx.imports().any(|view| inside(&view))
    };
    if !is_emptied || !edits.iter().any(is_guarded) {
        return Some(edits);
    }
    let mut file = FileRewrite::known(cx.clone());
    file.apply(&edits)?;
    file.drop_empty_guard()?;
    Some(super::edits_between(cx.text.as_str(), file.text()))
}

/// Whether an import is marked as a re-export (`import a as a`, `# noqa: F401`).
fn is_kept(cx: &Context<'_>, view: &ImportView<'_>) -> bool {
    let lines = Lines { text: cx.text.as_str() };
    let says_so = |line: &str| line.contains("noqa: F401") || line.contains("noqa:F401");
    let repeats = view.import.alias.is_some() && view.import.alias == view.import.name;
    repeats || says_so(lines.after(view.spans.item.end)) || says_so(lines.after(view.spans.statement.end))
}

fn is_at_top_level(view: &ImportView<'_>, at: At) -> bool {
    let context = view.import.context;
    let is_there = match at {
        At::RunTime => context.at_import_time(),
        At::TypeChecking => context.function.is_none() && !context.lazy,
    };
    is_there && context.scope == Scope::Module && !context.conditional && !context.optional
}

/// The name under which a top-level import already binds what is wanted.
pub(super) fn bound_already(cx: &Context<'_>, wanted: Import<'_>, at: At) -> Option<String> {
    let full = format!("{}.{}", wanted.module, wanted.name);
    let fits = |view: &ImportView<'_>| {
        is_at_top_level(view, at)
            && view.import.kind == ImportKind::From
            && (view.resolved.absolute == full || comes_from(cx, view, wanted))
    };
    let mut found = cx.imports().filter(fits);
    let first = found.next()?;
    // A run-time import serves both.
    let best = found.fold(first, |best, other| if best.import.context.type_checking { other } else { best });
    best.import.bound_name().map(str::to_owned)
}

/// Whether an import provides the wanted name through re-exports.
fn comes_from(cx: &Context<'_>, view: &ImportView<'_>, wanted: Import<'_>) -> bool {
    match &view.resolved.target {
        Target::Symbol { origin, origin_name, .. } => {
            cx.module_name(*origin) == wanted.module && origin_name == wanted.name
        }
        _ => false,
    }
}

/// Whether most top-level imports of project modules in a file are relative.
pub(super) fn writes_relative(cx: &Context<'_>) -> bool {
    let of_project = |view: &ImportView<'_>| {
        view.import.kind == ImportKind::From
            && view.import.context.scope == Scope::Module
            && view.resolved.module().is_some()
    };
    let (relative, absolute): (Vec<_>, Vec<_>) =
        cx.imports().filter(of_project).partition(|view| view.import.level > 0);
    relative.len() > absolute.len()
}

/// `..domain.order` for `shop.domain.order` in the package `shop.services`; `None` if they share no package.
fn relative(package: &str, module: &str) -> Option<String> {
    let (own, other): (Vec<&str>, Vec<&str>) = (package.split('.').collect(), module.split('.').collect());
    let shared = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    Some(format!("{}{}", ".".repeat(own.len() - shared + 1), other[shared..].join(".")))
}

/// The call that creates the module's own type variable.
pub(super) fn own_call<'c>(cx: &'c Context<'_>, name: &str) -> Option<&'c str> {
    let definitions = &cx.module.definitions;
    let variable = definitions.variables.iter().find(|it| it.scope == Scope::Module && it.name == name)?;
    let value = variable.value?;
    matches!(definitions[value], Expr::Call { .. }).then(|| cx.text.slice(cx.module.spans.signature(value)))
}

impl FileRewrite<'_> {
    /// Whether the module itself is imported at top level under its own name: `import abc`.
    pub(crate) fn imports_module(&self, module: &str) -> bool {
        self.cx.imports().any(|view| {
            is_at_top_level(&view, At::RunTime)
                && view.import.kind == ImportKind::Module
                && view.import.alias.is_none()
                && view.import.module == module
        })
    }
}
