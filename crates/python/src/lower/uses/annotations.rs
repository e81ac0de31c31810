//! Annotations: strings that contain names, and subscripts that contain values rather than types.

use source::Span;

use super::roles::{Mark, Role};
use super::scopes::ScopeId;
use super::{Candidate, Gathering};
use crate::{Expr, ExprArena, ExprId, Name, UseContext};

/// The role of the expressions between the brackets of `value[index]` in an annotation.
///
/// `Literal["a"]` contains values, and so does `Annotated[T, ...]` after the type: those expressions are evaluated when
/// the function is defined, and frameworks use them (`Depends(get_session)`).
pub(super) fn index_role(
    exprs: &ExprArena,
    marks: &mut [Mark],
    value: ExprId,
    index: ExprId,
    scope: ScopeId,
) -> Role {
    let (Expr::Name(name) | Expr::Attribute { name, .. }) = &exprs[value] else { return Role::ANNOTATION };
    match (name.as_str(), &exprs[index]) {
        ("Literal", _) => Role::VALUE,
        ("Annotated", Expr::Tuple(parts)) => {
            for (position, part) in parts.iter().enumerate() {
                let role = if position == 0 { Role::ANNOTATION } else { Role::VALUE };
                marks[part.0 as usize] = Mark { role, scope };
            }
            // The elements have their roles; the tuple itself is skipped.
            Role::Unreached
        }
        _ => Role::ANNOTATION,
    }
}

impl Gathering<'_> {
    /// The names in a string annotation, with their positions in the text. Nested strings are ignored.
    pub(super) fn string_annotation(&mut self, span: Span, scope: ScopeId) {
        let text = self.text;
        let Some(literal) = text.get(span.start as usize..span.end as usize) else { return };
        let Some(opening) = literal.find(['"', '\'']) else { return };
        let quote = literal.as_bytes()[opening];
        let bytes = literal.as_bytes();
        let mut at = opening + 1;
        let mut inner: Option<u8> = None;
        while at < bytes.len() {
            let byte = bytes[at];
            if matches!(byte, b'"' | b'\'') && byte != quote {
                inner = if inner == Some(byte) { None } else { inner.or(Some(byte)) };
                at += 1;
            } else if is_word(byte) {
                let end =
                    at + bytes[at..].iter().take_while(|byte| is_word(**byte) || **byte == b'.').count();
                if inner.is_none() {
                    self.dotted_in_string(&literal[at..end], span.start + at as u32, scope);
                }
                at = end;
            } else {
                at += 1;
            }
        }
    }

    fn dotted_in_string(&mut self, dotted: &str, start: u32, scope: ScopeId) {
        let dotted = dotted.trim_end_matches('.');
        let (head, attributes) = dotted.split_once('.').unwrap_or((dotted, ""));
        if let Some(name) = self.names.get(head).copied() {
            self.candidates.push(Candidate {
                scope,
                name,
                attributes: Name::new(attributes),
                context: UseContext::Annotation,
                span: Span::new(start, start + dotted.len() as u32),
            });
        }
    }
}

/// Whether a byte belongs to an identifier; every byte of a character beyond ASCII does.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
