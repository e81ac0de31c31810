//! tree-sitter behind a few functions: a fresh parse, and a reparse after edits.
//!
//! Invariants:
//! - a parse never fails: where tree-sitter has no answer, the tree is that of an empty text;
//! - a reparsed tree lowers to the same facts as a fresh one. That holds for trees without an error alone: recovery
//!   from one depends on what the old tree offers for reuse. So a tree with an error is never reused, and if reuse
//!   leads to one, the text is parsed again from scratch, unless it is so long that typing would be felt ([`SHORT`]):
//!   then recovery may differ a little until the text is whole again. The word `lazy`, an error to the grammar, is no
//!   exception;
//! - callers that can't use a broken tree don't wait for one ([`reparse_whole`]).

mod broken;

use std::cell::{Cell, LazyCell, RefCell};
use std::ops::ControlFlow;
use std::sync::LazyLock;

use source::Span;
use tree_sitter::{InputEdit, Language, ParseOptions, ParseState, Parser, Point};

/// The grammar.
pub(crate) static LANGUAGE: LazyLock<Language> = LazyLock::new(|| tree_sitter_python::LANGUAGE.into());

/// The size in bytes of a text that is parsed from scratch in two or three milliseconds.
const SHORT: usize = 32 * 1024;

/// The number of progress checks, one per hundred steps or so, that a reparse after a keystroke may take in any text: as
/// many as for parsing some 250 lines.
const LEAST: u32 = 64;

/// In a long text, a reparse may take one check per this many bytes. A parse from scratch takes one per 190 bytes, so
/// that is a sixth of it; a reparse that reuses what the edit left alone takes up to an eighth, because it passes over
/// the statements of the blocks around the edit. Measured on modules of 12 to 230 KB.
const BYTES_A_CHECK: usize = 1_150;

/// One more check is allowed per this many bytes removed or inserted.
const BYTES_A_LOOK: u32 = 16;

thread_local! {
    /// Creating a parser is more expensive than parsing a short file.
    static PARSER: RefCell<Option<Parser>> = const { RefCell::new(None) };
}

/// A syntax tree. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tree {
    raw: tree_sitter::Tree,
    is_whole: bool,
}

impl Tree {
    fn new(raw: tree_sitter::Tree, text: &str) -> Self {
        let is_whole = !raw.root_node().has_error() || only_lazy_imports(&raw, text);
        Self { raw, is_whole }
    }

    /// The underlying tree.
    pub(crate) fn raw(&self) -> &tree_sitter::Tree {
        &self.raw
    }

    /// Whether the text has no syntax error. Only such a tree is worth keeping for later edits.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }
}

/// Whether the only errors in a tree are the word `lazy` before an import (PEP 810), which the grammar doesn't know.
fn only_lazy_imports(tree: &tree_sitter::Tree, text: &str) -> bool {
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if node.is_missing() {
            return false;
        }
        if node.is_error() {
            let rest =
                text.get(node.start_byte()..).and_then(|rest| rest.strip_prefix("lazy")).unwrap_or_default();
            let import = rest.trim_start_matches([' ', '\t']);
            let imports = import.starts_with("import ") || import.starts_with("from ");
            if node.byte_range().len() != "lazy".len() || !imports {
                return false;
            }
        }
        if node.has_error() && !node.is_error() {
            // A missing line break is a node that nobody sees.
            if !node.children(&mut node.walk()).any(|child| child.has_error()) {
                return false;
            }
            cursor.goto_first_child();
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return true;
            }
        }
    }
}

/// Parses `text` from scratch.
pub fn parse(text: &str) -> Tree {
    parse_cancellable(text, &|| false).unwrap_or_else(empty)
}

/// Like [`parse`], but returns `None` soon after `cancelled` returns true. `cancelled` must not panic, because
/// tree-sitter calls it.
pub fn parse_cancellable(text: &str, cancelled: &dyn Fn() -> bool) -> Option<Tree> {
    parse_with(text, None, Errors::Recovered, cancelled)
}

/// Parses `new` reusing `tree`, the tree of `old`.
pub fn reparse(tree: &Tree, old: &str, new: &str) -> Tree {
    reparse_cancellable(tree, old, new, &|| false).unwrap_or_else(empty)
}

/// Like [`reparse`], but can be cancelled like [`parse_cancellable`].
///
/// The edit is determined by comparing the texts, which costs a fraction of the parse. Edits as reported by an editor
/// can be wrong, and a tree adjusted by a wrong edit is silently wrong.
pub fn reparse_cancellable(tree: &Tree, old: &str, new: &str, cancelled: &dyn Fn() -> bool) -> Option<Tree> {
    if old == new {
        return Some(tree.clone());
    }
    if tree.raw.root_node().has_error() {
        return parse_with(new, None, Errors::Recovered, cancelled);
    }
    let reparsed = parse_with(new, Some(&moved(tree, old, new)), Errors::Recovered, cancelled)?;
    let is_broken = reparsed.raw.root_node().has_error();
    if is_broken && new.len() <= SHORT {
        parse_with(new, None, Errors::Recovered, cancelled)
    } else {
        Some(reparsed)
    }
}

/// The tree of `new`, if `new` has no syntax error; reuses `before`, a tree with its text. `None` too if `cancelled`
/// returns true, as in [`parse_cancellable`].
///
/// Error recovery costs more than the rest of a reparse, and is skipped: an edited line that is broken by itself ends
/// it before it begins, and the parse ends at the first certain error. While the parser still considers a missing or superfluous token, it reads on and reuses nothing. So the parse also
/// ends if it takes long after a small edit (`LEAST`, `BYTES_A_CHECK`): then the text is broken, or most of it has a new meaning.
pub fn reparse_whole(before: Option<(&Tree, &str)>, new: &str, cancelled: &dyn Fn() -> bool) -> Option<Tree> {
    let tree = match before {
        Some((tree, old)) if old == new => tree.clone(),
        Some((tree, old)) if !tree.raw.root_node().has_error() => {
            let (span, inserted) = covering(old, new);
            let is_broken = |parser: &mut Parser| broken::is_broken(parser, &tree.raw, new, span, inserted);
            if with_parser(is_broken)? {
                return None;
            }
            let reused = u32::try_from(new.len() / BYTES_A_CHECK).unwrap_or(u32::MAX).max(LEAST);
            let looks = Cell::new(reused.saturating_add((span.len() + inserted) / BYTES_A_LOOK));
            let gives_up = || looks.replace(looks.get().saturating_sub(1)) == 0 || cancelled();
            parse_with(new, Some(&moved(tree, old, new)), Errors::End, &gives_up)?
        }
        _ => parse_with(new, None, Errors::End, cancelled)?,
    };
    tree.is_whole().then_some(tree)
}

/// The tree of `old`, edited by its difference to `new`.
fn moved(tree: &Tree, old: &str, new: &str) -> tree_sitter::Tree {
    let mut moved = tree.raw.clone();
    let (span, inserted) = covering(old, new);
    moved.edit(&input_edit(old, new, span, inserted));
    moved
}

/// The smallest single edit that leads from `old` to `new`.
pub(crate) fn covering(old: &str, new: &str) -> (Span, u32) {
    let (before, after) = (old.as_bytes(), new.as_bytes());
    let mut start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    while !(old.is_char_boundary(start) && new.is_char_boundary(start)) {
        start -= 1;
    }
    let most = before.len().min(after.len()) - start;
    let mut common =
        before.iter().rev().zip(after.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    while !(old.is_char_boundary(before.len() - common) && new.is_char_boundary(after.len() - common)) {
        common -= 1;
    }
    let span = Span::new(start as u32, (before.len() - common) as u32);
    (span, (after.len() - common - start) as u32)
}

fn input_edit(old: &str, new: &str, span: Span, inserted: u32) -> InputEdit {
    let (start, old_end) = (span.start as usize, span.end as usize);
    let new_end = start + inserted as usize;
    let start_position = point(old, start, Point::new(0, 0), 0);
    InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position,
        old_end_position: point(old, old_end, start_position, start),
        new_end_position: point(new, new_end, start_position, start),
    }
}

/// The row and the byte column of `offset`, computed from a known position before it.
fn point(text: &str, offset: usize, from: Point, from_offset: usize) -> Point {
    let between = text.get(from_offset..offset).unwrap_or_default();
    match between.rfind('\n') {
        Some(last) => Point::new(from.row + between.matches('\n').count(), between.len() - last - 1),
        None => Point::new(from.row, from.column + between.len()),
    }
}

/// What becomes of a parse that meets a syntax error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Errors {
    /// The parser recovers as well as it can.
    Recovered,
    /// They end it, unless the word `lazy` before an import may be what it stumbled over.
    End,
}

/// Whether the word `lazy` precedes an import somewhere, or something that looks like one.
fn may_import_lazily(text: &str) -> bool {
    text.match_indices("lazy").any(|(at, word)| {
        let rest = &text[at + word.len()..];
        let import = rest.trim_start_matches([' ', '\t']);
        import.len() < rest.len() && (import.starts_with("import") || import.starts_with("from"))
    })
}

fn parse_with(
    text: &str,
    old: Option<&tree_sitter::Tree>,
    errors: Errors,
    cancelled: &dyn Fn() -> bool,
) -> Option<Tree> {
    let may_be_whole = LazyCell::new(|| may_import_lazily(text));
    with_parser(|parser| {
        let bytes = text.as_bytes();
        let mut read = |offset: usize, _: Point| bytes.get(offset..).unwrap_or_default();
        let mut progress = |state: &ParseState| {
            // The parser has nothing left to go on with but what recovers from an error.
            let is_broken = errors == Errors::End && state.has_error() && !*may_be_whole;
            if is_broken || cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let options = ParseOptions::new().progress_callback(&mut progress);
        let tree = parser.parse_with_options(&mut read, old, Some(options));
        // Otherwise a stopped parser would continue where it stopped, with another text.
        parser.reset();
        tree.map(|raw| Tree::new(raw, text))
    })?
}

/// Runs `work` with this thread's parser.
fn with_parser<T>(work: impl FnOnce(&mut Parser) -> T) -> Option<T> {
    PARSER.with_borrow_mut(|slot| {
        let parser = match slot {
            Some(parser) => parser,
            None => slot.insert(parser()?),
        };
        Some(work(parser))
    })
}

fn parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&LANGUAGE).ok()?;
    Some(parser)
}

fn empty() -> Tree {
    let mut parser =
        parser().expect("the grammar's version is one that this tree-sitter reads: both are pinned");
    Tree::new(parser.parse("", None).expect("a parse that nobody can cancel has a result"), "")
}
