//! Findings, as data that is rendered on demand.

mod builder;
mod mark;

pub use builder::{Draft, Findings, Key, Unused};
use config::Level;
pub use mark::mark;
use python::{BodyId, ClassId, ExprId, FunctionId, ImportId, Name};
use source::{File, Span};

use crate::Fix;

/// Identifies the relationship rather than the line, so that it survives edits above it: 16 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub String);

impl Fingerprint {
    /// FNV-1a, 64 bits, over the parts (<http://www.isthe.com/chongo/tech/comp/fnv/>): without a seed or a version that
    /// could change, because baselines store these digits for years.
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p str>) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for part in parts {
            // Parts are separated by a byte that doesn't occur in UTF-8.
            for byte in part.bytes().chain(std::iter::once(0xff)) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        Self(format!("{hash:016x}"))
    }
}

/// One finding in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// The level.
    pub level: Level,
    /// The position in the checked file.
    pub span: Span,
    /// One sentence that names the objects and is understandable on its own.
    pub message: String,
    /// The evidence, if something was inferred.
    pub evidence: Option<String>,
    /// Related places: each hop of a chain, or the underlying definition.
    pub related: Vec<Related>,
    /// The dotted names of the modules involved (the cycle, the chain).
    pub modules: Vec<Name>,
    /// The fingerprint, which survives edits above the finding.
    pub fingerprint: Fingerprint,
    /// How an editor may render it.
    pub tag: Option<Tag>,
    /// The available fixes, best first.
    pub fixes: Vec<Fix>,
    /// Whether another finding already describes the same problem: reports list both, editors show only the other one.
    pub is_repeated: bool,
}

/// How an editor may render a finding in addition to its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Faded out.
    Unnecessary,
    /// Struck through.
    Deprecated,
}

/// A place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The file.
    pub file: File,
    /// The place in it; converted to bytes only on demand.
    pub place: Place,
    /// What is there.
    pub message: String,
}

/// A place that is stable under edits elsewhere in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The start of the file.
    File,
    /// An import.
    Import(ImportId),
    /// The name of a class.
    Class(ClassId),
    /// The name of a function.
    Function(FunctionId),
    /// The name of a variable of a module or class, by its index in `Definitions::variables`.
    Variable(u32),
    /// An expression in a body.
    Expr {
        /// The body.
        body: BodyId,
        /// The expression in it.
        expr: ExprId,
    },
    /// Bytes, for places in the checked file itself and in configuration files.
    Span(Span),
}

impl Place {
    /// The bytes of the place in a file with the positions `spans`.
    pub fn span(self, spans: &python::Spans) -> Span {
        match self {
            Place::File => Span::new(0, 0),
            Place::Import(id) => spans.import(id).item,
            Place::Class(id) => spans.class_name(id),
            Place::Function(id) => spans.function_name(id),
            Place::Variable(index) => spans.variables.get(index as usize).copied().unwrap_or_default(),
            Place::Expr { body, expr } => spans.expr(body, expr),
            Place::Span(span) => span,
        }
    }
}
