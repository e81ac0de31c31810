//! A finding: data until someone looks.

mod builder;
mod mark;

pub use builder::{Draft, Findings, Key, Unused};
use config::Level;
pub use mark::mark;
use python::{BodyId, ClassId, ExprId, FunctionId, ImportId, Name};
use source::{File, Span};

use crate::Fix;

/// Names the relationship, not the line, so that it survives edits above it: 16 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub String);

impl Fingerprint {
    /// FNV-1a, 64 bits, over the parts (<http://www.isthe.com/chongo/tech/comp/fnv/>): no seed and no version that could
    /// change, since baselines hold these digits for years.
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p str>) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for part in parts {
            // A byte that no UTF-8 text holds parts the parts.
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
    /// How loudly.
    pub level: Level,
    /// Where in the checked file.
    pub span: Span,
    /// One sentence that names the things and stands alone.
    pub message: String,
    /// Why it is believed, where something was inferred.
    pub evidence: Option<String>,
    /// Each hop of a chain, the definition behind it.
    pub related: Vec<Related>,
    /// The dotted names of the modules it is about (the cycle, the chain).
    pub modules: Vec<Name>,
    /// Survives edits above it.
    pub fingerprint: Fingerprint,
    /// How an editor may draw it.
    pub tag: Option<Tag>,
    /// How it may be mended, best first.
    pub fixes: Vec<Fix>,
    /// Whether another finding tells the same story: reports list both, editors show that one alone.
    pub is_repeated: bool,
}

/// How an editor may draw a finding beyond its level.
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
    /// Which file.
    pub file: File,
    /// Where in it; turned into bytes only when someone looks.
    pub place: Place,
    /// What is to be seen there.
    pub message: String,
}

/// A place that survives edits elsewhere in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The head of the file.
    File,
    /// An import.
    Import(ImportId),
    /// The name of a class.
    Class(ClassId),
    /// The name of a function.
    Function(FunctionId),
    /// The name of a variable of a module or class, by its index in `Definitions::variables`.
    Variable(u32),
    /// An expression of a body.
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
    /// The bytes of the place in a file whose positions are `spans`.
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
