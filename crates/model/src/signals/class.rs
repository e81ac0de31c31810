//! What one class indicates about the role of its module.

use libraries::ClassRole;
use python::{Arg, Class, ClassId, Definitions, Expr, Function, Literal, Module, Name, Scope};

use super::bindings::Bindings;
use super::{Signals, role_of_base};

/// How much of a class is implemented.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Surface {
    /// No methods.
    #[default]
    Fields,
    /// All methods are stubs or abstract: a port, if its bases agree.
    Stubs,
    /// Some methods are abstract, others are implemented.
    Partial,
    /// All methods are implemented.
    Concrete,
}

/// The signals of a module-level class.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct ClassSignals {
    /// Its name.
    pub name: Name,
    /// Its role according to its decorators and direct third-party bases. Project bases are followed by project-wide
    /// queries.
    pub role: Option<ClassRole>,
    /// `table=True` among its bases, or `__tablename__` or `__table__` in its body.
    pub is_table: bool,
    /// Whether it has bases.
    pub has_bases: bool,
    /// How much of it is implemented.
    pub surface: Surface,
    /// One bit per public method name (several names may share a bit): a class can implement a port only if it has all
    /// of the port's bits.
    pub methods: u64,
    /// Whether its constructor opens a connection, a client or a session of a library, and keeps it:
    /// `self.connection = sqlite3.connect(path)`. Classes of data don't.
    pub keeps_handle: bool,
}

impl ClassSignals {
    /// Whether it needs an implementation elsewhere, judging by itself: abstract or a Protocol, without implemented
    /// methods.
    pub fn is_port(&self) -> bool {
        let declared = matches!(self.role, Some(ClassRole::Protocol | ClassRole::Abstract));
        match self.surface {
            Surface::Stubs => declared || (self.role.is_none() && !self.has_bases),
            Surface::Partial => declared,
            Surface::Fields | Surface::Concrete => false,
        }
    }
}

/// Methods by which Django asks a class of any ancestry which database to use.
const DATABASE_ROUTER: [&str; 3] = ["allow_migrate", "db_for_read", "db_for_write"];

/// Reads the module-level classes, and the number of module-level functions.
pub(super) fn read(module: &Module, bindings: &Bindings<'_>, signals: &mut Signals) {
    let definitions = &*module.definitions;
    let methods = methods_by_class(definitions);
    let classes = definitions.classes().filter(|(_, class)| class.scope == Scope::Module);
    signals.classes =
        classes.map(|(id, class)| read_class(definitions, bindings, id, class, &methods)).collect();
    let functions = definitions.functions.iter().filter(|function| function.scope == Scope::Module);
    signals.functions = super::Amount::of(functions.count());
}

fn methods_by_class(definitions: &Definitions) -> Vec<Vec<&Function>> {
    let mut methods = vec![Vec::new(); definitions.classes.len()];
    for function in &definitions.functions {
        if let Scope::Class(ClassId(index)) = function.scope
            && let Some(of_class) = methods.get_mut(index as usize)
        {
            of_class.push(function);
        }
    }
    methods
}

fn read_class(
    definitions: &Definitions,
    bindings: &Bindings<'_>,
    id: ClassId,
    class: &Class,
    methods: &[Vec<&Function>],
) -> ClassSignals {
    let mut read = ClassSignals {
        name: class.name.clone(),
        role: class.decorators.iter().find_map(|decorator| {
            libraries::class_decorator(&bindings.dotted(&definitions.exprs, *decorator)?)
        }),
        ..ClassSignals::default()
    };
    for base in &class.bases {
        match base {
            Arg::Keyword(name, value) if name == "table" => {
                read.is_table = matches!(definitions[*value], Expr::Literal(Literal::Bool(true)));
                continue;
            }
            Arg::Keyword(name, _) if name != "metaclass" => continue,
            Arg::Keyword(..) => {}
            _ => read.has_bases = true,
        }
        let dotted = bindings
            .dotted(&definitions.exprs, base.value())
            .or_else(|| definitions.exprs.dotted(base.value()));
        let role = dotted.and_then(|dotted| role_of_base(&dotted));
        // The most specific base counts: `class OrderIn(BaseModel, ABC)` is a schema.
        read.role = match (read.role, role) {
            (Some(old), Some(new)) => Some(old.min(new)),
            (old, new) => old.or(new),
        };
    }
    let in_body = |name: &str| {
        definitions
            .variables
            .iter()
            .any(|variable| variable.scope == Scope::Class(id) && variable.name == name)
    };
    if read.role.is_none()
        && methods
            .get(id.0 as usize)
            .is_some_and(|all| all.iter().any(|method| DATABASE_ROUTER.contains(&method.name.as_str())))
    {
        read.role = Some(ClassRole::OrmQuery);
    }
    read.is_table |= in_body("__tablename__") || in_body("__table__");
    if let Some(methods) = methods.get(id.0 as usize) {
        read_methods(definitions, bindings, methods, &mut read);
    }
    read
}

fn read_methods(
    definitions: &Definitions,
    bindings: &Bindings<'_>,
    methods: &[&Function],
    read: &mut ClassSignals,
) {
    let (mut open, mut written) = (0, 0);
    for method in methods {
        let is_abstract = method.decorators.iter().any(|decorator| {
            bindings
                .dotted(&definitions.exprs, *decorator)
                .is_some_and(|dotted| dotted.starts_with("abc.abstract"))
        });
        let is_special = method.name.starts_with("__");
        if is_abstract || (method.is_stub && !is_special) {
            open += 1;
        } else if !is_special {
            written += 1;
        }
        if !method.name.starts_with('_') {
            read.methods |= method_bit(&method.name);
        }
    }
    read.surface = match (open, written) {
        (0, 0) => Surface::Fields,
        (_, 0) => Surface::Stubs,
        (0, _) => Surface::Concrete,
        _ => Surface::Partial,
    };
}

/// FNV-1a over the name, folded to one of 64 bits: stable between runs, unlike the standard hasher.
fn method_bit(name: &str) -> u64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    1 << (hash >> 58)
}
