//! Names of layers that have another meaning in their context.

use super::folders::{Folder, FolderId, Folders, Hint, normal};
use super::names::{FileWord, Grip, Question, Word, folder_word};
use super::source::Source;
use config::Layer;

const ADAPTERS: [&str; 2] = ["adapter", "adapters"];
const MAPPERS: [&str; 4] = ["mapper", "mappers", "mapping", "mappings"];
const PORTS: [&str; 2] = ["port", "ports"];

/// What a folder's name means only beside certain others: `app/` beside `domain/` and `infra/` holds use cases,
/// `incoming/` beside `outgoing/` what is called from outside.
pub(super) fn word_beside(folders: &Folders, folder: &Folder) -> Option<Word> {
    const DOMAIN: [&str; 2] = ["domain", "domain_model"];
    const OUTSIDE: [&str; 4] = ["adapters", "infra", "infrastructure", "infrastructures"];
    let parent = &folders[folder.parent?];
    let has =
        |names: &[&str]| parent.children.iter().any(|child| names.contains(&folders[*child].name.as_str()));
    let (layer, weight, grip) = match folder.name.as_str() {
        "app" if has(&DOMAIN) && has(&OUTSIDE) && folder.contents.web == 0 => {
            (Layer::Application, 60, Grip::Frame)
        }
        "incoming" if has(&["outgoing"]) => (Layer::Presentation, 55, Grip::Within),
        "outgoing" if has(&["incoming"]) => (Layer::Infrastructure, 55, Grip::Within),
        _ => return None,
    };
    Some(Word { layer, weight, grip })
}

/// What a file's name means among files that are named after the layers: `domain.py`, `application.py` and
/// `infrastructure.py` of one feature.
pub(super) fn file_word_among<'a>(stem: &str, stems: impl Iterator<Item = &'a str>) -> Option<FileWord> {
    const LAYERS: [(&str, Layer, i32); 4] = [
        ("application", Layer::Application, 50),
        ("domain", Layer::Domain, 50),
        ("infrastructure", Layer::Infrastructure, 50),
        ("presentation", Layer::Presentation, 50),
    ];
    let (_, layer, weight) = *LAYERS.iter().find(|(name, ..)| *name == stem)?;
    let beside = stems.filter(|other| *other != stem && LAYERS.iter().any(|(name, ..)| name == other));
    (beside.count() >= 2).then_some(FileWord { layer, weight, anywhere: false })
}

/// Whether the name of a folder indicates no layer, although it is a term of the field.
pub(super) fn is_other(source: &Source<'_>, folders: &Folders, folder: &Folder, word: Word) -> bool {
    is_subject(folders, folder, word)
        || is_subject_elsewhere(source, folders, folder)
        || is_side_of_ports(folders, folder, word)
}

/// `services/infrastructure` beside `services/parks`, and `repositories/infrastructure.py`: the layers around have a part
/// for each subject, and this one has the form of the others.
fn is_subject_elsewhere(source: &Source<'_>, folders: &Folders, folder: &Folder) -> bool {
    let Some(parent) = folder.parent.map(|parent| &folders[parent]) else { return false };
    let Some(around) = parent.parent.map(|around| &folders[around]) else { return false };
    let has_module =
        |it: &Folder, stem: &str| it.modules.iter().any(|id| normal(source.stem(*id)).as_str() == stem);
    let has_subject = |it: &Folder, name: &str| {
        has_module(it, name) || it.children.iter().any(|child| folders[*child].name == name)
    };
    let names_kind = |it: &Folder| {
        !it.is_above_code
            && folder_word(&it.name).is_some_and(|kind| {
                matches!(kind.layer, Layer::Presentation | Layer::Application | Layer::Infrastructure)
            })
    };
    let is_alike = |sister: &Folder| {
        sister.name != folder.name
            && folder_word(&sister.name).is_none()
            && folder.modules.iter().any(|id| has_module(sister, &normal(source.stem(*id))))
    };
    names_kind(parent)
        && parent.children.iter().any(|child| is_alike(&folders[*child]))
        && around
            .children
            .iter()
            .map(|child| &folders[*child])
            .any(|other| other.name != parent.name && names_kind(other) && has_subject(other, &folder.name))
}

/// `services/domain` beside `services/user`: the parent folder contains one folder per subject, and this subject is
/// named like a layer.
fn is_subject(folders: &Folders, folder: &Folder, word: Word) -> bool {
    let Some(parent) = folder.parent.map(|parent| &folders[parent]) else { return false };
    let names_kind = folder_word(&parent.name).is_some_and(|kind| {
        let is_layer = matches!(kind.layer, Layer::Presentation | Layer::Application | Layer::Infrastructure);
        is_layer && matches!(kind.grip, Grip::Plain | Grip::Within | Grip::Contents(Question::Rows))
    });
    let has_subjects = parent.children.iter().any(|child| {
        let child = &folders[*child];
        child.contents.all > 0 && folder_word(&child.name).is_none()
    });
    word.grip == Grip::Contents(Question::Pure)
        && folder.name == "domain"
        && !parent.is_above_code
        && names_kind
        && has_subjects
}

/// `api/adapters`, `http/mappers` between routes and services, without data access or drivers: a part of the
/// presentation layer.
pub(super) fn translates_for_routes(folder: &Folder, around: &[Hint]) -> bool {
    let strongest = around.iter().max_by_key(|saying| saying.weight);
    (ADAPTERS.contains(&folder.name.as_str()) || MAPPERS.contains(&folder.name.as_str()))
        && folder.contents.data == 0
        && folder.contents.clients == 0
        && strongest.is_some_and(|saying| saying.names(Layer::Presentation))
}

/// `ports/inbound`, `ports/outbound`: both contain ports, whichever side they belong to.
fn is_side_of_ports(folders: &Folders, folder: &Folder, word: Word) -> bool {
    let mut at = folder.parent;
    let mut is_below = false;
    while let Some(id) = at {
        is_below |= PORTS.contains(&folders[id].name.as_str());
        at = folders[id].parent;
    }
    is_below && word.grip == Grip::Within && folder.contents.web == 0
}

/// Whether a folder named `core`, or one that holds the ports and whose name says nothing else, is the inside of ports
/// and adapters: those are its siblings, and it is free of frameworks.
pub(super) fn is_core(folders: &Folders, folder: &Folder) -> bool {
    const OUTSIDE: [&str; 6] = ["adapter", "adapters", "infra", "infrastructure", "port", "ports"];
    let is_outside = |child: &FolderId| OUTSIDE.contains(&folders[*child].name.as_str());
    let beside = folder.parent.is_some_and(|parent| folders[parent].children.iter().any(is_outside));
    let holds_ports = || {
        folder_word(&folder.name).is_none()
            && folder.children.iter().any(|child| PORTS.contains(&folders[*child].name.as_str()))
    };
    (folder.name == "core" || holds_ports()) && beside && folder.contents.share(folder.contents.pure) >= 60
}

/// HTTP terms. Folders and files with these names use a web framework, or the name means something else.
pub(super) fn speaks_http(name: &str) -> bool {
    const WORDS: [&str; 17] = [
        "api",
        "apis",
        "blueprints",
        "controller",
        "controllers",
        "endpoint",
        "endpoints",
        "http",
        "rest",
        "route",
        "router",
        "routers",
        "routes",
        "urls",
        "view",
        "views",
        "viewsets",
    ];
    WORDS.contains(&name)
}

/// Whether files in a folder of this name are named after their subject rather than their kind: `errors/service`,
/// `models/admin`.
pub(super) fn holds_subjects(folder: &str) -> bool {
    const KINDS: [&str; 20] = [
        "constants",
        "dto",
        "dtos",
        "entities",
        "enums",
        "error",
        "errors",
        "event",
        "events",
        "exception",
        "exceptions",
        "forms",
        "model",
        "models",
        "schema",
        "schemas",
        "serializers",
        "tables",
        "types",
        "value_objects",
    ];
    KINDS.contains(&folder)
}

/// Whether a file of models without rows is named after the interface that uses them: `rest_models`.
pub(super) fn are_models_of_an_interface(stem: &str) -> bool {
    const INTERFACES: [&str; 8] = ["api", "graphql", "http", "request", "response", "rest", "view", "web"];
    let head = stem.strip_suffix("_models").or_else(|| stem.strip_suffix("_model"));
    head.is_some_and(|head| INTERFACES.contains(&head))
}
