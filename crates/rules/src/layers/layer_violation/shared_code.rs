//! Shared code that imports one of the features built on it.

use config::{Layer, Level};
use view::frameworks::is_of;
use view::{Context, Findings, Key, Options};

use super::super::aim::first_party;
use super::super::{contracts, target, words};

/// How many contexts a module may import before it counts as composing them.
const FEW: usize = 2;

/// Reports imports of bounded contexts in the package that they share.
pub(super) fn check(cx: &Context<'_>, options: &Options<'_>, out: &mut Findings<'_>) {
    let Some(ground) = ground_of(cx) else { return };
    let layer = cx.own_layer();
    if matches!(layer, Some(Layer::Composition | Layer::Config)) || puts_together(cx) {
        return;
    }
    for aim in first_party(cx) {
        let Some(context) = cx.bounded_context(aim.to) else { continue };
        if (aim.is_type_checking() && !options.bool("type-checking"))
            || is_of(context, ground)
            || is_table(cx, cx.module_name(aim.to))
            // Code that stores and maps entities has to import them.
            || (layer == Some(Layer::Infrastructure) && cx.layer(aim.to) == Some(Layer::Domain))
            || !is_real_ground(cx, ground)
            || !rests_on(cx, context, ground)
        {
            continue;
        }
        let message = format!(
            "Shared `{ground}` must not import the feature `{context}`, which builds on it: {}",
            aim.taken(cx)
        );
        let other = cx.module_name(aim.to);
        let draft = out.add(aim.span(), Key::new(format!("shared {other}")), message);
        draft.modules([cx.own_name(), other]);
        if ground.split('.').nth(1) == Some("core") {
            // The core of a package may as well be its subject.
            draft.at_most(Level::Info);
        }
    }
}

/// The shared package around the module: one at the root of the project or of its main package, and not part of a
/// context.
fn ground_of<'a>(cx: &'a Context<'_>) -> Option<&'a str> {
    if cx.bounded_context(cx.id).is_some() {
        return None;
    }
    let name = cx.own_name();
    let mut end = 0;
    for segment in name.split('.').take(2) {
        end += segment.len();
        let package = name.get(..end)?;
        if words::is_ground(segment) && package.len() < name.len() {
            return Some(package);
        }
        end += 1;
    }
    None
}

/// Whether the module wires features, whatever its layer: its name shows it, or it imports several of them.
fn puts_together(cx: &Context<'_>) -> bool {
    const WORDS: [&str; 18] = [
        "app",
        "apps",
        "celery",
        "cli",
        "commands",
        "container",
        "containers",
        "di",
        "ioc",
        "main",
        "management",
        "models",
        "providers",
        "registry",
        "router",
        "routers",
        "server",
        "urls",
    ];
    let mut contexts: Vec<&str> =
        cx.architecture.graph.imports(cx.id).iter().filter_map(|edge| cx.bounded_context(edge.to)).collect();
    contexts.sort_unstable();
    contexts.dedup();
    contexts.len() > FEW
        || words::sets_up(cx.own_name())
        || words::segments(cx.own_name()).any(|segment| WORDS.contains(&segment))
        || target::composes(cx, cx.id)
}

/// Whether a module or package declares tables: the ORM's relationships and metadata need them.
fn is_table(cx: &Context<'_>, name: &str) -> bool {
    let schema = model::query::schema(cx.db, cx.project);
    schema.entities.keys().any(|class| is_of(cx.module_name(class.module), name))
}

/// Whether the shared package is what its name promises: contexts import it, and it rarely imports one of them.
fn is_real_ground(cx: &Context<'_>, ground: &str) -> bool {
    let (mut inwards, mut outwards, mut contexts) = (0_usize, 0_usize, Vec::new());
    for (id, info) in cx.architecture.modules.iter() {
        let edges = cx.architecture.graph.imports(id);
        if is_of(&info.name, ground) {
            outwards += usize::from(edges.iter().any(|edge| cx.bounded_context(edge.to).is_some()));
        } else if let Some(context) = cx.bounded_context(id)
            && edges.iter().any(|edge| is_of(cx.module_name(edge.to), ground))
        {
            inwards += 1;
            contexts.push(context);
        }
    }
    contexts.sort_unstable();
    contexts.dedup();
    contexts.len() > 1 && inwards >= 2 * outwards
}

/// Whether modules of the context import the shared package.
fn rests_on(cx: &Context<'_>, context: &str, ground: &str) -> bool {
    cx.architecture.modules.iter().any(|(id, info)| {
        contracts::lies_in(&info.name, context)
            && cx.architecture.graph.imports(id).iter().any(|edge| is_of(cx.module_name(edge.to), ground))
    })
}
