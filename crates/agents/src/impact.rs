//! `impact`: what does a change of a file or a symbol affect?

use camino::Utf8PathBuf;
use model::{ModuleId, PathRole};
use serde::Deserialize;
use serde_json::{Value, json};
use workspace::{Affected, Snapshot};

use crate::answer::{Answer, BUDGET};
use crate::context::{direct_users, reaching_routes};
use crate::session::Session;
use crate::subject::{self, Subject};
use crate::{Refused, layer};

/// The arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// A file, a module or a symbol.
    target: String,
    budget: Option<usize>,
}

/// Runs the tool.
///
/// # Errors
/// If the target is unknown, or ambiguous.
pub(crate) fn run(session: &Session, arguments: &Arguments) -> Result<Value, Refused> {
    let root = session.root();
    let answer = session.look(|snapshot| {
        let subject = subject::find(snapshot, root, &arguments.target)?;
        Ok::<_, Refused>(of_subject(snapshot, &subject))
    })??;
    Ok(answer.fit(arguments.budget.unwrap_or(BUDGET)))
}

fn of_subject(snapshot: &Snapshot, subject: &Subject) -> Answer {
    let architecture = snapshot.architecture(subject.project);
    let modules = &architecture.modules;
    let info = &modules[subject.module];
    let root = subject.project.root(snapshot.db());
    let direct = direct_users(snapshot, subject);
    let role = |id: &ModuleId| modules[*id].role;
    // For a symbol: everything that depends on its users. For a file: everything that depends on it.
    let seeds: Vec<Utf8PathBuf> = match subject.symbol {
        None => vec![root.join(&info.path)],
        Some(_) => direct.iter().map(|id| root.join(&modules[*id].path)).collect(),
    };
    let reached: Vec<ModuleId> = match snapshot.affected(&seeds) {
        Affected::Files(files) => {
            let found = files.iter().filter_map(|path| snapshot.project_of(path));
            found.filter_map(|(_, file)| modules.of_file(file)).filter(|id| *id != subject.module).collect()
        }
        Affected::Everything(_) => modules.ids.to_vec(),
    };
    let mut answer = Answer::default();
    answer.field("path", &info.path);
    answer.maybe("symbol", subject.symbol.as_ref().map(|symbol| &symbol.name));
    answer.field("layer", layer::word(&architecture, subject.module));
    let (tests, code): (Vec<ModuleId>, Vec<ModuleId>) =
        reached.iter().partition(|id| role(id) == PathRole::Tests);
    answer.field("counts", json!({ "direct": direct.len(), "modules": code.len(), "tests": tests.len() }));
    let path = |id: &ModuleId| modules[*id].path.to_string();
    let with_layer = |id: &ModuleId| json!({ "path": path(id), "layer": layer::word(&architecture, *id) });
    let is_test = |id: &&ModuleId| role(id) == PathRole::Tests;
    answer.list("direct", 0, 2, direct.iter().filter(|id| !is_test(id)).map(with_layer));
    answer.list("by_layer", 0, 4, crate::context::by_layer(&architecture, &code));
    answer.list("routes", 1, 3, reaching_routes(snapshot, subject));
    let direct_tests: Vec<ModuleId> = direct.iter().filter(is_test).copied().collect();
    answer.list("tests", 1, 3, direct_tests.iter().map(path));
    answer.list("further_tests", 4, 4, tests.iter().filter(|id| !direct_tests.contains(id)).map(path));
    answer
}
