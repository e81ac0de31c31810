//! Dotted names in the settings of a project, with the settings that hold them.

use model::{ModuleId, Modules, Project};
use python::{Body, BodyOwner, Expr, ExprId, Literal, Name, Stmt};
use rustc_hash::FxHashSet;

use crate::Db;

/// Settings that mark a module as the settings of a Django project.
const OF_DJANGO: [&str; 2] = ["INSTALLED_APPS", "ROOT_URLCONF"];

/// A dotted name in a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The variable that holds it.
    pub setting: Name,
    /// The enclosing dictionary keys, outermost first.
    pub keys: Box<[Name]>,
    /// The dotted name.
    pub dotted: Name,
}

/// Whether a module holds settings in which libraries look up names: those of a Django project, or a part of them.
pub(super) fn has_settings(db: &dyn Db, modules: &Modules, module: ModuleId) -> bool {
    let definitions = python::query::definitions(db, modules[module].file);
    definitions
        .variables
        .iter()
        .any(|it| OF_DJANGO.contains(&it.name.as_str()) || libraries::is_looked_up(&it.name))
}

/// The dotted names in the settings of a module, in source order: strings with a dot, and single words in lists of
/// apps.
pub(crate) fn named(db: &dyn Db, project: Project, module: ModuleId) -> Vec<Named> {
    let file = model::query::file_of(db, project, module);
    let bodies = python::query::bodies(db, file);
    let mut found = Vec::new();
    for body in bodies.list.iter().filter(|body| !matches!(body.owner, BodyOwner::Function(_))) {
        for stmt in &body.stmts {
            let (target, values) = match stmt {
                Stmt::Assign { targets, value: Some(value), .. } => {
                    let Some(target) = targets.first() else { continue };
                    (*target, vec![*value])
                }
                Stmt::AugAssign { target, value, .. } => (*target, vec![*value]),
                // `REST_FRAMEWORK.update({...})`, `INSTALLED_APPS.append("shop")`
                Stmt::Expr(expr) => {
                    let Expr::Call { callee, args } = &body[*expr] else { continue };
                    let Expr::Attribute { value, .. } = &body[*callee] else { continue };
                    (*value, args.iter().map(python::Arg::value).collect())
                }
                _ => continue,
            };
            let Some((setting, keys)) = setting(body, target) else { continue };
            for value in values {
                collect(body, value, (&setting, &keys), &mut found);
            }
        }
    }
    found
}

/// The setting that a target is or is part of, with the keys of that part: `REST_FRAMEWORK["DEFAULT_PARSER_CLASSES"]`.
fn setting(body: &Body, target: ExprId) -> Option<(Name, Vec<Name>)> {
    let (mut at, mut keys) = (target, Vec::new());
    loop {
        match &body[at] {
            Expr::Name(name) => {
                keys.reverse();
                let is_setting = name.chars().all(|letter| !letter.is_lowercase());
                return is_setting.then(|| (name.clone(), keys));
            }
            Expr::Subscript { value, index } => {
                if let Expr::Literal(Literal::Str(key)) = &body[*index] {
                    keys.push(Name::from(&**key));
                }
                at = *value;
            }
            Expr::Attribute { value, .. } => at = *value,
            _ => return None,
        }
    }
}

/// The dotted names in an expression, each with the keys of the enclosing dictionaries.
fn collect(body: &Body, value: ExprId, (setting, keys): (&Name, &[Name]), found: &mut Vec<Named>) {
    let mut seen = FxHashSet::default();
    let mut open = vec![(value, keys.to_vec())];
    while let Some((at, keys)) = open.pop() {
        if !seen.insert(at) {
            continue;
        }
        match &body[at] {
            Expr::Literal(Literal::Str(text)) => {
                let lists_apps = setting.ends_with("APPS");
                if is_dotted(text) && (lists_apps || text.contains('.')) {
                    found.push(Named {
                        setting: setting.clone(),
                        keys: keys.into(),
                        dotted: Name::from(&**text),
                    });
                }
            }
            Expr::Dict(entries) => {
                for (key, value) in entries.iter().rev() {
                    let key = key.and_then(|key| match &body[key] {
                        Expr::Literal(Literal::Str(key)) => Some(Name::from(&**key)),
                        _ => None,
                    });
                    open.push((*value, keys.iter().cloned().chain(key).collect()));
                }
            }
            other => {
                let first = open.len();
                other.for_each_child(|child| open.push((child, keys.clone())));
                open[first..].reverse();
            }
        }
    }
}

/// Whether a text consists of words separated by dots.
fn is_dotted(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && !word.starts_with(|first: char| first.is_ascii_digit())
            && word.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    text.split('.').all(is_word)
}
