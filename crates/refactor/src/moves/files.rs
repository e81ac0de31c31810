//! Files and folders that change their path: every import, attribute chain and dotted string that names them.

mod cycles;
mod statements;
mod uses;

use camino::{Utf8Path, Utf8PathBuf};
use model::{ModuleId, Modules, Project, RootId};
use python::Name;
use rustc_hash::FxHashSet;
use source::TextEdit;
use view::{Context, Db};

use super::after::{After, Own};
use super::early::Early;
use super::texts::{Named, Renamed, Texts, follow_notes};
use super::{Refusal, chain, documented, dotted, named, packages, places};
use crate::head;
use crate::{Abilities, Changes, FileEdit, NewFile, OtherEdit};
pub(super) use statements::has_word;

/// The edits that make everything in the project follow when each file or folder gets the path paired with it
/// (absolute). They refer to the files in their current places. Paths that are not modules, or would not be, change
/// nothing. New folders among regular packages become packages too, if files can be created.
pub fn move_files(
    db: &dyn Db,
    project: Project,
    moves: &[(Utf8PathBuf, Utf8PathBuf)],
    abilities: Abilities,
) -> Changes {
    let root = project.root(db);
    let inside = inside(db, project, moves);
    let modules = model::query::modules(db, project);
    let after = After::of(&modules, &inside);
    if after.is_empty() {
        return Changes::default();
    }
    let needles = needles(&inside);
    let concerned: Vec<Context<'_>> = modules
        .iter()
        .filter(|(_, info)| {
            after.own(info.file).is_some()
                || names_one(source::query::text(db, info.file).as_str(), &needles)
                || beside_a_package(&inside, &info.path)
        })
        .filter_map(|(_, info)| view::query::context(db, project, info.file))
        .collect();
    let taken = taken(&concerned, &modules, &after);
    let new =
        |named: &Named<'_>| after.renamed(&modules, named.root, named.module).map(|new| new.to_string());
    let texts = Texts {
        db,
        project,
        modules: &modules,
        names: names(&modules, &inside),
        new: &new,
        paths: inside
            .iter()
            .map(|(old, new)| Renamed { old, new, is_folder: !matches!(old.extension(), Some("py" | "pyi")) })
            .collect(),
    };
    let edits = concerned.iter().filter_map(|cx| {
        let mover = Mover::of(cx, &after, &taken, &texts);
        let edits = mover.edits()?;
        let edits = head::resorted(cx, &edits).unwrap_or(edits);
        (!edits.is_empty()).then_some(FileEdit { file: cx.file, edits })
    });
    let edits: Vec<FileEdit> = edits.collect();
    let mut created: Vec<NewFile> = Vec::new();
    if abilities.create_files {
        for (old, new) in &inside {
            let moving = modules.iter().find(|(_, info)| info.path.starts_with(old));
            let Some((_, info)) = moving.filter(|(_, info)| after.own(info.file).is_some()) else { continue };
            let missing = packages::missing(&modules, info.root, new);
            for package in missing.into_iter().filter(|it| inside.iter().all(|(_, new)| new != it)) {
                let path = root.join(package);
                if !created.iter().any(|file| file.path == path) {
                    created.push(NewFile { path, contents: String::new() });
                }
            }
        }
    }
    let others = texts.others();
    let mut notes = follow_notes(&others, root);
    notes.extend(unsure_note(&texts, &others, root));
    Changes { edits, created, others, notes }
}

/// Why files and folders can't get the paths paired with them (absolute): they are found by their paths, or mean
/// something else at the new ones. `None` if they can.
pub fn cannot_move_files(
    db: &dyn Db,
    project: Project,
    moves: &[(Utf8PathBuf, Utf8PathBuf)],
) -> Option<Refusal> {
    let inside = inside(db, project, moves);
    let modules = model::query::modules(db, project);
    let after = After::of(&modules, &inside);
    if inside.is_empty()
        || !modules.iter().any(|(_, info)| inside.iter().any(|(old, _)| info.path.starts_with(old)))
    {
        return None;
    }
    let graph = model::query::graph(db, project);
    let circle = || {
        let cycle = cycles::closed(&modules, &graph, &inside)?;
        // By their new names.
        let name = |id: &ModuleId| {
            let now = || modules[*id].name.clone();
            after.own(modules[*id].file).map_or_else(now, |own| own.name.clone())
        };
        let names: Vec<Name> = cycle.iter().chain(cycle.first()).map(name).collect();
        let shown = view::wording::way(&names);
        Some(Refusal::new(format!("it would close a cycle at import time: {shown}")))
    };
    let too_early = || {
        let early = Early::of(db, project, &modules)?;
        early.refusal(&early, &graph, &cycles::afterwards(&modules, &graph, &inside))
    };
    places::refusal(db, project, &modules, &after, &inside).or_else(circle).or_else(too_early)
}

/// The moves within the project, relative to its root.
fn inside(
    db: &dyn Db,
    project: Project,
    moves: &[(Utf8PathBuf, Utf8PathBuf)],
) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let root = project.root(db);
    let inside = moves.iter().filter_map(|(old, new)| {
        let (old, new) = (old.strip_prefix(root).ok()?, new.strip_prefix(root).ok()?);
        (old != new && !old.as_str().is_empty()).then(|| (old.to_owned(), new.to_owned()))
    });
    inside.collect()
}

/// The names of the files and folders that move, from each root.
fn names(modules: &Modules, moves: &[(Utf8PathBuf, Utf8PathBuf)]) -> Vec<(RootId, Name)> {
    let roots = modules.roots.iter().enumerate();
    let mut names: Vec<(RootId, Name)> = roots
        .flat_map(|(index, root)| {
            moves.iter().filter_map(move |(old, _)| {
                let is_source = matches!(old.extension(), Some("py" | "pyi"));
                let name = if is_source { root.name_of(old) } else { root.name_of_folder(old) };
                Some((RootId(index as u32), name?))
            })
        })
        .collect();
    names.dedup();
    names
}

/// The note about other places that mention a module or package of one segment, and were not changed.
fn unsure_note(texts: &Texts<'_>, others: &[OtherEdit], root: &Utf8Path) -> Option<String> {
    let changed = |path: &Utf8Path| others.iter().any(|other| other.path == root.join(path));
    let unsure = texts.unsure();
    let listed: Vec<&str> =
        unsure.iter().filter(|path| !changed(path)).map(|path| path.as_str()).take(5).collect();
    let word = texts.names.iter().map(|(_, name)| name.as_str()).find(|name| !name.contains('.'))?;
    (!listed.is_empty()).then(|| format!("{} may mean `{word}` too", listed.join(", ")))
}

/// Words of which every outside file that names a moved module contains one.
fn needles(moves: &[(Utf8PathBuf, Utf8PathBuf)]) -> Vec<&str> {
    moves
        .iter()
        .filter_map(|(old, _)| match old.file_stem() {
            Some("__init__") => old.parent()?.file_name(),
            stem => stem,
        })
        .collect()
}

fn names_one(text: &str, needles: &[&str]) -> bool {
    needles.iter().any(|needle| text.contains(needle))
}

/// Whether a file can import a moving `__init__` by dots alone.
fn beside_a_package(moves: &[(Utf8PathBuf, Utf8PathBuf)], path: &camino::Utf8Path) -> bool {
    moves.iter().any(|(old, _)| {
        old.file_stem() == Some("__init__") && old.parent().is_some_and(|folder| path.starts_with(folder))
    })
}

/// Names of modules taken from where they are only imported (`from shop.api import orders`, where `shop.api` imports
/// the module `orders`): modules that re-export them must continue to do so.
fn taken(concerned: &[Context<'_>], modules: &Modules, after: &After) -> FxHashSet<(ModuleId, Name)> {
    let mut taken = FxHashSet::default();
    for cx in concerned {
        for view in cx.imports() {
            if let model::Target::Symbol { module, name, origin_name, .. } = &view.resolved.target
                && origin_name.is_empty()
            {
                taken.insert((*module, name.clone()));
            }
        }
    }
    // Chains and strings that go through a module to one of its imports: `api.orders.price`, `"shop.api.orders"`.
    for cx in concerned {
        for view in cx.imports() {
            let (Some(name), Some(bound)) = (view.import.bound_name(), chain::bound(cx, &view)) else {
                continue;
            };
            if after.renamed(modules, cx.info().root, &bound.module).is_none() {
                continue;
            }
            let own = cx.own_name().rsplit('.').next().unwrap_or_default();
            let through = format!("{own}.{name}");
            if concerned.iter().any(|other| other.file != cx.file && other.text.as_str().contains(&through)) {
                taken.insert((cx.id, name.into()));
            }
        }
    }
    taken
}

/// One file whose imports follow.
struct Mover<'c, 'a> {
    cx: &'c Context<'a>,
    after: &'c After,
    before: Own,
    /// Its own name afterwards.
    own: Own,
    moves: bool,
    taken: &'c FxHashSet<(ModuleId, Name)>,
    texts: &'c Texts<'c>,
}

impl<'c, 'a> Mover<'c, 'a> {
    fn of(
        cx: &'c Context<'a>,
        after: &'c After,
        taken: &'c FxHashSet<(ModuleId, Name)>,
        texts: &'c Texts<'c>,
    ) -> Self {
        let before = Own::of(cx.info());
        let own = after.own(cx.file).cloned();
        let moves = own.is_some();
        Self { cx, after, moves, own: own.unwrap_or_else(|| before.clone()), before, taken, texts }
    }

    /// `None` if the edits would overlap.
    fn edits(&self) -> Option<Vec<TextEdit>> {
        let statements = self.statements();
        let mut edits = statements.edits;
        edits.extend(self.uses(&statements.bound, &mut Vec::new()));
        edits.extend(dotted::edits(self.cx, |reference| {
            let new = self.renamed(reference.module)?;
            Some(new.to_string())
        }));
        edits.extend(named::edits(self.cx, |module| self.renamed(module)));
        edits.extend(self.listed(&statements.bound));
        edits.extend(documented::edits(self.cx, self.texts));
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits.dedup();
        source::apply_edits(self.cx.text.as_str(), &edits).is_some().then_some(edits)
    }

    /// The new name of the module that is currently `name` in this file; `None` if it stays.
    fn renamed(&self, name: &str) -> Option<Name> {
        self.after.renamed(&self.cx.architecture.modules, self.cx.info().root, name)
    }
}
