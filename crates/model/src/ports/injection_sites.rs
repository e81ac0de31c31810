//! The dependencies that a file requests: parameters, and fields that are parameters of a generated constructor.

use python::{
    Arg, Class, Definitions, Expr, ExprId, Function, Literal, Name, Parameter, ParameterKind, Scope, Variable,
};

use super::annotation::{Names, Requested};
use crate::{ClassHierarchy, Head, InjectionPlace, InjectionSite, ModuleId, Via};

/// Third-party classes whose annotated attributes are constructor parameters.
const MODELS: &[&str] = &[
    "pydantic.BaseModel",
    "pydantic.BaseSettings",
    "pydantic_settings.BaseSettings",
    "msgspec.Struct",
    "typing.NamedTuple",
];

/// The dependencies that `module` requests, in source order.
pub(crate) fn of(
    names: &Names<'_>,
    hierarchy: &ClassHierarchy,
    module: ModuleId,
    definitions: &Definitions,
) -> Vec<InjectionSite> {
    let mut asks = Vec::new();
    let exprs = &definitions.exprs;
    for (function, facts) in definitions.functions() {
        let bounds = Bounds::of(definitions, facts);
        // `*orders: Orders` takes several.
        let takes_one =
            |facts: &Parameter| !matches!(facts.kind, ParameterKind::Args | ParameterKind::Kwargs);
        for (parameter, facts) in facts.parameters.iter().enumerate().filter(|(_, facts)| takes_one(facts)) {
            let mut found = Requested::default();
            if let Some(annotation) = facts.annotation {
                names.annotated(module, exprs, bounds.meant(annotation), 0, &mut found);
            }
            if found.classes.is_empty()
                && let Some(class) =
                    facts.default.and_then(|default| names.provided(module, exprs, default, 0))
            {
                found = Requested { classes: vec![(class, Via::Provider)], has_others: false };
            }
            asks.extend(found.asks(InjectionPlace::Parameter { function, parameter: parameter as u16 }));
        }
    }
    for (class, facts) in
        definitions.classes().filter(|(_, class)| is_record(names, definitions, class, hierarchy, module))
    {
        for (variable, field) in definitions.variables.iter().enumerate() {
            let Some(annotation) = field.annotation.filter(|_| field.scope == Scope::Class(class)) else {
                continue;
            };
            if !is_parameter(definitions, field) {
                continue;
            }
            let mut found = Requested::default();
            names.annotated(module, exprs, annotation, 0, &mut found);
            // A list of its own instances, or a parent: not a collaborator.
            found.classes.retain(|(asked, _)| asked.module != module || asked.name != facts.name);
            asks.extend(found.asks(InjectionPlace::Field { class, variable: variable as u32 }));
        }
    }
    asks
}

/// The bounds of the type parameters (PEP 695) that a function may name.
struct Bounds<'d> {
    definitions: &'d Definitions,
    known: Vec<(&'d Name, ExprId)>,
}

impl<'d> Bounds<'d> {
    fn of(definitions: &'d Definitions, function: &'d Function) -> Self {
        let class = match function.scope {
            Scope::Class(class) => Some(&definitions[class]),
            _ => None,
        };
        let of_class = class.map(|class| (&class.type_parameters, &class.type_bounds));
        let known = [Some((&function.type_parameters, &function.type_bounds)), of_class]
            .into_iter()
            .flatten()
            // Which of several parameters has a bound isn't known unless all have one.
            .filter(|(names, bounds)| names.len() == bounds.len())
            .flat_map(|(names, bounds)| names.iter().zip(bounds.iter().copied()))
            .collect();
        Self { definitions, known }
    }

    /// The bound of the type parameter that an annotation names, also of `T | None`; or else the annotation itself.
    fn meant(&self, annotation: ExprId) -> ExprId {
        match &self.definitions[annotation] {
            Expr::Name(name) => {
                let own = self.known.iter().find(|(parameter, _)| *parameter == name);
                own.map_or(annotation, |(_, bound)| *bound)
            }
            Expr::Binary { op, left, right }
                if op == "|" && self.definitions[*right] == Expr::Literal(Literal::None) =>
            {
                let meant = self.meant(*left);
                if meant == *left { annotation } else { meant }
            }
            _ => annotation,
        }
    }
}

impl Requested {
    fn asks(self, place: InjectionPlace) -> impl Iterator<Item = InjectionSite> {
        let is_alone = self.classes.len() == 1 && !self.has_others;
        self.classes.into_iter().map(move |(class, via)| InjectionSite { class, place, via, is_alone })
    }
}

/// Whether the constructor of a class is generated from its annotations, by Python or a library.
fn is_record(
    names: &Names<'_>,
    definitions: &Definitions,
    class: &Class,
    hierarchy: &ClassHierarchy,
    module: ModuleId,
) -> bool {
    let generates = |name: &str| {
        matches!(name, "dataclass" | "define" | "frozen" | "mutable" | "attrs" | "s" | "attributes")
    };
    // A decorator may be imported under another name.
    let is_imported_so = |decorator: ExprId| {
        let named = match &definitions[decorator] {
            Expr::Call { callee, .. } => *callee,
            _ => decorator,
        };
        match names.dotted(module, &definitions.exprs, named, 0) {
            Head::Foreign(full) => full.rsplit('.').next().is_some_and(generates),
            _ => false,
        }
    };
    let is_decorated = class.decorators.iter().any(|decorator| {
        definitions.exprs.decorator_name(*decorator).is_some_and(generates) || is_imported_so(*decorator)
    });
    is_decorated
        || class.scope == Scope::Module
            && hierarchy
                .of(module, &class.name)
                .is_some_and(|it| it.foreign.iter().any(|name| MODELS.contains(&name.as_str())))
}

/// Whether a field is a constructor parameter: not `field(init=False)`, not `PrivateAttr()`.
fn is_parameter(definitions: &Definitions, field: &Variable) -> bool {
    let Some(value) = field.value else { return true };
    let Expr::Call { args, .. } = &definitions[value] else { return true };
    let is_false = |arg: &Arg| {
        matches!(arg, Arg::Keyword(name, value)
            if name == "init" && definitions[*value] == Expr::Literal(Literal::Bool(false)))
    };
    definitions.exprs.decorator_name(value) != Some("PrivateAttr") && !args.iter().any(is_false)
}
