//! The classes that an annotation requests behind something: `Callable[..., Orders]`, `list[Orders]`.

use python::{Definitions, Expr, ExprArena, ExprId, Literal, ParameterKind};

use super::annotation::{Names, Requested};
use crate::{Behind, ClassRef, Head, IndirectSite, InjectionPlace, ModuleId};

/// Annotations nested deeper than this are not followed.
const MAX_DEPTH: usize = 12;

/// The parameters of a module that request something that makes or holds instances of project classes, in source order.
pub(crate) fn of(names: &Names<'_>, module: ModuleId, definitions: &Definitions) -> Vec<IndirectSite> {
    let mut sites = Vec::new();
    for (function, facts) in definitions.functions() {
        for (parameter, facts) in facts.parameters.iter().enumerate() {
            let Some(annotation) = facts.annotation else { continue };
            let mut found = Vec::new();
            match facts.kind {
                ParameterKind::Args => {
                    let classes = names.classes(module, &definitions.exprs, annotation);
                    found.extend(classes.into_iter().map(|class| (class, Behind::Several)));
                }
                ParameterKind::Kwargs => {}
                _ => names.behind(module, &definitions.exprs, annotation, 0, &mut found),
            }
            let place = InjectionPlace::Parameter { function, parameter: parameter as u16 };
            sites.extend(found.into_iter().map(|(class, behind)| IndirectSite { class, place, behind }));
        }
    }
    sites
}

impl Names<'_> {
    fn classes(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Vec<ClassRef> {
        let mut found = Requested::default();
        self.annotated(module, exprs, expr, 0, &mut found);
        found.classes.into_iter().map(|(class, _)| class).collect()
    }

    fn behind(
        &self,
        module: ModuleId,
        exprs: &ExprArena,
        expr: ExprId,
        depth: usize,
        out: &mut Vec<(ClassRef, Behind)>,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        match &exprs[expr] {
            Expr::Literal(Literal::Str(text)) => {
                if let Some((exprs, expr)) = python::quoted(text) {
                    self.behind(module, &exprs, expr, depth + 1, out);
                }
            }
            Expr::Binary { op, left, right } if op == "|" => {
                self.behind(module, exprs, *left, depth + 1, out);
                self.behind(module, exprs, *right, depth + 1, out);
            }
            Expr::Subscript { value, index } => {
                let Head::Foreign(full) = self.dotted(module, exprs, *value, 0) else { return };
                let parts = match &exprs[*index] {
                    Expr::Tuple(parts) => parts.to_vec(),
                    _ => vec![*index],
                };
                let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
                match full.rsplit('.').next().unwrap_or_default() {
                    "Optional" | "Annotated" | "Final" | "InitVar" | "Union" => {
                        self.behind(module, exprs, *first, depth + 1, out);
                    }
                    "Callable" if parts.len() == 2 => {
                        let made = self.promises(module, exprs, *last);
                        out.extend(made.into_iter().map(|class| (class, Behind::Factory)));
                    }
                    "type" | "Type" => {
                        let made = self.classes(module, exprs, *first);
                        out.extend(made.into_iter().map(|class| (class, Behind::Class)));
                    }
                    "list" | "List" | "set" | "Set" | "frozenset" | "tuple" | "Tuple" | "Sequence"
                    | "Iterable" | "Collection" => {
                        let held = self.classes(module, exprs, *first);
                        out.extend(held.into_iter().map(|class| (class, Behind::Several)));
                    }
                    "dict" | "Dict" | "Mapping" | "MutableMapping" => {
                        let held = self.classes(module, exprs, *last);
                        out.extend(held.into_iter().map(|class| (class, Behind::Several)));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}
