//! What `architrave init` writes: a configuration that says what was inferred, and the files by which coding agents come to
//! use Architrave. Nothing is written here: a [`Plan`] says what would be.
//!
//! The configuration changes no finding. That is not argued but tried: each part of it is laid over the project, and a part
//! under which any finding would be another stays a comment.

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
    /// Those that change; none where all is there already.
    pub files: Vec<Planned>,
    /// What else is to be known, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Which; absolute.
    pub path: Utf8PathBuf,
    /// What it holds now; nothing where there is none.
    pub before: Option<String>,
    /// What it shall hold.
    pub after: String,
}

/// A finding, as far as it must stay the same.
type Known = (String, &'static str, String, config::Level, u32);

/// The configuration of a project: a new one, or what an `architrave.toml` lacks. What stands in one stays as it is.
///
/// # Errors
/// A project without code, one that `pyproject.toml` or tach configures, or contracts that can't be said exactly.
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

/// All findings of the project, with files laid over it.
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
