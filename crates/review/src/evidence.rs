//! All data that detections read, collected once from a snapshot and the files beside the code.

mod calls;
mod facts;
mod jobs;
mod launch;
mod locked;
mod messages;
mod processes;
mod purpose;
mod routes;
mod script;
mod settings;
mod structure;
mod tables;
mod target;
mod tasks;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use model::{ModuleId, PathRole, Project};
use report::deployment::{File, Image, Service, Spot, Stated};
use report::routes::NotRead;
use rustc_hash::FxHashMap;
use workspace::Snapshot;

pub use calls::Calls;
pub use facts::{Assignment, Call, Class, Function, Handler, Parameter, Read, Source};
pub use launch::{Count, Launch};
pub use locked::{Locked, Package, normalized};
pub use messages::Message;
pub use purpose::{is_for_development, is_named_for_development};
pub use routes::{ServedRoute, Shared};
pub use settings::Setting;
pub use structure::{Structure, Tangle};
pub use tables::{App, Index, Made, Migration, Revision, Revisions, Table};
pub use target::Target;
pub use tasks::Task;
pub use value::{Called, Value};

use crate::claim::Place;

/// All data that detections read.
#[derive(Debug)]
pub struct Evidence {
    /// The name of the project's folder.
    pub name: String,
    /// Files beside the code, sorted by path.
    pub files: Vec<File>,
    /// What they state about how it runs.
    pub stated: Stated,
    /// The programs that services start.
    pub launches: Vec<Launch>,
    /// The module of each launch.
    pub targets: Vec<Target>,
    /// The modules except tests, sorted by path.
    pub sources: Vec<Source>,
    /// How many modules are tests.
    pub tests: usize,
    /// Whether all Python was read: otherwise something missing here may exist.
    pub is_whole: bool,
    /// The routes, as in `architrave routes`.
    pub routes: Vec<ServedRoute>,
    /// What runs before several routes and grows with the data.
    pub shared: Vec<Shared>,
    /// Frameworks whose routes aren't supported.
    pub not_read: Vec<NotRead>,
    /// The rules' findings.
    pub findings: Vec<Found>,
    /// Commands, queries and events.
    pub messages: Vec<Message>,
    /// Style, layers, cycles of packages.
    pub structure: Structure,
    /// What is installed.
    pub locked: Locked,
    /// Settings declared in code.
    pub settings: Vec<Setting>,
    /// Tables of models.
    pub tables: Vec<Table>,
    /// Alembic revisions, by folder.
    pub revisions: Vec<Revisions>,
    /// Django migrations, by app.
    pub apps: Vec<App>,
}

/// A finding of a rule.
#[derive(Debug, Clone)]
pub struct Found {
    /// The rule.
    pub rule: &'static str,
    /// Its level.
    pub level: config::Level,
    /// The module, by index.
    pub source: usize,
    /// Its place.
    pub place: Place,
    /// Its message.
    pub message: String,
    /// What its first fix does.
    pub fix: Option<String>,
    /// The function that it is in: `Service.place`.
    pub function: Option<String>,
}

impl Found {
    /// Whether it is an error or a warning.
    pub fn is_loud(&self) -> bool {
        matches!(self.level, config::Level::Error | config::Level::Warning)
    }
}

/// Whether to read a file of this name, beside the code.
pub fn is_wanted(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    let ending = low.rsplit_once('.').map_or("", |(_, ending)| ending);
    report::deployment::is_wanted(name)
        || matches!(ending, "toml" | "sh" | "lock" | "ini" | "cfg")
        || locked::is_requirements(&low)
        || low == "requirements.txt"
        || low.starts_with(".env")
        || low.starts_with("entrypoint")
        || low.starts_with("start")
        || matches!(
            low.as_str(),
            ".python-version" | "runtime.txt" | "pipfile.lock" | "makefile" | "justfile" | ".dockerignore"
        )
        // In a folder `requirements` any: the path decides, see [`is_read`].
        || ending == "txt"
}

/// Whether a file whose name is wanted is read: a text that lists no requirements is none of ours.
pub fn is_read(path: &str) -> bool {
    let is_text = path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("txt"));
    !is_text || locked::is_requirements(path) || path.rsplit('/').next() == Some("runtime.txt")
}

/// Whether a file is a shell script, by its ending.
pub fn is_shell(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("sh"))
}

impl Evidence {
    /// Takes the evidence of one project. `files` are those for whose names [`is_wanted`] holds, with paths relative to the
    /// project.
    pub fn collect(snapshot: &Snapshot, project: Project, mut files: Vec<File>) -> Self {
        files.retain(|it| is_read(&it.path));
        let db = snapshot.db();
        let modules = model::query::modules(db, project);
        let read: Vec<(ModuleId, source::File)> = modules
            .iter()
            .filter(|(_, info)| info.role != PathRole::Tests)
            .map(|(id, info)| (id, info.file))
            .collect();
        let index: BTreeMap<ModuleId, usize> =
            read.iter().enumerate().map(|(index, (id, _))| (*id, index)).collect();
        let mut sources: Vec<Source> =
            read.iter().filter_map(|(_, file)| facts::source(snapshot, project, *file, &index)).collect();
        commands(&mut sources);
        let is_whole = sources.len() == read.len() && snapshot.unreadable(project).is_empty();
        let stated = report::deployment::stated(&files);
        let launches = launch::launches(&stated.services, &stated.images, &files);
        let (routes, shared) = routes::routes(snapshot, project, &sources);
        let mut evidence = Self {
            name: model::name(db, project),
            locked: locked::locked(&files),
            settings: settings::settings(&sources),
            tables: tables::tables(snapshot, project, &sources),
            revisions: tables::revisions(&sources, &files),
            apps: tables::apps(&sources),
            targets: Vec::new(),
            tests: modules.list.len() - read.len(),
            is_whole,
            routes,
            shared,
            not_read: report::routes::not_read(db, project),
            findings: findings(snapshot, project, &sources),
            messages: messages::messages(snapshot, project, &sources),
            structure: structure::structure(snapshot, project),
            files,
            stated,
            launches,
            sources,
        };
        let named: Vec<Option<String>> =
            evidence.launches.iter().map(|it| evidence.application_configured(it)).collect();
        for (launch, word) in evidence.launches.iter_mut().zip(named) {
            if let Some(word) = word {
                launch.names(&word);
            }
        }
        evidence.targets = evidence.launches.iter().map(|it| target::target(&evidence, it)).collect();
        evidence
    }

    /// The services, as described in each file.
    pub fn services(&self) -> &[Service] {
        &self.stated.services
    }

    /// The service of a launch.
    pub fn service(&self, launch: &Launch) -> &Service {
        &self.stated.services[launch.service]
    }

    /// The Dockerfile of a service.
    pub fn image(&self, service: &Service) -> Option<&Image> {
        let path = service.dockerfile.as_ref()?;
        self.stated.images.iter().find(|it| it.file == *path)
    }

    /// The launches with the modules that they start.
    pub fn started(&self) -> impl Iterator<Item = (&Launch, usize)> {
        self.launches.iter().zip(&self.targets).filter_map(|(launch, target)| match target {
            Target::Module(at) => Some((launch, *at)),
            Target::Missing | Target::Unknown => None,
        })
    }

    /// Services of Python whose command starts nothing that is known, with its first word.
    pub fn unknown_starts(&self) -> impl Iterator<Item = String> {
        self.services().iter().enumerate().filter_map(|(index, service)| {
            let is_known = self.launches.iter().any(|it| it.service == index);
            if is_known { None } else { launch::unknown(service, self.image(service)) }
        })
    }

    /// The modules that run when one is started: itself and its direct and indirect imports.
    pub fn reached(&self, from: usize) -> BTreeSet<usize> {
        let (mut open, mut found) = (vec![from], BTreeSet::from([from]));
        while let Some(at) = open.pop() {
            for next in &self.sources[at].imports {
                if found.insert(*next) {
                    open.push(*next);
                }
            }
        }
        found
    }

    /// The module of this name.
    pub fn module(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|it| it.name == name)
    }

    /// The index of a module.
    pub fn index_of(&self, source: &Source) -> usize {
        self.sources.iter().position(|it| it.id == source.id).unwrap_or_default()
    }

    /// The modules that Alembic runs to determine what to compare with.
    pub fn environments(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|it| {
            it.stem() == "env" && it.outside.iter().any(|name| libraries::is_of(name, "alembic"))
        })
    }

    /// The value assigned to a full name at the top level of its module: `shop.db.URL`.
    pub fn constant(&self, name: &str) -> Option<(&Value, Place)> {
        let (module, attribute) = name.rsplit_once('.')?;
        let source = self.module(module)?;
        let (value, line) = source.value(attribute)?;
        Some((value, Place::new(source.path.clone(), line)))
    }

    /// The setting that a value reads: `settings.database_url`, `os.environ["DATABASE_URL"]`. `None` if several have
    /// that name.
    pub fn setting_of(&self, value: &Value) -> Option<&Setting> {
        match value {
            Value::Name(name) => {
                let (_, field) = name.rsplit_once('.')?;
                let mut all = self.settings.iter().filter(|it| it.field.as_deref() == Some(field));
                all.next().filter(|_| all.next().is_none())
            }
            Value::Call(call) => {
                let is_read = matches!(call.callee.as_deref(), Some("os.getenv" | "os.environ.get"));
                let variable = call.positional(0).filter(|_| is_read)?.text()?;
                self.settings.iter().find(|it| it.field.is_none() && it.variable == variable)
            }
            _ => None,
        }
    }

    /// The values that services set for a variable, ignoring case, and where. May be secret.
    pub fn set_values(&self, variable: &str) -> Vec<(String, Spot)> {
        let services = self.services().iter().filter(|it| it.technology().is_none());
        let all = services.flat_map(|it| &it.environment).filter(|it| it.name.eq_ignore_ascii_case(variable));
        all.filter_map(|it| Some((report::deployment::filled(it.value.as_deref()?), it.at.clone()))).collect()
    }

    /// Whether any file beside the code, except lock files, names a variable, ignoring case.
    pub fn names_variable(&self, variable: &str) -> bool {
        let wanted = variable.to_ascii_uppercase();
        let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
        self.files.iter().filter(|it| !it.path.ends_with("lock")).any(|file| {
            let text = file.text.to_ascii_uppercase();
            text.match_indices(&wanted).any(|(at, _)| {
                let before = text.get(..at).and_then(|it| it.chars().next_back());
                let after = text.get(at + wanted.len()..).and_then(|it| it.chars().next());
                !before.is_some_and(is_part) && !after.is_some_and(is_part)
            })
        })
    }

    /// The function that handles a route.
    pub fn handler(&self, route: &ServedRoute) -> Option<(&Source, &Function)> {
        let source = self.sources.iter().find(|it| it.path == route.place.path)?;
        Some((source, source.functions.iter().find(|it| it.line == route.place.line)?))
    }

    /// The function that a finding is in.
    pub fn function_of(&self, found: &Found) -> Option<&Function> {
        self.sources[found.source].function(found.function.as_deref()?)
    }

    /// How calls from outside the project reach the function that a finding is in, if any are known to.
    pub fn way_to(&self, found: &Found) -> Option<flow::ways::Reached> {
        self.function_of(found)?.reached
    }

    /// The modules of the project's own code: no tests, migrations or generated files.
    pub fn code(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|it| it.role == PathRole::Code)
    }

    /// The calls in the project's own code, with their modules.
    pub fn calls(&self) -> impl Iterator<Item = (&Source, &Call)> {
        self.code().flat_map(|source| source.calls.iter().map(move |call| (source, call)))
    }

    /// The modules that services start, and all modules that these import.
    pub fn running(&self) -> BTreeSet<usize> {
        self.started().flat_map(|(_, at)| self.reached(at)).collect()
    }

    /// The workers' tasks.
    pub fn tasks(&self) -> Vec<Task> {
        tasks::tasks(self)
    }

    /// Whether a Dockerfile may create a module of this name, by a command or from elsewhere.
    pub fn is_made(&self, stem: &str) -> bool {
        let names = |file: &File| {
            let is_image = self.stated.images.iter().any(|it| it.file == file.path);
            is_image
                && file.text.lines().any(|line| {
                    let line = line.trim_start();
                    let is_source = ["RUN", "ADD", "COPY --from"].iter().any(|it| line.starts_with(it));
                    is_source && line.contains(&format!("{stem}.py"))
                })
        };
        self.files.iter().any(names)
    }

    /// The one-based number of the first line of a file that contains a text.
    pub fn line_with(&self, path: &str, text: &str) -> Option<u32> {
        let file = self.files.iter().find(|it| it.path == path)?;
        file.text.lines().position(|line| line.contains(text)).map(|it| it as u32 + 1)
    }
}

/// What comes in by a function that only a main module starts is a command, whatever runs it there: a thread, a loop.
fn commands(sources: &mut [Source]) {
    let programs: BTreeSet<flow::FunctionRef> = sources.iter().flat_map(|it| &it.programs).copied().collect();
    for function in sources.iter_mut().flat_map(|it| &mut it.functions) {
        if function.entry.is_some_and(|it| programs.contains(&it)) {
            function.reached = Some(flow::ways::Reached::Command);
        }
    }
}

fn findings(snapshot: &Snapshot, project: Project, sources: &[Source]) -> Vec<Found> {
    let of_file: FxHashMap<source::File, usize> =
        sources.iter().enumerate().map(|(index, it)| (it.file, index)).collect();
    let files: Vec<(Project, source::File)> = sources.iter().map(|it| (project, it.file)).collect();
    let mut found = Vec::new();
    for (file, list) in snapshot.check_files(&files) {
        let Some(at_source) = of_file.get(&file) else { continue };
        let text = snapshot.text(file);
        for finding in list.iter().filter(|it| !it.is_repeated) {
            let line = text.position(finding.span.start, source::PositionEncoding::Utf8).line + 1;
            found.push(Found {
                rule: finding.rule,
                level: finding.level,
                source: *at_source,
                place: Place::new(sources[*at_source].path.clone(), line),
                message: finding.message.clone(),
                fix: finding.fixes.first().map(|it| it.title.clone()),
                function: around(text.as_str(), line)
                    .and_then(|at| sources[*at_source].functions.iter().find(|it| it.line == at))
                    .map(|it| it.name.clone()),
            });
        }
    }
    found
}

/// The line of the `def` that a line is in, both from 1: the nearest one above with less indentation than all between.
fn around(text: &str, line: u32) -> Option<u32> {
    let lines: Vec<&str> = text.lines().take(line as usize).collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let is_function = |line: &str| {
        let line = line.trim_start();
        line.starts_with("def ") || line.starts_with("async def ")
    };
    let (last, above) = lines.split_last()?;
    if is_function(last) {
        return Some(line);
    }
    let mut least = depth(last);
    for (at, text) in above.iter().enumerate().rev() {
        // What closes a signature is as deep as its `def`.
        if text.trim().is_empty() || text.trim_start().starts_with([')', '#']) || depth(text) >= least {
            continue;
        }
        if is_function(text) {
            return Some(at as u32 + 1);
        }
        least = depth(text);
    }
    None
}
