//! Rendering: the effects of a serializer happen where a value is rendered.

use model::ClassRef;
use python::ExprId;

use super::Walker;
use crate::serializers::{Library, Rendered, Shown};
use crate::{Deps, EffectKind, Kind, ReadKind, Value};

impl Walker<'_> {
    /// Runs a query that the function returns to a framework that renders its rows.
    pub(super) fn renders_returned(&mut self, expr: ExprId, value: &Value) {
        let Kind::Query(query) = &value.kind else { return };
        if self.around.inner != 0 {
            return;
        }
        if crate::serializers::is_paged(self.db, self.project, self.function) {
            let what = query
                .model
                .class()
                .map_or_else(|| "a count".into(), |class| format!("a count of {}", class.name));
            self.runs(expr, &what, query.model.clone(), Deps::NONE);
            self.element(expr, value);
        } else if self.is_rendered
            || crate::serializers::response_of(self.db, self.project, self.function).is_some()
        {
            self.element(expr, value);
        }
    }

    /// Renders a value with a serializer or schema: each element, or the single object.
    pub(crate) fn render(&mut self, expr: ExprId, class: &ClassRef, value: &Value, is_many: bool) {
        match &value.kind {
            Kind::Query(_) | Kind::Many(_) | Kind::Manager(..) => {
                self.for_each(expr, value, &mut |walker, element| {
                    walker.render_one(expr, class, element, true);
                    Value::UNKNOWN
                });
            }
            Kind::Unknown if is_many && value.path.is_some() => {
                self.for_each(expr, value, &mut |walker, element| {
                    walker.render_one(expr, class, element, true);
                    Value::UNKNOWN
                });
            }
            Kind::Entity(_) | Kind::Unknown => self.render_one(expr, class, value, false),
            // A dictionary, or an object with rows inside.
            Kind::Record(_) | Kind::Instance(..) | Kind::Holder(..) => {
                let parts = self.around.shown.parts();
                self.render_as(expr, &Value::of(Kind::Instance(class.clone(), parts)), value);
            }
            _ => {}
        }
    }

    /// Renders the rows inside a value, each with the schema that the type `wanted` specifies.
    pub(crate) fn render_as(&mut self, expr: ExprId, wanted: &Value, given: &Value) {
        let mut found = Vec::new();
        crate::serializers::rows_in(
            self.db,
            self.project,
            wanted,
            given,
            &mut |(class, parts), rows, is_many| {
                found.push((class.clone(), parts.clone(), rows.clone(), is_many));
            },
        );
        for (class, parts, rows, is_many) in found {
            let shown = match crate::serializers::library_of(self.db, self.project, &class) {
                Some(Library::Marshmallow) => Shown::of(&parts),
                _ => Shown::default(),
            };
            let outer = std::mem::replace(&mut self.around.shown, shown);
            self.render(expr, &class, &rows, is_many);
            self.around.shown = outer;
        }
    }

    /// Whether a condition in a view's own choice of rows holds while the view lists them; nothing elsewhere.
    pub(super) fn holds_for_list(&self, test: ExprId) -> Option<bool> {
        let facts = self.definitions.functions.get(self.function.function.0 as usize)?;
        let is_choice = self.around.inner == 0 && facts.name == "get_queryset";
        if is_choice { crate::serializers::holds_for_list(&self.body, test, 0) } else { None }
    }

    fn render_one(&mut self, expr: ExprId, class: &ClassRef, value: &Value, is_of_many: bool) {
        let model = match &value.kind {
            Kind::Entity(entity) => entity.model.class().cloned(),
            Kind::Unknown if value.path.is_some() => None,
            _ => return,
        };
        if let Kind::Entity(entity) = &value.kind
            && entity.state == crate::RowState::Expired
        {
            self.reloads(expr, value, entity, &super::expired::COLUMNS.into());
        }
        let rendering = if is_of_many {
            crate::serializers::rendering_of_many(self.db, self.project, class, model.as_ref())
        } else {
            crate::query::rendering(self.db, self.project, class.clone(), model)
        };
        if rendering.list.is_empty()
            && let (Kind::Unknown, Some(row)) = (&value.kind, &value.path)
        {
            let kind = EffectKind::Renders { schema: class.clone(), row: row.clone() };
            self.effect(expr, kind, value.deps, None);
        }
        let bound = [Some(value.clone())];
        let outer = self.around.rendering.take();
        let is_filled = |rendered: &Rendered| match &value.kind {
            Kind::Entity(entity) => rendered.is_filled(&entity.loads),
            _ => false,
        };
        let shown = self.around.shown.clone();
        let is_read = |rendered: &&Rendered| !is_filled(rendered) && shown.has(&rendered.within);
        // A row keeps what a field has read of it.
        let mut kept: Vec<&crate::Path> = Vec::new();
        for rendered in rendering.list.iter().filter(is_read) {
            if let EffectKind::Touch(touch) = &rendered.effect.kind
                && !touch.is_refined
                && touch.asked == ReadKind::Rows
            {
                if kept.contains(&&touch.path) {
                    continue;
                }
                if !rendered.effect.is_conditional && rendered.effect.guards.is_empty() {
                    kept.push(&touch.path);
                }
            }
            self.around.rendering =
                outer.clone().or_else(|| Some((rendered.class.clone(), rendered.field.clone())));
            let below = rendered.below.map(|(function, index)| (function, index, rendered.effect.depth));
            self.apply_effect(expr, below, &rendered.effect, &bound);
        }
        self.around.rendering = outer;
    }
}
