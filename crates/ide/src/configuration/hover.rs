//! The meaning of words in a configuration, and what they match in the project.

use std::fmt::Write as _;

use config::document::{Document, Entry, Place as Written, Role};
use config::schema::{self, Takes};
use config::{Layer, ModulePattern, PathPattern, Style};
use python::naming::counted;
use source::{File, Span};
use view::{LevelSource, Preset, Rule};
use workspace::Snapshot;

use super::Subject;
use super::meaning::{self, Meaning};
use super::patterns;
use crate::{Link, Place, Words};

/// Limit on the modules or files shown for a pattern.
const SHOWN: usize = 10;

/// The hover at a byte offset of a configuration file: the bytes that it is about, and Markdown.
pub(crate) fn hover(snapshot: &Snapshot, file: File, offset: u32) -> Option<(Span, Words)> {
    let subject = Subject::of(snapshot, file)?;
    let document = Document::parse(subject.text.as_str());
    let place = document.place(offset).filter(|place| !place.span.is_empty())?;
    let words = match place.role {
        Role::Header { .. } | Role::Key { .. } => {
            let path = [place.path.as_slice(), &[place.text]].concat();
            let path = subject.own_path(&path).filter(|path| !path.is_empty())?;
            subject.key(meaning::of(&path, place.siblings)?, &place)
        }
        Role::Value | Role::Item => subject.value(&place)?,
    };
    Some((place.span, words))
}

impl Subject<'_> {
    fn key(&self, meaning: Meaning, place: &Written<'_>) -> Words {
        match meaning {
            Meaning::Rule(rule) => return self.rule(rule),
            Meaning::Layer(layer) => return self.layer(layer),
            Meaning::Key(key) if key.takes == Takes::Contracts => {
                let name = Entry::find(place.siblings, "name").and_then(config::document::Item::as_text);
                if let Some(words) = name.and_then(|name| self.contract(name)) {
                    return words;
                }
            }
            Meaning::Key(_) | Meaning::Contract(_) | Meaning::RuleLevel | Meaning::Option(..) => {}
        }
        let default = match meaning {
            Meaning::Key(key) => key.default.map(str::to_owned),
            Meaning::Option(spec) => Some(spec.default_toml()),
            _ => None,
        };
        let mut out = format!("**`{}`** · {}", place.text, meaning.takes());
        if let Some(default) = default {
            let _ = write!(out, ", default `{default}`");
        }
        let _ = write!(out, "\n\n{}", meaning.summary());
        out.into()
    }

    fn value(&self, place: &Written<'_>) -> Option<Words> {
        let path = self.own_path(&place.path)?;
        let meaning = meaning::of(&path, place.siblings)?;
        let text = place.text;
        let takes = match meaning {
            Meaning::Key(key) => key.takes,
            Meaning::Layer(_) => Takes::Modules,
            Meaning::Rule(_) | Meaning::RuleLevel => Takes::Level,
            Meaning::Contract(kind) => {
                return Some(format!("**`{}`** · type of contract\n\n{}", kind.name, kind.summary).into());
            }
            Meaning::Option(..) => {
                return Some(self.key(meaning, &Written { text: path.last()?, ..place.clone() }));
            }
        };
        let word = |kind: &str, summary: &str| Some(format!("**`{text}`** · {kind}\n\n{summary}").into());
        match takes {
            Takes::Style => {
                word("style", Style::ALL.into_iter().find(|style| style.as_str() == text)?.summary())
            }
            Takes::Level => word("level", meaning::levels().find(|(level, _)| *level == text)?.1),
            Takes::ContractType => word("type of contract", schema::ContractType::by_name(text)?.summary),
            Takes::Presets => preset(text),
            Takes::Paths => self.path_pattern(text),
            Takes::Modules => self.pattern(text),
            Takes::ContractLayers => {
                let containers = Entry::find(place.siblings, "containers");
                let mut words = Vec::new();
                for slot in text.split(['|', ':']) {
                    let slot = slot.trim().trim_matches(['(', ')']).trim();
                    match containers.map(config::document::Item::items) {
                        None | Some([]) => words.extend(self.pattern(slot)),
                        Some(containers) => {
                            let containers = containers.iter().filter_map(config::document::Item::as_text);
                            words.extend(containers.filter_map(|it| self.pattern(&format!("{it}.{slot}"))));
                        }
                    }
                }
                one_by_one(words)
            }
            Takes::Imports => {
                one_by_one(text.split("->").filter_map(|side| self.pattern(side.trim())).collect())
            }
            Takes::Text if path.last().is_some_and(|key| key == "name") => self.contract(text),
            _ => None,
        }
    }

    fn rule(&self, rule: &'static Rule) -> Words {
        let mut out = Words::default();
        out.push("**");
        out.link(&format!("`{}`", rule.id), Some(Link::Rule(rule.id)));
        let _ = write!(out, "** · {}\n\nReports {}.", rule.group.as_str(), rule.summary);
        if let Some(config) = self.config() {
            let (level, source) = view::level_in(&config, rule);
            let by = match source {
                LevelSource::Rule => "by default".to_owned(),
                LevelSource::Preset(preset) => format!("by the preset `{}`", preset.name),
                LevelSource::Configuration => "as configured".to_owned(),
            };
            let _ = write!(out, "\n\nHere: **{}** {by}", level.as_str());
        }
        let set =
            |preset: &Preset| preset.level(rule).map(|level| format!("`{}` {}", preset.name, level.as_str()));
        let presets: Vec<String> = Preset::ALL.iter().filter_map(set).collect();
        let _ = write!(out, "\n\nPresets: {}", presets.join(", "));
        for spec in rule.options {
            let heading = if std::ptr::eq(spec, &raw const rule.options[0]) { "\n" } else { "" };
            let (name, takes, default) = (spec.name, spec.takes(), spec.default_toml());
            let _ = write!(out, "{heading}\n- `{name}` ({takes}, default `{default}`): {}", spec.summary);
        }
        out
    }

    fn layer(&self, layer: Layer) -> Words {
        let mut out = format!("**`{layer}`** · layer\n\n{}", layer.summary());
        if let Some(project) = self.project {
            let architecture = self.snapshot.architecture(project);
            let ids = architecture.modules.iter().map(|(id, _)| id);
            let all = ids.filter(|id| architecture.layers.layer(*id) == Some(layer)).count();
            let _ = write!(out, "\n\nHolds {}, declared or inferred", counted(all, "module"));
        }
        out.into()
    }

    /// A contract by its name, with its status.
    fn contract(&self, name: &str) -> Option<Words> {
        let (project, config) = (self.project?, self.config()?);
        let index = config.contracts.iter().position(|contract| contract.name == name)?;
        let (breaches, modules) =
            *rules::query::breaches(self.snapshot.db(), project, self.folder.to_owned()).get(index)?;
        let state = match (breaches, modules) {
            (0, _) => "Kept".to_owned(),
            (1, _) => "Broken once".to_owned(),
            (times, 1) => format!("Broken {times} times in 1 module"),
            (times, modules) => format!("Broken {times} times in {modules} modules"),
        };
        Some(format!("**{name}** · contract\n\n{state}").into())
    }

    fn pattern(&self, text: &str) -> Option<Words> {
        if text.contains('/') {
            return self.path_pattern(text);
        }
        let (pattern, modules) = (ModulePattern::new(text).ok()?, self.modules()?);
        let covered = patterns::covered(&modules, &pattern, |_| None);
        let names = covered.iter().map(|info| (info.name.as_str(), Some(info.file))).collect();
        Some(matched(text, &counted(covered.len(), "module"), names))
    }

    fn path_pattern(&self, text: &str) -> Option<Words> {
        let pattern = PathPattern::new(text.trim_start_matches('!')).ok()?;
        let files: Vec<&str> = self
            .files()
            .into_iter()
            .map(camino::Utf8Path::as_str)
            .filter(|path| pattern.matches(path))
            .collect();
        // Excluded files don't belong to the project, so they can't be counted.
        if files.is_empty() {
            return None;
        }
        let counted = if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) };
        Some(matched(
            text,
            &counted,
            files.into_iter().map(|path| (path, self.snapshot.file(&self.folder.join(path)))).collect(),
        ))
    }
}

/// The first of the modules or files that a pattern matches, sorted by name.
fn matched(pattern: &str, counted: &str, mut names: Vec<(&str, Option<File>)>) -> Words {
    names.sort_unstable_by_key(|(name, _)| *name);
    let mut out = Words::from(format!("**`{pattern}`** · {counted}"));
    for (index, (name, file)) in names.iter().take(SHOWN).enumerate() {
        out.push(if index == 0 { "\n\n- " } else { "\n- " });
        out.place(&format!("`{name}`"), file.map(|file| Place { file, span: Span::new(0, 0) }));
    }
    if names.len() > SHOWN {
        let _ = write!(out, "\n- and {} more", names.len() - SHOWN);
    }
    out
}

/// The descriptions of several patterns in one string.
fn one_by_one(all: Vec<Words>) -> Option<Words> {
    all.into_iter().reduce(|mut words, next| {
        words.push("\n\n");
        words.append(next);
        words
    })
}

fn preset(name: &str) -> Option<Words> {
    let preset = Preset::by_name(name)?;
    let differs = |rule: &&&'static Rule| preset.level(rule).is_some_and(|level| level != rule.level);
    let set: Vec<String> = rules::ALL
        .iter()
        .filter(differs)
        .filter_map(|rule| Some(format!("`{}` {}", rule.id, preset.level(rule)?.as_str())))
        .collect();
    let mut out = format!("**`{name}`** · preset: {}", preset.summary);
    if !set.is_empty() {
        let _ = write!(out, "\n\nSets {}", set.join(", "));
    }
    Some(out.into())
}
