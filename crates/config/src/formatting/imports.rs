//! How a tool sorts imports, whichever tool it is.

use camino::Utf8PathBuf;
use smol_str::SmolStr;

/// Who sorts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Sorter {
    /// The rules `I` of ruff.
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
    /// The project's modules.
    FirstParty,
    /// Relative imports.
    Local,
    /// One that the project declares.
    Custom(SmolStr),
}

/// How names are broken over several lines (`multi_line_output` of isort).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum WrapMode {
    /// As many on a line as fit, aligned with the bracket: mode 0.
    Grid,
    /// One a line, aligned with the bracket: mode 1.
    Vertical,
    /// One a line, indented, the brackets on lines of their own: mode 3, ruff and black.
    #[default]
    VerticalHanging,
    /// As many on a line as fit, indented: modes 4 and 5.
    VerticalGrid {
        /// The closing bracket has a line of its own: mode 5.
        grouped: bool,
    },
}

/// How one tool sorts imports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the tools by itself")]
pub struct ImportStyle {
    /// Who sorts.
    pub sorter: Sorter,
    /// Folders (absolute) whose modules are the project's own.
    pub src: Vec<Utf8PathBuf>,
    /// Patterns of modules whose section is declared, in order.
    pub known: Vec<(String, Section)>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The section of all others.
    pub default_section: Section,
    /// All imports (but those of `__future__`) are one section.
    pub no_sections: bool,
    /// Sections without a blank line before them.
    pub no_lines_before: Vec<Section>,
    /// The package that holds a file is first party.
    pub detects_same_package: bool,
    /// `import a` and `from a import b` are one order.
    pub force_sort_within_sections: bool,
    /// `from a import b` comes before `import a`.
    pub from_first: bool,
    /// One name a statement.
    pub force_single_line: bool,
    /// Modules for which `force_single_line` doesn't hold.
    pub single_line_exclusions: Vec<String>,
    /// `from a import b, c as d` is one statement.
    pub combine_as: bool,
    /// Constants before classes before the rest.
    pub order_by_type: bool,
    /// Capitals count.
    pub case_sensitive: bool,
    /// Short names first.
    pub length_sort: bool,
    /// Short names first among `import a`.
    pub length_sort_straight: bool,
    /// Modules that come first in their section.
    pub force_to_top: Vec<String>,
    /// `from . import a` before `from .. import b`.
    pub closest_first: bool,
    /// Names that are classes, constants and variables, whatever they look like.
    pub classes: Vec<String>,
    /// See `classes`.
    pub constants: Vec<String>,
    /// See `classes`.
    pub variables: Vec<String>,
    /// Blank lines behind the imports, where they are declared.
    pub lines_after: Option<usize>,
    /// Blank lines between `import a` and `from a import b`.
    pub lines_between_types: usize,
    /// A trailing comma keeps one name a line.
    pub keeps_trailing_commas: bool,
    /// How long statements are broken.
    pub wrap: WrapMode,
    /// From so many names on, a statement is broken; 0 for never.
    pub force_grid_wrap: usize,
    /// Whether broken names end with a comma.
    pub trailing_comma: bool,
}

impl Default for ImportStyle {
    fn default() -> Self {
        Self {
            sorter: Sorter::Ruff,
            src: Vec::new(),
            known: Vec::new(),
            sections: Section::USUAL.to_vec(),
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
    /// The section that is declared for `module` (a dotted name): that of its longest prefix that a pattern matches.
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
    /// The sections where none are declared.
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
    // Where to go on if what follows the last `*` doesn't fit: only that one needs to be tried again.
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
