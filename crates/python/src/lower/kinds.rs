//! What the grammar's node kinds and fields are to us, looked up by number.
//!
//! Names are compared once per process, not once per node: lowering is the hot path of a cold start.

use std::sync::LazyLock;

use crate::parse::LANGUAGE;

/// A node kind that lowering tells apart. Several kinds of the grammar may share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Punctuation and keywords.
    Token,
    /// The keyword `async`.
    Async,
    /// A named node that nothing asks for.
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
    /// A node that stands for the one expression in it.
    Wrapper,
}

/// A field that lowering asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Alias,
    Alternative,
    Body,
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
            if LANGUAGE.node_kind_is_named(id) { named(name) } else { token(name) }
        })
        .collect()
});

static FIELDS: LazyLock<Box<[Field]>> = LazyLock::new(|| {
    (0..=LANGUAGE.field_count() as u16)
        .map(|id| field(LANGUAGE.field_name_for_id(id).unwrap_or_default()))
        .collect()
});

/// The tables, fetched once per walk.
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
        // tree-sitter numbers its ERROR node 65535, past the end of every table.
        self.kinds.get(usize::from(id)).copied().unwrap_or(Kind::Error)
    }

    pub(super) fn field(self, id: u16) -> Field {
        self.fields.get(usize::from(id)).copied().unwrap_or(Field::Other)
    }
}

impl Kind {
    /// Whether it is a statement by itself, simple or compound.
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

    /// A clause of a compound statement with a block of its own.
    pub(super) fn is_clause(self) -> bool {
        matches!(self, Kind::Elif | Kind::Else | Kind::Except | Kind::Finally | Kind::Case)
    }
}

fn token(name: &str) -> Kind {
    if name == "async" { Kind::Async } else { Kind::Token }
}

fn field(name: &str) -> Field {
    match name {
        "alias" => Field::Alias,
        "alternative" => Field::Alternative,
        "body" => Field::Body,
        "cause" => Field::Cause,
        "left" => Field::Left,
        "name" => Field::Name,
        "operator" => Field::Operator,
        "right" => Field::Right,
        "value" => Field::Value,
        _ => Field::Other,
    }
}

fn named(name: &str) -> Kind {
    match name {
        "comment" | "line_continuation" => Kind::Comment,
        "module" => Kind::Module,
        "block" => Kind::Block,
        "import_statement" => Kind::Import,
        "import_from_statement" => Kind::ImportFrom,
        "future_import_statement" => Kind::ImportFuture,
        "print_statement" => Kind::Print,
        "exec_statement" => Kind::Exec,
        "assert_statement" => Kind::Assert,
        "expression_statement" => Kind::ExpressionStatement,
        "return_statement" => Kind::Return,
        "delete_statement" => Kind::Delete,
        "raise_statement" => Kind::Raise,
        "pass_statement" => Kind::Pass,
        "break_statement" => Kind::Break,
        "continue_statement" => Kind::Continue,
        "global_statement" | "nonlocal_statement" => Kind::Global,
        "type_alias_statement" => Kind::TypeAlias,
        "if_statement" => Kind::If,
        "elif_clause" => Kind::Elif,
        "else_clause" => Kind::Else,
        "for_statement" => Kind::For,
        "while_statement" => Kind::While,
        "try_statement" => Kind::Try,
        "except_clause" => Kind::Except,
        "finally_clause" => Kind::Finally,
        "with_statement" => Kind::With,
        "with_clause" => Kind::WithClause,
        "with_item" => Kind::WithItem,
        "function_definition" => Kind::Function,
        "class_definition" => Kind::Class,
        "decorated_definition" => Kind::Decorated,
        "decorator" => Kind::Decorator,
        "match_statement" => Kind::Match,
        "case_clause" => Kind::Case,
        "dotted_name" => Kind::DottedName,
        "aliased_import" => Kind::AliasedImport,
        "relative_import" => Kind::RelativeImport,
        "import_prefix" => Kind::ImportPrefix,
        "wildcard_import" => Kind::Wildcard,
        "parameters" => Kind::Parameters,
        "typed_parameter" => Kind::TypedParameter,
        "default_parameter" => Kind::DefaultParameter,
        "typed_default_parameter" => Kind::TypedDefaultParameter,
        "keyword_separator" => Kind::KeywordSeparator,
        "positional_separator" => Kind::PositionalSeparator,
        "type_parameter" => Kind::TypeParameters,
        "type" => Kind::Type,
        "constrained_type" => Kind::ConstrainedType,
        "splat_type" => Kind::SplatType,
        "union_type" => Kind::UnionType,
        "member_type" => Kind::MemberType,
        "generic_type" => Kind::GenericType,
        "assignment" => Kind::Assignment,
        "augmented_assignment" => Kind::AugmentedAssignment,
        "case_pattern" => Kind::CasePattern,
        "class_pattern" => Kind::ClassPattern,
        "keyword_pattern" => Kind::KeywordPattern,
        "splat_pattern" => Kind::SplatPattern,
        "dict_pattern" => Kind::DictPattern,
        "complex_pattern" => Kind::ComplexPattern,
        "union_pattern" => Kind::UnionPattern,
        other => expression(other),
    }
}

fn expression(name: &str) -> Kind {
    match name {
        "identifier" => Kind::Identifier,
        "attribute" => Kind::Attribute,
        "call" => Kind::Call,
        "argument_list" => Kind::ArgumentList,
        "keyword_argument" => Kind::KeywordArgument,
        "list_splat" | "list_splat_pattern" => Kind::Splat,
        "dictionary_splat" | "dictionary_splat_pattern" => Kind::DoubleSplat,
        "subscript" => Kind::Subscript,
        "slice" => Kind::Slice,
        "await" => Kind::Await,
        "yield" => Kind::Yield,
        "string" => Kind::String,
        "concatenated_string" => Kind::ConcatenatedString,
        "string_content" => Kind::StringContent,
        "interpolation" | "format_expression" => Kind::Interpolation,
        "format_specifier" => Kind::FormatSpecifier,
        "integer" => Kind::Integer,
        "float" => Kind::Float,
        "true" => Kind::True,
        "false" => Kind::False,
        "none" => Kind::None,
        "ellipsis" => Kind::Ellipsis,
        "tuple" | "tuple_pattern" | "pattern_list" | "expression_list" => Kind::Tuple,
        "list" | "list_pattern" => Kind::List,
        "set" => Kind::Set,
        "dictionary" => Kind::Dictionary,
        "pair" => Kind::Pair,
        "list_comprehension" => Kind::ListComprehension,
        "set_comprehension" => Kind::SetComprehension,
        "dictionary_comprehension" => Kind::DictComprehension,
        "generator_expression" => Kind::Generator,
        "for_in_clause" => Kind::ForIn,
        "if_clause" => Kind::IfClause,
        "lambda" => Kind::Lambda,
        "lambda_parameters" => Kind::LambdaParameters,
        "binary_operator" => Kind::Binary,
        "unary_operator" => Kind::Unary,
        "not_operator" => Kind::Not,
        "boolean_operator" => Kind::Boolean,
        "comparison_operator" => Kind::Comparison,
        "conditional_expression" => Kind::Conditional,
        "named_expression" => Kind::Named,
        "as_pattern" => Kind::AsPattern,
        "parenthesized_expression" | "as_pattern_target" | "chevron" => Kind::Wrapper,
        _ => Kind::Other,
    }
}
