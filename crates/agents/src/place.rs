//! `place`: where does something new belong? Where its siblings are, named like them, registered like them.

mod kinds;
mod naming;
mod siblings;

use camino::Utf8PathBuf;
use config::Level;
use model::{Architecture, ModuleId};
use serde::Deserialize;
use serde_json::{Value, json};
use workspace::Snapshot;

use self::kinds::Kind;
use self::siblings::Sibling;
use crate::answer::{Answer, BUDGET};
use crate::session::{Session, project};
use crate::subject;
use crate::{Refused, delta, may_import};

/// The arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// `service`, `repository`…
    kind: String,
    /// `Invoice`, `InvoiceService`
    name: String,
    /// Files or symbols that it will import.
    #[serde(default)]
    uses: Vec<String>,
    /// The package of its bounded context.
    context: Option<String>,
    budget: Option<usize>,
}

/// The place of something new.
#[derive(Debug)]
struct Placed {
    answer: Answer,
    path: Option<Utf8PathBuf>,
    imports: Vec<String>,
}

/// Runs the tool.
///
/// # Errors
/// If the kind is unknown, the name is invalid, or something in `uses` is unknown.
pub(crate) fn run(session: &mut Session, arguments: &Arguments) -> Result<Value, Refused> {
    let kind = kinds::by_word(&arguments.kind).ok_or_else(|| {
        let known: Vec<&str> = kinds::ALL.iter().map(|kind| kind.words[0]).collect();
        Refused::new(format!("`{}` is no kind that is known; known are {}", arguments.kind, known.join(", ")))
    })?;
    let name = naming::camel(&arguments.name)
        .ok_or_else(|| Refused::new(format!("`{}` is no name for a class", arguments.name)))?;
    let root = session.root();
    let mut placed = session.look(|snapshot| find(snapshot, root, kind, &name, arguments))??;
    if let Some(path) = placed.path.filter(|_| !placed.imports.is_empty()) {
        let mut text = placed.imports.join("\n") + "\n";
        let before = session.text(&path);
        text.push_str(before.as_deref().unwrap_or_default());
        let laid = [(path.clone(), before.or(Some(String::new())))];
        let delta = delta::compare(session, &laid, &[(path, Some(text))], &[], &delta::Rules::All)?;
        let conflicts: Vec<_> = delta.new.into_iter().filter(|row| row.severity >= Level::Warning).collect();
        placed.answer.field("uses_are_allowed", conflicts.is_empty());
        placed.answer.list("conflicts", 0, 1, conflicts);
    }
    Ok(placed.answer.fit(arguments.budget.unwrap_or(BUDGET)))
}

fn find(
    snapshot: &Snapshot,
    root: &camino::Utf8Path,
    kind: &Kind,
    name: &str,
    arguments: &Arguments,
) -> Result<Placed, Refused> {
    let project = project(snapshot)?;
    let architecture = snapshot.architecture(project);
    let (mut imports, mut used) = (Vec::new(), Vec::new());
    for text in &arguments.uses {
        let subject = subject::find(snapshot, root, text)?;
        let module = &architecture.modules[subject.module].name;
        imports.push(may_import::statement(module, subject.imported_name(), &[]));
        used.push(subject.module);
    }
    let group = siblings::find(snapshot, project, &architecture, kind);
    let context = context_of(&architecture, arguments, name, &used)?;
    let mut answer = Answer::default();
    answer.field("kind", kind.words[0]);
    answer.field("layer", kind.layer.as_str());
    answer.maybe("bounded_context", context.as_ref());
    let stem = naming::without(name, kind.suffixes);
    let class = if kind.is_class { Some(naming::class_name(stem, kind, &group)) } else { None };
    answer.maybe("class_name", class.as_ref());
    let folder = siblings::folder(&architecture, &group, context.as_deref(), kind);
    let Some(folder) = folder else {
        answer.field("sure", false);
        answer.field(
            "why",
            format!(
                "the project has no {} and no folder of the {} layer to learn from",
                kind.words[0], kind.layer
            ),
        );
        return Ok(Placed { answer, path: None, imports });
    };
    let file = naming::file(stem, class.as_deref().unwrap_or(name), &group, kind);
    let path = if folder.path.is_empty() { file.clone() } else { format!("{}/{file}", folder.path) };
    let is_there = snapshot.project_of(&root.join(&path)).is_some();
    answer.field("path", &path);
    answer.field(if is_there { "add_to_existing_file" } else { "new_file" }, true);
    answer.field("sure", group.siblings.len() >= 2 && !folder.is_guess);
    answer.field("why", &folder.why);
    if let Some((base, count)) = group.common_base(&architecture) {
        answer.field(
            "base_class",
            json!({ "name": base, "used_by": format!("{count} of {}", group.classes()) }),
        );
    }
    let example = group.example(snapshot, project, &architecture, &folder.path);
    answer.maybe("example", example);
    answer.list("siblings_are_imported_in", 0, 1, group.registrations(&architecture));
    let near =
        group.siblings.iter().filter(|sibling| folder_of(&architecture, sibling.module) == folder.path);
    answer.list("siblings", 1, 2, near.map(|sibling| shown(&architecture, sibling)));
    Ok(Placed { answer, path: Some(root.join(path)), imports })
}

fn shown(architecture: &Architecture, sibling: &Sibling) -> String {
    let path = &architecture.modules[sibling.module].path;
    if sibling.class.is_empty() { path.to_string() } else { format!("{path}:{}", sibling.class) }
}

/// The folder of a module, relative to the root.
pub(crate) fn folder_of(architecture: &Architecture, module: ModuleId) -> &str {
    architecture.modules[module].path.parent().map_or("", camino::Utf8Path::as_str)
}

/// The bounded context of something new: the given one, the one in its name, or that of what it uses.
fn context_of(
    architecture: &Architecture,
    arguments: &Arguments,
    name: &str,
    used: &[ModuleId],
) -> Result<Option<String>, Refused> {
    let contexts = &architecture.layers.contexts;
    let last = |context: &str| context.rsplit('.').next().unwrap_or(context).to_owned();
    if let Some(wanted) = &arguments.context {
        let wanted = wanted.trim_end_matches('/').replace('/', ".");
        let found = contexts.iter().find(|context| ***context == *wanted || last(context) == wanted);
        if let Some(context) = found {
            return Ok(Some(context.to_string()));
        }
        let known: Vec<&str> = contexts.iter().map(python::Name::as_str).take(12).collect();
        let known = if known.is_empty() {
            "none is known here".to_owned()
        } else {
            format!("known are {}", known.join(", "))
        };
        return Err(Refused::new(format!("`{wanted}` is no bounded context of the project; {known}")));
    }
    let snake = python::naming::snake(name);
    let words: Vec<String> =
        snake.split('_').map(|word| python::naming::singular(word).to_string()).collect();
    let called =
        contexts.iter().find(|context| words.contains(&python::naming::singular(&last(context)).to_string()));
    let of_used = used.iter().find_map(|module| architecture.layers.context(*module));
    Ok(called.or(of_used).map(ToString::to_string))
}
