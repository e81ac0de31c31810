//! The facts of one module that detections read: assignments, calls, classes, functions, reads of the environment.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use flow::FunctionRef;
use flow::ways::Reached;
use model::{ModuleId, PathRole};
use python::{BodyId, Name, StmtId};
use source::File;
use view::environment::Missing;

use super::value::{Called, Value};
pub(in crate::evidence) use read::source;

/// One module.
#[derive(Debug)]
pub struct Source {
    /// Its dotted name.
    pub name: Name,
    /// Relative to the project.
    pub path: String,
    /// Its role by path.
    pub role: PathRole,
    /// Its id.
    pub id: ModuleId,
    /// Its file.
    pub file: File,
    /// The names at its top level, with the line of the first binding.
    pub names: BTreeMap<Name, u32>,
    /// Whether its top level may have names that aren't written there: a star import, `__getattr__`, `globals()`.
    pub has_hidden_names: bool,
    /// The lines of its star imports.
    pub stars: Vec<u32>,
    /// Assignments at its top level and in classes, in order.
    pub assignments: Vec<Assignment>,
    /// Calls in all bodies, in order.
    pub calls: Vec<Call>,
    /// Its classes.
    pub classes: Vec<Class>,
    /// Its functions and methods.
    pub functions: Vec<Function>,
    /// Its `except` blocks.
    pub handlers: Vec<Handler>,
    /// Its reads of the environment.
    pub reads: Vec<Read>,
    /// The variables of the environment that it sets itself, for all that run beside it.
    pub writes: BTreeSet<Name>,
    /// Its functions that name the header with the length of a request.
    pub measures: BTreeSet<String>,
    /// The last names of all attributes that it mentions: `size` of `file.size`.
    pub attributes: BTreeSet<Name>,
    /// Third-party modules that it can't be imported without, with the line of the first import.
    pub needs: BTreeMap<Name, u32>,
    /// Strings in it that start with a slash.
    pub paths: BTreeSet<Name>,
    /// The modules that it imports, by index, including their parent packages.
    pub imports: Vec<usize>,
    /// Its third-party imports, with full names.
    pub outside: BTreeSet<Name>,
    /// Its functions that it names only under `if __name__ == "__main__":`, where nothing answers requests.
    pub programs: BTreeSet<FunctionRef>,
}

/// `name = value`
#[derive(Debug)]
pub struct Assignment {
    /// The name.
    pub name: Name,
    /// The class whose body contains it; `None` at the top level.
    pub class: Option<Name>,
    /// The annotation.
    pub annotation: Option<Value>,
    /// The value; `None` for `name: T`.
    pub value: Option<Value>,
    /// Whether it is under an `if`, a loop or a `try`.
    pub is_conditional: bool,
    /// One-based.
    pub line: u32,
}

/// A call in a body.
#[derive(Debug)]
pub struct Call {
    /// The callee and the arguments.
    pub called: Called,
    /// The function that contains it, as `Class.method`; `None` if it runs at import time.
    pub function: Option<String>,
    /// The functions of the project that it calls, as far as they are known.
    pub own: Vec<FunctionRef>,
    /// The body that contains it.
    pub body: BodyId,
    /// Its byte offset.
    pub offset: u32,
    /// One-based.
    pub line: u32,
    /// The enclosing blocks, outermost first: the statement, and which of its blocks.
    pub blocks: Vec<(StmtId, u8)>,
    /// The context managers of the enclosing `with` statements, as written if unresolved.
    pub within: Vec<String>,
    /// Whether it is in a loop.
    pub is_repeated: bool,
    /// The name that its value is assigned to.
    pub bound_to: Option<Name>,
    /// The names that the parts of its value are assigned to: `token, expires = issue(user)`.
    pub parts_to: Vec<Name>,
    /// Whether its value is assigned to an attribute or an item: `self.client = ...`.
    pub is_stored: bool,
    /// The attribute that its value is assigned to, as written: `self.client`.
    pub stored_in: Option<String>,
    /// Whether its value is returned.
    pub is_returned: bool,
}

/// A class.
#[derive(Debug)]
pub struct Class {
    /// Its name.
    pub name: Name,
    /// Its bases as written, with full names if known.
    pub bases: Vec<Value>,
    /// Its third-party ancestors, with full names. Unknown for migrations.
    pub foreign: Vec<Name>,
    /// Its ancestors in the project.
    pub own: Vec<(ModuleId, Name)>,
    /// One-based.
    pub line: u32,
}

impl Call {
    /// Whether its value, or a part of it, is assigned to a name.
    pub fn binds(&self, name: &str) -> bool {
        self.bound_to.as_deref() == Some(name) || self.parts_to.iter().any(|it| it == name)
    }
}

impl Class {
    /// Whether its instances are rows of a table, by what it descends from.
    pub fn is_row(&self) -> bool {
        self.foreign.iter().any(|base| model::role_of_base(base) == Some(model::ClassRole::OrmModel))
    }
}

/// A function or method.
#[derive(Debug)]
pub struct Function {
    /// `Class.method`
    pub name: String,
    /// Its id.
    pub id: FunctionRef,
    /// The functions of the project that it calls, sorted.
    pub calls: Vec<FunctionRef>,
    /// `async def`
    pub is_async: bool,
    /// Its decorators, outermost first.
    pub decorators: Vec<Value>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Whether it takes arguments that aren't named: `*args`, `**kwargs`.
    pub takes_any: bool,
    /// Whether its body does nothing: a docstring, `pass`.
    pub is_empty: bool,
    /// The blocks around its `def`, outermost first, as in [`Call::blocks`]; with the body that contains it.
    pub blocks: (BodyId, Vec<(StmtId, u8)>),
    /// The function by which calls from outside the project come in, if any reach it and it isn't a route.
    pub entry: Option<FunctionRef>,
    /// How calls from outside the project reach it, if any do.
    pub reached: Option<Reached>,
    /// One-based.
    pub line: u32,
}

impl Function {
    /// Its name without that of its class.
    pub fn short(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    /// Whether it is defined wherever another function is: under no condition that the other isn't under.
    pub fn is_beside(&self, other: &Function) -> bool {
        self.blocks.0 == other.blocks.0 && other.blocks.1.starts_with(&self.blocks.1)
    }

    /// The parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|it| it.name == name)
    }
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its annotation; of `Annotated` the type.
    pub annotation: Option<Value>,
    /// What `Annotated` says beside the type: `Depends(find)`.
    pub marks: Vec<Value>,
    /// Its default.
    pub default: Option<Value>,
}

/// An `except` block.
#[derive(Debug)]
pub struct Handler {
    /// The function that contains it.
    pub function: Option<String>,
    /// Whether it catches any exception: `except:`, `except Exception:`.
    pub is_broad: bool,
    /// The name of the exception in it.
    pub name: Option<Name>,
    /// Whether it only passes.
    pub is_empty: bool,
    /// The statement, and which of its blocks: as in [`Call::blocks`].
    pub block: (StmtId, u8),
    /// The body that contains it.
    pub body: BodyId,
    /// One-based: of the first statement guarded by it.
    pub line: u32,
}

/// A read of an environment variable.
#[derive(Debug)]
pub struct Read {
    /// The variable.
    pub name: Name,
    /// What happens if it isn't set.
    pub missing: Missing,
    /// The default, if written as a literal.
    pub default: Option<Value>,
    /// Whether it runs unconditionally at import time.
    pub is_certain: bool,
    /// One-based.
    pub line: u32,
}

impl Source {
    /// The value last assigned to a top-level name, and its line. `None` if a condition decides.
    pub fn value(&self, name: &str) -> Option<(&Value, u32)> {
        let mut all = self.assignments.iter().filter(|it| it.class.is_none() && it.name == name).rev();
        let last = all.next()?;
        (!last.is_conditional).then_some(())?;
        Some((last.value.as_ref()?, last.line))
    }

    /// The function of this qualified name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|it| it.name == name)
    }

    /// The function that contains a call.
    pub fn around(&self, call: &Call) -> Option<&Function> {
        self.function(call.function.as_deref()?)
    }

    /// The `except` blocks around a call, the innermost first.
    pub fn handlers_around<'s>(&'s self, call: &'s Call) -> impl Iterator<Item = &'s Handler> {
        let around = call.blocks.iter().rev();
        around.filter_map(|block| self.handlers.iter().find(|it| it.body == call.body && it.block == *block))
    }

    /// The file name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".py").unwrap_or(name)
    }

    /// The folder that contains it.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}
