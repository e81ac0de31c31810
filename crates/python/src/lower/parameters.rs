//! Function parameters.

use super::Lowering;
use super::kinds::{Field, Kind};
use crate::{ExprId, Name, Parameter, ParameterKind};

impl Lowering<'_> {
    /// The list between the parentheses of a `def`; the cursor is on it.
    pub(super) fn parameters(&mut self) -> Box<[Parameter]> {
        let plain = |name| Parameter {
            name: Name::new_static(name),
            kind: ParameterKind::Normal,
            annotation: None,
            default: None,
        };
        match self.walk.text() {
            "()" => return Box::default(),
            "(self)" => return Box::new([plain("self")]),
            _ => {}
        }
        let mut parameters: Vec<Parameter> = Vec::new();
        // `*` and `*args` make what follows keyword-only.
        let mut plain = ParameterKind::Normal;
        self.each(|this, kind| match kind {
            Kind::PositionalSeparator => {
                for parameter in &mut parameters {
                    parameter.kind = ParameterKind::PositionalOnly;
                }
            }
            Kind::KeywordSeparator => plain = ParameterKind::KeywordOnly,
            _ => {
                let parameter = this.parameter(kind, plain);
                if parameter.kind == ParameterKind::Args {
                    plain = ParameterKind::KeywordOnly;
                }
                if !parameter.name.is_empty() {
                    parameters.push(parameter);
                }
            }
        });
        parameters.into()
    }

    fn parameter(&mut self, kind: Kind, plain: ParameterKind) -> Parameter {
        let mut name = Name::default();
        let mut found = plain;
        let mut annotation = None;
        let mut default: Option<ExprId> = None;
        match kind {
            Kind::Identifier => name = Name::new(self.walk.text()),
            Kind::Splat | Kind::DoubleSplat => (name, found) = self.starred(kind),
            Kind::TypedParameter | Kind::DefaultParameter | Kind::TypedDefaultParameter => {
                self.each(|this, kind| match kind {
                    Kind::Type => annotation = Some(this.expr()),
                    _ if this.walk.field() == Field::Value => default = Some(this.expr()),
                    Kind::Identifier => name = Name::new(this.walk.text()),
                    Kind::Splat | Kind::DoubleSplat => (name, found) = this.starred(kind),
                    _ => {}
                });
            }
            // `def f((a, b)):` in Python 2.
            _ => {}
        }
        Parameter { name, kind: found, annotation, default }
    }

    fn starred(&mut self, kind: Kind) -> (Name, ParameterKind) {
        let name = Name::new(self.walk.text().trim_start_matches(['*', ' ']));
        (name, if kind == Kind::Splat { ParameterKind::Args } else { ParameterKind::Kwargs })
    }
}
