//! Completions of values: words of fixed sets, patterns over the project's modules, paths.

use config::document::{Document, Entry, Item, Place, Role};
use config::schema::{self, Takes};
use config::{ModulePattern, Style, TachRoot};
use python::naming::counted;
use view::{OptionDefault, Preset};

use super::Subject;
use super::meaning::{self, Meaning};
use crate::completion::{Completion, CompletionKind};
use crate::configuration::patterns;

/// Collects proposals that replace the value at the cursor.
struct Writer<'a> {
    place: &'a Place<'a>,
    /// The text of the value, with its quotes.
    written: &'a str,
    /// The part before the cursor, without the quote.
    typed: &'a str,
    /// Whether the key takes a list and none has been started: then brackets are inserted too.
    in_brackets: bool,
    items: Vec<Completion>,
}

pub(super) fn values(
    subject: &Subject<'_>,
    document: &Document<'_>,
    place: &Place<'_>,
    offset: u32,
) -> Option<Vec<Completion>> {
    let path = subject.own_path(&place.path)?;
    let meaning = meaning::of(&path, place.siblings)?;
    let is_item = place.role == Role::Item;
    let takes = match meaning {
        Meaning::Key(key) => Some(key.takes),
        Meaning::Contract(_) => Some(Takes::ContractType),
        Meaning::RuleLevel | Meaning::Rule(_) => Some(Takes::Level),
        Meaning::Layer(_) => Some(Takes::Modules),
        Meaning::Option(..) => None,
    };
    let is_list = match meaning {
        Meaning::Option(spec) => matches!(spec.default, OptionDefault::Strings(_)),
        Meaning::Layer(_) => true,
        _ => takes.is_some_and(Takes::is_list),
    };
    if is_item && !is_list {
        return None;
    }
    let written = document.text.get(place.span.start as usize..place.span.end as usize).unwrap_or_default();
    if written.contains('\n') {
        return None;
    }
    let typed = typed(document, place, offset);
    let in_brackets = is_list && !is_item;
    let mut writer = Writer { place, written, typed, in_brackets, items: Vec::new() };
    match (meaning, takes) {
        (Meaning::Option(spec), _) => writer.option(spec.default),
        (Meaning::Layer(_), _) => {
            let own: Vec<&str> = place.items.iter().filter_map(Item::as_text).collect();
            let is_path = typed.contains('/') || own.iter().any(|pattern| pattern.contains('/'));
            if !typed.contains('/') {
                writer.patterns(subject, None, typed);
            }
            if is_path || typed.is_empty() {
                writer.paths(subject, typed, true);
            }
        }
        (_, Some(takes)) => writer.of_takes(takes, subject, place, typed, &path),
        (_, None) => {}
    }
    Some(writer.items)
}

/// The text of a value up to the cursor.
fn typed<'d>(document: &'d Document<'_>, place: &Place<'d>, offset: u32) -> &'d str {
    let start = place.span.start as usize + usize::from(place.span.len() as usize > place.text.len());
    document.text.get(start..(offset as usize).max(start)).unwrap_or_default().trim_end_matches(['"', '\''])
}

impl Writer<'_> {
    fn of_takes(
        &mut self,
        takes: Takes,
        subject: &Subject<'_>,
        place: &Place<'_>,
        typed: &str,
        path: &[String],
    ) {
        match takes {
            Takes::Boolean => self.switches(),
            Takes::Style => {
                self.words(Style::ALL.into_iter().map(|style| (style.as_str(), style.summary())));
            }
            Takes::Level => self.words(meaning::levels()),
            Takes::ContractType => {
                self.words(schema::CONTRACT_TYPES.iter().map(|kind| (kind.name, kind.summary)));
            }
            Takes::Presets => self.words(Preset::ALL.iter().map(|preset| (preset.name, preset.summary))),
            Takes::Folders => self.paths(subject, typed, false),
            Takes::Paths => self.paths(subject, typed, true),
            Takes::Modules => {
                self.patterns(subject, None, typed);
                if path.last().is_some_and(|key| key == "forbidden-modules") {
                    self.third_parties(subject);
                }
            }
            Takes::ContractLayers | Takes::Children => {
                let containers = Entry::find(place.siblings, "containers").map_or(&[][..], Item::items);
                let container = containers.iter().find_map(Item::as_text);
                let base = container.and_then(|container| ModulePattern::new(container).ok());
                if base.is_some() || takes == Takes::ContractLayers {
                    // Of several patterns on a line only the last is being typed.
                    let typed = typed.rsplit(['|', ':', '(']).next().unwrap_or(typed).trim_start();
                    self.patterns(subject, base.as_ref(), typed);
                }
            }
            Takes::LayersOrAll => {
                let layers = Entry::find(place.siblings, "layers").map_or(&[][..], Item::items);
                let layers: Vec<&str> = layers.iter().filter_map(Item::as_text).collect();
                if self.in_brackets {
                    self.plain("true");
                }
                self.words(layers.into_iter().map(|layer| (layer, "A layer of this contract.")));
            }
            Takes::Imports => {
                let side = typed.rsplit("->").next().unwrap_or(typed).trim_start();
                self.patterns(subject, None, side);
            }
            Takes::RootModule => {
                self.words(TachRoot::ALL.into_iter().map(|root| (root.as_str(), root.summary())));
            }
            Takes::Distributions => self.third_parties(subject),
            Takes::Number
            | Takes::Text
            | Takes::Names
            | Takes::Layers
            | Takes::Rules
            | Takes::Overrides
            | Takes::Contracts
            | Takes::ModuleLayers
            | Takes::DeclaredModules
            | Takes::Interfaces
            | Takes::External => {}
        }
    }

    fn words<'w>(&mut self, words: impl IntoIterator<Item = (&'w str, &'w str)>) {
        for (word, summary) in words {
            let documentation = Some(summary.to_owned());
            self.quoted(word, CompletionKind::Word, None, documentation);
        }
    }

    fn switches(&mut self) {
        self.plain("true");
        self.plain("false");
    }

    /// The default value of the option, as a starting point for another one.
    fn option(&mut self, default: OptionDefault) {
        match default {
            OptionDefault::Bool(_) => self.switches(),
            OptionDefault::Integer(number) => self.plain(&number.to_string()),
            OptionDefault::String(text) => self.quoted(text, CompletionKind::Word, None, None),
            OptionDefault::Strings(list) if self.in_brackets => {
                self.plain(&OptionDefault::Strings(list).to_toml());
            }
            OptionDefault::Strings(list) => self.words(list.iter().map(|word| (*word, "Holds by default."))),
        }
    }

    fn patterns(&mut self, subject: &Subject<'_>, base: Option<&ModulePattern>, typed: &str) {
        let Some(modules) = subject.modules() else { return };
        for candidate in patterns::candidates(&modules, base, typed) {
            let detail = Some(counted(candidate.modules, "module"));
            self.part(&candidate.pattern, typed, CompletionKind::Module, detail);
        }
    }

    fn paths(&mut self, subject: &Subject<'_>, typed: &str, and_files: bool) {
        for candidate in subject.paths(typed, and_files) {
            let files =
                if candidate.files == 1 { "1 file".to_owned() } else { format!("{} files", candidate.files) };
            self.part(&candidate.path, typed, CompletionKind::Path, Some(files));
        }
    }

    /// The third-party packages that the project imports.
    fn third_parties(&mut self, subject: &Subject<'_>) {
        let (Some(project), Some(modules)) = (subject.project, subject.modules()) else { return };
        let db = subject.snapshot.db();
        let mut names = std::collections::BTreeMap::<String, usize>::new();
        for info in modules.list.iter().filter(|info| info.has_edges()) {
            let resolved = model::query::resolved(db, project, info.file);
            let mut own: Vec<&str> = resolved
                .iter()
                .filter_map(|resolved| match &resolved.target {
                    model::Target::ThirdParty(name) => name.split('.').next(),
                    _ => None,
                })
                .collect();
            own.sort_unstable();
            own.dedup();
            for name in own {
                *names.entry(name.to_owned()).or_default() += 1;
            }
        }
        for (name, importers) in names {
            self.quoted(
                &name,
                CompletionKind::Module,
                Some(format!("imported by {}", counted(importers, "module"))),
                None,
            );
        }
    }

    /// A proposal that replaces `typed`, the end of the string before the cursor, and the rest of the string after the
    /// cursor.
    fn part(&mut self, text: &str, typed: &str, kind: CompletionKind, detail: Option<String>) {
        let kept = self.typed.strip_suffix(typed).unwrap_or_default();
        let whole = format!("{kept}{text}");
        self.quoted(&whole, kind, detail, None);
        if let Some(item) = self.items.last_mut() {
            text.clone_into(&mut item.label);
        }
    }

    /// A string in the existing quotes, or in ours.
    fn quoted(
        &mut self,
        text: &str,
        kind: CompletionKind,
        detail: Option<String>,
        documentation: Option<String>,
    ) {
        let has = |item: &Item<'_>| item.span != self.place.span && item.as_text() == Some(text);
        if self.place.items.iter().any(has) {
            return;
        }
        let quote = if self.written.starts_with('\'') { '\'' } else { '"' };
        let mut insert = format!("{quote}{text}{quote}");
        // The filter includes the quote, if one was typed.
        let filter = self.written.starts_with(['"', '\'']).then(|| insert.clone());
        if self.in_brackets {
            insert = format!("[{insert}]");
        }
        self.push(text, insert, kind);
        if let Some(item) = self.items.last_mut() {
            item.filter = filter;
            item.detail = detail;
            item.documentation = documentation;
        }
    }

    /// A value without quotes; not proposed inside quotes.
    fn plain(&mut self, text: &str) {
        if !self.written.starts_with(['"', '\'']) {
            self.push(text, text.to_owned(), CompletionKind::Word);
        }
    }

    fn push(&mut self, label: &str, insert: String, kind: CompletionKind) {
        let mut item = Completion::new(label, kind, self.place.span);
        item.edit.insert = insert;
        self.items.push(item);
    }
}
