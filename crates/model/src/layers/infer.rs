//! The complete inference.

use std::sync::Arc;

use config::Layer;
use rustc_hash::FxHashMap;

use super::Layers;
use super::classes::{ClassFacts, Classes};
use super::folders::{Folder, Folders, Hint, normal};
use super::names::{FileWord, file_word};
use super::score::Score;
use super::source::Source;
use super::{adapters, assembly, contents, contexts, declared, direction, meaning, plugins, siblings, style};
use crate::{ByModule, ClassRole, Mark, ModuleId, PathRole, Reason, Signals, Technology, Verdict};
use libraries::Kind;

/// Infers the layers, contexts and styles of a project, in time linear in the number of modules and imports.
pub(crate) fn infer(source: &Source<'_>) -> Layers {
    let classes = Classes::of(source);
    let folders = Folders::of(source, &classes);
    let fixed: ByModule<Option<Verdict>> = source.modules.map(|id, _| declared::verdict(source, id));
    let mut scores: ByModule<Score> = source.modules.map(|id, _| match &fixed[id] {
        Some(verdict) => settled(verdict),
        None => score(source, &folders, &classes, id),
    });
    plugins::add_scores(source, &classes, &folders, &mut scores);
    let is_open = |id: ModuleId| fixed[id].is_none() && source.modules[id].role == PathRole::Code;
    direction::add_scores(source, &mut scores, is_open);
    adapters::add_scores(source, &classes, &folders, &mut scores);
    assembly::add_scores(source, &classes, &folders, &mut scores);
    siblings::add_scores(source, &folders, &mut scores);
    siblings::fall_back(source, &folders, &mut scores);
    let apart = apart(&scores);
    let ids = Arc::clone(&source.modules.ids);
    let all = fixed.into_values().into_iter().zip(scores.into_values());
    let verdicts = ByModule::new(ids, all.map(|(fixed, score)| fixed.or_else(|| score.verdict())));
    let mut layers = Layers { verdicts, apart, ..Layers::default() };
    contexts::find(source, &folders, &mut layers);
    style::find(source, &folders, &classes, &mut layers);
    layers
}

/// The verdicts on modules that use a technology, without that evidence.
fn apart(scores: &ByModule<Score>) -> FxHashMap<(ModuleId, Technology), Option<Verdict>> {
    let mut apart = FxHashMap::default();
    for (id, score) in scores.iter() {
        // A module without any outside technology is also without HTTP.
        for (technology, left_out) in [
            (Technology::Http, &[Technology::Http][..]),
            (Technology::Outside, &[Technology::Http, Technology::Outside]),
        ] {
            if let Some(rest) = score.without(left_out) {
                apart.insert((id, technology), rest.verdict());
            }
        }
    }
    apart
}

/// A score that neighbours can't override but are influenced by.
fn settled(verdict: &Verdict) -> Score {
    let mut score = Score::default();
    score.add(verdict.layer, 1000, "");
    score
}

/// Whether everything that a module defines needs an implementation elsewhere.
fn asks_only(facts: &[ClassFacts]) -> bool {
    let is_data = |role: Option<ClassRole>| {
        matches!(role, Some(ClassRole::Exception | ClassRole::Enum | ClassRole::Data | ClassRole::Schema))
    };
    facts.iter().any(|facts| facts.is_port) && facts.iter().all(|facts| facts.is_port || is_data(facts.role))
}

/// The layer of a port that is placed among infrastructure: the domain, or shared if the folder is shared.
fn port_layer(folder: &Folder, layer: Layer) -> Layer {
    let is_shared = folder.says.iter().any(|saying| saying.layer == Layer::Shared && saying.weight >= 8);
    match layer {
        Layer::Infrastructure if is_shared => Layer::Shared,
        Layer::Infrastructure => Layer::Domain,
        _ => layer,
    }
}

fn is_models(stem: &str) -> bool {
    matches!(stem, "models" | "model") || stem.ends_with("_models")
}

/// Keeps the weight of a word that applies in any folder if the contents confirm it; otherwise the word is treated like
/// any other.
fn backed(word: FileWord, stem: &str, signals: &Signals, facts: &[ClassFacts]) -> FileWord {
    let last = stem.rsplit('_').next().unwrap_or_default();
    let speaks_http = meaning::speaks_http(last)
        || matches!(last, "consumer" | "request" | "requests" | "response" | "responses");
    if speaks_http && !signals.uses.has(Kind::Web) && !contents::is_entry_point(signals, facts) {
        // The API of another program, if its client is here.
        if matches!(last, "api" | "apis") && contents::reaches_out(signals) {
            return FileWord { layer: Layer::Infrastructure, ..word };
        }
        // Views without HTTP, or URLs that are only strings: the name may mean something else.
        return FileWord { weight: word.weight / 2, ..word };
    }
    // What writes tokens is called a serializer too, and a constant may be named after anything.
    let writes_tokens = matches!(last, "serializer" | "serializers") && signals.uses.has(Kind::Crypto);
    let names_constant = word.layer == Layer::Infrastructure && signals.marks.has(Mark::OnlyConstants);
    if writes_tokens || names_constant {
        return FileWord { weight: word.weight / 5, anywhere: false, ..word };
    }
    let marks: &[Mark] = match word.layer {
        Layer::Config => &[Mark::ReadsEnvironment, Mark::ManyConstants, Mark::OnlyConstants],
        Layer::Composition if matches!(stem, "main" | "app" | "server") => &[
            Mark::CreatesApp,
            Mark::RunsApp,
            Mark::TakesApp,
            Mark::WiresApp,
            Mark::MainGuard,
            Mark::CliCommand,
            Mark::Container,
        ],
        // Other things are named containers too.
        Layer::Composition
            if matches!(stem, "container" | "containers") && !signals.uses.has(Kind::Injection) =>
        {
            let is_one = |name: &str| name.ends_with("Container") || name.ends_with("Containers");
            let has_one = signals.classes.iter().any(|class| is_one(&class.name));
            if has_one || signals.classes.is_empty() {
                return word;
            }
            &[Mark::Container, Mark::WiresApp, Mark::CreatesApp]
        }
        _ => return word,
    };
    let names_settings =
        |name: &str| ["Settings", "Config", "Configuration"].iter().any(|end| name.ends_with(end));
    let is_config = word.layer == Layer::Config
        && (signals.uses.has(Kind::Settings)
            || facts.iter().any(|facts| facts.role == Some(ClassRole::Settings))
            || signals.classes.iter().any(|class| names_settings(&class.name)));
    if is_config || marks.iter().any(|mark| signals.marks.has(*mark)) {
        return word;
    }
    FileWord { weight: word.weight * 3 / 5, anywhere: false, ..word }
}

/// Whether importing the module does more than define names.
fn starts_up(signals: &Signals) -> bool {
    [Mark::Engine, Mark::CreatesApp, Mark::WiresApp, Mark::Container, Mark::ReadsEnvironment]
        .into_iter()
        .any(|mark| signals.marks.has(mark))
}

fn score(source: &Source<'_>, folders: &Folders, classes: &Classes, id: ModuleId) -> Score {
    let mut score = Score::default();
    if source.modules[id].role != PathRole::Code {
        score.keep_unsure();
    }
    let folder = &folders[folders.of_module[id]];
    let mut frame: Option<Layer> = None;
    let module = &source.modules[id];
    let stem = source.stem(id);
    let signals = source.signals(id);
    let facts = classes.of_module(id);
    let word = if module.is_package {
        None
    } else {
        let stems = || folder.modules.iter().map(|it| source.stem(*it));
        meaning::file_word_among(stem, stems()).or_else(|| file_word(&normal(stem)))
    };
    let word = word.map(|word| backed(word, stem, signals, facts));
    let is_subject = |word: &FileWord| {
        meaning::holds_subjects(&folder.name) && folder.says.iter().all(|it| it.layer != word.layer)
    };
    let word = word.map(|word| {
        if is_subject(&word) {
            FileWord { weight: word.weight * 2 / 5, anywhere: false, ..word }
        } else {
            word
        }
    });
    let holds_anywhere = word.is_some_and(|word| word.anywhere);
    // A repository module that contains only the port is not infrastructure, unless its siblings are implementations.
    let is_among_ports = folder.contents.share(folder.contents.ports) >= 60;
    let is_among_adapters = folder.says.iter().any(|saying| saying.names(Layer::Infrastructure));
    let asks = asks_only(facts) && !signals.uses.has(Kind::Client) && (is_among_ports || !is_among_adapters);
    for saying in &folder.says {
        let layer = if asks && !saying.is_frame { port_layer(folder, saying.layer) } else { saying.layer };
        let weight = if holds_anywhere { saying.weight / 2 } else { saying.weight };
        score.add(layer, weight, Reason::Folder(saying.name.clone()));
        if saying.is_frame {
            frame = Some(saying.layer);
        }
    }
    if let Some(word) = word {
        let is_held = frame.is_some_and(|layer| layer != word.layer) && !word.anywhere;
        let helps = word.layer == Layer::Shared && folder.says.iter().any(Hint::names_layer);
        let weight = if is_held || helps { word.weight * 2 / 5 } else { word.weight };
        let has_rows = facts.iter().any(|facts| facts.is_row);
        // Models that aren't table rows are domain data, whatever they are built with.
        let layer = match word.layer {
            _ if is_models(stem) && !has_rows && !signals.uses.has(Kind::Orm) => {
                let is_outward = meaning::are_models_of_an_interface(stem);
                if is_outward { Layer::Presentation } else { Layer::Domain }
            }
            layer if asks => port_layer(folder, layer),
            layer => layer,
        };
        score.add(layer, weight, Reason::File(stem.into()));
    }
    contents::add_scores(signals, facts, &mut score);
    if module.is_package
        && folder.parent.is_some_and(|parent| folders[parent].is_above_code)
        && starts_up(signals)
    {
        score.add(Layer::Composition, 80, "starts up the outermost package");
    }
    score
}
