//! Plugin families: packages whose children implement base classes that one of them defines.

use model::{ModuleId, PathRole, Target};
use rustc_hash::{FxHashMap, FxHashSet};
use view::Context;
use view::frameworks::is_of;

use super::aim::Aim;

/// How many plugins must inherit from the same module before that module counts as the family's port.
const ENOUGH_PLUGINS: usize = 3;

/// A plugin that other code reaches into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plugin {
    /// Its package: `shop.plugins.paypal`.
    pub(super) name: String,
    /// The module of the base classes: `shop.plugins.bases`.
    pub(super) bases: String,
}

/// The plugin that `id` is an internal module of, if its siblings share base classes. Neither the plugin's own package
/// nor a single-file plugin is internal.
pub(super) fn plugin_of(cx: &Context<'_>, id: ModuleId, words: &[&str]) -> Option<Plugin> {
    let name = cx.module_name(id);
    let (family, child, inside) = split(name, words)?;
    if inside.is_empty() {
        return None;
    }
    let Family { bases, heirs } = family_of(cx, family)?;
    (heirs.contains(child) && !bases.contains(child)).then(|| {
        let base = bases.iter().min().copied().unwrap_or_default();
        Plugin { name: format!("{family}.{child}"), bases: format!("{family}.{base}") }
    })
}

/// Whether only the plugins' own classes are imported, which fulfil the contract of their base classes.
pub(super) fn takes_plugins_alone(cx: &Context<'_>, aim: &Aim<'_, ModuleId>, plugin: &Plugin) -> bool {
    let Some((family, _)) = plugin.name.rsplit_once('.') else { return false };
    aim.items.iter().all(|item| {
        let Target::Symbol { origin, origin_name, .. } = &item.resolved.target else { return false };
        let ancestors = cx.architecture.hierarchy.by_class.get(&(*origin, origin_name.clone()));
        ancestors.is_some_and(|ancestors| {
            ancestors.own.iter().any(|(base, _)| {
                let base = cx.module_name(*base);
                is_of(base, family) && !is_of(base, &plugin.name)
            })
        })
    })
}

/// Default names of packages that contain plugins.
pub(super) const FAMILIES: &[&str] =
    &["plugins", "plugin", "integrations", "providers", "extensions", "addons", "connectors"];

/// Whether two modules are in one plugin: its layering is its own business.
pub(super) fn share_plugin(left: &str, right: &str) -> bool {
    match (split(left, FAMILIES), split(right, FAMILIES)) {
        (Some((family, child, _)), Some((other, sibling, _))) => family == other && child == sibling,
        _ => false,
    }
}

/// How many plugins of the family around `plugin` the checked module imports: importing several means composing them.
pub(super) fn imported_siblings(cx: &Context<'_>, plugin: &Plugin, words: &[&str]) -> usize {
    let Some((family, ..)) = split(&plugin.name, words) else { return 0 };
    let children: FxHashSet<&str> = cx
        .architecture
        .graph
        .imports(cx.id)
        .iter()
        .filter_map(|edge| split(cx.module_name(edge.to), words))
        .filter(|(other, ..)| *other == family)
        .map(|(_, child, _)| child)
        .collect();
    let bases = family_of(cx, family).map(|family| family.bases).unwrap_or_default();
    children.iter().filter(|child| !bases.contains(*child)).count()
}

/// `(shop.plugins, paypal, client)` for `shop.plugins.paypal.client`, the innermost family.
fn split<'n>(name: &'n str, words: &[&str]) -> Option<(&'n str, &'n str, &'n str)> {
    let mut found = None;
    let mut start = 0;
    for segment in name.split('.') {
        let end = start + segment.len();
        if words.contains(&segment) && end < name.len() {
            let rest = &name[end + 1..];
            let (child, inside) = rest.split_once('.').unwrap_or((rest, ""));
            found = Some((&name[..end], child, inside));
        }
        start = end + 1;
    }
    found
}

/// The children of a family of plugins.
struct Family<'a> {
    /// Those that define the base classes of the others.
    bases: FxHashSet<&'a str>,
    /// Those with classes that inherit from them.
    heirs: FxHashSet<&'a str>,
}

/// The family around a package, if enough of its children inherit from one of them.
fn family_of<'a>(cx: &'a Context<'_>, family: &str) -> Option<Family<'a>> {
    let child_of = |id: ModuleId| -> Option<&'a str> {
        let info = &cx.architecture.modules[id];
        let rest = info.name.strip_prefix(family)?.strip_prefix('.')?;
        (info.role == PathRole::Code).then(|| rest.split('.').next().unwrap_or(rest))
    };
    let mut heirs: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    for ((module, _), ancestors) in &cx.architecture.hierarchy.by_class {
        let Some(child) = child_of(*module) else { continue };
        for base in ancestors.own.iter().filter_map(|(ancestor, _)| child_of(*ancestor)) {
            if base != child {
                heirs.entry(base).or_default().insert(child);
            }
        }
    }
    heirs.retain(|_, children| children.len() >= ENOUGH_PLUGINS);
    let found =
        Family { bases: heirs.keys().copied().collect(), heirs: heirs.into_values().flatten().collect() };
    (!found.bases.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_plugin_is_the_child_of_the_innermost_family() {
        let words = ["plugins"];
        let table = [
            ("shop.plugins.paypal.client", Some(("shop.plugins", "paypal", "client"))),
            ("shop.plugins.paypal", Some(("shop.plugins", "paypal", ""))),
            ("shop.plugins", None),
            ("shop.pluginsystem.paypal", None),
            ("plugins.a.plugins.b.c", Some(("plugins.a.plugins", "b", "c"))),
        ];
        for (name, expected) in table {
            assert_eq!(split(name, &words), expected, "{name}");
        }
    }
}
