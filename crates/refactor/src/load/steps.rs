//! Paths of relationships with the model's facts about each step.

use model::{ClassRef, Member};
use python::Name;
use view::{Context, Loaded};

/// One relationship of a path.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub(super) struct Step {
    /// The entity that owns it.
    pub(super) owner: ClassRef,
    /// Its name.
    pub(super) name: Name,
    /// Whether it leads to many rows.
    pub(super) is_many: bool,
    /// Whether the owner's table has the foreign key.
    pub(super) holds_key: bool,
    /// Whether only the data determines the target: a generic foreign key.
    pub(super) is_generic: bool,
    /// Whether it is itself to be loaded, and not only a step.
    pub(super) is_wanted: bool,
}

/// A path from the rows of the query.
pub(super) struct LoadPath {
    pub(super) steps: Vec<Step>,
}

impl LoadPath {
    /// The names joined by `separator`.
    pub(super) fn joined(&self, separator: &str) -> String {
        self.steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>().join(separator)
    }
}

/// Those that aren't prefixes of others, in order. `None` if one doesn't exist.
pub(super) fn paths(cx: &Context<'_>, loaded: &Loaded) -> Option<Vec<LoadPath>> {
    let mut paths: Vec<&[Name]> = loaded.paths.iter().map(|path| &**path).collect();
    paths.sort_unstable();
    paths.dedup();
    let all = paths.clone();
    paths.retain(|path| !all.iter().any(|other| other.len() > path.len() && other.starts_with(path)));
    paths.iter().map(|path| of_names(cx, loaded, path)).collect()
}

fn of_names(cx: &Context<'_>, loaded: &Loaded, path: &[Name]) -> Option<LoadPath> {
    let mut steps = Vec::new();
    let mut owner = Some(loaded.root.clone());
    for (index, name) in path.iter().enumerate() {
        let is_wanted = loaded.paths.iter().any(|wanted| **wanted == path[..=index]);
        let class = owner.take()?;
        let facts = model::query::entity(cx.db, cx.project, class.module, class.name.clone())?;
        let step = match facts.members.get(name)? {
            Member::Relationship(relationship) => {
                owner.clone_from(&relationship.target);
                Step {
                    owner: class,
                    name: name.clone(),
                    is_many: relationship.is_many,
                    holds_key: !relationship.is_many && !relationship.is_reverse,
                    is_generic: false,
                    is_wanted,
                }
            }
            Member::Generic => Step {
                owner: class,
                name: name.clone(),
                is_many: false,
                holds_key: true,
                is_generic: true,
                is_wanted,
            },
            _ => return None,
        };
        steps.push(step);
    }
    (!steps.is_empty()).then_some(LoadPath { steps })
}
