//! Carries expressions from one module to another: their names must keep their meaning.
//!
//! Two steps, so that nothing is written before all is known: [`carry`] reads an expression in place and records the
//! meaning of each name ([`Meaning`]); [`super::FileRewrite::render`] imports what the target needs, and writes the
//! expression with the names that those imports bind.

use model::{Head, ModuleId, Target};
use python::{Expr, ImportKind, Name, Scope};
use source::Span;
use view::{Context, ImportView};

use super::Home;
use super::mentions::mentions;

/// The meaning of a name in carried code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A name in a module.
    Member {
        /// The dotted module to import it from.
        module: Name,
        /// The name there.
        name: Name,
        /// The module's origin.
        home: Home,
        /// The project module that importing it runs.
        target: Option<ModuleId>,
    },
    /// An imported module: `import sqlalchemy as sa`.
    Module {
        /// The dotted module.
        module: Name,
        /// The name after `as`.
        alias: Option<Name>,
        /// The module's origin.
        home: Home,
        /// The project module that importing it runs.
        target: Option<ModuleId>,
    },
    /// A type variable, which is recreated where missing.
    TypeVariable {
        /// Its name.
        name: Name,
        /// The call that creates it.
        call: Carried,
    },
    /// A class that will be written in the target.
    Own(Name),
}

impl Meaning {
    /// A name of the standard library.
    pub(crate) fn standard(module: &'static str, name: &'static str) -> Self {
        Self::Member {
            module: Name::new_static(module),
            name: Name::new_static(name),
            home: Home::Standard,
            target: None,
        }
    }
}

/// A part of carried code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Verbatim text.
    Text(String),
    /// A name.
    Name(Meaning),
}

/// Code being carried.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Carried(pub(crate) Vec<Piece>);

impl Carried {
    /// A name alone.
    pub(crate) fn name(meaning: Meaning) -> Self {
        Self(vec![Piece::Name(meaning)])
    }

    /// The meanings of its names.
    pub(crate) fn meanings(&self) -> impl Iterator<Item = &Meaning> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Name(meaning) => Some(meaning),
            Piece::Text(_) => None,
        })
    }
}

/// Meanings of names in addition to the module's own.
#[derive(Debug, Default, Clone)]
pub(crate) struct Names {
    /// Names that are bound in the target as they are here: type parameters.
    pub(crate) kept: Vec<Name>,
    /// Replacements of names: type arguments, the interface for the class.
    pub(crate) replaced: Vec<(Name, Carried)>,
    /// Names with another meaning here than at module level: those of the class body.
    pub(crate) shadowed: Vec<Name>,
}

/// An expression of the module of `cx`, given as text. `None` if one of its names can't be carried.
pub(crate) fn carry(cx: &Context<'_>, text: &str, names: &Names, is_type: bool) -> Option<Carried> {
    let found = mentions(text, is_type)?;
    // Strings that are types lose their quotes: whether quotes are needed depends on the target.
    let mut marks: Vec<(Span, Option<Carried>)> = Vec::new();
    for string in &found.strings {
        marks.push((Span::new(string.start, string.start + 1), None));
        marks.push((Span::new(string.end - 1, string.end), None));
    }
    for mention in &found.names {
        let head = mention.head();
        if names.kept.iter().any(|kept| kept == head) {
            continue;
        }
        if let Some((_, by)) = names.replaced.iter().find(|(name, _)| name == head) {
            if mention.dotted != head {
                return None;
            }
            marks.push((mention.head_span(), Some(by.clone())));
            continue;
        }
        if names.shadowed.iter().any(|name| name == head) {
            return None;
        }
        if let Bound::As(meaning) = meaning(cx, &mention.dotted)? {
            marks.push((mention.head_span(), Some(Carried::name(meaning))));
        }
    }
    marks.sort_by_key(|(span, _)| span.start);
    let mut carried = Carried::default();
    let mut at = 0_usize;
    for (span, by) in marks {
        carried.0.push(Piece::Text(one_line(text.get(at..span.start as usize)?)?));
        carried.0.extend(by.into_iter().flat_map(|by| by.0));
        at = span.end as usize;
    }
    carried.0.push(Piece::Text(one_line(text.get(at..)?)?));
    Some(carried)
}

/// Line endings between brackets have no meaning; a comment would swallow what comes after it.
fn one_line(text: &str) -> Option<String> {
    if !text.contains('\n') {
        return Some(text.to_owned());
    }
    if text.contains('#') {
        return None;
    }
    let mut lines = text.lines();
    let mut joined = lines.next()?.trim_end().to_owned();
    for line in lines {
        let line = line.trim();
        let is_tight = joined.is_empty() || joined.ends_with(['[', '(']) || line.starts_with([']', ')', ',']);
        if line.is_empty() {
            continue;
        }
        if !is_tight {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    // `[\n A,\n]` would otherwise keep its comma, which changes a single type argument.
    Some(joined.replace(",]", "]").replace(",)", ")"))
}

/// A name at module level.
enum Bound {
    /// A built-in name.
    Everywhere,
    /// A name with this meaning.
    As(Meaning),
}

/// The meaning of a name at module level; `None` if unknown.
fn meaning(cx: &Context<'_>, dotted: &str) -> Option<Bound> {
    let head = dotted.split('.').next()?;
    let definitions = &cx.module.definitions;
    if let Some(call) = type_variable(cx, head) {
        return Some(Bound::As(Meaning::TypeVariable { name: head.into(), call }));
    }
    let is_own = definitions.classes.iter().any(|it| it.scope == Scope::Module && it.name == head)
        || definitions.functions.iter().any(|it| it.scope == Scope::Module && it.name == head)
        || definitions.variables.iter().any(|it| it.scope == Scope::Module && it.name == head);
    if is_own {
        return Some(Bound::As(Meaning::Member {
            module: cx.own_name().into(),
            name: head.into(),
            home: Home::Project,
            target: Some(cx.id),
        }));
    }
    let bound = cx.imports().filter(|view| {
        let context = view.import.context;
        context.scope == Scope::Module && view.import.bound_name() == Some(head)
    });
    let bound: Vec<ImportView<'_>> = bound.collect();
    if bound.iter().any(|view| view.import.context.optional || view.import.context.conditional) {
        return None;
    }
    // `import a.b` and `import a.c` both bind `a`.
    let longest = bound
        .iter()
        .filter(|view| {
            view.import.kind == ImportKind::From
                || view.import.alias.is_some()
                || is_prefix(&view.import.module, dotted)
        })
        .max_by_key(|view| view.import.module.len())
        .or(bound.last());
    if let Some(view) = longest {
        return imported(cx, view).map(Bound::As);
    }
    match model::query::head(cx.db, cx.project, cx.id, head.into()) {
        Head::Class(class) => Some(Bound::As(Meaning::Member {
            module: cx.module_name(class.module).into(),
            name: class.name,
            home: Home::Project,
            target: Some(class.module),
        })),
        Head::Foreign(full) => {
            let (module, name) = full.rsplit_once('.')?;
            if module == "builtins" {
                return Some(Bound::Everywhere);
            }
            Some(Bound::As(Meaning::Member {
                module: module.into(),
                name: name.into(),
                home: home(module),
                target: None,
            }))
        }
        _ if model::is_builtin(head) => Some(Bound::Everywhere),
        _ => None,
    }
}

fn is_prefix(module: &str, dotted: &str) -> bool {
    dotted.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn home(module: &str) -> Home {
    let first = module.split('.').next().unwrap_or_default();
    if model::is_standard(first) { Home::Standard } else { Home::ThirdParty }
}

fn imported(cx: &Context<'_>, view: &ImportView<'_>) -> Option<Meaning> {
    let (home, target) = match &view.resolved.target {
        Target::Standard(_) => (Home::Standard, None),
        Target::ThirdParty(_) => (Home::ThirdParty, None),
        Target::Module(id) | Target::Symbol { module: id, .. } => (Home::Project, Some(*id)),
        Target::Namespace(_) => (Home::Project, None),
        Target::Missing(_) => return None,
    };
    match view.import.kind {
        ImportKind::From => {
            let (module, name) = match &view.resolved.target {
                // The canonical name of the module, whichever root the import counted from.
                Target::Symbol { module, name, .. } => (cx.module_name(*module), name.as_str()),
                _ => view.resolved.absolute.rsplit_once('.')?,
            };
            Some(Meaning::Member { module: module.into(), name: name.into(), home, target })
        }
        ImportKind::Module => Some(Meaning::Module {
            module: view.import.module.clone(),
            alias: view.import.alias.clone(),
            home,
            target,
        }),
        ImportKind::Star | ImportKind::Dynamic => None,
    }
}

/// The call that creates a type variable of the module itself.
fn type_variable(cx: &Context<'_>, name: &str) -> Option<Carried> {
    let definitions = &cx.module.definitions;
    let variable = definitions.variables.iter().find(|it| it.scope == Scope::Module && it.name == name)?;
    let value = variable.value?;
    let Expr::Call { callee, .. } = &definitions[value] else { return None };
    let called = definitions.exprs.dotted(*callee)?;
    if !matches!(called.rsplit('.').next(), Some("TypeVar" | "ParamSpec")) {
        return None;
    }
    carry(cx, cx.text.slice(cx.module.spans.signature(value)), &Names::default(), false)
}
