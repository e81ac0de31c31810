//! The subject of a question: a file, a module, or a definition in it, by any name that the caller uses.

mod near;
mod several;

use camino::Utf8Path;
use model::{ClassRef, ModuleId, Modules, Project};
use python::{ClassId, Definitions, FunctionId, Scope};
use workspace::Snapshot;

use crate::Refused;
use crate::session::{project, relative};

/// Limit on the places listed if a name is ambiguous.
const CANDIDATES: usize = 8;

/// The subject of a question.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) project: Project,
    pub(crate) module: ModuleId,
    pub(crate) symbol: Option<Symbol>,
}

/// A top-level definition of a module, or a method.
#[derive(Debug, Clone)]
pub(crate) struct Symbol {
    /// `Order`, `OrderService.close`.
    pub(crate) name: String,
    pub(crate) kind: SymbolKind,
}

/// Its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SymbolKind {
    Class(ClassId),
    Function(FunctionId),
    Variable,
}

impl Subject {
    /// The class, if it is one or a method of one.
    pub(crate) fn class(&self) -> Option<ClassRef> {
        let symbol = self.symbol.as_ref()?;
        let name = match symbol.kind {
            SymbolKind::Class(_) => symbol.name.as_str(),
            SymbolKind::Function(_) => symbol.name.rsplit_once('.')?.0,
            SymbolKind::Variable => return None,
        };
        Some(ClassRef::new(self.module, name))
    }

    /// The name to import: for a method that of its class.
    pub(crate) fn imported_name(&self) -> Option<&str> {
        self.symbol.as_ref().map(|symbol| symbol.name.split('.').next().unwrap_or_default())
    }
}

/// Finds the subject of `text`: `shop/orders.py`, `shop/orders.py:Order`, `shop.orders`, `shop.orders.Order.close`,
/// `Order`.
///
/// # Errors
/// If the name is unknown, or ambiguous: the message lists the candidates.
pub(crate) fn find(snapshot: &Snapshot, root: &Utf8Path, text: &str) -> Result<Subject, Refused> {
    let project = project(snapshot)?;
    let modules = model::query::modules(snapshot.db(), project);
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() {
        return Err(Refused::new(
            "give a file (`shop/orders.py`), a module or a symbol (`shop/orders.py:Order`)",
        ));
    }
    let (path, name) = match text.rsplit_once(':') {
        Some((path, name)) if is_python(path) && !name.is_empty() => (path, Some(name)),
        _ => (text, None),
    };
    if is_python(path) || path.contains('/') {
        let module = of_path(snapshot, root, &modules, path)?;
        return with_symbol(snapshot, project, &modules, module, name.unwrap_or_default());
    }
    match &dotted(snapshot, project, &modules, text)[..] {
        [] => by_symbol(snapshot, project, &modules, text),
        [subject] => Ok(subject.clone()),
        many => Err(several::refused(text, &modules, many)),
    }
}

fn is_python(path: &str) -> bool {
    matches!(Utf8Path::new(path).extension(), Some("py" | "pyi"))
}

fn of_path(snapshot: &Snapshot, root: &Utf8Path, modules: &Modules, path: &str) -> Result<ModuleId, Refused> {
    let full = source::absolute(root, Utf8Path::new(path));
    let package = full.join("__init__.py");
    let file = [&full, &package].into_iter().find_map(|path| snapshot.project_of(path));
    if let Some(module) = file.and_then(|(_, file)| modules.of_file(file)) {
        return Ok(module);
    }
    let near = near::files(modules, &full);
    let near: Vec<String> = near.iter().take(CANDIDATES).map(|path| format!("`{path}`")).collect();
    let shown = relative(snapshot, &full);
    Err(Refused::new(match &near[..] {
        [] => format!("{shown} is no Python file of the project {root}, or the configuration leaves it out"),
        near => format!("{shown} is no Python file of the project; there is {}", near.join(", ")),
    }))
}

/// `shop.orders`, `shop.orders.Order`, `shop.orders.Order.close`: one for each root that has such a module.
fn dotted(snapshot: &Snapshot, project: Project, modules: &Modules, text: &str) -> Vec<Subject> {
    let mut end = text.len();
    while let Some(name) = text.get(..end) {
        let called = several::modules(modules, name);
        if !called.is_empty() {
            let rest = text.get(end..).unwrap_or_default().trim_start_matches('.');
            let found = |module| with_symbol(snapshot, project, modules, module, rest).ok();
            return several::code_first(modules, called.into_iter().filter_map(found).collect());
        }
        let Some(dot) = name.rfind('.') else { break };
        end = dot;
    }
    Vec::new()
}

fn with_symbol(
    snapshot: &Snapshot,
    project: Project,
    modules: &Modules,
    module: ModuleId,
    name: &str,
) -> Result<Subject, Refused> {
    if name.is_empty() {
        return Ok(Subject { project, module, symbol: None });
    }
    let definitions = python::query::definitions(snapshot.db(), modules[module].file);
    if let Some(symbol) = symbol(&definitions, name) {
        return Ok(Subject { project, module, symbol: Some(symbol) });
    }
    let known: Vec<String> = near::names(&definitions, name.contains('.')).collect();
    let near = config::nearest(name, known.iter().map(String::as_str));
    let path = &modules[module].path;
    Err(Refused::new(match near {
        Some(near) => format!("{path} defines no `{name}`; did you mean `{near}`?"),
        None => format!("{path} defines no `{name}` at its top level"),
    }))
}

/// A name of a module, or `Class.method`.
fn symbol(definitions: &Definitions, name: &str) -> Option<Symbol> {
    let found = |kind| Some(Symbol { name: name.to_owned(), kind });
    let class_called = |name: &str| {
        let is_it =
            |(_, class): &(ClassId, &python::Class)| class.scope == Scope::Module && class.name == name;
        definitions.classes().filter(is_it).last().map(|(id, _)| id)
    };
    let function_in = |scope: Scope, name: &str| {
        let is_it = |(_, function): &(FunctionId, &python::Function)| {
            function.scope == scope && function.name == name
        };
        definitions.functions().filter(is_it).last().map(|(id, _)| id)
    };
    if let Some((class, method)) = name.split_once('.') {
        let class = class_called(class)?;
        return found(SymbolKind::Function(function_in(Scope::Class(class), method)?));
    }
    if let Some(class) = class_called(name) {
        return found(SymbolKind::Class(class));
    }
    if let Some(function) = function_in(Scope::Module, name) {
        return found(SymbolKind::Function(function));
    }
    let is_variable = definitions.variables.iter().any(|it| it.scope == Scope::Module && it.name == name);
    if is_variable { found(SymbolKind::Variable) } else { None }
}

/// The names of classes and functions at the top level.
pub(crate) fn top_level(definitions: &Definitions) -> Vec<String> {
    let classes = definitions.classes.iter().filter(|it| it.scope == Scope::Module).map(|it| &it.name);
    let functions = definitions.functions.iter().filter(|it| it.scope == Scope::Module).map(|it| &it.name);
    classes.chain(functions).map(ToString::to_string).collect()
}

/// `Order`, `OrderService.close`, in any module.
fn by_symbol(
    snapshot: &Snapshot,
    project: Project,
    modules: &Modules,
    text: &str,
) -> Result<Subject, Refused> {
    let mut found = Vec::new();
    for (module, info) in modules.iter() {
        let definitions = python::query::definitions(snapshot.db(), info.file);
        if let Some(symbol) = symbol(&definitions, text).filter(|it| it.kind != SymbolKind::Variable) {
            found.push(Subject { project, module, symbol: Some(symbol) });
        }
    }
    match &several::code_first(modules, found)[..] {
        [] => Err(Refused::new(match &near::places(snapshot, modules, text)[..] {
            [] => format!(
                "nothing in the project is called `{text}`; give a file (`shop/orders.py`), a module (`shop.orders`) or a symbol (`shop/orders.py:Order`)"
            ),
            near => {
                let near: Vec<String> =
                    near.iter().take(CANDIDATES).map(|place| format!("`{place}`")).collect();
                format!("nothing in the project is called `{text}`; did you mean {}?", near.join(" or "))
            }
        })),
        [subject] => Ok(subject.clone()),
        many => Err(several::refused(text, modules, many)),
    }
}
