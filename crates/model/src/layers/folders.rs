//! The folder tree, and the meaning of folder names, checked against the folders' contents.
//!
//! Everything about a folder is computed once, so that a module only contributes its own name and contents.

use config::Layer;
use python::Name;
use rustc_hash::FxHashMap;

use super::classes::{ClassFacts, Classes};
use super::contents::{is_entry_point, is_settings};
use super::meaning;
use super::names::{Grip, Question, Word, file_word, folder_word};
use super::source::Source;
use crate::{Amount, ByModule, ClassRole, Mark, ModuleId, PathRole, Signals};
use libraries::Kind;

/// The index of a [`Folder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FolderId(pub(super) u32);

/// A folder that contains modules, directly or in subfolders.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Its name in lower case with underscores; empty for the project root.
    pub(super) name: Name,
    /// The parent folder.
    pub(super) parent: Option<FolderId>,
    /// The subfolders.
    pub(super) children: Vec<FolderId>,
    /// The modules directly in it, excluding its `__init__`.
    pub(super) modules: Vec<ModuleId>,
    /// Its `__init__`.
    pub(super) init: Option<ModuleId>,
    /// Whether it is a source root or above one, so that its name is not part of a package name.
    pub(super) is_above_code: bool,
    /// The contents, at any depth.
    pub(super) contents: Contents,
    /// The evidence from its name and those of its parents.
    pub(super) says: Vec<Hint>,
}

/// The number of code modules in a folder, at any depth, by kind.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Contents {
    /// All modules.
    pub(super) all: u32,
    /// Modules free of frameworks and drivers.
    pub(super) pure: u32,
    /// Modules that use a web framework.
    pub(super) web: u32,
    /// Modules that are called from outside: routes, views, commands.
    pub(super) entries: u32,
    /// Modules that query a database.
    pub(super) data: u32,
    /// Modules that use the client of another program.
    pub(super) clients: u32,
    /// Modules with settings or constants.
    pub(super) settings: u32,
    /// Modules with table rows, or tables.
    pub(super) rows: u32,
    /// Modules with ports.
    pub(super) ports: u32,
    /// Modules with commands of a command line.
    pub(super) commands: u32,
    /// Modules with validated data classes.
    pub(super) schemas: u32,
}

impl Contents {
    fn add(&mut self, other: &Contents) {
        self.all += other.all;
        self.pure += other.pure;
        self.web += other.web;
        self.entries += other.entries;
        self.data += other.data;
        self.clients += other.clients;
        self.settings += other.settings;
        self.rows += other.rows;
        self.ports += other.ports;
        self.commands += other.commands;
        self.schemas += other.schemas;
    }

    fn of(signals: &Signals, classes: &[ClassFacts]) -> Self {
        if signals.is_hollow() {
            return Self::default();
        }
        let is = |yes: bool| u32::from(yes);
        let any = |roles: &[ClassRole]| {
            classes.iter().any(|facts| facts.role.is_some_and(|role| roles.contains(&role)))
        };
        let handles_requests = signals.routes > Amount::None
            || signals.marks.has(Mark::Router)
            || any(&[ClassRole::View, ClassRole::Http]);
        Self {
            all: 1,
            pure: is(signals.is_pure()),
            web: is(handles_requests || signals.uses.has(Kind::Web)),
            entries: is(is_entry_point(signals, classes)),
            data: is(signals.data_access > Amount::None
                || signals.uses.has(Kind::Driver)
                || signals.uses.has(Kind::Orm)),
            clients: is(signals.uses.has(Kind::Client) || signals.uses.has(Kind::Service)),
            rows: is(signals.marks.has(Mark::Table) || classes.iter().any(|facts| facts.is_row)),
            settings: is(is_settings(signals, classes)),
            ports: is(classes.iter().any(|facts| facts.is_port)),
            commands: is(signals.marks.has(Mark::CliCommand) || any(&[ClassRole::Command])),
            schemas: is(any(&[ClassRole::Schema, ClassRole::SqlModel, ClassRole::Serializer])),
        }
    }

    /// A share of the code modules, in percent.
    pub(super) fn share(self, part: u32) -> u32 {
        (part * 100).checked_div(self.all).unwrap_or(0)
    }
}

/// A piece of evidence from folder names that applies to everything inside.
#[derive(Debug, Clone)]
pub(super) struct Hint {
    /// The layer.
    pub(super) layer: Layer,
    /// The weight, in points.
    pub(super) weight: i32,
    /// Whether it frames its contents: names of files and folders inside count only half.
    pub(super) is_frame: bool,
    /// The folder's name.
    pub(super) name: Name,
}

impl Hint {
    /// Whether it strongly indicates one of the main layers.
    pub(super) fn names_layer(&self) -> bool {
        let is_layer = matches!(
            self.layer,
            Layer::Presentation | Layer::Application | Layer::Domain | Layer::Infrastructure
        );
        is_layer && self.weight >= 30
    }

    /// Whether the folder is that of a command line.
    fn is_command_line(&self) -> bool {
        self.layer == Layer::Presentation && matches!(self.name.as_str(), "cli" | "console")
    }

    /// Whether it strongly indicates `layer`.
    pub(super) fn names(&self, layer: Layer) -> bool {
        self.layer == layer && self.names_layer()
    }
}

/// The folder tree.
#[derive(Debug, Default)]
pub(super) struct Folders {
    /// Parents before children.
    pub(super) list: Vec<Folder>,
    /// The folder of each module.
    pub(super) of_module: ByModule<FolderId>,
}

impl std::ops::Index<FolderId> for Folders {
    type Output = Folder;

    fn index(&self, id: FolderId) -> &Folder {
        &self.list[id.0 as usize]
    }
}

impl Folders {
    /// Builds the tree from the paths of the modules.
    pub(super) fn of(source: &Source<'_>, classes: &Classes) -> Self {
        let mut folders = Folders::default();
        folders.list.push(Folder { is_above_code: true, ..Folder::default() });
        let mut by_path: FxHashMap<&str, FolderId> = FxHashMap::default();
        by_path.insert("", FolderId(0));
        let of_module = source.modules.map(|id, module| {
            let path = module.path.parent().map_or("", camino::Utf8Path::as_str);
            let folder = folders.find_or_add(path, &mut by_path);
            let contents = &mut folders.list[folder.0 as usize];
            if module.is_package {
                contents.init = Some(id);
            } else {
                contents.modules.push(id);
            }
            folder
        });
        folders.of_module = of_module;
        for root in &source.modules.roots {
            let mut at = by_path.get(root.path.as_str()).copied();
            while let Some(id) = at {
                let folder = &mut folders.list[id.0 as usize];
                folder.is_above_code = true;
                at = folder.parent;
            }
        }
        folders.count(source, classes);
        folders.speak(source);
        folders
    }

    fn find_or_add<'a>(&mut self, path: &'a str, by_path: &mut FxHashMap<&'a str, FolderId>) -> FolderId {
        if let Some(id) = by_path.get(path) {
            return *id;
        }
        // Paths are short, and each step adds a folder that stays, so each folder is visited once.
        let mut parent = FolderId(0);
        let mut end = 0;
        loop {
            end = path[end..].find('/').map_or(path.len(), |offset| end + offset);
            let prefix = &path[..end];
            parent = if let Some(id) = by_path.get(prefix) {
                *id
            } else {
                let id = FolderId(self.list.len() as u32);
                let name = prefix.rsplit('/').next().unwrap_or_default();
                self.list.push(Folder { name: normal(name), parent: Some(parent), ..Folder::default() });
                self.list[parent.0 as usize].children.push(id);
                by_path.insert(prefix, id);
                id
            };
            if end == path.len() {
                return parent;
            }
            end += 1;
        }
    }

    fn count(&mut self, source: &Source<'_>, classes: &Classes) {
        for index in (0..self.list.len()).rev() {
            let folder = &self.list[index];
            let mut contents = folder.contents;
            for id in folder.modules.iter().chain(&folder.init) {
                if source.modules[*id].role == PathRole::Code {
                    contents.add(&Contents::of(source.signals(*id), classes.of_module(*id)));
                }
            }
            let parent = folder.parent;
            self.list[index].contents = contents;
            if let Some(parent) = parent {
                self.list[parent.0 as usize].contents.add(&contents);
            }
        }
    }

    fn speak(&mut self, source: &Source<'_>) {
        for index in 0..self.list.len() {
            let folder = &self.list[index];
            if folder.is_above_code {
                continue;
            }
            let around = folder.parent.map_or(&[][..], |parent| &self[parent].says);
            let says = self.hints(source, folder, around);
            self.list[index].says = says;
        }
    }

    fn hints(&self, source: &Source<'_>, folder: &Folder, around: &[Hint]) -> Vec<Hint> {
        let faded = |percent: i32| {
            around.iter().map(move |saying| Hint {
                weight: if saying.is_frame { saying.weight } else { saying.weight * percent / 100 },
                ..saying.clone()
            })
        };
        if meaning::is_core(self, folder) {
            let name = folder.name.clone();
            let own = Hint { layer: Layer::Domain, weight: 40, is_frame: false, name };
            return faded(45).chain([own]).collect();
        }
        if meaning::translates_for_routes(folder, around) {
            let name = folder.name.clone();
            return vec![Hint { layer: Layer::Presentation, weight: 60, is_frame: true, name }];
        }
        let word = meaning::word_beside(self, folder).or_else(|| folder_word(&folder.name));
        let Some(word) = word.filter(|word| !meaning::is_other(source, self, folder, *word)) else {
            return faded(75).collect();
        };
        let Some((mut word, mut is_frame)) = ask(word, folder.contents, frame_of(around)) else {
            return faded(75).collect();
        };
        if folder.name == "commands" && around.iter().any(Hint::is_command_line) {
            // The folder around says whose commands they are, whatever library parses them.
            word.layer = Layer::Presentation;
        }
        let mut weight = word.weight;
        let is_for_all = around.iter().any(|saying| saying.layer == Layer::Shared && saying.weight >= 30);
        if is_frame && is_for_all && weight < 60 {
            // `utils/plugins` contains helpers for plugins.
            (is_frame, weight) = (false, weight / 2);
        }
        if meaning::speaks_http(&folder.name) && folder.contents.all > 0 && folder.contents.web == 0 {
            // Controllers without HTTP may be anything; with clients in it, `api` refers to a third-party API.
            weight /= 2;
            if folder.contents.clients > 0 && word.layer == Layer::Presentation {
                word.layer = Layer::Infrastructure;
            }
        }
        let is_hub = !is_frame && self.holds_several_layers(source, folder, word);
        if is_hub {
            // `service/` with models, views and a service inside is a feature named "service".
            weight /= 6;
        }
        let frame = around.iter().find(|saying| saying.is_frame);
        if word.grip == Grip::Within
            && !is_hub
            && frame.is_some_and(|frame| gives_way(frame.layer, word.layer, folder))
        {
            is_frame = true;
        } else if frame.is_some() && !is_frame {
            weight = weight * 2 / 5;
        }
        let names_no_layer = word.layer == Layer::Shared;
        if names_no_layer && around.iter().any(Hint::names_layer) {
            // Helpers belong to the layer of what they help.
            weight /= 2;
        }
        let own = Hint { layer: word.layer, weight, is_frame, name: folder.name.clone() };
        if is_frame {
            return vec![own];
        }
        let mut says: Vec<Hint> = faded(if is_hub || names_no_layer { 75 } else { 45 }).collect();
        says.push(own);
        says.retain(|saying| saying.weight > 2);
        says
    }

    /// Whether a module lies in a folder of a command line: its base classes are those of commands.
    pub(super) fn runs_commands(&self, module: ModuleId) -> bool {
        self[self.of_module[module]].says.iter().any(Hint::is_command_line)
    }

    /// Whether the names of a folder's children indicate at least two layers (other than its own, if its name is a
    /// strong indication).
    fn holds_several_layers(&self, source: &Source<'_>, folder: &Folder, own: Word) -> bool {
        // Helpers and models are named after what they help and what they are about: only routes and rows together show
        // a feature of this name.
        let names_subjects = own.layer == Layer::Shared || meaning::holds_subjects(&folder.name);
        if names_subjects && (folder.contents.entries == 0 || folder.contents.rows == 0) {
            return false;
        }
        let is_strong = own.weight >= 45;
        let mut seen = [false; Layer::ALL.len()];
        let mut see = |layer: Layer| {
            let counts = matches!(
                layer,
                Layer::Presentation | Layer::Application | Layer::Domain | Layer::Infrastructure
            );
            if counts && (layer != own.layer || !is_strong) {
                seen[layer as usize] = true;
            }
        };
        for child in &folder.children {
            let child = &self[*child];
            let word = folder_word(&child.name)
                .filter(|word| word.weight >= 40 || word.grip == Grip::Contents(Question::Rows));
            if let Some((word, _)) = word.and_then(|word| ask(word, child.contents, None)) {
                see(word.layer);
            }
        }
        for id in &folder.modules {
            let stem = source.stem(*id);
            let is_plain = matches!(stem, "models" | "model");
            if let Some(word) = file_word(stem).filter(|word| word.weight >= 45 || is_plain) {
                see(word.layer);
            }
        }
        seen.iter().filter(|yes| **yes).count() >= 2
    }
}

/// Whether, inside a folder that frames `outer`, a name that indicates `inner` becomes a frame itself.
fn gives_way(outer: Layer, inner: Layer, folder: &Folder) -> bool {
    match outer {
        Layer::Infrastructure => {
            matches!(inner, Layer::Presentation | Layer::Composition | Layer::Infrastructure)
        }
        Layer::Presentation => matches!(inner, Layer::Presentation | Layer::Composition),
        // `application/web` contains the routes of the application if it uses HTTP.
        Layer::Application => {
            let share = folder.contents.share(folder.contents.web);
            inner == Layer::Presentation && share >= 30
        }
        _ => false,
    }
}

fn frame_of(around: &[Hint]) -> Option<Layer> {
    around.iter().find(|saying| saying.is_frame).map(|saying| saying.layer)
}

/// Resolves the meaning of an ambiguous word here, and whether it frames; `None` if it has no meaning.
fn ask(word: Word, contents: Contents, frame: Option<Layer>) -> Option<(Word, bool)> {
    let question = match word.grip {
        Grip::Frame => return Some((word, true)),
        Grip::Within | Grip::Plain => return Some((word, false)),
        Grip::Contents(question) => question,
    };
    let (layer, weight, is_frame) = match question {
        Question::Pure => {
            let pure = contents.share(contents.pure);
            match pure {
                _ if contents.all == 0 => (word.layer, word.weight, true),
                _ if frame == Some(Layer::Domain) => (word.layer, word.weight, false),
                // With routes inside, "domain" is not a layer but a collection of features.
                _ if contents.share(contents.entries) >= 8 => return None,
                // A single impure module is a violation; a folder full of them is something else.
                70.. => (word.layer, word.weight + 20, true),
                40..70 => (word.layer, word.weight, true),
                _ => (word.layer, word.weight / 2, false),
            }
        }
        Question::Rows => {
            if contents.rows > 0 {
                (Layer::Infrastructure, word.weight, false)
            } else if frame.is_some() {
                return None;
            } else {
                (Layer::Domain, 20, false)
            }
        }
        Question::Ports => {
            if contents.share(contents.ports) >= 40 {
                (Layer::Domain, 45, false)
            } else if contents.web > 0 || contents.commands > 0 {
                (Layer::Presentation, 50, true)
            } else {
                return None;
            }
        }
        Question::Requests => {
            if contents.share(contents.web) >= 30 {
                (Layer::Presentation, 40, false)
            } else {
                (Layer::Application, 40, false)
            }
        }
        Question::CommandLine => {
            if contents.share(contents.commands) >= 30 {
                (Layer::Presentation, 45, false)
            } else {
                (Layer::Application, 25, false)
            }
        }
        Question::Reads => {
            if contents.share(contents.data) >= 40 {
                (Layer::Infrastructure, 20, false)
            } else {
                (Layer::Application, word.weight, false)
            }
        }
        Question::Settings => {
            if contents.all == 0 || contents.settings > 0 {
                (word.layer, word.weight, false)
            } else {
                (word.layer, word.weight / 2, false)
            }
        }
        Question::Data => {
            if contents.share(contents.pure) >= 60 {
                (Layer::Domain, word.weight, false)
            } else {
                return None;
            }
        }
    };
    Some((Word { layer, weight, grip: Grip::Plain }, is_frame))
}

/// Normalizes the name of a folder or file to the spelling of the tables: `OrderService` and `order-service` become
/// `order_service`.
pub(super) fn normal(name: &str) -> Name {
    let mut spelt = String::with_capacity(name.len() + 2);
    let mut after_small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && after_small {
            spelt.push('_');
        }
        after_small = letter.is_lowercase() || letter.is_ascii_digit();
        match letter {
            '-' | '.' => spelt.push('_'),
            letter => spelt.extend(letter.to_lowercase()),
        }
    }
    spelt.into()
}
