//! What a service starts: the program, its code, processes and port; also through a script of the project.

use libraries::{Job, Names, Program};
use report::deployment::{File, Image, Service, Spot, Written, filled};

use super::script;

/// Limit on nested scripts.
const MOST_SCRIPTS: usize = 4;

/// One program that a service starts.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The service, by index.
    pub service: usize,
    /// The program; `None` if a module is run by itself.
    pub program: Option<&'static Program>,
    /// Its job.
    pub job: Job,
    /// The arguments of the program.
    pub words: Vec<String>,
    /// The file that Python runs, as written: `/srv/shop/main.py`.
    pub file: Option<String>,
    /// The module in it: `shop.main`.
    pub module: Option<String>,
    /// The module's attribute: `app`.
    pub attribute: Option<String>,
    /// The folder in which modules are searched, if specified.
    pub folder: Option<String>,
    /// Whether it runs under a condition in a script.
    pub is_conditional: bool,
    /// Whether a shell stays between it and the container: signals don't reach it.
    pub is_behind_shell: bool,
    /// Its position.
    pub at: Spot,
}

/// A number, and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The number.
    pub count: u32,
    /// As written: `--workers 4`.
    pub words: String,
    /// Its position.
    pub at: Spot,
}

impl Launch {
    /// The value of one of these options: the next word, or after `=`.
    pub fn option(&self, names: &[&str]) -> Option<&str> {
        self.option_named(names).map(|(_, value)| value)
    }

    /// The same with the option's name. Of an option that is said twice the last counts, whatever its spelling.
    fn option_named<'n>(&self, names: &[&'n str]) -> Option<(&'n str, &str)> {
        for (index, word) in self.words.iter().enumerate().rev() {
            for name in names {
                if word == name {
                    return Some((name, self.words.get(index + 1)?));
                }
                let rest = word.strip_prefix(name);
                let is_short = name.len() == 2;
                let value = rest.and_then(|rest| match rest.strip_prefix('=') {
                    Some(value) => Some(value),
                    None => (is_short && !name.starts_with("--")).then_some(rest),
                });
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    return Some((name, value));
                }
            }
        }
        None
    }

    /// Whether it contains one of these words.
    pub fn has(&self, names: &[&str]) -> bool {
        self.words.iter().any(|word| names.contains(&word.as_str()))
    }

    /// The number of processes on its command line.
    pub fn processes(&self) -> Option<Count> {
        let program = self.program?;
        let (option, count) = self.option_named(program.workers)?;
        let count = filled(count).parse().ok()?;
        Some(Count { count, words: format!("{option} {count}"), at: self.at.clone() })
    }

    /// The port that it listens on: from an option, else the program's default if nothing else may set one.
    pub fn port(&self, service: &Service) -> Option<u16> {
        let program = self.program?;
        if let Some(said) = self.option(program.ports) {
            return filled(said).rsplit(':').next()?.parse().ok();
        }
        let may_be_elsewhere = service.environment.iter().any(|it| it.name.contains("PORT"))
            || service.environment.iter().any(|it| it.name.ends_with("_CMD_ARGS"))
            || service.has_hidden_environment
            || self.has(&["-c", "--config", "--uds", "--fd"])
            || self.words.iter().any(|word| word.contains('$') || word.starts_with("--config="));
        if may_be_elsewhere { None } else { program.port }
    }

    /// Takes a target that isn't on its command line: `shop.main:app`.
    pub(super) fn names(&mut self, word: &str) {
        let (path, attribute) = word.split_once(':').unwrap_or((word, ""));
        self.module =
            if is_python_file(path) { of_file(path) } else { is_dotted(path).then(|| path.to_owned()) };
        self.attribute = Some(attribute.to_owned()).filter(|it| self.module.is_some() && is_name(it));
    }

    /// Its name in a sentence: `uvicorn shop.main:app`.
    pub fn name(&self) -> String {
        if let (None, Some(file)) = (self.program, &self.file) {
            return format!("python {file}");
        }
        let program = self.program.map_or("python -m", |it| it.name);
        match (&self.module, &self.attribute) {
            (Some(module), Some(attribute)) => format!("{program} {module}:{attribute}"),
            (Some(module), None) => format!("{program} {module}"),
            _ => program.to_owned(),
        }
    }
}

/// Whether a service runs what belongs to the project: the contents of other images don't.
fn is_own(service: &Service) -> bool {
    let is_built = service.built_from.is_some()
        || service.written != Written::Compose
        || (service.image.is_none() && !service.command.is_empty());
    is_built && service.technology().is_none()
}

/// Commands that start nothing: they keep a container open.
const IDLE: &str = "bash echo false sh sleep tail true";

/// Commands that start another.
const AROUND: &str = "bash dumb-init env exec sh tini";

/// What a service of Python starts where nothing is known of it: a script that isn't there, a supervisor.
pub(super) fn unknown(service: &Service, image: Option<&Image>) -> Option<String> {
    if !is_own(service) {
        return None;
    }
    let is_python = image.and_then(|it| it.base.as_deref()).is_some_and(|it| it.contains("python"));
    let name = |word: &String| word.rsplit('/').next().unwrap_or(word).to_owned();
    let mut words = service.command.iter();
    let first = words.find(|it| !it.starts_with('-') && !AROUND.split(' ').any(|known| known == name(it)))?;
    let is_script = super::is_shell(first);
    let starts =
        (is_python || is_script) && !IDLE.split(' ').any(|it| it == name(first)) && !first.contains('$');
    starts.then(|| format!("{}: {first}", service.name))
}

/// The programs that all services start.
pub(super) fn launches(services: &[Service], images: &[Image], files: &[File]) -> Vec<Launch> {
    let mut found = Vec::new();
    for (index, service) in services.iter().enumerate() {
        if !is_own(service) {
            continue;
        }
        let image = service.dockerfile.as_ref().and_then(|path| images.iter().find(|it| it.file == *path));
        let scripts = Scripts { files, service, image };
        let mut reader = Reader { service: index, scripts, is_in_script: false, found: Vec::new() };
        reader.commands(&service.command, &service.command_at, service.folder.as_ref(), false, 0);
        for launch in &mut reader.found {
            named_by_variable(launch, service);
        }
        found.extend(reader.found);
    }
    found
}

/// Takes the target from the variable that the program reads where the command names none: `FLASK_APP`.
fn named_by_variable(launch: &mut Launch, service: &Service) {
    let Some(variable) = launch.program.and_then(Program::target_variable) else { return };
    let said = service.environment.iter().find(|it| it.name == variable).and_then(|it| it.value.as_deref());
    if let Some(word) = said.filter(|_| launch.module.is_none()) {
        launch.names(word);
    }
}

struct Scripts<'s> {
    files: &'s [File],
    service: &'s Service,
    image: Option<&'s Image>,
}

struct Reader<'s> {
    service: usize,
    scripts: Scripts<'s>,
    /// Whether what is read now is in a script of the shell.
    is_in_script: bool,
    found: Vec<Launch>,
}

impl Reader<'_> {
    fn commands(
        &mut self,
        words: &[String],
        at: &Spot,
        folder: Option<&String>,
        is_conditional: bool,
        depth: usize,
    ) {
        let ends = |word: &String| matches!(word.as_str(), "&&" | "||" | ";" | "|" | "&");
        let mut folder = folder.cloned();
        for command in words.split(ends) {
            if let [change, to] = command
                && change == "cd"
            {
                folder = Some(to.clone());
                continue;
            }
            self.command(command, at, folder.as_ref(), is_conditional, depth);
        }
    }

    fn command(
        &mut self,
        words: &[String],
        at: &Spot,
        folder: Option<&String>,
        is_conditional: bool,
        depth: usize,
    ) {
        let is_echo = words.first().is_some_and(|it| matches!(it.as_str(), "echo" | "printf" | "#"));
        if is_echo {
            return;
        }
        let is_behind_shell = self.is_in_script && words.first().is_none_or(|it| it != "exec");
        let launch = |program: Option<&'static Program>, words: &[String]| Launch {
            service: self.service,
            program,
            job: program.map_or(Job::Script, |it| it.job),
            words: words.to_vec(),
            file: None,
            module: None,
            attribute: None,
            folder: folder.cloned(),
            is_conditional,
            is_behind_shell,
            at: at.clone(),
        };
        for (index, word) in words.iter().enumerate() {
            let rest = words.get(index + 1..).unwrap_or_default();
            let last = word.rsplit('/').next().unwrap_or(word);
            if let Some(program) = Program::of_word(word) {
                let known = program.subcommands();
                if !known.is_empty() && !rest.iter().any(|it| known.contains(&it.as_str())) {
                    return;
                }
                let mut launch = launch(Some(program), &self.scripts.with_settings(program, rest));
                (launch.module, launch.attribute) = target(program, &launch);
                self.found.push(launch);
                return;
            }
            if last.starts_with("python") && !last.contains('.')
                || matches!(last, "python3.13" | "python3.12")
            {
                if let Some(at) = rest.iter().position(|it| it == "-m") {
                    let Some(module) = rest.get(at + 1) else { return };
                    if Program::of_word(module).is_some() {
                        continue;
                    }
                    let mut launch = launch(None, rest.get(at + 2..).unwrap_or_default());
                    launch.module = is_dotted(module).then(|| module.clone());
                    self.found.push(launch);
                    return;
                }
                if let Some(at) = rest.iter().position(|it| is_python_file(it)) {
                    let mut launch = launch(None, rest.get(at + 1..).unwrap_or_default());
                    launch.file = Some(rest[at].clone());
                    launch.module = of_file(&rest[at]);
                    self.found.push(launch);
                    return;
                }
                continue;
            }
            if is_python_file(word) && index == 0 {
                let mut launch = launch(None, rest);
                launch.file = Some(word.clone());
                launch.module = of_file(word);
                self.found.push(launch);
                return;
            }
            if depth < MOST_SCRIPTS
                && let Some(file) = self.scripts.find(word)
            {
                // A script that handles signals hands them on.
                let was_in_script = std::mem::replace(&mut self.is_in_script, !file.text.contains("trap "));
                for line in script::commands(&file.text) {
                    let spot = Spot { file: file.path.clone(), line: line.number };
                    let is_conditional = is_conditional || line.is_conditional;
                    // The script's arguments are what it finally runs.
                    let words: Vec<String> = line
                        .words
                        .iter()
                        .flat_map(|it| if it == "$@" { rest.to_vec() } else { vec![it.clone()] })
                        .collect();
                    let spot = if line.words.iter().any(|it| it == "$@") { at.clone() } else { spot };
                    self.commands(&words, &spot, folder, is_conditional, depth + 1);
                }
                self.is_in_script = was_in_script;
                return;
            }
        }
    }
}

impl<'s> Scripts<'s> {
    /// The words of a command after the options that the file with its settings gives: `uwsgi --ini shop.ini`.
    fn with_settings(&self, program: &Program, words: &[String]) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(section) = program.settings_section() {
            for file in words.iter().filter(|it| is_ini(it)).filter_map(|it| self.file(it)) {
                all.extend(options(&file.text, section));
            }
        }
        all.extend_from_slice(words);
        all
    }

    /// The project file that a word of a command runs.
    fn find(&self, word: &str) -> Option<&'s File> {
        let is_path = word.contains('/') || word.rsplit_once('.').is_some_and(|(_, ending)| ending == "sh");
        if !is_path || word.contains("://") || word.starts_with('-') {
            return None;
        }
        self.file(word)
    }

    /// The project file that is at a path in the image.
    fn file(&self, word: &str) -> Option<&'s File> {
        let context = self.service.built_from.as_deref().unwrap_or_default();
        let below = |path: &str| {
            let path = path.trim_start_matches("./").trim_start_matches('/');
            if context.is_empty() { path.to_owned() } else { format!("{context}/{path}") }
        };
        let copied = self.image.and_then(|image| {
            let wanted = inside(image, word);
            image.copies.iter().rev().find_map(|(from, to)| {
                let origin = origin(from, &inside(image, to), &wanted)?;
                self.files.iter().find(|file| file.path == below(&origin))
            })
        });
        copied.or_else(|| {
            let mut rest = word.trim_start_matches("./").trim_start_matches('/');
            // A path in the image may start with the image's folders.
            loop {
                if let Some(file) = self.files.iter().find(|file| file.path == below(rest)) {
                    return Some(file);
                }
                rest = rest.split_once('/')?.1;
            }
        })
    }
}

fn is_ini(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "ini")
}

/// The keys of a section of an INI file, as options of a command line.
fn options(text: &str, section: &str) -> Vec<String> {
    let mut is_in = false;
    let mut all = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            is_in = name.trim() == section;
        } else if let Some((key, value)) =
            line.split_once('=').filter(|_| is_in && !line.starts_with(['#', ';']))
        {
            all.extend([format!("--{}", key.trim().replace('_', "-")), value.trim().to_owned()]);
        }
    }
    all
}

/// A path in an image, from its root.
fn inside(image: &Image, path: &str) -> String {
    let start = if path.starts_with('/') { "" } else { image.folder.as_deref().unwrap_or_default() };
    let parts = start.split('/').chain(path.split('/')).filter(|it| !it.is_empty() && *it != ".");
    parts.flat_map(|it| ["/", it]).collect()
}

/// What becomes `wanted` if `from` is copied to `to`: itself, in a folder of the image, or in a folder that is copied.
fn origin(from: &str, to: &str, wanted: &str) -> Option<String> {
    let Some(rest) = wanted.strip_prefix(to)?.strip_prefix('/') else {
        return (wanted == to).then(|| from.to_owned());
    };
    let from = from.trim_end_matches('/');
    let is_itself = from.rsplit('/').next() == Some(rest);
    Some(if is_itself { from.to_owned() } else { format!("{from}/{rest}") })
}

/// The target of a program's command line.
fn target(program: &Program, launch: &Launch) -> (Option<String>, Option<String>) {
    let parted = |word: &str| -> (Option<String>, Option<String>) {
        match word.split_once(':') {
            Some((module, attribute)) => {
                let attribute = attribute.trim_end_matches("()");
                let attribute = attribute.split(['(', '.']).next().unwrap_or(attribute);
                (Some(module.to_owned()), Some(attribute.to_owned()).filter(|it| is_name(it)))
            }
            None => (Some(word.to_owned()), None),
        }
    };
    match program.names {
        Names::Attribute => {
            let is_target = |word: &&String| {
                let (module, attribute) = word.split_once(':').unwrap_or((word.as_str(), ""));
                is_dotted(module)
                    && is_name(attribute.trim_end_matches("()").split('(').next().unwrap_or_default())
            };
            if let Some(word) = launch.words.iter().find(is_target) {
                return parted(word);
            }
            let is_gateway = |word: &&String| {
                is_dotted(word) && matches!(word.rsplit_once('.'), Some((_, "wsgi" | "asgi")))
            };
            launch.words.iter().find(is_gateway).map_or((None, None), |word| parted(word))
        }
        Names::Option(names) => match launch.option(names) {
            // `--mount /=shop.wsgi:app`
            Some(word) if word.starts_with('/') && word.contains('=') => {
                parted(word.rsplit('=').next().unwrap_or(word))
            }
            Some(word) if is_python_file(word) => (of_file(word), None),
            Some(word) if is_dotted(word.split(':').next().unwrap_or(word)) => parted(word),
            _ => (None, None),
        },
        Names::File => (launch.words.iter().find(|it| is_python_file(it)).and_then(|it| of_file(it)), None),
        Names::Dotted => {
            let word = launch.words.iter().find(|it| it.contains('.') && is_dotted(it));
            match word.and_then(|word| word.rsplit_once('.')) {
                Some((module, attribute)) => (Some(module.to_owned()), Some(attribute.to_owned())),
                None => (None, None),
            }
        }
        Names::Nothing => (None, None),
    }
}

fn is_python_file(word: &str) -> bool {
    word.strip_suffix(".py").is_some_and(|stem| !stem.is_empty() && !stem.contains(['$', '*']))
}

fn of_file(path: &str) -> Option<String> {
    let stem = path.strip_suffix(".py")?.trim_start_matches("./").trim_start_matches('/');
    Some(stem.replace('/', "."))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_alphabetic() || it == '_')
        && text.chars().all(|it| it.is_alphanumeric() || it == '_')
}

fn is_dotted(text: &str) -> bool {
    text.split('.').all(is_name)
}
