//! The final image of a Dockerfile.

use parse_dockerfile::{Command, HealthcheckArguments, Instruction};

use super::read::words;
use super::service::{Probe, Spot, Variable, asked_for};

/// The final image of a Dockerfile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// Relative to the project.
    pub file: String,
    /// The base of the last stage, as written: an image, or a stage of the same file.
    pub base: Option<String>,
    /// The image of each stage, in order, with its line. Names of earlier stages are left out.
    pub bases: Vec<(String, u32)>,
    /// The words of its command, preceded by an entry point; `None` if it has neither.
    pub command: Option<Vec<String>>,
    /// The position of the command.
    pub command_at: Spot,
    /// The user that its last stage switches to, with its position; `None` if it keeps that of its base.
    pub user: Option<(String, Spot)>,
    /// Variables set in the last stage, or in a stage that it is based on.
    pub environment: Vec<Variable>,
    /// Its health check.
    pub probes: Vec<Probe>,
    /// Folders that are declared as volumes.
    pub volumes: Vec<String>,
    /// The working directory of its command.
    pub folder: Option<String>,
    /// The copies from the build context into the last stages: from, to.
    pub copies: Vec<(String, String)>,
    /// Default values of build arguments.
    pub arguments: Vec<(String, String)>,
}

/// Reads a Dockerfile; `None` if it can't be parsed.
pub fn image(file: &str, text: &str) -> Option<Image> {
    let text = &with_cleared(text);
    let parsed = parse_dockerfile::parse(text).ok()?;
    let line_of = |offset: usize| -> u32 {
        let before = text.get(..offset).unwrap_or_default();
        before.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1
    };
    let spot = |offset: usize| Spot { file: file.to_owned(), line: line_of(offset) };
    let mut image = Image { file: file.to_owned(), ..Image::default() };
    let mut stages: Vec<(String, Image)> = Vec::new();
    let mut name = String::new();
    let (mut entry, mut command): (Option<Vec<String>>, Option<Vec<String>>) = (None, None);
    for instruction in &parsed.instructions {
        match instruction {
            Instruction::From(from) => {
                close(&mut image, entry.take(), command.take());
                stages.push((std::mem::take(&mut name), image.clone()));
                let base = from.image.value.to_string();
                // A stage based on another continues with its settings.
                let known = stages.iter().rev().find(|(name, _)| !name.is_empty() && *name == base);
                image = known.map_or_else(
                    || Image {
                        file: file.to_owned(),
                        bases: image.bases.clone(),
                        arguments: image.arguments.clone(),
                        ..Image::default()
                    },
                    |(_, stage)| Image {
                        bases: image.bases.clone(),
                        arguments: image.arguments.clone(),
                        ..stage.clone()
                    },
                );
                if known.is_none() {
                    image.bases.push((base.clone(), line_of(from.from.span.start)));
                }
                image.base = Some(known.and_then(|(_, stage)| stage.base.clone()).unwrap_or(base));
                name = from.as_.as_ref().map(|(_, name)| name.value.to_string()).unwrap_or_default();
            }
            Instruction::Arg(arg) => {
                if let Some((name, value)) = arg.arguments.value.split_once('=') {
                    let value = value.trim().trim_matches(['"', '\'']);
                    image.arguments.push((name.trim().to_owned(), value.to_owned()));
                }
            }
            Instruction::Cmd(cmd) => {
                command = Some(of_command(&cmd.arguments));
                image.command_at = spot(cmd.cmd.span.start);
            }
            Instruction::Entrypoint(it) => {
                entry = Some(of_command(&it.arguments));
                command = None;
                image.command_at = spot(it.entrypoint.span.start);
            }
            Instruction::Env(env) => {
                let at = spot(env.env.span.start);
                image.environment.extend(
                    variables(&env.arguments.value).into_iter().map(|(name, value)| Variable {
                        name,
                        value: Some(value),
                        at: at.clone(),
                    }),
                );
            }
            Instruction::Workdir(it) => {
                let folder = it.arguments.value.trim();
                image.folder = Some(match &image.folder {
                    Some(before) if !folder.starts_with('/') => format!("{before}/{folder}"),
                    _ => folder.to_owned(),
                });
            }
            Instruction::Copy(copy) => {
                let is_from_stage = copy.options.iter().any(|flag| flag.name.value == "from");
                for source in copy.src.iter().filter(|_| !is_from_stage) {
                    if let parse_dockerfile::Source::Path(path) = source {
                        image.copies.push((path.value.to_string(), copy.dest.value.to_string()));
                    }
                }
            }
            Instruction::User(it) => {
                image.user = Some((it.arguments.value.trim().to_owned(), spot(it.user.span.start)));
            }
            Instruction::Volume(it) => {
                let all = match &it.arguments {
                    parse_dockerfile::JsonOrStringArray::Json(list) => &list.value,
                    parse_dockerfile::JsonOrStringArray::String(list) => list,
                };
                image.volumes.extend(all.iter().map(|it| it.value.to_string()));
            }
            Instruction::Healthcheck(check) => {
                image.probes.clear();
                if let HealthcheckArguments::Cmd { arguments, .. } = &check.arguments {
                    image.probes.extend(asked_for(&of_command(arguments)).map(|(path, port)| Probe {
                        kind: "HEALTHCHECK".to_owned(),
                        path,
                        port,
                        at: spot(check.healthcheck.span.start),
                    }));
                }
            }
            _ => {}
        }
    }
    close(&mut image, entry, command);
    Some(image)
}

/// Writes `ENTRYPOINT []` and `CMD []`, which clear what the base says and which the parser refuses, as a command of the
/// shell that does nothing. Offsets stay.
fn with_cleared(text: &str) -> String {
    let cleared = |line: &str| {
        let (instruction, rest) = line.trim_start().split_once(char::is_whitespace)?;
        let is_command = ["ENTRYPOINT", "CMD"].iter().any(|it| instruction.eq_ignore_ascii_case(it));
        let inner = rest.trim().strip_prefix('[')?.strip_suffix(']')?;
        let is_empty = is_command && inner.trim().is_empty();
        is_empty.then(|| line.replace('[', NOTHING).replace(']', " "))
    };
    text.split_inclusive('\n').map(|line| cleared(line).unwrap_or_else(|| line.to_owned())).collect()
}

/// A command of the shell that does nothing.
const NOTHING: &str = ":";

/// Sets a stage's command. A new entry point resets the command of the base stage.
fn close(image: &mut Image, entry: Option<Vec<String>>, command: Option<Vec<String>>) {
    if entry.is_some() || command.is_some() {
        let all: Vec<String> = entry.into_iter().flatten().chain(command.into_iter().flatten()).collect();
        image.command = Some(all).filter(|it| !it.is_empty());
    }
}

fn of_command(command: &Command<'_>) -> Vec<String> {
    match command {
        Command::Exec(list) => list.value.iter().flat_map(|it| words(&it.value)).collect(),
        Command::Shell(text) if text.value.trim() == NOTHING => Vec::new(),
        Command::Shell(text) => words(&text.value.replace("\\\r\n", " ").replace("\\\n", " ")),
        _ => Vec::new(),
    }
}

/// `A=1 B="two words"`, or the old `A 1`.
fn variables(text: &str) -> Vec<(String, String)> {
    let text = text.replace("\\\r\n", " ").replace("\\\n", " ");
    if let Some((name, value)) = text.trim().split_once(char::is_whitespace)
        && !name.contains('=')
    {
        return vec![(name.to_owned(), value.trim().to_owned())];
    }
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some((name, after)) = rest.split_once('=') {
        let (value, next) = match after.chars().next() {
            Some(mark @ ('"' | '\'')) => {
                let inner = after.get(1..).unwrap_or_default();
                inner.split_once(mark).unwrap_or((inner, ""))
            }
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        found.push((name.trim().to_owned(), value.to_owned()));
        rest = next.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_stage_is_what_runs() {
        let text = "ARG V=3.13\nFROM python:${V} AS base\nENV A=1 B=\"two words\"\nWORKDIR /app\nFROM base AS build\n\
                    CMD [\"x\"]\nFROM base\nCOPY . .\nCOPY --from=build /x /y\nHEALTHCHECK CMD curl -f http://localhost:8000/health || exit 1\n\
                    ENTRYPOINT [\"/entry.sh\"]\nCMD uvicorn \\\n  shop.main:app\n";
        let image = image("Dockerfile", text).expect("it is one");
        assert_eq!(image.base.as_deref(), Some("python:${V}"));
        let names: Vec<&str> = image.environment.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["A", "B"]);
        assert_eq!(image.command.unwrap_or_default(), ["/entry.sh", "uvicorn", "shop.main:app"]);
        assert_eq!(image.command_at.line, 12);
        assert_eq!(image.folder.as_deref(), Some("/app"));
        assert_eq!(image.copies, [(".".to_owned(), ".".to_owned())]);
        let probe = &image.probes[0];
        assert_eq!((probe.path.as_str(), probe.port, probe.at.line), ("/health", Some(8000), 10));
        assert_eq!(image.arguments, [("V".to_owned(), "3.13".to_owned())]);
    }

    #[test]
    fn an_empty_list_clears_what_the_base_says() {
        let command = |text: &str| image("Dockerfile", text).expect("it is one").command.unwrap_or_default();
        let base = "FROM python:3.13 AS base\nENTRYPOINT [\"/entry.sh\"]\nFROM base\n";
        assert_eq!(command(&format!("{base}ENTRYPOINT []\nCMD [\"uvicorn\"]\n")), ["uvicorn"]);
        assert_eq!(command(&format!("{base}entrypoint [ ]\n")), Vec::<String>::new());
        assert_eq!(command(base), ["/entry.sh"]);
    }
}
