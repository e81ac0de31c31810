//! Builds modules from paths and roots.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use python::Name;
use rustc_hash::FxHashMap;
use source::File;

use crate::layout::Layout;
use crate::role::role_of;
use crate::roots::Hints;
use crate::{Configs, FileSet, ModuleId, ModuleInfo, Modules, PathRole, Root, RootId};

/// What paths and configurations reveal before any file is read.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    /// The folders.
    pub(crate) layout: Layout,
    /// Further facts about roots.
    pub(crate) hints: Hints,
    /// The role of each file, as far as it can be determined before the roots are known.
    pub(crate) roles: Vec<PathRole>,
}

/// Reads paths and configurations. `root` is the (absolute) project folder.
pub(crate) fn survey(root: &Utf8Path, files: &FileSet, configs: &Configs) -> Ground {
    let layout = Layout::new(files.list().iter().map(|(path, _)| path.as_path()));
    let relative = |path: &Utf8Path| path.strip_prefix(root).ok().map(Utf8Path::to_owned);
    let mut hints = Hints {
        project: root.file_name().unwrap_or_default().into(),
        distributions: configs.distributions.iter().filter_map(|path| relative(path)).collect(),
        ..Hints::default()
    };
    for config in &configs.list {
        if let Some(folder) = relative(&config.folder) {
            let declared = config.source_roots.iter().map(|root| clean(&folder.join(root))).collect();
            hints.declared.insert(folder, declared);
        }
    }
    let roles: Vec<_> = files.list().iter().map(|(path, _)| early_role(path, &layout, &hints)).collect();
    for ((path, _), role) in files.list().iter().zip(&roles) {
        if *role == PathRole::Code {
            let mut folders = path.ancestors().skip(1);
            while folders.next().is_some_and(|folder| hints.code.insert(folder.to_owned())) {}
        }
    }
    Ground { layout, hints, roles }
}

fn early_role(path: &Utf8Path, layout: &Layout, hints: &Hints) -> PathRole {
    let top = Utf8Path::new("");
    let distributions = path.ancestors().skip(1).filter(|folder| hints.is_distribution(folder, layout));
    role_of(path, layout, std::iter::once(top).chain(distributions))
}

/// Removes `.`, `..` and doubled slashes.
fn clean(path: &Utf8Path) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for component in path.components() {
        match component.as_str() {
            "." | "/" => {}
            ".." => {
                out.pop();
            }
            name => out.push(name),
        }
    }
    out
}

/// The files whose imports are sampled: all of a small project, an even sample of a large one.
pub(crate) fn sample<'a>(files: &'a FileSet, ground: &Ground) -> Vec<&'a (Utf8PathBuf, File)> {
    const LIMIT: usize = 128;
    let code = files.list().iter().zip(&ground.roles).filter(|(_, role)| **role == PathRole::Code);
    let step = code.clone().count().div_ceil(LIMIT).max(1);
    code.step_by(step).map(|(file, _)| file).collect()
}

/// The modules of these files, named relative to their nearest roots.
pub(crate) fn build(files: &FileSet, ground: &Ground, roots: &[Root]) -> Modules {
    let starts: FxHashMap<&Utf8Path, RootId> =
        roots.iter().enumerate().map(|(index, root)| (root.path.as_path(), RootId(index as u32))).collect();
    let roots_around = |place: &'_ Utf8Path| -> Vec<RootId> {
        place.ancestors().skip(1).filter_map(|folder| starts.get(folder).copied()).collect()
    };
    let mut modules = Modules { roots: roots.to_vec(), ids: Arc::clone(files.ids()), ..Modules::default() };
    let mut outer: Vec<(Name, RootId, ModuleId)> = Vec::new();
    for (((path, file), id), early) in files.list().iter().zip(files.ids().iter().copied()).zip(&ground.roles)
    {
        let is_package = path.file_stem() == Some("__init__");
        // A folder that is both a root and a package is imported from outside.
        let folder = path.parent().unwrap_or(Utf8Path::new(""));
        let around = roots_around(if is_package && !folder.as_str().is_empty() { folder } else { path });
        let name_from = |root: RootId| {
            let root = &roots[root.0 as usize];
            if is_package { dotted(folder, None, root) } else { dotted(folder, path.file_stem(), root) }
        };
        let root = around.first().copied().unwrap_or(RootId(0));
        let name = name_from(root);
        if path.file_stem().is_some_and(|stem| !stem.contains('.')) {
            modules.by_name.entry(name.clone()).or_default().push((root, id));
            outer.extend(around.iter().skip(1).map(|root| (name_from(*root), *root, id)));
        }
        let role = if *early == PathRole::Code {
            let bases = around.iter().map(|root| roots[root.0 as usize].path.as_path());
            role_of(path, &ground.layout, bases)
        } else {
            *early
        };
        modules.by_file.insert(*file, id);
        modules.list.push(ModuleInfo { name, file: *file, path: path.clone(), root, is_package, role });
    }
    let mut by_name = std::mem::take(&mut modules.by_name);
    for ids in by_name.values_mut() {
        // As in the import system: a package shadows a module of the same name, and a source file its stub.
        ids.sort_by_key(|(root, id)| {
            let module = &modules[*id];
            (*root, !module.is_package, module.path.extension() == Some("pyi"), *id)
        });
    }
    modules.by_name = by_name;
    for (name, root, id) in outer {
        modules.by_name.entry(name).or_default().push((root, id));
    }
    let mut namespaces: FxHashMap<Name, Vec<RootId>> = FxHashMap::default();
    for folder in ground.layout.sorted() {
        if !ground.layout.is_package(folder) && !folder.as_str().is_empty() {
            for root in roots_around(folder) {
                let name = dotted(folder, None, &roots[root.0 as usize]);
                namespaces.entry(name).or_default().push(root);
            }
        }
    }
    modules.namespaces = Arc::new(namespaces);
    modules
}

/// The dotted name of `folder`, or of the source file `stem` in it, relative to `root`.
fn dotted(folder: &Utf8Path, stem: Option<&str>, root: &Root) -> Name {
    let below = folder.strip_prefix(&root.path).unwrap_or(folder);
    let segments = below.components().map(|component| component.as_str()).chain(stem);
    let prefix = (!root.prefix.is_empty()).then_some(root.prefix.as_str());
    let name = prefix.into_iter().chain(segments).collect::<Vec<_>>().join(".");
    if name.is_empty() { "__init__".into() } else { name.into() }
}
