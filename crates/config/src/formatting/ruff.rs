//! `[tool.ruff]`, `ruff.toml` and `.ruff.toml`.

use camino::{Utf8Path, Utf8PathBuf};

use super::imports::{ImportStyle, Section, Sorter};
use super::values::{Values, list};
use super::{Indentation, Quotes, normalized};

/// The settings in one configuration of ruff; `None` for each that it doesn't set.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Ruff {
    /// The configuration that applies to settings missing here (absolute).
    pub(super) extend: Option<Utf8PathBuf>,
    pub(super) folder: Utf8PathBuf,
    pub(super) line_length: Option<usize>,
    pub(super) indent_width: Option<usize>,
    pub(super) is_tab: Option<bool>,
    quotes: Option<QuoteStyle>,
    pub(super) skip_magic_trailing_comma: Option<bool>,
    /// Whether it has a table for the formatter.
    pub(super) has_format: bool,
    sorts: Option<bool>,
    src: Option<Vec<Utf8PathBuf>>,
    imports: Imports,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QuoteStyle {
    Single,
    Double,
    Preserve,
}

/// `lint.isort`
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Imports {
    switches: Vec<(&'static str, bool)>,
    lists: Vec<(&'static str, Vec<String>)>,
    custom: Option<Vec<(String, Vec<String>)>>,
    headings: Option<Vec<(Section, String)>>,
    default_section: Option<String>,
    closest_first: Option<bool>,
    lines_after: Option<usize>,
    lines_between_types: Option<usize>,
}

const SWITCHES: [&str; 11] = [
    "case_sensitive",
    "combine_as_imports",
    "detect_same_package",
    "force_single_line",
    "force_sort_within_sections",
    "from_first",
    "length_sort",
    "length_sort_straight",
    "no_sections",
    "order_by_type",
    "split_on_trailing_comma",
];

const LISTS: [&str; 11] = [
    "classes",
    "constants",
    "extra_standard_library",
    "force_to_top",
    "known_first_party",
    "known_local_folder",
    "known_third_party",
    "no_lines_before",
    "section_order",
    "single_line_exclusions",
    "variables",
];

/// Reads the top-level table of ruff's settings.
pub(super) fn read(folder: &Utf8Path, values: &Values<'_>) -> Ruff {
    let format = values.table("format");
    let lint = values.table("lint");
    let path = |text: &str| normalized(&folder.join(text));
    let quotes = format.as_ref().and_then(|format| match format.string("quote_style")? {
        "single" => Some(QuoteStyle::Single),
        "double" => Some(QuoteStyle::Double),
        "preserve" => Some(QuoteStyle::Preserve),
        _ => None,
    });
    let mut found = Ruff {
        extend: values.string("extend").map(path),
        folder: folder.to_owned(),
        line_length: values.number("line_length"),
        indent_width: values.number("indent_width"),
        is_tab: format.as_ref().and_then(|it| it.string("indent_style")).map(|style| style == "tab"),
        quotes,
        skip_magic_trailing_comma: format.as_ref().and_then(|it| it.boolean("skip_magic_trailing_comma")),
        has_format: format.is_some(),
        sorts: sorts(values).or_else(|| lint.as_ref().and_then(sorts)),
        src: values.strings("src").map(|list| list.iter().map(|text| path(text)).collect()),
        imports: Imports::default(),
    };
    let isort = lint.and_then(|lint| lint.table("isort")).or_else(|| values.table("isort"));
    if let Some(isort) = isort {
        found.sorts = found.sorts.or(Some(true));
        found.imports = imports(&isort);
    }
    found
}

/// Whether the rules that sort imports are selected; `None` if no rules are selected.
fn sorts(values: &Values<'_>) -> Option<bool> {
    let lists = ["select", "extend_select"].map(|key| values.strings(key));
    if lists.iter().all(Option::is_none) {
        return None;
    }
    let codes = lists.into_iter().flatten().flatten();
    Some(codes.into_iter().any(|code| matches!(code.as_str(), "ALL" | "I" | "I0" | "I00" | "I001")))
}

fn imports(values: &Values<'_>) -> Imports {
    let custom = values.table("sections").map(|sections| {
        sections.entries().map(|entry| (entry.key.clone(), list(&entry.node.value))).collect()
    });
    let headings = values
        .table("import_heading")
        .map(|table| table.texts().map(|(name, text)| (Section::named(name), text.to_owned())).collect());
    Imports {
        switches: SWITCHES.iter().filter_map(|key| Some((*key, values.boolean(key)?))).collect(),
        lists: LISTS.iter().filter_map(|key| Some((*key, values.strings(key)?))).collect(),
        custom,
        headings,
        default_section: values.string("default_section").map(str::to_owned),
        closest_first: values.string("relative_imports_order").map(|order| order == "closest-to-furthest"),
        // -1 leaves it to ruff.
        lines_after: values.number("lines_after_imports"),
        lines_between_types: values.number("lines_between_types"),
    }
}

impl Ruff {
    /// These settings, with those of `base` for missing ones.
    pub(super) fn over(&self, base: &Ruff) -> Ruff {
        let mut merged = self.clone();
        merged.line_length = self.line_length.or(base.line_length);
        merged.indent_width = self.indent_width.or(base.indent_width);
        merged.is_tab = self.is_tab.or(base.is_tab);
        merged.quotes = self.quotes.or(base.quotes);
        merged.skip_magic_trailing_comma = self.skip_magic_trailing_comma.or(base.skip_magic_trailing_comma);
        merged.has_format |= base.has_format;
        merged.sorts = if self.sorts == Some(true) { self.sorts } else { base.sorts.or(self.sorts) };
        merged.src = self.src.clone().or_else(|| base.src.clone());
        let (own, other) = (&mut merged.imports, &base.imports);
        own.switches.extend(other.switches.iter().copied());
        own.lists.extend(other.lists.iter().cloned());
        own.custom = own.custom.take().or_else(|| other.custom.clone());
        own.headings = own.headings.take().or_else(|| other.headings.clone());
        own.default_section = own.default_section.take().or_else(|| other.default_section.clone());
        own.closest_first = own.closest_first.or(other.closest_first);
        own.lines_after = own.lines_after.or(other.lines_after);
        own.lines_between_types = own.lines_between_types.or(other.lines_between_types);
        merged.extend.clone_from(&base.extend);
        merged
    }

    /// The quotes that it uses; `None` if it preserves them.
    pub(super) fn quotes(&self) -> Option<Quotes> {
        match self.quotes {
            Some(QuoteStyle::Single) => Some(Quotes::Single),
            Some(QuoteStyle::Preserve) => None,
            Some(QuoteStyle::Double) | None => Some(Quotes::Double),
        }
    }

    pub(super) fn indentation(&self) -> Indentation {
        if self.is_tab == Some(true) {
            Indentation::Tab
        } else {
            Indentation::Spaces(self.indent_width.unwrap_or(4))
        }
    }

    /// Whether it is configured to sort imports.
    pub(super) fn sorts(&self) -> bool {
        self.sorts == Some(true)
    }

    /// How it would sort imports, whether or not it is configured to.
    pub(super) fn import_style(&self) -> ImportStyle {
        let own = &self.imports;
        let usual = ImportStyle::default();
        let switch = |key: &str, otherwise: bool| {
            own.switches.iter().find(|(known, _)| *known == key).map_or(otherwise, |(_, switch)| *switch)
        };
        let list = |key: &str| -> Vec<String> {
            own.lists
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, list)| list.clone())
                .unwrap_or_default()
        };
        let mut known: Vec<(String, Section)> = Vec::new();
        for (name, patterns) in own.custom.iter().flatten() {
            let section = Section::Custom(name.to_ascii_lowercase().into());
            known.extend(patterns.iter().map(|pattern| (pattern.clone(), section.clone())));
        }
        for (key, section) in [
            ("known_first_party", Section::FirstParty),
            ("known_third_party", Section::ThirdParty),
            ("known_local_folder", Section::Local),
            ("extra_standard_library", Section::Standard),
        ] {
            known.extend(list(key).into_iter().map(|pattern| (pattern, section.clone())));
        }
        let order: Vec<Section> = list("section_order").iter().map(|name| Section::named(name)).collect();
        let src = match &self.src {
            Some(src) => src.clone(),
            None => vec![self.folder.clone(), self.folder.join("src")],
        };
        ImportStyle {
            sorter: Sorter::Ruff,
            src,
            known,
            sections: if order.is_empty() { usual.sections } else { order },
            headings: own.headings.clone().unwrap_or_default(),
            default_section: own.default_section.as_deref().map_or(usual.default_section, Section::named),
            no_sections: switch("no_sections", false),
            no_lines_before: list("no_lines_before").iter().map(|name| Section::named(name)).collect(),
            detects_same_package: switch("detect_same_package", true),
            force_sort_within_sections: switch("force_sort_within_sections", false),
            from_first: switch("from_first", false),
            force_single_line: switch("force_single_line", false),
            single_line_exclusions: list("single_line_exclusions"),
            combine_as: switch("combine_as_imports", false),
            order_by_type: switch("order_by_type", true),
            case_sensitive: switch("case_sensitive", false),
            length_sort: switch("length_sort", false),
            length_sort_straight: switch("length_sort_straight", false),
            force_to_top: list("force_to_top"),
            closest_first: own.closest_first.unwrap_or(false),
            classes: list("classes"),
            constants: list("constants"),
            variables: list("variables"),
            lines_after: own.lines_after,
            lines_between_types: own.lines_between_types.unwrap_or(0),
            keeps_trailing_commas: switch("split_on_trailing_comma", true),
            trailing_comma: true,
            ..usual
        }
    }
}
