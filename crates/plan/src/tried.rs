//! Refactorings tried on a snapshot of the project.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use ide::architecture::Architecture;
use ide::{ActionData, Remedy};
use model::{EdgeKind, ModuleId, Project};
use refactor::{Abilities, Changes, SymbolMove};
use source::{File, apply_edits};
use view::Context;
use workspace::Snapshot;

use crate::collect::Index;
use crate::facts::{Command, Facts};
use crate::graph::{Created, Effect};
use crate::trial::Trial;

/// Tries refactorings on one snapshot.
pub struct Tried<'s> {
    snapshot: &'s Snapshot,
    project: Project,
    root: Utf8PathBuf,
    architecture: &'s Architecture,
    index: Index,
    ids: BTreeMap<u32, ModuleId>,
}

impl<'s> Tried<'s> {
    /// For the snapshot that `facts` come from.
    pub fn new(snapshot: &'s Snapshot, project: Project, facts: &'s Facts) -> Self {
        let index = Index::new(snapshot, project, &facts.architecture);
        Self {
            snapshot,
            project,
            root: project.root(snapshot.db()).clone(),
            architecture: &facts.architecture,
            ids: index.iter().map(|(id, index)| (index, id)).collect(),
            index,
        }
    }

    fn context(&self, file: File) -> Option<Context<'_>> {
        view::query::context(self.snapshot.db(), self.project, file)
    }

    fn file_of(&self, module: u32) -> Option<File> {
        let id = self.ids.get(&module)?;
        Some(model::query::file_of(self.snapshot.db(), self.project, *id))
    }

    fn shown(&self, path: &Utf8Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string()
    }

    /// All files that change, relative to the root.
    fn files(&self, changes: &Changes) -> BTreeSet<String> {
        let edited = changes.edits.iter().map(|edit| edit.file.path(self.snapshot.db()).as_path());
        let created = changes.created.iter().map(|file| file.path.as_path());
        let others = changes.others.iter().map(|other| other.path.as_path());
        edited.chain(created).chain(others).map(|path| self.shown(path)).collect()
    }

    /// The effect on dependencies of changes to a definition.
    fn effect(&self, changes: &Changes) -> Option<Effect> {
        let created: Vec<Created> =
            changes.created.iter().map(|file| self.created(&file.path)).collect::<Option<_>>()?;
        let mut effect = Effect { created, ..Effect::default() };
        let new: BTreeSet<&str> = effect.created.iter().map(|file| file.name.as_str()).collect();
        let mut added = Vec::new();
        for edit in &changes.edits {
            let cx = self.context(edit.file)?;
            let Some(from) = self.index.of(cx.id) else { continue };
            let after = apply_edits(cx.text.as_str(), &edit.edits)?;
            let (was, is) = (self.targets(&cx, &new), self.targets(&cx.with_text(&after), &new));
            let name = &self.architecture.modules[from as usize].name;
            effect.gone.extend(was.old.difference(&is.old).map(|to| (from, *to)));
            let to = |to: &u32| self.architecture.modules[*to as usize].name.clone();
            added.extend(is.old.difference(&was.old).map(|it| (name.clone(), to(it))));
            added.extend(is.new.iter().map(|to| (name.clone(), to.clone())));
        }
        for (file, written) in changes.created.iter().zip(&effect.created) {
            let text = python::lower(&file.contents, &python::parse(&file.contents));
            // The imports of a new file are resolved as in a sibling module.
            let beside =
                self.architecture.modules.iter().zip(0..).find(|(it, _)| it.folder == written.folder);
            let beside = self.file_of(beside?.1)?;
            let resolved = model::query::resolve(self.snapshot.db(), self.project, beside, &text.imports);
            for ((_, import), resolved) in text.imports.iter().zip(resolved.iter()) {
                let to = resolved.module().and_then(|to| self.index.of(to));
                if let Some(to) = to.filter(|_| EdgeKind::of(import) >= EdgeKind::Deferred) {
                    added.push((written.name.clone(), self.architecture.modules[to as usize].name.clone()));
                }
            }
        }
        effect.added = added;
        Some(effect)
    }

    fn targets(&self, cx: &Context<'_>, new: &BTreeSet<&str>) -> Targets {
        let mut targets = Targets::default();
        for view in cx.imports().filter(|view| EdgeKind::of(view.import) >= EdgeKind::Deferred) {
            let own = |id: &ModuleId| *id != cx.id;
            if let Some(to) = view.module().filter(own).and_then(|to| self.index.of(to)) {
                targets.old.insert(to);
            }
            let absolute = view.resolved.absolute.as_str();
            let package = absolute.rsplit_once('.').map_or(absolute, |(package, _)| package);
            targets
                .new
                .extend([absolute, package].into_iter().filter(|it| new.contains(it)).map(str::to_owned));
        }
        targets
    }

    fn created(&self, path: &Utf8Path) -> Option<Created> {
        let path = path.strip_prefix(&self.root).ok()?;
        let parent = path.parent()?;
        let folder = self.architecture.folders.iter().position(|folder| folder.path == parent)?;
        let around = &self.architecture.folders[folder].name;
        let stem = path.file_stem()?;
        let name = match around.as_str() {
            "" => stem.to_owned(),
            around if around.contains('/') => return None,
            around => format!("{around}.{stem}"),
        };
        Some(Created { path: path.to_owned(), name, folder: folder as u32 })
    }

    fn changes(&self, command: &Command) -> Result<Changes, String> {
        let attempt = |file: &Utf8Path, remedy: Remedy| {
            let data = ActionData { path: self.root.join(file), remedy };
            let resolved = ide::attempt(self.snapshot, &data, Abilities::ALL);
            resolved.map(|resolved| resolved.changes).map_err(|refusal| refusal.to_string())
        };
        match command {
            Command::MoveDefinition { file, name, target } => {
                let wanted = SymbolMove { name, target, with_helpers: false };
                ide::move_symbol(self.snapshot, &self.root.join(file), wanted, Abilities::ALL)
                    .map_err(|refusal| refusal.to_string())
            }
            Command::ExtractProtocol { file, class } => {
                let class = class.clone();
                attempt(file, Remedy::ExtractProtocol { class, only_used: true, runtime_checkable: false })
            }
            Command::DependOnPort { file, class } => {
                attempt(file, Remedy::DependOnPort { class: class.clone() })
            }
            Command::MoveFile { .. } | Command::Contract { .. } | Command::Baseline => {
                Err("it changes no definition".to_owned())
            }
        }
    }
}

#[derive(Default)]
struct Targets {
    old: BTreeSet<u32>,
    new: BTreeSet<String>,
}

impl Trial for Tried<'_> {
    fn move_file(&self, module: u32, to: &Utf8Path) -> Result<Vec<String>, String> {
        let from = self.architecture.modules.get(module as usize).ok_or("there is no such module")?;
        let moves = [(self.root.join(&from.path), self.root.join(to))];
        if let Some(refusal) = ide::cannot_move_files(self.snapshot, &moves) {
            return Err(refusal.to_string());
        }
        let changes = ide::move_files(self.snapshot, &moves, Abilities::ALL);
        let mut files = self.files(&changes);
        files.insert(from.path.to_string());
        Ok(files.into_iter().collect())
    }

    fn refactor(&self, command: &Command) -> Result<(Effect, Vec<String>), String> {
        let changes = self.changes(command)?;
        let effect = self.effect(&changes).ok_or("its effect on the imports is unknown")?;
        Ok((effect, self.files(&changes).into_iter().collect()))
    }

    fn homes(&self, module: u32, name: &str, user: u32) -> Vec<String> {
        let contexts = self.file_of(module).and_then(|file| self.context(file));
        let user = self.file_of(user).and_then(|file| self.context(file));
        let Some((there, user)) = contexts.zip(user) else { return Vec::new() };
        let near = refactor::targets_near(&there, name, &user);
        near.into_iter().map(|id| user.module_name(id).to_owned()).collect()
    }
}
