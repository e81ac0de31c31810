//! What is moved out of a class: the expression, its names and parameters, and the name of the new parameter.

use flow::Kind;
use model::{ModuleId, Target};
use python::{
    Body, BodyId, BodyOwner, ClassId, Expr, ExprId, FunctionId, ImportKind, Name, ParameterKind, Scope, Stmt,
    StmtId,
};
use rustc_hash::FxHashMap;
use source::Span;
use view::collaborators::{self, Class, Source};
use view::scope::{Meaning, Names};
use view::{Context, InjectCollaborator};

use super::{Home, Origin, Root};

/// The plan for one class.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The class.
    pub(super) class: ClassId,
    /// Its name.
    pub(super) class_name: Name,
    /// Its constructor, if it has one.
    pub(super) constructor: Option<FunctionId>,
    /// Whether it is built in the constructor.
    pub(super) in_constructor: bool,
    /// Where it is built.
    pub(super) places: Vec<(BodyId, ExprId)>,
    /// The name of the new parameter.
    pub(super) parameter: String,
    /// The attribute that keeps it, if a new one is needed.
    pub(super) attribute: Option<String>,
    /// The statement that kept it under the parameter's name: now redundant.
    pub(super) needless: Option<StmtId>,
    /// The annotation of the new parameter, as written in the class's module.
    pub(super) annotation: String,
    /// A name in the annotation that isn't imported there yet.
    pub(super) type_to_import: Option<(ModuleId, Name)>,
    /// The expression as written.
    pub(super) written: String,
    /// Constructor parameters in it, by their bytes in `written`, in order.
    pub(super) parameters_inside: Vec<(Span, String)>,
    /// Literal defaults of those parameters.
    pub(super) defaults: FxHashMap<String, String>,
    /// Parameters that nothing else in the constructor uses.
    pub(super) gone: Vec<String>,
    /// Names in the annotations of those parameters.
    pub(super) released: Vec<Name>,
    /// The root names of the expression.
    pub(super) roots: Vec<Root>,
    /// The modules that every call site has to import.
    pub(super) needs: Vec<ModuleId>,
}

impl Plan {
    /// `None` if the class or the expression doesn't allow it, as far as the module itself and the class hierarchy
    /// show.
    pub(crate) fn of(cx: &Context<'_>, inject: &InjectCollaborator) -> Option<Self> {
        let names = Names::of(cx);
        let definitions = &*cx.module.definitions;
        let (body_id, expr) = *inject.places.first()?;
        let body = cx.module.bodies.list.get(body_id.0 as usize)?;
        let BodyOwner::Function(method) = body.owner else { return None };
        let Scope::Class(class_id) = definitions[method].scope else { return None };
        let class = &definitions[class_id];
        is_plain_class(cx, class_id).then_some(())?;
        let constructor = definitions
            .functions()
            .find(|(_, it)| it.scope == Scope::Class(class_id) && it.name == "__init__")
            .map(|(id, _)| id);
        let in_constructor = constructor == Some(method);
        // All places have the same expression; one in the constructor is the only one.
        let text = cx.text.as_str();
        let written = |(body, expr): (BodyId, ExprId)| slice(text, cx.module.spans.expr(body, expr));
        let own = written((body_id, expr))?;
        let is_alike =
            |place: &(BodyId, ExprId)| written(*place) == Some(own) && is_of_instance(cx, class_id, place.0);
        (inject.places.iter().all(is_alike) && !(in_constructor && inject.places.len() > 1)).then_some(())?;

        let Expr::Call { callee, .. } = &body[expr] else { return None };
        let (collaborator, source) = collaborators::of_call(&names, body_id, expr)?;
        let is_awaited = body.exprs.list.iter().any(|it| matches!(it, Expr::Await(value) if *value == expr));
        (!is_awaited).then_some(())?;
        let (annotation, type_to_import) =
            annotation(&names, body_id, *callee, &collaborator.class, &source)?;

        let mut plan = Self {
            class: class_id,
            class_name: class.name.clone(),
            constructor,
            in_constructor,
            places: inject.places.to_vec(),
            parameter: String::new(),
            attribute: None,
            needless: None,
            annotation,
            type_to_import,
            written: own.to_owned(),
            parameters_inside: Vec::new(),
            defaults: FxHashMap::default(),
            gone: Vec::new(),
            released: Vec::new(),
            roots: Vec::new(),
            needs: Vec::new(),
        };
        plan.needs.extend(plan.type_to_import.iter().map(|(module, _)| *module));
        plan.read(&names, (body_id, body), expr, method)?;
        plan.name(cx, (body_id, body), expr, collaborator.name()?)?;
        Some(plan)
    }

    /// Reads the names in the expression.
    fn read(
        &mut self,
        names: &Names<'_>,
        (id, body): (BodyId, &Body),
        expr: ExprId,
        method: FunctionId,
    ) -> Option<()> {
        let cx = names.cx;
        let start = cx.module.spans.expr(id, expr).start;
        let mut open = vec![expr];
        while let Some(at) = open.pop() {
            match &body[at] {
                Expr::Name(name) => match names.meaning(id, name) {
                    Meaning::Import(import) => {
                        let root = root(cx, import)?;
                        // Reads of the environment must not spread to more places.
                        let is_system = |from: &Origin| match from {
                            Origin::Module(module) | Origin::Name(module, _) => module == "os",
                        };
                        (!is_system(&root.from)).then_some(())?;
                        if let Some(module) = cx.import(import).and_then(|view| view.module()) {
                            self.needs.push(module);
                        }
                        self.add_root(root);
                    }
                    Meaning::Bound(BodyId(0), _) => {
                        let from = Origin::Name(cx.own_name().to_owned(), Home::Project);
                        (!name.starts_with('_')).then_some(())?;
                        self.add_root(Root { name: name.clone(), from });
                    }
                    Meaning::Bound(home, [view::scope::Binding::Parameter(index)])
                        if home == id && self.in_constructor && *index > 0 =>
                    {
                        let parameter = cx.module.definitions[method].parameters.get(*index)?;
                        matches!(parameter.kind, ParameterKind::Normal | ParameterKind::KeywordOnly)
                            .then_some(())?;
                        let span = cx.module.spans.expr(id, at);
                        let inside = Span::new(span.start - start, span.end - start);
                        self.parameters_inside.push((inside, name.to_string()));
                        if let Some(default) = parameter.default
                            && matches!(cx.module.definitions[default], Expr::Literal(_))
                        {
                            let text = slice(cx.text.as_str(), cx.module.spans.signature(default))?;
                            self.defaults.insert(name.to_string(), text.to_owned());
                        }
                    }
                    Meaning::Free if model::is_builtin(name) => {}
                    Meaning::Bound(..) | Meaning::Free => return None,
                },
                Expr::Call { .. }
                | Expr::Attribute { .. }
                | Expr::Literal(_)
                | Expr::Subscript { .. }
                | Expr::Tuple(_)
                | Expr::List(_)
                | Expr::Dict(_)
                | Expr::Binary { .. }
                | Expr::Unary { .. } => {}
                _ => return None,
            }
            body[at].for_each_child(|child| open.push(child));
        }
        self.parameters_inside.sort();
        for (_, parameter) in &self.parameters_inside {
            let inside = self.parameters_inside.iter().filter(|(_, other)| other == parameter).count();
            let all = body
                .exprs
                .list
                .iter()
                .filter(|it| matches!(it, Expr::Name(name) if name == parameter))
                .count();
            if inside == all && !self.gone.contains(parameter) {
                self.gone.push(parameter.clone());
            }
        }
        let exprs = &cx.module.definitions.exprs;
        for parameter in &cx.module.definitions[method].parameters {
            let mut open: Vec<ExprId> = Vec::new();
            if self.gone.iter().any(|gone| *gone == parameter.name) {
                open.extend(parameter.annotation);
                open.extend(parameter.default);
            }
            while let Some(at) = open.pop() {
                if let Expr::Name(name) = &exprs[at] {
                    self.released.push(name.clone());
                }
                exprs[at].for_each_child(|child| open.push(child));
            }
        }
        // A nested function, a lambda or an f-string may use it without a visible name in this body.
        let has_inner = body.stmts.iter().any(|stmt| matches!(stmt, Stmt::Function(_) | Stmt::Class(_)));
        (!has_inner || self.parameters_inside.is_empty()).then_some(())
    }

    fn add_root(&mut self, root: Root) {
        if !self.roots.contains(&root) {
            self.roots.push(root);
        }
    }

    /// Finds unused names for the parameter and the attribute.
    fn name(
        &mut self,
        cx: &Context<'_>,
        (_, body): (BodyId, &Body),
        expr: ExprId,
        class: &str,
    ) -> Option<()> {
        let mut needless = None;
        let stored = body.stmts.iter().enumerate().find_map(|(index, stmt)| match stmt {
            Stmt::Assign { targets, value: Some(value), .. } if *value == expr => match &targets[..] {
                [target] => match &body[*target] {
                    Expr::Name(name) => {
                        needless = Some(StmtId(index as u32));
                        Some(name.to_string())
                    }
                    Expr::Attribute { value, name } if matches!(&body[*value], Expr::Name(it) if it == "self") => {
                        Some(name.trim_start_matches('_').to_owned())
                    }
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
        let definitions = &cx.module.definitions;
        let is_word = |name: &str| {
            name.len() > 1
                && !model::is_builtin(name)
                && !KEYWORDS.contains(&name)
                && !name.starts_with(|letter: char| letter.is_ascii_digit())
        };
        let is_free = |name: &str| {
            let Some(constructor) = self.constructor else { return true };
            let taken = definitions[constructor].parameters.iter().any(|it| it.name == name);
            let exprs = &cx.module.bodies[definitions[constructor].body].exprs.list;
            !taken && !exprs.iter().any(|it| matches!(it, Expr::Name(other) if other == name))
        };
        // The name that kept it in the constructor: bound there by that statement alone.
        let is_bound_once = |name: &str| {
            let targets = body.stmts.iter().filter_map(|stmt| match stmt {
                Stmt::Assign { targets, .. } => Some(&**targets),
                Stmt::AugAssign { target, .. } | Stmt::For { target, .. } => {
                    Some(std::slice::from_ref(target))
                }
                _ => None,
            });
            targets.flatten().filter(|target| matches!(&body[**target], Expr::Name(it) if it == name)).count()
                == 1
        };
        let is_local = self.in_constructor && needless.is_some();
        let local = stored.clone().filter(|name| is_local && is_word(name) && is_bound_once(name));
        self.parameter = match local {
            Some(name) => {
                self.needless = needless;
                name
            }
            None => [stored.unwrap_or_default(), python::naming::snake(class)]
                .into_iter()
                .find(|name| is_word(name) && is_free(name))?,
        };
        if !self.in_constructor {
            let attribute = if is_dataclass(cx, self.class) {
                self.parameter.clone()
            } else {
                format!("_{}", self.parameter)
            };
            let is_used = cx.module.bodies.list.iter().any(|body| {
                body.exprs
                    .list
                    .iter()
                    .any(|it| matches!(it, Expr::Attribute { name, .. } if *name == attribute.as_str()))
            });
            let is_defined = definitions
                .functions
                .iter()
                .any(|it| it.scope == Scope::Class(self.class) && it.name == attribute.as_str())
                || definitions
                    .variables
                    .iter()
                    .any(|it| it.scope == Scope::Class(self.class) && it.name == attribute.as_str());
            (!is_used && !is_defined).then_some(())?;
            self.attribute = Some(attribute);
        }
        Some(())
    }
}

/// Python's keywords.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
    "or", "pass", "raise", "return", "self", "try", "while", "with", "yield",
];

/// Whether only its own constructor decides how an instance is created, and nothing inherits from it.
fn is_plain_class(cx: &Context<'_>, class: ClassId) -> bool {
    let definitions = &cx.module.definitions;
    let facts = &definitions[class];
    let has_constructor =
        definitions.functions.iter().any(|it| it.scope == Scope::Class(class) && it.name == "__init__");
    let makes_itself =
        definitions.functions.iter().any(|it| it.scope == Scope::Class(class) && it.name == "__new__");
    let hierarchy = &cx.architecture.hierarchy;
    let is_inherited = hierarchy
        .by_class
        .values()
        .any(|it| it.own.iter().any(|(module, name)| *module == cx.id && *name == facts.name));
    let decorated = facts.decorators.is_empty() || is_dataclass(cx, class) && facts.decorators.len() == 1;
    let ancestors = hierarchy.of(cx.id, &facts.name);
    let inherits_none = ancestors.is_none_or(|it| {
        it.foreign.iter().all(|name| PLAIN_BASES.contains(&name.as_str()))
            && it.own.iter().all(|(module, name)| !has_own_constructor(cx, *module, name))
    });
    // A keyword in the class statement, or an unresolved base, may do anything.
    let bases = facts.bases.iter().all(|base| matches!(base, python::Arg::Positional(_)));
    let known = ancestors.map_or(0, |it| it.own.len() + it.foreign.len());
    facts.scope == Scope::Module
        && !makes_itself
        && !is_inherited
        && decorated
        && (has_constructor || inherits_none && bases && (facts.bases.is_empty() || known > 0))
}

/// Bases without a constructor.
const PLAIN_BASES: &[&str] =
    &["abc.ABC", "abc.ABCMeta", "builtins.object", "typing.Generic", "typing.Protocol"];

fn has_own_constructor(cx: &Context<'_>, module: ModuleId, class: &str) -> bool {
    let definitions = python::query::definitions(cx.db, cx.file_of(module));
    let Some((id, facts)) =
        definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == class)
    else {
        return true;
    };
    !facts.decorators.is_empty()
        || definitions
            .functions
            .iter()
            .any(|it| it.scope == Scope::Class(id) && matches!(it.name.as_str(), "__init__" | "__new__"))
}

/// `@dataclass`, `@dataclass(...)`
pub(super) fn is_dataclass(cx: &Context<'_>, class: ClassId) -> bool {
    let definitions = &cx.module.definitions;
    definitions[class]
        .decorators
        .iter()
        .any(|decorator| definitions.exprs.decorator_name(*decorator) == Some("dataclass"))
}

/// Whether a body is that of a method with `self`.
fn is_of_instance(cx: &Context<'_>, class: ClassId, body: BodyId) -> bool {
    let definitions = &cx.module.definitions;
    let Some(BodyOwner::Function(function)) = cx.module.bodies.list.get(body.0 as usize).map(|it| it.owner)
    else {
        return false;
    };
    let facts = &definitions[function];
    let is_static = facts.decorators.iter().any(
        |it| matches!(&definitions[*it], Expr::Name(name) if matches!(name.as_str(), "staticmethod" | "classmethod")),
    );
    facts.scope == Scope::Class(class)
        && !is_static
        && facts.parameters.first().is_some_and(|it| it.name == "self")
}

/// The type of the collaborator as written in the class's module: by its name there, or by one to import.
fn annotation(
    names: &Names<'_>,
    id: BodyId,
    callee: ExprId,
    class: &Class,
    source: &Source,
) -> Option<(String, Option<(ModuleId, Name)>)> {
    let cx = names.cx;
    let body = names.body(id);
    let dotted = body.exprs.dotted(callee)?;
    match (source, collaborators::head_value(names, id, callee)?.kind, class) {
        (Source::Made, Kind::Class(_), _) => Some((dotted, None)),
        (Source::Made, Kind::Foreign(full), _) => {
            let last = full.rsplit('.').next()?;
            (last.starts_with(|letter: char| letter.is_ascii_uppercase())).then_some((dotted, None))
        }
        // `OrderRepository.from_session(session)`
        (Source::Made, Kind::Method(receiver, _), Class::Own(own)) => match &receiver.kind {
            Kind::Class(class) if class == own => Some((dotted.rsplit_once('.')?.0.to_owned(), None)),
            _ => None,
        },
        (Source::Fetched(..), _, Class::Own(own)) => {
            let is_reachable = own.module == cx.id;
            let wanted = (!is_reachable).then(|| (own.module, own.name.clone()));
            Some((own.name.to_string(), wanted))
        }
        _ => None,
    }
}

/// Where other modules have to import a module-level name from.
fn root(cx: &Context<'_>, import: python::ImportId) -> Option<Root> {
    let view = cx.import(import)?;
    let context = view.import.context;
    (context.scope == Scope::Module && context.at_import_time() && !context.optional && !context.conditional)
        .then_some(())?;
    let name: Name = view.import.bound_name()?.into();
    let absolute = view.resolved.absolute.as_str();
    let from = match (view.import.kind, &view.resolved.target) {
        (ImportKind::From, target) if view.import.alias.is_none() => {
            let home = match target {
                Target::Standard(_) => Home::Standard,
                Target::ThirdParty(_) => Home::ThirdParty,
                Target::Missing(_) => return None,
                _ => Home::Project,
            };
            Origin::Name(absolute.rsplit_once('.')?.0.to_owned(), home)
        }
        (ImportKind::Module, Target::ThirdParty(_) | Target::Standard(_)) if view.import.alias.is_none() => {
            Origin::Module(view.import.module.to_string())
        }
        _ => return None,
    };
    Some(Root { name, from })
}

fn slice(text: &str, span: Span) -> Option<&str> {
    text.get(span.start as usize..span.end as usize)
}

#[cfg(test)]
mod tests;
