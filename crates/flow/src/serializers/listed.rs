//! What rendering many rows runs for each of them: the effects of the serializer, and those of the loop in a serializer of
//! lists that the project writes (`Meta.list_serializer_class`).

use std::sync::Arc;

use model::{ClassRef, Project};

use super::render::{Rendered, Rendering, class_of, of_row};
use crate::{Db, Effect, EffectKind, ModelRef, Path, Root, Step};

/// The parameter of `to_representation` that holds the rows, after `self`.
const ROWS: usize = 1;

/// The effects of rendering each of many rows of `model` with `class`.
pub fn rendering_of_many(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    model: Option<&ClassRef>,
) -> Arc<Rendering> {
    let of_each = crate::query::rendering(db, project, class.clone(), model.cloned());
    let Some(function) = crate::query::fields(db, project, class.clone()).of_list else { return of_each };
    let summary = crate::query::summary(db, project, function.module, function.function);
    let declaring = class_of(db, project, function).unwrap_or_else(|| class.clone());
    let mut list = of_each.list.clone();
    for (at, effect) in summary.effects.iter().enumerate() {
        let Ok(at) = u16::try_from(at) else { break };
        let Some(effect) = of_element(effect).and_then(|effect| of_row(&effect)) else { continue };
        list.push(Rendered {
            effect,
            class: declaring.clone(),
            field: "to_representation".into(),
            within: python::Name::default(),
            below: Some((function.into(), at)),
            property: None,
        });
    }
    Arc::new(Rendering { list })
}

/// An effect in a loop over the rows as an effect on one of them, the first parameter; nothing for one that happens once.
fn of_element(effect: &Effect) -> Option<Effect> {
    let (first, inner) = effect.loops.split_first()?;
    if first.over.as_ref().is_none_or(|over| over.root != Root::Param(ROWS as u16)) {
        return None;
    }
    let kind = match &effect.kind {
        EffectKind::Touch(touch) => {
            let path = element(&touch.path)?;
            EffectKind::Touch(crate::Touch { path, ..touch.clone() })
        }
        EffectKind::Query { what, model } => {
            let model = match model {
                ModelRef::Held(path) => element(path).map_or(ModelRef::Unknown, ModelRef::Held),
                model => model.clone(),
            };
            EffectKind::Query { what: what.clone(), model }
        }
        _ => return None,
    };
    let loops = inner
        .iter()
        .map(|inner| crate::Loop { over: inner.over.as_ref().and_then(element), ..inner.clone() });
    let is_of_rows = effect.deps.on_param(ROWS);
    let deps = if is_of_rows { crate::Deps::param(0) } else { crate::Deps::NONE };
    Some(Effect { kind, deps, loops: loops.collect(), ..effect.clone() })
}

/// `data[*].customer` as the path from a row.
fn element(path: &Path) -> Option<Path> {
    if path.root != Root::Param(ROWS as u16) {
        return None;
    }
    let at = path.steps.iter().position(|step| *step == Step::Each)?;
    let before_is_same = path.steps[..at].iter().all(|step| matches!(step, Step::Call(_)));
    before_is_same.then(|| Path { root: Root::Param(0), steps: path.steps[at + 1..].to_vec() })
}
