//! isort's settings: `.isort.cfg`, `[tool.isort]`, `setup.cfg` and `tox.ini`, with its profiles.

use camino::Utf8Path;

use super::imports::{ImportStyle, Section, Sorter, WrapMode};
use super::normalized;
use super::values::{Values, list};

/// The settings of isort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Isort {
    /// Everything except the folders.
    style: ImportStyle,
    /// As written.
    src: Option<Vec<String>>,
    pub(super) line_length: usize,
}

/// Reads a table or section of isort.
pub(super) fn read(values: &Values<'_>) -> Isort {
    let mut style = ImportStyle {
        sorter: Sorter::Isort,
        wrap: WrapMode::Grid,
        trailing_comma: false,
        detects_same_package: false,
        keeps_trailing_commas: false,
        ..ImportStyle::default()
    };
    let mut line_length = 79;
    profile(values.string("profile").unwrap_or_default(), &mut style, &mut line_length);
    let set = |key: &str, switch: &mut bool| {
        if let Some(value) = values.boolean(key) {
            *switch = value;
        }
    };
    set("no_sections", &mut style.no_sections);
    set("force_sort_within_sections", &mut style.force_sort_within_sections);
    set("from_first", &mut style.from_first);
    set("force_single_line", &mut style.force_single_line);
    set("combine_as_imports", &mut style.combine_as);
    set("order_by_type", &mut style.order_by_type);
    set("case_sensitive", &mut style.case_sensitive);
    set("length_sort", &mut style.length_sort);
    set("length_sort_straight", &mut style.length_sort_straight);
    set("reverse_relative", &mut style.closest_first);
    set("include_trailing_comma", &mut style.trailing_comma);
    set("split_on_trailing_comma", &mut style.keeps_trailing_commas);
    for (key, names) in [
        ("classes", &mut style.classes),
        ("constants", &mut style.constants),
        ("variables", &mut style.variables),
        ("force_to_top", &mut style.force_to_top),
        ("single_line_exclusions", &mut style.single_line_exclusions),
    ] {
        if let Some(list) = values.strings(key) {
            *names = list;
        }
    }
    let sections = |key: &str| -> Option<Vec<Section>> {
        Some(values.strings(key)?.iter().map(|name| Section::named(name)).collect())
    };
    if let Some(list) = sections("sections") {
        style.sections = list;
    }
    if let Some(list) = sections("no_lines_before") {
        style.no_lines_before = list;
    }
    if let Some(name) = values.string("default_section") {
        style.default_section = Section::named(name);
    }
    if let Some(lines) = values.number("lines_after_imports") {
        style.lines_after = Some(lines);
    }
    if let Some(lines) = values.number("lines_between_types") {
        style.lines_between_types = lines;
    }
    if let Some(names) = values.number("force_grid_wrap") {
        style.force_grid_wrap = names;
    }
    if let Some(mode) = mode(values) {
        style.wrap = mode;
    }
    style.known = known(values, &style.sections);
    style.headings = headings(values);
    let line_length = values.number("line_length").unwrap_or(line_length);
    Isort { style, src: values.strings("src_paths"), line_length }
}

/// The commonly used profiles of isort, as listed in its documentation.
fn profile(name: &str, style: &mut ImportStyle, line_length: &mut usize) {
    let mut hanging = |length: usize| {
        style.wrap = WrapMode::VerticalHanging;
        style.trailing_comma = true;
        *line_length = length;
    };
    match name {
        "black" | "plone" | "appnexus" => hanging(88),
        "hug" => hanging(100),
        "attrs" | "wemake" => hanging(79),
        "pycharm" => {
            hanging(79);
            style.trailing_comma = false;
        }
        "django" => {
            style.combine_as = true;
            style.trailing_comma = true;
            style.wrap = WrapMode::VerticalGrid { grouped: true };
        }
        "google" => {
            *line_length = 1000;
            style.order_by_type = false;
            style.single_line_exclusions =
                ["collections.abc", "six.moves", "typing", "typing_extensions"].map(str::to_owned).to_vec();
        }
        _ => {}
    }
    match name {
        "plone" => (style.force_single_line, style.lines_after) = (true, Some(2)),
        "attrs" => (style.lines_between_types, style.lines_after) = (1, Some(2)),
        "pycharm" => (style.force_grid_wrap, style.lines_after) = (2, Some(2)),
        "google" | "open_stack" => {
            style.force_single_line = true;
            style.force_sort_within_sections = true;
        }
        "appnexus" => {
            style.force_sort_within_sections = true;
            style.order_by_type = false;
            style.closest_first = true;
            style.no_lines_before = vec![Section::Local];
        }
        _ => {}
    }
}

fn mode(values: &Values<'_>) -> Option<WrapMode> {
    let name = values.string("multi_line_output").unwrap_or_default().to_ascii_uppercase();
    Some(match (values.number("multi_line_output"), name.as_str()) {
        (Some(0), _) | (_, "GRID") => WrapMode::Grid,
        (Some(1), _) | (_, "VERTICAL") => WrapMode::Vertical,
        (Some(3), _) | (_, "VERTICAL_HANGING_INDENT") => WrapMode::VerticalHanging,
        (Some(4), _) | (_, "VERTICAL_GRID") => WrapMode::VerticalGrid { grouped: false },
        (Some(5 | 6), _) | (_, "VERTICAL_GRID_GROUPED") => WrapMode::VerticalGrid { grouped: true },
        (None, "") => return None,
        // Other modes are rare; this one is valid everywhere.
        _ => WrapMode::VerticalHanging,
    })
}

/// `known_first_party` and similar settings, in section order.
fn known(values: &Values<'_>, sections: &[Section]) -> Vec<(String, Section)> {
    let mut found: Vec<(String, Section)> = Vec::new();
    for entry in values.entries() {
        let key = entry.key.replace('-', "_");
        let section = match key.as_str() {
            "extra_standard_library" => Section::Standard,
            other => match other.strip_prefix("known_") {
                Some(name) => Section::named(name),
                None => continue,
            },
        };
        found.extend(list(&entry.node.value).into_iter().map(|pattern| (pattern, section.clone())));
    }
    found.sort_by_key(|(_, section)| sections.iter().position(|other| other == section));
    found
}

/// `import_heading_stdlib` and similar settings.
fn headings(values: &Values<'_>) -> Vec<(Section, String)> {
    let named = values.texts().filter(|(_, text)| !text.is_empty()).filter_map(|(key, text)| {
        let key = key.replace('-', "_");
        Some((Section::named(key.strip_prefix("import_heading_")?), text.to_owned()))
    });
    named.collect()
}

impl Isort {
    /// The import style, relative to `folder`.
    pub(super) fn import_style(&self, folder: &Utf8Path) -> ImportStyle {
        let src = match &self.src {
            Some(paths) => paths.iter().map(|path| normalized(&folder.join(path))).collect(),
            None => vec![folder.join("src"), folder.to_owned()],
        };
        ImportStyle { src, ..self.style.clone() }
    }
}
