//! How imports are sorted in a file: as the project's import sorter would, or as the file itself shows.
//!
//! If the top-level imports are in a tool's order, they stay so. If they are in no known order, a new one goes beside
//! similar ones.

mod key;
mod line;
mod section;

use std::sync::Arc;

use config::{Formatting, ImportSection as Section, ImportStyle, WrapMode};
use view::Context;

pub(super) use key::MemberKey;
pub(super) use line::ImportLine;

use self::key::ModuleKey;
use super::head::HeadStatement;

/// The order of imports in one file.
pub(super) struct Sorting<'c> {
    cx: &'c Context<'c>,
    pub(super) style: ImportStyle,
    /// Whether the top-level imports are in that order.
    pub(super) is_sorted: bool,
    /// Whether a tool with that order is configured.
    pub(super) is_configured: bool,
    /// Whether sections come from import resolution in the project, instead of a tool's settings.
    is_resolved: bool,
    pub(super) layout: Layout,
}

/// How long imports are broken.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// The maximum line length, in characters.
    pub(super) length: usize,
    pub(super) wrap: WrapMode,
    pub(super) force_grid_wrap: usize,
    pub(super) trailing_comma: bool,
    pub(super) indentation: String,
}

impl Layout {
    /// Whether an import of so many names is broken, however short it is.
    pub(super) fn breaks(&self, names: usize) -> bool {
        self.force_grid_wrap > 0 && names >= self.force_grid_wrap
    }
}

/// The line length of black and ruff.
const USUAL_LENGTH: usize = 88;

impl<'c> Sorting<'c> {
    /// The order of the blocks of top-level imports.
    pub(super) fn of(cx: &'c Context<'c>, blocks: &[Vec<HeadStatement>]) -> Self {
        let formatting = cx.formatting();
        let lines: Vec<Vec<ImportLine>> = blocks
            .iter()
            .map(|block| {
                block.iter().filter_map(|statement| ImportLine::of(cx, &statement.imports)).collect()
            })
            .collect();
        let configured = formatting.imports.iter().cloned().map(|style| (style, true));
        let guessed = guesses(&lines).into_iter().map(|style| (style, false));
        let mut fallback: Option<Self> = None;
        for (style, is_configured) in configured.chain(guessed) {
            let layout = Layout::of(&formatting, &style, cx, blocks);
            let is_resolved = style.src.is_empty();
            let mut sorting = Self { cx, style, is_sorted: false, is_configured, is_resolved, layout };
            sorting.is_sorted = lines.iter().all(|block| sorting.is_in_order(block));
            if sorting.is_sorted && lines.iter().flatten().all(|line| sorting.has_names_in_order(line)) {
                return sorting;
            }
            // An order that the statements follow is preferred, then configured ones over guesses.
            if fallback.as_ref().is_none_or(|other| sorting.is_sorted && !other.is_sorted) {
                fallback = Some(sorting);
            }
        }
        fallback.unwrap_or_else(|| {
            let style = ImportStyle::default();
            let layout = Layout::of(&formatting, &style, cx, blocks);
            Self { cx, style, is_sorted: false, is_configured: false, is_resolved: true, layout }
        })
    }

    /// The same order in another text of the file, whether that follows it or not.
    pub(super) fn in_file<'d>(&self, cx: &'d Context<'d>) -> Sorting<'d> {
        Sorting { cx, style: self.style.clone(), layout: self.layout.clone(), ..*self }
    }

    /// Whether statements and names are in order.
    pub(super) fn is_followed_by(&self, blocks: &[Vec<HeadStatement>]) -> bool {
        let mut lines = blocks.iter().flat_map(|block| self.lines(block));
        self.is_sorted && lines.all(|(_, line)| self.has_names_in_order(&line))
    }

    pub(super) fn has_names_in_order(&self, line: &ImportLine) -> bool {
        !line.is_from || line.items.iter().map(|item| self.member_key(item)).is_sorted()
    }

    /// The statements of a block with their imports.
    pub(super) fn lines<'b>(&self, block: &'b [HeadStatement]) -> Vec<(&'b HeadStatement, ImportLine)> {
        block
            .iter()
            .filter_map(|statement| Some((statement, ImportLine::of(self.cx, &statement.imports)?)))
            .collect()
    }

    /// Whether sections come from import resolution in the project, instead of a tool's settings.
    pub(super) fn is_resolved(&self) -> bool {
        self.is_resolved
    }

    fn is_in_order(&self, lines: &[ImportLine]) -> bool {
        let keys: Vec<_> = lines.iter().map(|line| (self.rank(line), self.module_key(line))).collect();
        keys.is_sorted()
    }

    /// The section of an import.
    pub(super) fn section(&self, line: &ImportLine) -> Section {
        section::of(self.cx, &self.style, self.is_resolved, line)
    }

    /// The position of its section among all.
    pub(super) fn rank(&self, line: &ImportLine) -> usize {
        let section = self.section(line);
        let sections = &self.style.sections;
        sections.iter().position(|other| *other == section).unwrap_or(sections.len())
    }

    pub(super) fn module_key(&self, line: &ImportLine) -> ModuleKey {
        ModuleKey::of(line, &self.style, line.module == "__future__")
    }

    pub(super) fn member_key(&self, item: &str) -> MemberKey {
        MemberKey::of(item, &self.style)
    }

    /// Whether names of `module` are imported one per statement.
    pub(super) fn is_single_line(&self, module: &str) -> bool {
        self.style.force_single_line && !self.style.single_line_exclusions.iter().any(|other| other == module)
    }
}

/// Common orders to try if nothing is configured, or the configured order doesn't match; the most common first.
fn guesses(lines: &[Vec<ImportLine>]) -> Vec<ImportStyle> {
    let all = || lines.iter().flatten();
    let mixes =
        |line: &ImportLine| line.is_from && line.has_alias() && line.items.iter().any(|it| !is_alias(it));
    let has_two = all().any(|line| {
        line.is_from && all().filter(|other| other.is_from && other.same_module(line)).count() > 1
    });
    let usual = ImportStyle {
        combine_as: all().any(mixes),
        force_single_line: has_two && all().all(|line| line.items.len() == 1),
        ..ImportStyle::default()
    };
    let as_third_party = |style: ImportStyle| ImportStyle {
        // Without a section of their own, they go where unknown modules go.
        sections: style.sections.iter().filter(|section| **section != Section::FirstParty).cloned().collect(),
        ..style
    };
    let mixed = ImportStyle { force_sort_within_sections: true, ..usual.clone() };
    let by_letter = ImportStyle { order_by_type: false, ..usual.clone() };
    let mixed_by_letter = ImportStyle { order_by_type: false, ..mixed.clone() };
    let in_one = ImportStyle { no_sections: true, ..mixed.clone() };
    vec![
        usual.clone(),
        mixed.clone(),
        by_letter,
        mixed_by_letter,
        as_third_party(usual),
        as_third_party(mixed),
        in_one,
    ]
}

/// Whether a name is imported with an alias: `a as b`.
pub(super) fn is_alias(item: &str) -> bool {
    item.contains(" as ")
}

impl Layout {
    fn of(
        formatting: &Arc<Formatting>,
        style: &ImportStyle,
        cx: &Context<'_>,
        blocks: &[Vec<HeadStatement>],
    ) -> Self {
        let lengths = [formatting.line_length, formatting.import_length];
        let length = lengths.into_iter().flatten().min().unwrap_or_else(|| {
            // By default, the length of the file's own longest import.
            let longest = blocks
                .iter()
                .flatten()
                .map(|statement| cx.text.slice(statement.span))
                .filter(|text| !text.contains('\n'))
                .map(|text| text.chars().count())
                .max()
                .unwrap_or(0)
                .max(USUAL_LENGTH);
            formatting.limit.map_or(longest, |limit| limit.min(longest))
        });
        // A formatter breaks imports in its own way, whatever the sorter's settings.
        let is_formatted = formatting.line_length.is_some();
        let indentation = match formatting.indentation {
            Some(config::Indentation::Tab) => "\t".to_owned(),
            Some(config::Indentation::Spaces(count)) => " ".repeat(count),
            None => " ".repeat(4),
        };
        Self {
            length,
            wrap: if is_formatted { WrapMode::VerticalHanging } else { style.wrap },
            force_grid_wrap: style.force_grid_wrap,
            trailing_comma: is_formatted || style.trailing_comma,
            indentation,
        }
    }
}
