//! The files that `architrave init` writes: a configuration with what was inferred, and the files that make coding
//! agents use Architrave. Nothing is written here: a [`Plan`] describes the files.
//!
//! The configuration changes no finding. That is verified rather than assumed: each part of it is overlaid on the
//! project, and a part that would change any finding remains a comment.

mod agent;
mod contracts;
mod entries;
mod layers;
mod text;

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use config::Origin;
use workspace::Snapshot;

pub use agent::files as agent_files;

use self::entries::Entry;
use crate::Refused;
use crate::session::{Laid, Session, project, relative};

/// Files to be written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The files that change; empty if everything exists already.
    pub files: Vec<Planned>,
    /// Additional notes, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The absolute path.
    pub path: Utf8PathBuf,
    /// Its current contents; `None` if it doesn't exist.
    pub before: Option<String>,
    /// Its new contents.
    pub after: String,
}

/// The parts of a finding that must not change.
type Known = (String, &'static str, String, config::Level, u32);

/// The configuration of a project: a new one, or the missing parts of an existing `architrave.toml`, which otherwise
/// stays as it is.
///
/// # Errors
/// If the project has no code, `pyproject.toml` or tach configures it, or contracts can't be expressed exactly.
pub fn configuration(session: &mut Session) -> Result<Plan, Refused> {
    session.refresh();
    let root = session.root().to_owned();
    let path = root.join("architrave.toml");
    let before = session.text(&path);
    let (foreign, proposed, problems) = session.look(|snapshot| {
        let foreign = contracts::foreign(snapshot, &root)?;
        Ok::<_, Refused>((foreign, entries::all(snapshot, &root)?, problems(snapshot)))
    })??;
    if let Some(problem) = problems.first() {
        return Err(Refused::new(format!("the configuration can't be used as it is: {problem}")));
    }
    let mut plan = Plan::default();
    let mut kept: Vec<Entry> = foreign;
    let known = findings(session, &[])?;
    let with = |session: &mut Session, entries: &[Entry]| -> Result<usize, Refused> {
        let laid = [(path.clone(), Some(text::composed(before.as_deref(), entries)))];
        let found = findings(session, &laid)?;
        Ok(found.symmetric_difference(&known).count())
    };
    if !kept.is_empty() {
        let changed = with(session, &kept)?;
        if changed > 0 {
            return Err(Refused::new(format!(
                "the contracts of the other tool can't be said exactly here ({changed} findings would be others); they are read as they are, so that nothing needs to be converted"
            )));
        }
    }
    let new = proposed.into_iter().filter(|entry| !text::holds(before.as_deref().unwrap_or_default(), entry));
    let new: Vec<Entry> = new.collect();
    let all = [kept.clone(), new.clone()].concat();
    if with(session, &all)? == 0 {
        kept = all;
    } else {
        for entry in new {
            let tried = [kept.clone(), vec![entry.clone()]].concat();
            match with(session, &tried)? {
                0 => kept.push(entry),
                _ if entry.is_optional => {}
                changed => kept.push(entry.into_comment(changed)),
            }
        }
    }
    let after = text::composed(before.as_deref(), &kept);
    if before.as_deref() != Some(after.as_str()) && !kept.is_empty() {
        plan.files.push(Planned { path, before, after });
    }
    Ok(plan)
}

fn problems(snapshot: &Snapshot) -> Vec<String> {
    let errors = snapshot.config_problems().iter().filter(|it| it.level == config::Level::Error);
    errors.map(|it| format!("{}: {}", relative(snapshot, &it.path), it.message)).collect()
}

/// All findings of the project, with files overlaid on it.
fn findings(session: &mut Session, laid: &[Laid]) -> Result<BTreeSet<Known>, Refused> {
    session.look_with(laid, |snapshot| {
        let mut known = BTreeSet::new();
        for (file, found) in snapshot.check_all() {
            let path = relative(snapshot, file.path(snapshot.db())).to_owned();
            for finding in found.iter() {
                known.insert((
                    path.clone(),
                    finding.rule,
                    finding.message.clone(),
                    finding.level,
                    finding.span.start,
                ));
            }
        }
        for problem in problems(snapshot) {
            known.insert((problem, "configuration", String::new(), config::Level::Error, 0));
        }
        known
    })
}

/// Whether the configuration of the root is of this kind.
fn has_origin(snapshot: &Snapshot, root: &camino::Utf8Path, is_it: impl Fn(&Origin) -> bool) -> bool {
    let Ok(project) = project(snapshot) else { return false };
    let configs = &project.configs(snapshot.db()).list;
    configs.iter().any(|config| config.folder == root && is_it(&config.origin))
}
