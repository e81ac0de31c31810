//! Scores source roots by imports.

use camino::{Utf8Path, Utf8PathBuf};
use python::Name;
use rustc_hash::FxHashMap;

use crate::layout::Layout;
use crate::resolve::is_standard;

/// An import, reduced to the parts that are scored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probe {
    /// Leading dots. For relative imports only their number is kept: the folder that they lead to is a package.
    pub level: u8,
    /// The dotted module name of an absolute import.
    pub module: Name,
    /// The name imported from a top-level module, which may be a submodule.
    pub name: Option<Name>,
}

impl Probe {
    /// The probe for one imported name; `None` for Python's own modules.
    pub(super) fn new(level: u8, module: &str, name: Option<&str>) -> Option<Self> {
        if level > 0 {
            return Some(Self { level, module: Name::default(), name: None });
        }
        let first = module.split('.').next().unwrap_or_default();
        let is_top = first.len() == module.len();
        let name = name.filter(|_| is_top).map(Name::from);
        (!first.is_empty() && !is_standard(first)).then(|| Self { level: 0, module: module.into(), name })
    }

    /// The probes of a file's imports, sorted, without duplicates, so that they rarely change.
    #[cfg(test)]
    pub(super) fn of(imports: &python::Imports) -> Vec<Self> {
        let mut probes: Vec<Self> = imports
            .list
            .iter()
            .filter(|import| import.kind != python::ImportKind::Dynamic)
            .filter_map(|import| Self::new(import.level, &import.module, import.name.as_deref()))
            .collect();
        probes.sort();
        probes.dedup();
        probes
    }
}

/// The score of a folder as root.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// All matching imports.
    pub(crate) total: u32,
    /// Those in which two or more segments match, which is rarely a coincidence.
    pub(crate) deep: u32,
}

impl Tally {
    /// Whether the score is more than a coincidence of names.
    pub(crate) fn is_convincing(self) -> bool {
        self.deep > 0 && self.total > 1
    }
}

/// The scores from a project's imports.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    inside: FxHashMap<Utf8PathBuf, Tally>,
    outside: FxHashMap<Utf8PathBuf, u32>,
    above: u32,
}

impl Votes {
    /// Imports whose names start in `folder`.
    pub(crate) fn inside(&self, folder: &Utf8Path) -> Tally {
        self.inside.get(folder).copied().unwrap_or_default()
    }

    /// Imports whose names pass through `folder`, so that their root is above it.
    pub(crate) fn outside(&self, folder: &Utf8Path) -> u32 {
        self.outside.get(folder).copied().unwrap_or_default()
    }

    /// Absolute imports whose names start above the project folder.
    pub(crate) fn above(&self) -> u32 {
        self.above
    }

    fn speak_against(&mut self, folder: &Utf8Path) {
        *self.outside.entry(folder.to_owned()).or_default() += 1;
    }
}

/// Scores the imports of these files (paths relative to the project root). `project` is the name of the project folder.
pub(crate) fn count<'a>(
    layout: &Layout,
    project: &str,
    files: impl IntoIterator<Item = (&'a Utf8Path, &'a [Probe])>,
) -> Votes {
    let mut votes = Votes::default();
    for (path, probes) in files {
        for probe in probes {
            if probe.level == 0 {
                count_absolute(layout, project, path, probe, &mut votes);
            } else if let Some(folder) = path.ancestors().nth(usize::from(probe.level)) {
                votes.speak_against(folder);
            }
        }
    }
    votes
}

fn count_absolute(layout: &Layout, project: &str, importer: &Utf8Path, probe: &Probe, votes: &mut Votes) {
    let first = probe.module.split('.').next().unwrap_or_default();
    let found: Vec<(&Utf8Path, Utf8PathBuf)> = layout
        .holders(first)
        .iter()
        .filter_map(|holder| Some((holder.as_path(), target(layout, holder, probe)?)))
        .filter(|(_, target)| *target != importer.with_extension(""))
        .collect();
    // Among the importer's parent folders every reading counts; elsewhere only the nearest, because services reuse each
    // other's names.
    let is_above = |holder: &Utf8Path| importer.starts_with(holder);
    let any_above = found.iter().any(|(holder, _)| is_above(holder));
    let nearest = found.iter().map(|(holder, _)| common(holder, importer)).max();
    for (holder, target) in &found {
        let counts = if any_above { is_above(holder) } else { Some(common(holder, importer)) == nearest };
        if !counts {
            continue;
        }
        let is_deep = probe.module.contains('.');
        if !is_deep && libraries::is_namesake(first) {
            continue;
        }
        let tally = votes.inside.entry((*holder).to_owned()).or_default();
        tally.total += 1;
        tally.deep += u32::from(is_deep);
        for folder in target.ancestors().take_while(|folder| folder != holder) {
            if layout.folder(folder).is_some() {
                votes.speak_against(folder);
            }
        }
    }
    let from_above = probe.module.strip_prefix(project).and_then(|rest| rest.strip_prefix('.'));
    if found.is_empty() && from_above.is_some_and(|rest| layout.find(Utf8Path::new(""), rest).is_some()) {
        votes.above += 1;
    }
}

/// The target of the import if its name starts in `holder`. A folder without `__init__` alone is no target, because an
/// installed package of that name takes precedence.
fn target(layout: &Layout, holder: &Utf8Path, probe: &Probe) -> Option<Utf8PathBuf> {
    let found = layout.find(holder, &probe.module)?;
    if found.is_namespace && !probe.module.contains('.') {
        return Some(layout.find(&found.path, probe.name.as_ref()?)?.path);
    }
    Some(found.path)
}

/// The number of leading folders that two paths share.
fn common(left: &Utf8Path, right: &Utf8Path) -> usize {
    left.components().zip(right.components()).take_while(|(left, right)| left == right).count()
}
