//! Modules imported by computed names, or found by listing their folder: plug-ins, routers, discovered tasks.

mod parts;

use camino::{Utf8Path, Utf8PathBuf};
use model::{ModuleInfo, Modules, Project};
use python::{Arg, Expr, ExprArena, ExprId, FStringPart, Literal};
use source::File;
use view::Db;

use super::Refusal;

/// Functions that import by name.
const IMPORTS: [&str; 4] = ["__import__", "import_module", "import_string", "load_module"];

/// Functions that list the modules, or the files, of a folder.
const LISTS: [&str; 6] = ["glob", "iter_modules", "iterdir", "listdir", "rglob", "walk_packages"];

/// A file that does either contains one of these words.
const WORDS: [&str; 10] = [
    "__import__",
    "import_module",
    "import_string",
    "load_module",
    ".glob(",
    "iter_modules",
    "iterdir",
    "listdir",
    "rglob",
    "walk_packages",
];

/// What a file imports by computed names.
#[derive(Debug, Default)]
struct Computed {
    /// The packages from which it does so.
    packages: Vec<String>,
    /// Whether it does so from nobody knows where.
    is_open: bool,
    /// Whether it takes attributes by computed names.
    takes_attributes: bool,
    /// Whether it lists its own folder, and whether it does so recursively.
    lists: Option<bool>,
}

/// Why a file can't move that others import by a computed name, or find by listing its folder. `moved` returns the new
/// path of a file that moves.
pub(super) fn refusal(
    db: &dyn Db,
    project: Project,
    modules: &Modules,
    moved: &dyn Fn(&ModuleInfo) -> Option<Utf8PathBuf>,
) -> Option<Refusal> {
    let moving = modules.iter().map(|(_, info)| info).filter(|info| moved(info).is_some());
    let named = parts::refusal(db, modules, &moving.collect::<Vec<_>>(), || {
        finders(db, modules).find(|finder| read(db, project, finder).is_open)
    });
    named.or_else(|| found_by_name(db, project, modules, moved))
}

/// Why no definition can leave a module: others take what is in it by computed names.
pub(super) fn refusal_of_symbols(
    db: &dyn Db,
    project: Project,
    modules: &Modules,
    source: &ModuleInfo,
) -> Option<Refusal> {
    let takers = || {
        let all = finders(db, modules).map(|finder| (finder, read(db, project, finder)));
        all.filter(|(_, computed)| computed.takes_attributes)
    };
    let package = source.name.rsplit_once('.').map_or("", |(package, _)| package);
    // From a package further out the computed part has dots, and somebody writes it down.
    let is_open = |(_, computed): &(_, Computed)| {
        computed.is_open || computed.packages.iter().any(|it| it != package && is_in(package, it))
    };
    let open = || takers().find(is_open).map(|(finder, _)| finder);
    parts::refusal(db, modules, &[source], open).or_else(|| {
        let is_taken = |(_, computed): &(_, Computed)| computed.packages.iter().any(|it| it == package);
        let (finder, _) = takers().filter(|(finder, _)| finder.file != source.file).find(is_taken)?;
        Some(by_computed_names(finder, package))
    })
}

/// The files that may import by computed names, or list folders.
fn finders<'m>(db: &'m dyn Db, modules: &'m Modules) -> impl Iterator<Item = &'m ModuleInfo> {
    modules.iter().map(|(_, info)| info).filter(|info| {
        let text = source::query::text(db, info.file);
        WORDS.iter().any(|word| text.as_str().contains(word))
    })
}

fn by_computed_names(finder: &ModuleInfo, package: &str) -> Refusal {
    Refusal::new(format!("{} imports modules of `{package}` by names that it computes", finder.path))
}

fn found_by_name(
    db: &dyn Db,
    project: Project,
    modules: &Modules,
    moved: &dyn Fn(&ModuleInfo) -> Option<Utf8PathBuf>,
) -> Option<Refusal> {
    for finder in finders(db, modules) {
        let computed = read(db, project, finder);
        let folder = finder.path.parent().unwrap_or(Utf8Path::new(""));
        // If a whole folder moves, everything in it does.
        let folder_after = moved(finder)
            .and_then(|new| new.parent().map(Utf8Path::to_owned))
            .unwrap_or_else(|| folder.to_owned());
        for (_, info) in modules.iter() {
            let Some(new) = moved(info) else { continue };
            if info.file == finder.file {
                continue;
            }
            if let Some(deep) = computed.lists {
                let is_listed = |path: &Utf8Path, folder: &Utf8Path| {
                    let parent = if path.file_stem() == Some("__init__") {
                        path.parent().and_then(Utf8Path::parent)
                    } else {
                        path.parent()
                    };
                    parent == Some(folder) || deep && path.starts_with(folder)
                };
                if is_listed(&info.path, folder) != is_listed(&new, &folder_after) {
                    return Some(Refusal::new(format!(
                        "{} imports what it finds in its folder",
                        finder.path
                    )));
                }
            }
            let package = info.name.rsplit_once('.').map_or("", |(package, _)| package);
            if computed.lists.is_none() && computed.packages.iter().any(|it| is_in(package, it)) {
                return Some(by_computed_names(finder, package));
            }
        }
    }
    None
}

/// Whether a package is `from`, or inside it.
fn is_in(package: &str, from: &str) -> bool {
    package.strip_prefix(from).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn read(db: &dyn Db, project: Project, finder: &ModuleInfo) -> Computed {
    let mut computed = Computed::default();
    let Some(cx) = view::query::context(db, project, finder.file) else { return computed };
    let own = if finder.is_package {
        finder.name.to_string()
    } else {
        finder.name.rsplit_once('.').map_or(String::new(), |(package, _)| package.to_owned())
    };
    let reads_own_place = cx.text.as_str().contains("__file__") || cx.text.as_str().contains("__path__");
    for body in &cx.module.bodies.list {
        for expr in &body.exprs.list {
            let Expr::Call { callee, args } = expr else { continue };
            let name = match &body[*callee] {
                Expr::Name(name) | Expr::Attribute { name, .. } => name.as_str(),
                _ => continue,
            };
            if LISTS.contains(&name) && reads_own_place && (lists_sources(&body.exprs, name, args)) {
                let deep = matches!(name, "rglob" | "walk_packages");
                computed.lists = Some(computed.lists.unwrap_or_default() || deep);
            }
            let first = args.iter().find_map(|arg| match arg {
                Arg::Positional(id) => Some(*id),
                _ => None,
            });
            if let Some(first) = first.filter(|_| IMPORTS.contains(&name)) {
                let first = match &body[first] {
                    Expr::Name(name) => body.assigned_once(name).unwrap_or(first),
                    _ => first,
                };
                let package = package(&body.exprs, first, &own, &finder.name);
                computed.is_open |=
                    package.is_none() && !matches!(body[first], Expr::Literal(_) | Expr::FString(_));
                computed.packages.extend(package);
            }
            computed.takes_attributes |= name == "getattr"
                && args.get(1).is_some_and(|arg| !matches!(body[arg.value()], Expr::Literal(_)));
        }
    }
    computed
}

/// Whether a call lists modules, or files that could be modules.
fn lists_sources(exprs: &ExprArena, name: &str, args: &[Arg]) -> bool {
    match name {
        "glob" | "rglob" => args.iter().any(|arg| {
            matches!(&exprs[arg.value()], Expr::Literal(Literal::Str(text)) if text.ends_with(".py") || text.ends_with("/*"))
                || !matches!(&exprs[arg.value()], Expr::Literal(_))
        }),
        _ => true,
    }
}

/// The package of a computed name: `f"shop.plugins.{name}"`, `"shop.plugins." + name`, `f".{name}"`,
/// `f"{__name__}.{name}"`, `"{}.{}".format("shop.plugins", name)`.
fn package(exprs: &ExprArena, id: ExprId, own: &str, module: &str) -> Option<String> {
    let of_text = |text: &str| {
        let name = text.strip_suffix('.')?;
        if name.is_empty() { Some(own.to_owned()) } else { (!name.starts_with('.')).then(|| name.to_owned()) }
    };
    match &exprs[id] {
        Expr::FString(parts) => match parts.first()? {
            FStringPart::Text(text) => of_text(text),
            FStringPart::Value(value) | FStringPart::Repr(value) => match &exprs[*value] {
                Expr::Name(name) if name == "__name__" => Some(module.to_owned()),
                Expr::Name(name) if name == "__package__" => Some(own.to_owned()),
                _ => None,
            },
        },
        Expr::Binary { left, .. } => match &exprs[*left] {
            Expr::Literal(Literal::Str(text)) => of_text(text).or_else(|| {
                // `"shop.plugins.%s" % name`
                text.strip_suffix(".%s").map(str::to_owned)
            }),
            Expr::Name(name) if name == "__name__" => Some(module.to_owned()),
            Expr::Binary { .. } => package(exprs, *left, own, module),
            _ => None,
        },
        Expr::Call { callee, args } => match &exprs[*callee] {
            Expr::Attribute { value, name } if name == "format" => match &exprs[*value] {
                Expr::Literal(Literal::Str(text)) if text.starts_with("{}.") => {
                    match &exprs[args.first()?.value()] {
                        Expr::Literal(Literal::Str(package)) => Some(package.to_string()),
                        _ => None,
                    }
                }
                Expr::Literal(Literal::Str(text)) => text.strip_suffix(".{}").map(str::to_owned),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Names of modules that the project discovers in each of its packages, with the call that does so:
/// `autodiscover_tasks(related_name="jobs")`, `autodiscover_modules("widgets")`.
pub(super) fn discovered(db: &dyn Db, modules: &Modules) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for (_, info) in modules.iter() {
        if source::query::text(db, info.file).as_str().contains("autodiscover_") {
            discovered_by(db, info.file, &mut found);
        }
    }
    found
}

fn discovered_by(db: &dyn Db, file: File, found: &mut Vec<(String, &'static str)>) {
    for body in &python::query::bodies(db, file).list {
        for expr in &body.exprs.list {
            let Expr::Call { callee, args } = expr else { continue };
            let (Expr::Name(name) | Expr::Attribute { name, .. }) = &body[*callee] else { continue };
            for arg in args {
                let Expr::Literal(Literal::Str(text)) = &body[arg.value()] else { continue };
                match (name.as_str(), arg) {
                    ("autodiscover_tasks", Arg::Keyword(key, _)) if key == "related_name" => {
                        found.push((text.to_string(), "`autodiscover_tasks`"));
                    }
                    ("autodiscover_modules", Arg::Positional(_)) => {
                        found.push((text.to_string(), "`autodiscover_modules`"));
                    }
                    _ => {}
                }
            }
        }
    }
}
