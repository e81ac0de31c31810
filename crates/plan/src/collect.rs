//! Collects the facts for a plan from the project.

mod modules;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use camino::Utf8PathBuf;
use config::{ContractKind, Origin};
use ide::architecture::{Architecture, architecture};
use model::{ModuleId, Project};
use view::{Finding, FixKind};
use workspace::Snapshot;

use crate::facts::{Aim, Command, Facts, Frozen, Offer, Split};

/// The rules whose findings a plan is about: only these have to run.
pub const RULES: [&str; 4] = ["circular-import", "god-object", "junk-drawer", "layer-violation"];
/// Those about modules with several subjects.
const SPLITS: [&str; 2] = ["god-object", "junk-drawer"];

/// Why there is no plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No modules.
    Nothing,
    /// One module.
    One,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "there is no Python module to plan for",
            Self::One => "there is one module: an architecture needs several",
        })
    }
}

impl std::error::Error for Refusal {}

/// The modules of an architecture by id.
pub(crate) struct Index {
    ids: BTreeMap<ModuleId, u32>,
}

impl Index {
    /// The index of the modules of `architecture`.
    pub(crate) fn new(snapshot: &Snapshot, project: Project, architecture: &Architecture) -> Self {
        let paths: BTreeMap<_, u32> =
            architecture.modules.iter().zip(0..).map(|(module, index)| (&module.path, index)).collect();
        let modules = model::query::modules(snapshot.db(), project);
        let ids = modules.iter().filter_map(|(id, info)| Some((id, *paths.get(&info.path)?)));
        Self { ids: ids.collect() }
    }

    /// The index of a module; `None` if it is not drawn.
    pub(crate) fn of(&self, id: ModuleId) -> Option<u32> {
        self.ids.get(&id).copied()
    }

    /// The drawn modules, with their indices.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (ModuleId, u32)> {
        self.ids.iter().map(|(id, index)| (*id, *index))
    }
}

/// The facts for a plan of `project`. `is_chosen` means that the style was requested.
///
/// # Errors
/// If there are fewer than two modules.
pub fn collect(snapshot: &Snapshot, project: Project, is_chosen: bool) -> Result<Facts, Refusal> {
    let drawn = architecture(snapshot, project);
    match drawn.modules.len() {
        0 => return Err(Refusal::Nothing),
        1 => return Err(Refusal::One),
        _ => {}
    }
    let index = Index::new(snapshot, project, &drawn);
    let mut facts = Facts::of(drawn);
    facts.aim = aim(snapshot, project, &facts.architecture, is_chosen);
    facts.uses = uses::uses(snapshot, project, &index);
    modules::fill(snapshot, project, &index, &mut facts);
    for (id, module) in index.iter() {
        let file = model::query::file_of(snapshot.db(), project, id);
        for finding in snapshot.check(project, file).iter() {
            if SPLITS.contains(&finding.rule) {
                facts.splits.push(split(snapshot, module, file, finding));
            }
            let Some(command) = finding.fixes.iter().find_map(|fix| command(snapshot, project, &fix.kind))
            else {
                continue;
            };
            let told = facts.architecture.violations.iter().filter(|violation| {
                (violation.rule, violation.module, violation.message.as_str())
                    == (finding.rule, module, finding.message.as_str())
            });
            let imports = told.flat_map(|violation| &violation.imports);
            let pairs = imports.filter_map(|index| facts.architecture.imports.get(*index as usize));
            let pairs: BTreeSet<_> = pairs.map(|import| (import.from, import.to)).collect();
            facts.offers.extend(pairs.into_iter().map(|pair| Offer { pair, command: command.clone() }));
        }
    }
    facts.frozen = frozen(snapshot, project);
    Ok(facts)
}

/// The style of most modules, with its basis.
fn aim(snapshot: &Snapshot, project: Project, drawn: &Architecture, is_chosen: bool) -> Aim {
    let style = drawn.style.clone();
    if is_chosen {
        return Aim { reason: "it was asked for".to_owned(), style, is_chosen };
    }
    let layers = &snapshot.architecture(project).layers;
    let of_it = layers.styles.iter().filter(|scope| scope.style.as_str() == style);
    let reason = of_it.map(model::ScopeStyle::reason).find(|reason| !reason.is_empty());
    let reason = reason.unwrap_or_else(|| "it requires least where nothing else is claimed".to_owned());
    Aim { style, reason, is_chosen }
}

fn split(snapshot: &Snapshot, module: u32, file: source::File, finding: &Finding) -> Split {
    let text = snapshot.text(file);
    let before = text.as_str().get(..finding.span.start as usize).unwrap_or_default();
    Split {
        module,
        rule: finding.rule,
        message: finding.message.clone(),
        groups: finding.related.iter().map(|related| related.message.clone()).collect(),
        line: before.matches('\n').count() as u32 + 1,
    }
}

/// The refactoring that corresponds to a fix; `None` if the command line doesn't have it.
fn command(snapshot: &Snapshot, project: Project, fix: &FixKind) -> Option<Command> {
    let modules = model::query::modules(snapshot.db(), project);
    let file = |module: ModuleId| -> Option<Utf8PathBuf> { Some(modules.get(module)?.path.clone()) };
    match fix {
        FixKind::ExtractProtocol(extract) => Some(Command::ExtractProtocol {
            file: file(extract.class.module)?,
            class: extract.class.name.to_string(),
        }),
        FixKind::DependOnPort { class, .. } | FixKind::DependOnPortEverywhere { class } => {
            Some(Command::DependOnPort { file: file(class.module)?, class: class.name.to_string() })
        }
        FixKind::MoveDefinition { module, name, target } => Some(Command::MoveDefinition {
            file: file(*module)?,
            name: name.to_string(),
            target: target.to_string(),
        }),
        _ => None,
    }
}

fn frozen(snapshot: &Snapshot, project: Project) -> Frozen {
    let files = project.files(snapshot.db());
    let configs: Vec<_> =
        files.list().iter().map(|(_, file)| model::query::config_of(snapshot.db(), project, *file)).collect();
    let has_acyclic = configs
        .iter()
        .flat_map(|config| &config.contracts)
        .any(|contract| matches!(contract.kind, ContractKind::Acyclic { .. }));
    let is_elsewhere =
        configs.iter().any(|config| !matches!(config.origin, Origin::Inferred | Origin::Own(_)));
    Frozen { has_baseline: !snapshot.baselines().is_empty(), has_acyclic, is_elsewhere }
}
