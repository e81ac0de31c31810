//! The position of a new statement in a block of imports.

use config::{ImportSection as Section, Sorter};
use source::{Span, TextEdit};

use super::{HeadStatement, NewImport, at, statement_text};
use crate::lines::Lines;
use crate::rewrite::Home;
use crate::sorting::{ImportLine, Sorting};

/// The block for an import: the first that has its section, or else the last with an earlier section.
pub(super) fn block_for<'b>(
    blocks: &'b [Vec<HeadStatement>],
    sorting: &Sorting<'_>,
    line: &ImportLine,
    home: Home,
) -> Option<&'b [HeadStatement]> {
    let rank = rank_of(sorting, line, home);
    let ranks = |block: &[HeadStatement]| -> Vec<usize> {
        sorting.lines(block).iter().map(|(_, line)| sorting.rank(line)).collect()
    };
    let alike = blocks.iter().find(|block| ranks(block).contains(&rank));
    let before = || blocks.iter().rev().find(|block| ranks(block).iter().any(|other| *other < rank));
    alike.or_else(before).or_else(|| blocks.iter().find(|block| !block.is_empty())).map(Vec::as_slice)
}

/// The edits that insert statements into a block; all are of one section, and in order.
pub(super) fn place(
    lines: Lines<'_>,
    block: &[HeadStatement],
    sorting: &Sorting<'_>,
    new: &[NewImport],
    home: Home,
    indentation: &str,
) -> Vec<TextEdit> {
    let known = sorting.lines(block);
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut done: Vec<(usize, usize)> = Vec::new();
    for (index, part) in new.iter().enumerate() {
        let line = part.line();
        let position = if sorting.is_sorted {
            let key = (rank_of(sorting, &line, home), sorting.module_key(&line));
            known.iter().take_while(|(_, it)| (sorting.rank(it), sorting.module_key(it)) <= key).count()
        } else {
            beside_its_like(sorting, &known, &line, home)
        };
        // Statements for the same position are inserted together.
        match done.last_mut() {
            Some((last, _)) if *last == position => {}
            _ => done.push((position, index)),
        }
    }
    for (number, (position, from)) in done.iter().enumerate() {
        let to = done.get(number + 1).map_or(new.len(), |(_, next)| *next);
        let text: Vec<String> = new[*from..to]
            .iter()
            .map(|part| statement_text(part, &sorting.layout, indentation, lines.ending()))
            .collect();
        let line = new[*from].line();
        edits.push(at_position(
            &Place { lines, sorting, known: &known, home, indentation },
            *position,
            &line,
            &text.join(lines.ending()),
        ));
    }
    edits
}

/// The rank of an import's section; without settings, its origin decides.
fn rank_of(sorting: &Sorting<'_>, line: &ImportLine, home: Home) -> usize {
    if line.level > 0 || line.module == "__future__" || !sorting.is_resolved() || sorting.style.no_sections {
        return sorting.rank(line);
    }
    let section = match home {
        Home::Project => Section::FirstParty,
        Home::ThirdParty => Section::ThirdParty,
        Home::Standard => Section::Standard,
    };
    let sections = &sorting.style.sections;
    sections.iter().position(|other| *other == section).unwrap_or_else(|| sorting.rank(line))
}

/// The section that an import goes to.
pub(super) fn section_of(sorting: &Sorting<'_>, line: &ImportLine, home: Home) -> Section {
    let rank = rank_of(sorting, line, home);
    sorting.style.sections.get(rank).cloned().unwrap_or_else(|| sorting.section(line))
}

/// The text of the first import of a section, below the comment that the sorter writes above that.
pub(super) fn with_heading(
    sorting: &Sorting<'_>,
    section: &Section,
    text: &str,
    (indentation, ending): (&str, &str),
) -> String {
    match sorting.style.heading(section) {
        Some(heading) => format!("{indentation}{heading}{ending}{text}"),
        None => text.to_owned(),
    }
}

/// In an unsorted block: after the statement that shares the longest prefix of the module's name, or else after the
/// last of its section, or else after the last of an earlier section.
fn beside_its_like(
    sorting: &Sorting<'_>,
    known: &[(&HeadStatement, ImportLine)],
    line: &ImportLine,
    home: Home,
) -> usize {
    let rank = rank_of(sorting, line, home);
    let shared = |other: &ImportLine| {
        let segments = line.module.split('.').zip(other.module.split('.'));
        segments.take_while(|(a, b)| a == b).count()
    };
    let alike = known
        .iter()
        .enumerate()
        .filter(|(_, (_, other))| sorting.rank(other) == rank)
        .max_by_key(|(index, (_, other))| (other.is_from == line.is_from, shared(other), *index));
    let before = known.iter().rposition(|(_, other)| sorting.rank(other) < rank);
    if let Some(position) = in_section(sorting, known, line, rank) {
        return position;
    }
    alike.map(|(index, _)| index).or(before).map_or(0, |index| index + 1)
}

/// Its place in its own section, where most of that has an order although the block has none: where the fewest
/// statements are on the wrong side of it.
fn in_section(
    sorting: &Sorting<'_>,
    known: &[(&HeadStatement, ImportLine)],
    line: &ImportLine,
    rank: usize,
) -> Option<usize> {
    let own = known.iter().enumerate().filter(|(_, (_, other))| sorting.rank(other) == rank);
    let own: Vec<_> = own.map(|(index, (_, other))| (index, sorting.module_key(other))).collect();
    let is_one_run = own.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0);
    let wrong = own.windows(2).filter(|pair| pair[0].1 > pair[1].1).count();
    (is_one_run && wrong * 3 < own.len()).then_some(())?;
    let key = sorting.module_key(line);
    let misplaced = |at: &usize| {
        let before = own[..*at].iter().filter(|(_, other)| *other > key).count();
        before + own[*at..].iter().filter(|(_, other)| *other <= key).count()
    };
    let at = (0..=own.len()).min_by_key(misplaced)?;
    Some(own[0].0 + at)
}

struct Place<'p, 'c> {
    lines: Lines<'p>,
    sorting: &'p Sorting<'c>,
    known: &'p [(&'p HeadStatement, ImportLine)],
    home: Home,
    indentation: &'p str,
}

/// The edit that inserts `text` before the statement at `position`, with the blank lines that separate sections.
fn at_position(it: &Place<'_, '_>, position: usize, line: &ImportLine, text: &str) -> TextEdit {
    let (lines, sorting, ending) = (it.lines, it.sorting, it.lines.ending());
    let rank = rank_of(sorting, line, it.home);
    let previous = position.checked_sub(1).and_then(|index| it.known.get(index));
    let next = it.known.get(position);
    let is_alike = |other: &&(&HeadStatement, ImportLine)| sorting.rank(&other.1) == rank;
    let is_same_form = |other: &&(&HeadStatement, ImportLine)| {
        sorting.style.lines_between_types == 0 || other.1.is_from == line.is_from
    };
    let between_types = ending.repeat(sorting.style.lines_between_types);
    let gap = |section: &Section| {
        if sorting.style.no_lines_before.contains(section) || !it.parts_sections() { "" } else { ending }
    };
    let own = section_of(sorting, line, it.home);
    if let Some((statement, _)) = previous.filter(|other| is_alike(other) && is_same_form(other)) {
        return super::below(lines, statement.span.end, text, "");
    }
    if let Some((statement, other)) = next.filter(|other| is_alike(other)) {
        let start = above(it, statement.span.start, previous.is_none(), true);
        let is_same_form = sorting.style.lines_between_types == 0 || other.is_from == line.is_from;
        let gap = match is_same_form {
            false => &between_types,
            true if it.parts_comments() && lines.line(start).trim_start().starts_with('#') => ending,
            true => "",
        };
        return at(start, format!("{text}{ending}{gap}"));
    }
    if let Some((statement, _)) = previous.filter(is_alike) {
        return super::below(lines, statement.span.end, text, &between_types);
    }
    let text = with_heading(sorting, &own, text, (it.indentation, ending));
    if let Some((statement, _)) = previous {
        return super::below(lines, statement.span.end, &text, gap(&own));
    }
    match next {
        Some((statement, other)) => {
            let start = above(it, statement.span.start, true, false);
            at(start, format!("{text}{ending}{}", gap(&sorting.section(other))))
        }
        None => at(0, format!("{text}{ending}")),
    }
}

/// The start of the comments that belong to the statement at `start`: those directly above it, except the comments that
/// start the file, and a heading of its section if `is_below_heading`.
fn above(it: &Place<'_, '_>, start: u32, is_first: bool, is_below_heading: bool) -> u32 {
    let lines = it.lines;
    let own = lines.start(start);
    let mut at = own;
    while at > 0 {
        let before = lines.start(at - 1);
        let line = lines.line(before);
        if lines.indentation(before) != it.indentation || !line.trim_start().starts_with('#') {
            break;
        }
        let is_written_by_sorter = it.sorting.style.is_heading(line.trim());
        if is_written_by_sorter && !is_below_heading {
            return before;
        }
        if is_written_by_sorter || is_heading(line) {
            return own;
        }
        at = before;
    }
    if is_first && at == 0 { own } else { at }
}

/// Whether a comment is the heading of a group of imports: `# Third-party`.
pub(super) fn is_heading(comment: &str) -> bool {
    let comment = comment.to_ascii_lowercase();
    let words: Vec<&str> =
        comment.split(|char: char| !char.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let names = [
        "app",
        "apps",
        "application",
        "builtin",
        "builtins",
        "core",
        "django",
        "first",
        "imports",
        "internal",
        "lib",
        "libraries",
        "library",
        "local",
        "modules",
        "own",
        "packages",
        "party",
        "project",
        "standard",
        "stdlib",
        "third",
        "thirdparty",
    ];
    words.len() <= 4 && words.iter().any(|word| names.contains(word))
}

impl Place<'_, '_> {
    /// Whether a blank line precedes the comment above an import that follows another one, as black, ruff and isort's
    /// profile for black write it: none is added to a block whose comments have none.
    fn parts_comments(&self) -> bool {
        let lines = self.lines;
        let is_plain_isort =
            self.sorting.style.sorter == Sorter::Isort && !self.sorting.layout.trailing_comma;
        !is_plain_isort
            && self.known.windows(2).all(|pair| {
                let between = Span::new(lines.next(pair[0].0.span.end), lines.start(pair[1].0.span.start));
                !lines.slice(between).trim_start_matches([' ', '\t']).starts_with('#')
            })
    }

    /// Whether blank lines separate the sections: none are added to a block without them.
    fn parts_sections(&self) -> bool {
        let lines = self.lines;
        let mut borders = self
            .known
            .windows(2)
            .filter(|pair| self.sorting.rank(&pair[0].1) != self.sorting.rank(&pair[1].1))
            .map(|pair| lines.line(lines.next(pair[0].0.span.end)).trim().is_empty())
            .peekable();
        borders.peek().is_none() || borders.any(|is_parted| is_parted)
    }
}
