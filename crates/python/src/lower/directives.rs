//! Recognizes and parses comments addressed to Architrave.
//!
//! Most files have none, so the text is searched first, and the tree is examined only where the word occurs.

mod reach;

use source::Span;

use crate::{Directive, DirectiveScope, Name};

/// The word that makes a comment a directive.
const WORD: &str = "architrave:";

/// The directives in a text, in order.
pub(super) fn directives(text: &str, tree: &tree_sitter::Tree) -> Vec<Directive> {
    text.match_indices('#').filter_map(|(start, _)| directive(text, tree, start)).collect()
}

/// The directive that begins with the `#` at `start`.
fn directive(text: &str, tree: &tree_sitter::Tree, start: usize) -> Option<Directive> {
    let said = text[start + 1..].trim_start_matches([' ', '\t']).strip_prefix(WORD)?;
    let at = text.len() - said.len();
    let comment = reach::comment(tree, start)?;
    // Another comment may follow on the same line: `# architrave: ignore[rule] reason  # noqa`.
    let line = text.get(start + 1..comment.end as usize)?;
    let line = &line[..line.find('#').unwrap_or(line.len())];
    let span = Span::new(start as u32, (start + 1 + line.trim_end().len()) as u32);
    let said = text.get(at..span.end as usize)?;
    let (whole_file, rest) = verb(said.trim_start())?;
    let offset = span.end as usize - rest.len();
    let (rules, reason) = rules(rest, offset);
    let scope = if whole_file {
        DirectiveScope::File
    } else {
        DirectiveScope::Statement(reach::reach(text, tree, span, comment))
    };
    Some(Directive { scope, rules: rules.into(), reason: Name::new(reason), span })
}

/// `ignore` or `ignore-file`, and the rest.
fn verb(said: &str) -> Option<(bool, &str)> {
    let (whole_file, rest) = match said.strip_prefix("ignore-file") {
        Some(rest) => (true, rest),
        None => (false, said.strip_prefix("ignore")?),
    };
    let ends = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '[' || c == ':');
    ends.then_some((whole_file, rest))
}

/// The rules in the brackets, and the reason after them. An unclosed bracket extends to the end.
fn rules(rest: &str, offset: usize) -> (Vec<(Name, Span)>, &str) {
    let Some(listed) = rest.trim_start().strip_prefix('[') else { return (Vec::new(), reason(rest)) };
    let start = offset + (rest.len() - listed.len());
    let (listed, after) = listed.split_once(']').unwrap_or((listed, ""));
    let mut rules = Vec::new();
    let mut at = start;
    for part in listed.split(',') {
        let rule = part.trim();
        if !rule.is_empty() {
            let begin = at + (part.len() - part.trim_start().len());
            rules.push((Name::new(rule), Span::new(begin as u32, (begin + rule.len()) as u32)));
        }
        at += part.len() + 1;
    }
    (rules, reason(after))
}

/// The reason, without separators after the brackets.
fn reason(rest: &str) -> &str {
    rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '\u{2013}' | '\u{2014}'))
        .trim_end()
}
