//! How a tool sorts imports, independent of the tool.

use camino::Utf8PathBuf;
use smol_str::SmolStr;

/// The sorting tool.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Sorter {
    /// Ruff's `I` rules.
    #[default]
    Ruff,
    /// isort.
    Isort,
}

/// A section of the imports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// `from __future__ import annotations`
    Future,
    /// Python's own modules.
    Standard,
    /// Installed distributions.
    ThirdParty,
    /// The project's own modules.
    FirstParty,
    /// Relative imports.
    Local,
    /// A section declared by the project.
    Custom(SmolStr),
}

/// How names are wrapped over several lines (isort's `multi_line_output`).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum WrapMode {
    /// As many per line as fit, aligned with the bracket: mode 0.
    Grid,
    /// One per line, aligned with the bracket: mode 1.
    Vertical,
    /// One per line, indented, with the brackets on their own lines: mode 3, ruff and black.
    #[default]
    VerticalHanging,
    /// As many per line as fit, indented: modes 4 and 5.
    VerticalGrid {
        /// Whether the closing bracket is on its own line: mode 5.
        grouped: bool,
    },
}

/// How one tool sorts imports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the tools by itself")]
pub struct ImportStyle {
    /// The sorting tool.
    pub sorter: Sorter,
    /// Folders (absolute) with first-party modules.
    pub src: Vec<Utf8PathBuf>,
    /// Patterns of modules with a declared section, in order.
    pub known: Vec<(String, Section)>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The text of the comment above each section, without `# `.
    pub headings: Vec<(Section, String)>,
    /// The section of all other modules.
    pub default_section: Section,
    /// All imports (except `__future__`) are in one section.
    pub no_sections: bool,
    /// Sections without a blank line before them.
    pub no_lines_before: Vec<Section>,
    /// The package that contains a file is first party.
    pub detects_same_package: bool,
    /// `import a` and `from a import b` are sorted together.
    pub force_sort_within_sections: bool,
    /// `from a import b` comes before `import a`.
    pub from_first: bool,
    /// One name per statement.
    pub force_single_line: bool,
    /// Modules exempt from `force_single_line`.
    pub single_line_exclusions: Vec<String>,
    /// `from a import b, c as d` is a single statement.
    pub combine_as: bool,
    /// Constants before classes before everything else.
    pub order_by_type: bool,
    /// Sorting is case-sensitive.
    pub case_sensitive: bool,
    /// Short names first.
    pub length_sort: bool,
    /// Short names first in `import a` statements.
    pub length_sort_straight: bool,
    /// Modules that come first in their section.
    pub force_to_top: Vec<String>,
    /// `from . import a` before `from .. import b`.
    pub closest_first: bool,
    /// Names that are always treated as classes, constants and variables.
    pub classes: Vec<String>,
    /// See `classes`.
    pub constants: Vec<String>,
    /// See `classes`.
    pub variables: Vec<String>,
    /// The number of blank lines after the imports, if it is declared.
    pub lines_after: Option<usize>,
    /// Blank lines between `import a` and `from a import b`.
    pub lines_between_types: usize,
    /// A trailing comma keeps one name per line.
    pub keeps_trailing_commas: bool,
    /// How long statements are wrapped.
    pub wrap: WrapMode,
    /// The number of names from which on a statement is wrapped; 0 for never.
    pub force_grid_wrap: usize,
    /// Whether wrapped names end with a comma.
    pub trailing_comma: bool,
}

impl Default for ImportStyle {
    fn default() -> Self {
        Self {
            sorter: Sorter::Ruff,
            src: Vec::new(),
            known: Vec::new(),
            sections: Section::USUAL.to_vec(),
            headings: Vec::new(),
            default_section: Section::ThirdParty,
            no_sections: false,
            no_lines_before: Vec::new(),
            detects_same_package: true,
            force_sort_within_sections: false,
            from_first: false,
            force_single_line: false,
            single_line_exclusions: Vec::new(),
            combine_as: false,
            order_by_type: true,
            case_sensitive: false,
            length_sort: false,
            length_sort_straight: false,
            force_to_top: Vec::new(),
            closest_first: false,
            classes: Vec::new(),
            constants: Vec::new(),
            variables: Vec::new(),
            lines_after: None,
            lines_between_types: 0,
            keeps_trailing_commas: true,
            wrap: WrapMode::VerticalHanging,
            force_grid_wrap: 0,
            trailing_comma: true,
        }
    }
}

impl ImportStyle {
    /// The comment that the tool writes above a section: `# Standard Library`.
    pub fn heading(&self, section: &Section) -> Option<String> {
        let (_, text) = self.headings.iter().find(|(other, _)| other == section)?;
        Some(format!("# {text}"))
    }

    /// Whether a line, without what surrounds it, is such a comment.
    pub fn is_heading(&self, line: &str) -> bool {
        line.strip_prefix("# ").is_some_and(|text| self.headings.iter().any(|(_, other)| other == text))
    }

    /// The declared section of `module` (a dotted name): that of its longest prefix that matches a pattern.
    pub fn declared(&self, module: &str) -> Option<&Section> {
        let mut prefix = module;
        loop {
            let found = self.known.iter().find(|(pattern, _)| matches(pattern, prefix));
            if let Some((_, section)) = found {
                return Some(section);
            }
            prefix = prefix.rsplit_once('.')?.0;
        }
    }
}

impl Section {
    /// The default sections.
    pub const USUAL: [Section; 5] =
        [Section::Future, Section::Standard, Section::ThirdParty, Section::FirstParty, Section::Local];

    /// A section by its name in ruff (`first-party`) or isort (`FIRSTPARTY`).
    pub(super) fn named(name: &str) -> Self {
        match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
            "future" => Section::Future,
            "standardlibrary" | "stdlib" => Section::Standard,
            "thirdparty" => Section::ThirdParty,
            "firstparty" => Section::FirstParty,
            "localfolder" => Section::Local,
            _ => Section::Custom(name.to_ascii_lowercase().into()),
        }
    }
}

/// Whether a pattern with `*` and `?` matches all of `text`.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut to) = (0, 0);
    // Where to resume if the part after the last `*` doesn't match; only the last one needs to be retried.
    let mut star: Option<(usize, usize)> = None;
    while to < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, to));
                at += 1;
            }
            Some(char) if *char == '?' || *char == text[to] => {
                at += 1;
                to += 1;
            }
            _ => {
                let Some((back, from)) = star else { return false };
                star = Some((back, from + 1));
                at = back + 1;
                to = from + 1;
            }
        }
    }
    pattern[at..].iter().all(|char| *char == '*')
}
