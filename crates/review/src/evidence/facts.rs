//! What one module says that detections read: assignments, calls, classes, functions, reads of the environment.

mod read;

use std::collections::{BTreeMap, BTreeSet};

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
    /// What its path says.
    pub role: PathRole,
    /// Which module it is.
    pub id: ModuleId,
    /// Its file.
    pub file: File,
    /// The names at its top level, with the line where each is bound first.
    pub names: BTreeMap<Name, u32>,
    /// Whether names may be at its top level that aren't written there: a star import, `__getattr__`, `globals()`.
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
    /// What it reads of the environment.
    pub reads: Vec<Read>,
    /// Strings in it that begin with a slash.
    pub paths: BTreeSet<Name>,
    /// The modules that it imports, by index; packages around them are among them.
    pub imports: Vec<usize>,
    /// What it imports of libraries, in full.
    pub outside: BTreeSet<Name>,
}

/// `name = value`
#[derive(Debug)]
pub struct Assignment {
    /// The name.
    pub name: Name,
    /// The class in whose body it is; nothing at the top level.
    pub class: Option<Name>,
    /// The annotation.
    pub annotation: Option<Value>,
    /// The value; nothing for `name: T`.
    pub value: Option<Value>,
    /// Whether it is under an `if`, a loop or a `try`.
    pub is_conditional: bool,
    /// From 1.
    pub line: u32,
}

/// A call in a body.
#[derive(Debug)]
pub struct Call {
    /// What is called, and with what.
    pub called: Called,
    /// The function that it is in, as `Class.method`; nothing where it runs at import.
    pub function: Option<String>,
    /// The body that it is in.
    pub body: BodyId,
    /// Bytes before it.
    pub offset: u32,
    /// From 1.
    pub line: u32,
    /// The blocks around it, outermost first: the statement, and which of its blocks.
    pub blocks: Vec<(StmtId, u8)>,
    /// The managers of the `with` statements around it, as written where they aren't known.
    pub within: Vec<String>,
    /// Whether a loop is around it.
    pub is_repeated: bool,
    /// The name that its value is assigned to.
    pub bound_to: Option<Name>,
}

/// A class.
#[derive(Debug)]
pub struct Class {
    /// Its name.
    pub name: Name,
    /// Its bases as written, in full where they are known.
    pub bases: Vec<Value>,
    /// Those of its ancestors that are of libraries, in full. Of migrations they aren't known.
    pub foreign: Vec<Name>,
    /// Those that are of the project.
    pub own: Vec<(ModuleId, Name)>,
    /// From 1.
    pub line: u32,
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
    /// `async def`
    pub is_async: bool,
    /// Its decorators, outermost first.
    pub decorators: Vec<Value>,
    /// Names of its parameters.
    pub parameters: Vec<Name>,
    /// From 1.
    pub line: u32,
}

/// A read of a variable of the environment.
#[derive(Debug)]
pub struct Read {
    /// The variable.
    pub name: Name,
    /// What happens where it isn't set.
    pub missing: Missing,
    /// The default, where that is written out.
    pub default: Option<Value>,
    /// Whether it runs at import, whatever else holds.
    pub is_certain: bool,
    /// From 1.
    pub line: u32,
}

impl Source {
    /// The value that is assigned last to a name at the top level, and its line. Nothing where a condition decides.
    pub fn value(&self, name: &str) -> Option<(&Value, u32)> {
        let mut all = self.assignments.iter().filter(|it| it.class.is_none() && it.name == name).rev();
        let last = all.next()?;
        (!last.is_conditional).then_some(())?;
        Some((last.value.as_ref()?, last.line))
    }

    /// The file name without its ending.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".py").unwrap_or(name)
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}
