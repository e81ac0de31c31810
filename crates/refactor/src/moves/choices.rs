//! The modules that a definition may go to, for a user to choose from: those that the layers allow, nearest first, and
//! a new one.

use std::cmp::Reverse;

use camino::Utf8PathBuf;
use config::Layer;
use model::ModuleId;
use python::{Name, Scope};
use view::Context;

use super::allowed::Allowed;
use super::symbol::{SymbolMove, can_move};
use super::targets::{is_shape, suggested};
use crate::Abilities;

/// Limit on the modules tried: each costs about as much as the edits of a move.
const MOST: usize = 100;

/// A module that a definition may go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveChoice {
    /// Its dotted name.
    pub module: Name,
    /// The absolute path of its file.
    pub path: Utf8PathBuf,
    /// Its layer.
    pub layer: Option<Layer>,
    /// Why it is in the list: text beside its name.
    pub reason: &'static str,
    /// Whether the file exists.
    pub exists: bool,
}

/// How near a module is; nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Suggested(usize),
    Package,
    Context,
    Layer,
    Elsewhere,
}

impl Nearness {
    fn words(self) -> &'static str {
        match self {
            Nearness::Suggested(_) => "suggested",
            Nearness::Package => "same package",
            Nearness::Context => "same context",
            Nearness::Layer => "same layer",
            Nearness::Elsewhere => "allowed by the layers",
        }
    }
}

/// The modules that `name`, defined at the top level of the module of `cx`, may go to.
pub fn move_choices(cx: &Context<'_>, name: &str, abilities: Abilities) -> Vec<MoveChoice> {
    let Some(allowed) = Allowed::of(cx, name, !is_shape(cx, name)) else { return Vec::new() };
    let suggested = suggested(cx, name);
    let modules = &cx.architecture.modules;
    let mut near: Vec<(Nearness, Reverse<usize>, &Name, ModuleId)> = modules
        .iter()
        .filter(|(id, info)| {
            let is_suggested = suggested.contains(id);
            // A package's `__init__` rarely contains definitions.
            (is_suggested || !info.is_package) && info.root == cx.info().root && allowed.at(*id)
        })
        .map(|(id, info)| {
            let position = suggested.iter().position(|it| *it == id);
            (nearness(cx, id, position), Reverse(shared(cx.own_name(), &info.name)), &info.name, id)
        })
        .collect();
    near.sort_unstable();
    near.truncate(MOST);
    let root = cx.project.root(cx.db);
    let mut choices: Vec<MoveChoice> = near
        .into_iter()
        .filter(|(.., module, _)| {
            can_move(cx, SymbolMove { name, target: module, with_helpers: false }, abilities)
        })
        .map(|(nearness, _, module, id)| MoveChoice {
            module: module.clone(),
            path: root.join(&modules[id].path),
            layer: cx.layer(id),
            reason: nearness.words(),
            exists: true,
        })
        .collect();
    choices.extend(new(cx, name, abilities));
    choices
}

fn nearness(cx: &Context<'_>, id: ModuleId, suggested: Option<usize>) -> Nearness {
    let package = |name: &str, is_package: bool| {
        if is_package { name.to_owned() } else { name.rsplit_once('.').map_or("", |it| it.0).to_owned() }
    };
    let info = &cx.architecture.modules[id];
    let same = |a: Option<&str>, b: Option<&str>| a.is_some() && a == b;
    if let Some(position) = suggested {
        Nearness::Suggested(position)
    } else if package(&info.name, info.is_package) == package(cx.own_name(), cx.info().is_package) {
        Nearness::Package
    } else if same(cx.bounded_context(id), cx.bounded_context(cx.id)) {
        Nearness::Context
    } else if cx.layer(id).is_some() && cx.layer(id) == cx.own_layer() {
        Nearness::Layer
    } else {
        Nearness::Elsewhere
    }
}

/// The number of leading segments that two dotted names share.
fn shared(a: &str, b: &str) -> usize {
    a.split('.').zip(b.split('.')).take_while(|(a, b)| a == b).count()
}

/// A new module in the package of the definition.
fn new(cx: &Context<'_>, name: &str, abilities: Abilities) -> Option<MoveChoice> {
    let own = cx.own_name();
    let package = if cx.info().is_package { Some(own) } else { own.rsplit_once('.').map(|it| it.0) };
    let is_class =
        cx.module.definitions.classes.iter().any(|it| it.scope == Scope::Module && it.name == name);
    let stem = if is_class { python::naming::snake(name) } else { name.to_ascii_lowercase() };
    let stem = stem.trim_matches('_');
    let module = package.map_or_else(|| stem.to_owned(), |package| format!("{package}.{stem}"));
    let is_there = cx.architecture.modules.by_name(&module, cx.info().root).is_some();
    let wanted = SymbolMove { name, target: &module, with_helpers: false };
    if is_there || !abilities.create_files || !can_move(cx, wanted, abilities) {
        return None;
    }
    let root = cx.architecture.modules.roots.get(cx.info().root.0 as usize)?;
    let path = cx.project.root(cx.db).join(root.place_of(&module)?.with_extension("py"));
    Some(MoveChoice {
        module: module.into(),
        path,
        layer: cx.own_layer(),
        reason: "new module",
        exists: false,
    })
}
