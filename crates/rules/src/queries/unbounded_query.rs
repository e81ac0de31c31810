//! A route or a repository that returns all rows of a table: fast until there are many.

use config::Level;
use flow::{Analysis, FunctionRef, Kind, Origin, QueryRef, Value};
use model::Mark;
use python::{BodyId, FunctionId, Scope, Stmt};
use source::Span;
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use super::problems::{analysis, name_of};

pub(crate) static RULE: Rule = Rule {
    id: "unbounded-query",
    group: Group::Queries,
    summary: "a route or a repository that returns a whole table",
    level: Level::Info,
    since: "0.1.0",
    docs: include_str!("unbounded_query.md"),
    options: &[
        OptionSpec {
            name: "exports",
            default: OptionDefault::Strings(&[
                "export", "dump", "backup", "sync", "reindex", "migrate", "seed", "report",
            ]),
            summary: "words in the names of functions that read everything on purpose",
        },
        OptionSpec {
            name: "small",
            default: OptionDefault::Strings(&[
                "Category",
                "Config",
                "Configuration",
                "Country",
                "Currency",
                "Feature",
                "Flag",
                "Kind",
                "Language",
                "Permission",
                "Plan",
                "Region",
                "Role",
                "Setting",
                "Settings",
                "Status",
                "Template",
                "Type",
            ]),
            summary: "suffixes of the names of models whose tables stay small",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        fastapi: Some(Level::Warning),
        django: Some(Level::Info),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let signals = model::query::signals(cx.db, cx.file);
    let is_command = [Mark::CliCommand, Mark::Admin].into_iter().any(|mark| signals.marks.has(mark))
        || cx
            .own_name()
            .split('.')
            .any(|segment| matches!(segment, "commands" | "admin" | "cli" | "scripts"));
    if is_command {
        return;
    }
    let options = cx.options(&RULE);
    let (exports, small) = (options.strings("exports"), options.strings("small"));
    let routes = model::query::routes(cx.db, cx.project);
    for (id, function) in cx.module.definitions.functions() {
        let is_route = routes.of_function(cx.id, id).next().is_some();
        if !(is_route || gives_to_others(cx, id)) || is_paged(cx, id) {
            continue;
        }
        let name = function.name.to_ascii_lowercase();
        if name.split('_').any(|word| exports.contains(&word)) {
            continue;
        }
        let reference = FunctionRef { module: cx.id, function: id };
        let known = analysis(cx, reference);
        let own = |query: &QueryRef| query.function == reference && known.whole.contains(query);
        let Some(query) = given_back(&known, 0, &known.summary.returns).filter(own) else { continue };
        let index = usize::from(query.index);
        let Some(class) = known.models.get(index).and_then(|model| model.class()) else { continue };
        if small.iter().any(|end| class.name.ends_with(end)) {
            continue;
        }
        let Some(site) = known.queries.get(index) else { continue };
        let span = cx.module.spans.expr(site.body, site.expr);
        if is_in_branch(cx, site.body, span) {
            continue;
        }
        let who = name_of(cx, reference);
        let subject = if is_route { format!("Route `{who}`") } else { format!("`{who}`") };
        let message =
            format!("{subject} returns every row of `{}`; add a limit, pagination or a filter", class.name);
        let draft = out.add(span, Key::new(format!("{who} {}", class.name)), message);
        draft.related(cx.file, Place::Function(id), format!("`{who}` has no parameter that limits the rows"));
    }
}

/// The query whose rows a result contains, or whose rows its elements were made from.
fn given_back(known: &Analysis, depth: usize, value: &Value) -> Option<QueryRef> {
    const MAX_DEPTH: usize = 8;
    if depth > MAX_DEPTH {
        return None;
    }
    match &value.kind {
        Kind::Many(one) => match &one.kind {
            Kind::Entity(entity) => match &entity.origin {
                Origin::Query(query) => Some(*query),
                Origin::Relationship(..) | Origin::Declared | Origin::Made | Origin::Sent => None,
            },
            Kind::Tuple(parts) if parts.len() == 1 => given_back(known, depth + 1, &parts[0].clone().many()),
            // A list of something else, in a function that reads a whole table: it is made from those rows.
            _ if depth > 1 => None,
            Kind::Instance(..)
            | Kind::Unknown
            | Kind::Plain
            | Kind::Written(_)
            | Kind::Column(_)
            | Kind::Record(_)
            | Kind::Mapping(_) => match &known.whole[..] {
                [only] => Some(*only),
                _ => None,
            },
            _ => None,
        },
        Kind::Awaitable(value) => given_back(known, depth + 1, value),
        Kind::Record(entries) => entries.iter().find_map(|(_, value)| given_back(known, depth + 2, value)),
        _ => None,
    }
}

/// Whether it is under a condition: with other arguments, other rows are read.
fn is_in_branch(cx: &Context<'_>, body: BodyId, span: Span) -> bool {
    let spans = cx.module.spans.bodies.get(body.0 as usize);
    let stmts = cx.module.bodies[body].stmts.iter().zip(spans.into_iter().flat_map(|spans| &*spans.stmts));
    let mut around = stmts.filter(|(_, around)| around.start <= span.start && span.end <= around.end);
    around.any(|(stmt, _)| matches!(stmt, Stmt::If { .. } | Stmt::Match { .. }))
}

/// Whether other code calls the function for rows: a public method of a repository, or a function of a data access
/// module.
fn gives_to_others(cx: &Context<'_>, id: FunctionId) -> bool {
    const CLASSES: [&str; 10] =
        ["Repository", "Repo", "Dao", "DAO", "Crud", "CRUD", "Gateway", "Store", "Service", "Table"];
    const MODULES: [&str; 12] = [
        "crud",
        "dao",
        "daos",
        "queries",
        "repo",
        "repos",
        "repositories",
        "repository",
        "selectors",
        "service",
        "services",
        "store",
    ];
    let function = &cx.module.definitions[id];
    if function.name.starts_with('_') {
        return false;
    }
    match function.scope {
        Scope::Class(class) => {
            let name = &cx.module.definitions[class].name;
            CLASSES.iter().any(|end| name.ends_with(end))
        }
        Scope::Module => {
            let segments = cx.own_name().rsplit('.').take(2);
            segments.flat_map(|segment| segment.split('_')).any(|word| MODULES.contains(&word))
        }
        Scope::Function(_) => false,
    }
}

/// Whether a parameter limits the number of rows.
fn is_paged(cx: &Context<'_>, id: FunctionId) -> bool {
    const WORDS: [&str; 14] = [
        "limit",
        "offset",
        "page",
        "pages",
        "paging",
        "pagination",
        "paginator",
        "params",
        "size",
        "skip",
        "take",
        "cursor",
        "first",
        "top",
    ];
    cx.module.definitions[id]
        .parameters
        .iter()
        .any(|parameter| parameter.name.to_ascii_lowercase().split('_').any(|word| WORDS.contains(&word)))
}
