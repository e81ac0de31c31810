//! Where a project keeps its settings: a pydantic settings instance, Django's settings, or constants read from the
//! environment. The nearest such module is used.

use config::Layer;
use model::{ModuleId, PathRole};
use python::{BodyId, ClassId, Definitions, Expr, ExprId, Name, Scope, Stmt};
use rustc_hash::FxHashSet;
use source::Span;
use view::Context;
use view::collaborators::{Role, of_class};

use super::Home;

/// A module of settings.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) module: ModuleId,
    pub(super) kind: Kind,
    /// Whether it already reads the variable.
    pub(super) is_there: bool,
}

/// How the settings are organized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Fields of a settings class, with the access to its instance: `settings`, or `get_settings()`.
    Settings { class: ClassId, by: Name, is_called: bool },
    /// `django.conf.settings`
    Django,
    /// Constants of the module.
    Constant,
}

impl Place {
    /// The nearest module that can take `variable` and doesn't import the checked module.
    pub(super) fn of(cx: &Context<'_>, variable: &Name) -> Option<Self> {
        let root = cx.info().root;
        let own: Vec<&str> = cx.own_name().split('.').collect();
        let mut candidates: Vec<(usize, usize, ModuleId)> = cx
            .architecture
            .modules
            .iter()
            .filter(|(id, info)| {
                *id != cx.id
                    && info.root == root
                    && info.role == PathRole::Code
                    && cx.layer(*id) == Some(Layer::Config)
            })
            .map(|(id, info)| {
                let shared =
                    info.name.split('.').zip(&own).take_while(|(left, right)| left == *right).count();
                (usize::MAX - shared, info.name.split('.').count(), id)
            })
            .collect();
        candidates.sort_unstable();
        let places: Vec<(usize, Self)> = candidates
            .iter()
            .filter_map(|(_, _, id)| Some((rank(&place(cx, *id, variable)?.kind), place(cx, *id, variable)?)))
            .collect();
        // A settings class is preferred over constants; within a kind, the nearest.
        let (_, best) = places.into_iter().min_by_key(|(rank, _)| *rank)?;
        (!imports(cx, best.module, cx.id)).then_some(best)
    }

    /// The code that replaces the read in the checked module.
    pub(super) fn written(&self, config: &Context<'_>, variable: &Name) -> Option<String> {
        Some(match &self.kind {
            Kind::Settings { by, is_called, .. } => {
                let field = self.field(config, variable)?;
                if *is_called { format!("{by}().{field}") } else { format!("{by}.{field}") }
            }
            Kind::Django => format!("settings.{variable}"),
            Kind::Constant => variable.to_string(),
        })
    }

    /// What the checked module has to import.
    pub(super) fn import(&self, cx: &Context<'_>, variable: &Name) -> (String, String, Home) {
        let module = cx.module_name(self.module).to_owned();
        match &self.kind {
            Kind::Settings { by, .. } => (module, by.to_string(), Home::Project),
            Kind::Django => ("django.conf".to_owned(), "settings".to_owned(), Home::ThirdParty),
            Kind::Constant => (module, variable.to_string(), Home::Project),
        }
    }

    /// The field for a variable, written like the others. `None` if the class changes how names are looked up.
    pub(super) fn field(&self, config: &Context<'_>, variable: &Name) -> Option<String> {
        let Kind::Settings { class, .. } = &self.kind else { return None };
        let span = config.module.spans.classes.get(class.0 as usize)?;
        let text = config.text.as_str().get(span.start as usize..span.end as usize)?;
        (!text.contains("env_prefix") && !text.contains("alias_generator")).then_some(())?;
        let fields = || fields(&config.module.definitions, *class);
        if text.contains("case_sensitive") {
            return Some(variable.to_string());
        }
        let is_upper = |name: &Name| !name.contains(|letter: char| letter.is_lowercase());
        let upper = fields().filter(|(_, name)| is_upper(name)).count();
        Some(if upper * 2 > fields().count() { variable.to_string() } else { variable.to_lowercase() })
    }

    /// The last field or constant: a new one goes after it.
    pub(super) fn end_of_last(&self, config: &Context<'_>) -> Option<Span> {
        let definitions = &config.module.definitions;
        let id = match &self.kind {
            Kind::Settings { class, .. } => definitions[*class].body,
            Kind::Django | Kind::Constant => BodyId(0),
        };
        let body = config.module.bodies.list.get(id.0 as usize)?;
        let is_one = |stmt: &Stmt| match (&self.kind, stmt) {
            (Kind::Settings { .. }, Stmt::Assign { annotation, .. }) => annotation.is_some(),
            (_, Stmt::Assign { value: Some(value), .. }) => reads_environment(|id| &body[id], *value),
            _ => false,
        };
        let last = body.root.iter().rev().find(|stmt| is_one(&body[**stmt]))?;
        Some(config.module.spans.stmt(id, *last))
    }
}

const fn rank(kind: &Kind) -> usize {
    match kind {
        Kind::Settings { .. } => 0,
        Kind::Django => 1,
        Kind::Constant => 2,
    }
}

/// The kind of settings in a module, by its definitions.
fn place(cx: &Context<'_>, module: ModuleId, variable: &Name) -> Option<Place> {
    let definitions = python::query::definitions(cx.db, cx.file_of(module));
    let of_module = || definitions.variables.iter().filter(|it| it.scope == Scope::Module);
    let settings = |name: &str| {
        let (id, class) =
            definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == name)?;
        let reference = model::ClassRef::new(module, class.name.clone());
        (of_class(cx, &reference) == Some(Role::Settings)).then_some(id)
    };
    let instance = of_module().find_map(|it| match &definitions[it.value?] {
        Expr::Call { callee, args } if args.is_empty() => match &definitions[*callee] {
            Expr::Name(class) => Some((settings(class)?, it.name.clone(), false)),
            _ => None,
        },
        _ => None,
    });
    let getter = || {
        definitions.functions.iter().find_map(|it| {
            let is_plain =
                it.scope == Scope::Module && it.parameters.is_empty() && !it.is_async && !it.is_generator;
            let Expr::Name(class) = &definitions[it.returns?] else { return None };
            (is_plain && it.name.starts_with("get_")).then_some(())?;
            Some((settings(class)?, it.name.clone(), true))
        })
    };
    if let Some((class, by, is_called)) = instance.or_else(getter) {
        let known = |(annotation, name): (ExprId, &Name)| {
            name.eq_ignore_ascii_case(variable)
                .then(|| matches!(&definitions[annotation], Expr::Name(it) if it == "str"))
        };
        let is_there = match fields(&definitions, class).find_map(known) {
            // A field of another type would have another value than the environment.
            Some(false) => return None,
            found => found.is_some(),
        };
        fields(&definitions, class).next()?;
        return Some(Place { module, kind: Kind::Settings { class, by, is_called }, is_there });
    }
    let reads = of_module()
        .filter(|it| it.value.is_some_and(|value| reads_environment(|id| &definitions[id], value)));
    (reads.count() > 0).then_some(())?;
    let is_bound = of_module().any(|it| it.name == *variable)
        || definitions.functions.iter().any(|it| it.name == *variable);
    // A class of this name may be something else, so it is not used.
    (!is_bound).then_some(())?;
    let imports = python::query::imports(cx.db, cx.file_of(module));
    let has_os = imports.list.iter().any(|import| {
        import.module == "os"
            && import.kind == python::ImportKind::Module
            && import.alias.is_none()
            && import.context.at_import_time()
    });
    has_os.then_some(())?;
    let is_django = of_module().any(|it| it.name == "INSTALLED_APPS");
    let is_spread = cx.architecture.modules.iter().any(|(id, info)| {
        id != module && cx.layer(id) == Some(Layer::Config) && defines(cx, info.file, "INSTALLED_APPS")
    });
    // Parts of Django's settings are read through Django.
    let kind = if is_django {
        Kind::Django
    } else if is_spread {
        return None;
    } else {
        Kind::Constant
    };
    Some(Place { module, kind, is_there: false })
}

fn defines(cx: &Context<'_>, file: source::File, name: &str) -> bool {
    python::query::definitions(cx.db, file)
        .variables
        .iter()
        .any(|it| it.scope == Scope::Module && it.name == name)
}

/// The fields of a class with their annotations.
fn fields(definitions: &Definitions, class: ClassId) -> impl Iterator<Item = (ExprId, &Name)> {
    definitions
        .variables
        .iter()
        .filter(move |it| it.scope == Scope::Class(class) && it.name != "model_config")
        .filter_map(|it| Some((it.annotation?, &it.name)))
}

/// Whether an expression reads the environment, judging by its form.
fn reads_environment<'e>(expr: impl Fn(ExprId) -> &'e Expr, value: ExprId) -> bool {
    let mut open = vec![value];
    while let Some(at) = open.pop() {
        let found = expr(at);
        if let Expr::Attribute { name, .. } | Expr::Name(name) = found
            && matches!(name.as_str(), "environ" | "getenv")
        {
            return true;
        }
        found.for_each_child(|child| open.push(child));
    }
    false
}

/// Whether importing `from` imports `to`.
fn imports(cx: &Context<'_>, from: ModuleId, to: ModuleId) -> bool {
    let mut seen: FxHashSet<ModuleId> = FxHashSet::from_iter([from]);
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        for edge in cx.architecture.graph.imports(at) {
            if edge.kind == model::EdgeKind::Import && seen.insert(edge.to) {
                open.push(edge.to);
            }
        }
    }
    false
}
