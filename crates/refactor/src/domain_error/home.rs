//! Where an error class goes: the errors module of the domain or the application nearby, a new one beside the code, or
//! the module itself if no file can be created.

use camino::Utf8PathBuf;
use config::Layer;
use model::{ModuleId, PathRole, Target};
use python::Scope;
use source::{Span, TextEdit};
use view::Context;
use view::frameworks::is_web_framework;

use super::ErrorClass;
use super::base::BaseError;
use crate::head;
use crate::lines::Lines;
use crate::rewrite::{At, Home, Import, Rewrite};

/// The module for the classes.
pub(super) struct ErrorsModule {
    /// Its dotted name.
    pub(super) module: String,
    place: Where,
    /// The base of new classes; `Exception` if `None`.
    base: Option<BaseError>,
}

enum Where {
    /// An existing module.
    Known(ModuleId),
    /// A file to be created.
    New(Utf8PathBuf),
    /// The raising module.
    Own,
}

const STEMS: [&str; 4] = ["errors", "exceptions", "error", "exception"];

/// The module for errors that `cx` raises: the errors module nearby, that of the base error, or a new one.
pub(super) fn find(cx: &Context<'_>, can_create: bool, base: Option<BaseError>) -> ErrorsModule {
    let of_base = base.as_ref().map(|base| base.module);
    if let Some(id) = nearest(cx).or(of_base) {
        // The base may itself depend on the errors module.
        let base = base.filter(|base| base.module == id || !reaches(cx, base.module, id));
        return ErrorsModule { module: cx.module_name(id).to_owned(), place: Where::Known(id), base };
    }
    let own = || ErrorsModule { module: cx.own_name().to_owned(), place: Where::Own, base: None };
    if !can_create {
        return own();
    }
    let (beside, package) = beside(cx);
    let folder = cx.file_of(beside).path(cx.db).parent().map(camino::Utf8Path::to_owned);
    let Some(folder) = folder else { return own() };
    for stem in ["errors", "domain_errors"] {
        let module = if package.is_empty() { stem.to_owned() } else { format!("{package}.{stem}") };
        let is_taken = cx
            .architecture
            .modules
            .iter()
            .any(|(_, info)| info.name == module || info.name.starts_with(&format!("{module}.")));
        if !is_taken {
            return ErrorsModule { module, place: Where::New(folder.join(format!("{stem}.py"))), base: None };
        }
    }
    own()
}

/// The module beside which a new one goes, with its package: the nearest of the domain, or the raising one.
fn beside(cx: &Context<'_>) -> (ModuleId, String) {
    let package_of = |id: ModuleId| {
        let name = cx.module_name(id);
        let is_package = cx.architecture.modules[id].is_package;
        if is_package {
            name.to_owned()
        } else {
            name.rsplit_once('.').map_or("", |(head, _)| head).to_owned()
        }
    };
    let domain = cx.architecture.modules.iter().map(|(id, _)| id).filter(|id| {
        let package = package_of(*id);
        let last = package.rsplit('.').next().unwrap_or_default();
        last == "domain"
            && cx.layer(*id) == Some(Layer::Domain)
            && package
                .rsplit_once('.')
                .is_none_or(|(around, _)| cx.own_name().starts_with(&format!("{around}.")))
    });
    let nearest =
        domain.max_by_key(|id| (shared(cx.module_name(*id), cx.own_name()), std::cmp::Reverse(*id)));
    let id = nearest.unwrap_or(cx.id);
    (id, package_of(id))
}

/// The number of leading segments that two names share.
pub(super) fn shared(a: &str, b: &str) -> usize {
    a.split('.').zip(b.split('.')).take_while(|(a, b)| a == b).count()
}

/// Names of folders that reveal nothing about a subject.
const AROUND: [&str; 12] = [
    "app",
    "application",
    "base",
    "common",
    "core",
    "domain",
    "errors",
    "exceptions",
    "lib",
    "services",
    "shared",
    "src",
];

/// Whether a module is around the raising one, with only folders of generic names in between.
pub(super) fn is_near(cx: &Context<'_>, id: ModuleId) -> bool {
    let name = cx.module_name(id);
    let mut segments: Vec<&str> = name.split('.').collect();
    segments.pop();
    let common = shared(name, cx.own_name());
    segments.iter().skip(common).all(|segment| AROUND.contains(segment))
        && (common > 0 || segments.len() <= 1)
}

/// The nearest errors module without HTTP.
fn nearest(cx: &Context<'_>) -> Option<ModuleId> {
    let candidates = cx.architecture.modules.iter().filter(|(id, info)| {
        let is_errors = info.name.rsplit('.').next().is_some_and(|last| STEMS.contains(&last));
        is_errors
            && *id != cx.id
            && info.role == PathRole::Code
            && is_near(cx, *id)
            && matches!(
                cx.layer(*id),
                None | Some(Layer::Domain | Layer::Application | Layer::Shared | Layer::Infrastructure)
            )
            && info.is_package == (info.path.file_name() == Some("__init__.py"))
            && !info.is_package
            && is_free_of_http(cx, *id)
            && !reaches(cx, *id, cx.id)
    });
    candidates
        .map(|(id, info)| {
            let is_inner = matches!(cx.layer(id), Some(Layer::Domain | Layer::Application));
            ((shared(&info.name, cx.own_name()), is_inner, std::cmp::Reverse(id)), id)
        })
        .max()
        .map(|(_, id)| id)
}

pub(super) fn is_free_of_http(cx: &Context<'_>, id: ModuleId) -> bool {
    let resolved = model::query::resolved(cx.db, cx.project, cx.file_of(id));
    resolved.iter().all(|resolved| match &resolved.target {
        Target::ThirdParty(name) | Target::Standard(name) => !is_web_framework(name),
        _ => true,
    })
}

/// Whether a module imports another, directly or indirectly.
pub(super) fn reaches(cx: &Context<'_>, from: ModuleId, to: ModuleId) -> bool {
    let mut seen = vec![from];
    let mut next = 0;
    while let Some(at) = seen.get(next).copied() {
        next += 1;
        for edge in cx.architecture.graph.imports(at) {
            if edge.to == to {
                return true;
            }
            if !seen.contains(&edge.to) {
                seen.push(edge.to);
            }
        }
        // An errors module with so many dependencies is not the right place.
        if seen.len() > 200 {
            return true;
        }
    }
    false
}

/// The existing module, if any.
fn known(cx: &Context<'_>, home: &ErrorsModule) -> Option<ModuleId> {
    match home.place {
        Where::Known(id) => Some(id),
        Where::Own => Some(cx.id),
        Where::New(_) => None,
    }
}

/// Whether the module already binds a name.
pub(super) fn defines(cx: &Context<'_>, home: &ErrorsModule, name: &str) -> bool {
    known(cx, home).is_some_and(|id| model::query::exports(cx.db, cx.file_of(id)).get(name).is_some())
}

/// Whether a class is an error without a constructor of its own: nothing in the project changes that, and it is not an
/// HTTP error.
pub(super) fn is_plain(cx: &Context<'_>, home: &ErrorsModule, name: &str) -> bool {
    let Some(id) = known(cx, home) else { return false };
    let definitions = python::query::definitions(cx.db, cx.file_of(id));
    let Some((class, _)) = definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == name)
    else {
        return false;
    };
    let has_methods = definitions.functions().any(|(_, it)| it.scope == Scope::Class(class));
    let ancestors = cx.architecture.hierarchy.of(id, name);
    !has_methods
        && ancestors.is_some_and(|ancestors| {
            ancestors.own.is_empty()
                && ancestors
                    .foreign
                    .iter()
                    .all(|name| matches!(name.as_str(), "builtins.Exception" | "builtins.BaseException"))
        })
}

/// Writes the missing classes.
pub(super) fn write(rewrite: &mut Rewrite<'_>, home: &ErrorsModule, classes: &[ErrorClass]) -> Option<()> {
    let missing = |cx: &Context<'_>| -> Vec<String> {
        let new = classes.iter().filter(|class| !defines(cx, home, &class.name));
        new.map(|class| class.name.clone()).collect()
    };
    let names = missing(&rewrite.own().cx);
    if names.is_empty() {
        return Some(());
    }
    match &home.place {
        Where::New(path) => {
            let ending = Lines { text: rewrite.own().text() }.ending();
            let text = names.iter().map(|name| class_text(name, "Exception", ending)).collect::<Vec<_>>();
            let contents = text.join(&ending.repeat(2));
            rewrite.create(path.clone(), contents)
        }
        Where::Known(id) => {
            let file = rewrite.own().cx.file_of(*id);
            let of_base = |base: &BaseError| rewrite.own().cx.module_name(base.module).to_owned();
            let module = home.base.as_ref().map(of_base);
            let it = rewrite.file(file)?;
            let base = match (&home.base, &module) {
                (Some(base), Some(module)) => {
                    it.import(Import { module, name: &base.name, home: Home::Project }, At::RunTime)?
                }
                _ => "Exception".to_owned(),
            };
            let text = it.text().to_owned();
            let ending = Lines { text: &text }.ending();
            let trimmed = text.trim_end().len() as u32;
            let mut insert = String::new();
            for name in &names {
                if !(trimmed == 0 && insert.is_empty()) {
                    insert.push_str(&ending.repeat(if insert.is_empty() { 3 } else { 2 }));
                }
                insert.push_str(&class_text(name, &base, ending));
            }
            it.apply(&[TextEdit { span: Span::new(trimmed, text.len() as u32), insert }])
        }
        Where::Own => {
            let it = rewrite.own();
            let text = it.text().to_owned();
            let lines = Lines { text: &text };
            let ending = lines.ending();
            let after = head::statements(&it.cx).last().map(|statement| statement.span.end)?;
            let gap = ending.repeat(2);
            let classes = names
                .iter()
                .flat_map(|name| [gap.clone(), class_text(name, "Exception", ending)])
                .collect::<String>();
            let at = lines.next(after);
            it.apply(&[TextEdit { span: Span::new(at, at), insert: classes }])
        }
    }
}

fn class_text(name: &str, base: &str, ending: &str) -> String {
    format!("class {name}({base}):{ending}    pass{ending}")
}
