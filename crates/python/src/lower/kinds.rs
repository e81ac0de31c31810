//! Maps the grammar's node kinds and fields to the ones used here, by number.
//!
//! Names are compared once per process, not once per node: lowering is the hot path of a cold start.

mod names;

use std::sync::LazyLock;

use crate::parse::LANGUAGE;

/// A node kind that lowering distinguishes. Several kinds of the grammar may map to the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Punctuation and keywords.
    Token,
    /// The keyword `async`.
    Async,
    /// A named node that isn't used.
    Other,
    Comment,
    Error,
    // Statements.
    Module,
    Block,
    Import,
    ImportFrom,
    ImportFuture,
    Print,
    Exec,
    Assert,
    ExpressionStatement,
    Return,
    Delete,
    Raise,
    Pass,
    Break,
    Continue,
    Global,
    TypeAlias,
    If,
    Elif,
    Else,
    For,
    While,
    Try,
    Except,
    Finally,
    With,
    WithClause,
    WithItem,
    Function,
    Class,
    Decorated,
    Decorator,
    Match,
    Case,
    // Parts of imports.
    DottedName,
    AliasedImport,
    RelativeImport,
    ImportPrefix,
    Wildcard,
    // Parts of definitions.
    Parameters,
    TypedParameter,
    DefaultParameter,
    TypedDefaultParameter,
    KeywordSeparator,
    PositionalSeparator,
    TypeParameters,
    Type,
    ConstrainedType,
    SplatType,
    UnionType,
    MemberType,
    GenericType,
    // Parts of assignments.
    Assignment,
    AugmentedAssignment,
    // Patterns of `match`.
    CasePattern,
    ClassPattern,
    KeywordPattern,
    SplatPattern,
    DictPattern,
    ComplexPattern,
    UnionPattern,
    // Expressions.
    Identifier,
    Attribute,
    Call,
    ArgumentList,
    KeywordArgument,
    Splat,
    DoubleSplat,
    Subscript,
    Slice,
    Await,
    Yield,
    String,
    ConcatenatedString,
    StringContent,
    Interpolation,
    FormatSpecifier,
    Integer,
    Float,
    True,
    False,
    None,
    Ellipsis,
    Tuple,
    List,
    Set,
    Dictionary,
    Pair,
    ListComprehension,
    SetComprehension,
    DictComprehension,
    Generator,
    ForIn,
    IfClause,
    Lambda,
    LambdaParameters,
    Binary,
    Unary,
    Not,
    Boolean,
    Comparison,
    Conditional,
    Named,
    AsPattern,
    /// A node that merely wraps an expression.
    Wrapper,
}

/// A field that lowering uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Alias,
    Cause,
    Left,
    Name,
    Operator,
    Right,
    Value,
    Other,
}

static KINDS: LazyLock<Box<[Kind]>> = LazyLock::new(|| {
    (0..LANGUAGE.node_kind_count() as u16)
        .map(|id| {
            let name = LANGUAGE.node_kind_for_id(id).unwrap_or_default();
            if LANGUAGE.node_kind_is_named(id) { names::named(name) } else { names::token(name) }
        })
        .collect()
});

static FIELDS: LazyLock<Box<[Field]>> = LazyLock::new(|| {
    (0..=LANGUAGE.field_count() as u16)
        .map(|id| names::field(LANGUAGE.field_name_for_id(id).unwrap_or_default()))
        .collect()
});

/// The lookup tables, fetched once per walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tables {
    kinds: &'static [Kind],
    fields: &'static [Field],
}

impl Tables {
    pub(super) fn new() -> Self {
        Self { kinds: &KINDS, fields: &FIELDS }
    }

    pub(super) fn kind(self, id: u16) -> Kind {
        // tree-sitter numbers its ERROR node 65535, beyond the end of every table.
        self.kinds.get(usize::from(id)).copied().unwrap_or(Kind::Error)
    }

    pub(super) fn field(self, id: u16) -> Field {
        self.fields.get(usize::from(id)).copied().unwrap_or(Field::Other)
    }
}

impl Kind {
    /// Whether it is a statement, simple or compound.
    pub(super) fn is_statement(self) -> bool {
        self.is_simple_statement() || self.is_compound_statement()
    }

    pub(super) fn is_simple_statement(self) -> bool {
        use Kind::{
            Assert, Break, Continue, Delete, Exec, ExpressionStatement, Global, Import, ImportFrom,
            ImportFuture, Pass, Print, Raise, Return, TypeAlias,
        };
        matches!(
            self,
            Import
                | ImportFrom
                | ImportFuture
                | Print
                | Exec
                | Assert
                | ExpressionStatement
                | Return
                | Delete
                | Raise
                | Pass
                | Break
                | Continue
                | Global
                | TypeAlias
        )
    }

    pub(super) fn is_compound_statement(self) -> bool {
        use Kind::{Class, Decorated, For, Function, If, Match, Try, While, With};
        matches!(self, If | For | While | Try | With | Function | Class | Decorated | Match)
    }

    pub(super) fn is_import(self) -> bool {
        matches!(self, Kind::Import | Kind::ImportFrom | Kind::ImportFuture)
    }

    /// A clause of a compound statement that has its own block.
    pub(super) fn is_clause(self) -> bool {
        matches!(self, Kind::Elif | Kind::Else | Kind::Except | Kind::Finally | Kind::Case)
    }
}
