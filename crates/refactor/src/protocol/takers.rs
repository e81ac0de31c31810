//! Callees to which a consumer passes its dependency: they must accept the port too.

use model::{ClassRef, InjectionPlace, ModuleId};
use view::Context;

use super::consumers::{Consumer, annotation, may_ask, name_of, one};
use crate::Refusal;

/// Whether a callee that receives the class also accepts a port.
enum Taking {
    /// Accepts it as it is.
    Anything,
    /// Is annotated with the class itself.
    TheClass,
    /// Is annotated with a type that the port may not implement.
    Else,
}

/// The consumer, and all callees that receive its dependency and are annotated with the class themselves.
///
/// # Errors
/// If one of them can't depend on the port.
pub(crate) fn with_takers(
    cx: &Context<'_>,
    class: &ClassRef,
    port: &ClassRef,
    consumer: Consumer,
) -> Result<Vec<Consumer>, Refusal> {
    let mut all = vec![consumer];
    // The first consumer's callees include those of its callees.
    for (module, place) in all[0].takers.clone() {
        if all.iter().any(|it| (it.module, it.place) == (module, place)) {
            continue;
        }
        match taking(cx, class, Some(port), module, place) {
            Taking::Anything => {}
            Taking::TheClass if may_ask(cx, module) => {
                let why =
                    |refusal: Refusal| Refusal::new(format!("{} passes it on, and {refusal}", all[0].name));
                all.push(one(cx, class, module, place).map_err(why)?);
            }
            Taking::TheClass | Taking::Else => return Err(passes_on(cx, &all[0], module, place)),
        }
    }
    Ok(all)
}

/// Drops consumers that pass their dependency to a callee that will still expect another type.
pub(crate) fn keep_together(
    cx: &Context<'_>,
    class: &ClassRef,
    port: Option<&ClassRef>,
    asking: &mut Vec<Consumer>,
    reasons: &mut Vec<Refusal>,
) {
    loop {
        let places: Vec<(ModuleId, InjectionPlace)> = asking.iter().map(|it| (it.module, it.place)).collect();
        let is_wrong = |taker: &&(ModuleId, InjectionPlace)| match taking(cx, class, port, taker.0, taker.1) {
            Taking::Anything => false,
            Taking::TheClass => !places.contains(taker),
            Taking::Else => true,
        };
        asking.retain(|consumer| {
            let wrong = consumer.takers.iter().find(is_wrong);
            reasons.extend(wrong.map(|(module, place)| passes_on(cx, consumer, *module, *place)));
            wrong.is_none()
        });
        if asking.len() == places.len() {
            return;
        }
    }
}

fn passes_on(cx: &Context<'_>, consumer: &Consumer, module: ModuleId, place: InjectionPlace) -> Refusal {
    let taker = name_of(cx, module, place).unwrap_or_default();
    Refusal::new(format!("{} passes it to {taker}, which requires something else", consumer.name))
}

/// Whether the annotation at a place accepts a port of the class.
fn taking(
    cx: &Context<'_>,
    class: &ClassRef,
    port: Option<&ClassRef>,
    module: ModuleId,
    place: InjectionPlace,
) -> Taking {
    let Some(info) = cx.architecture.modules.get(module) else { return Taking::Else };
    let asks = model::query::injection_sites(cx.db, cx.project, info.file);
    let mut asked = asks.iter().filter(|ask| ask.place == place).map(|ask| &ask.class).peekable();
    if asked.peek().is_some() {
        let mut is_else = true;
        for other in asked {
            if other == class {
                return Taking::TheClass;
            }
            let implements = |port: &ClassRef| {
                port == other || flow::types::classes::bases(cx.db, cx.project, port).contains(other)
            };
            is_else &= !port.is_some_and(implements);
        }
        return if is_else { Taking::Else } else { Taking::Anything };
    }
    let Some(there) = view::query::context(cx.db, cx.project, info.file) else { return Taking::Else };
    match annotation(&there, place) {
        None => Taking::Anything,
        Some((annotation, _)) => {
            let text = there.text.slice(there.module.spans.signature(annotation));
            match text.trim_matches(['"', '\'']).rsplit('.').next() {
                Some("Any" | "object") => Taking::Anything,
                _ => Taking::Else,
            }
        }
    }
}
