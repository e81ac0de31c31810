//! FastAPI and Flask: where decorators register handlers, and the handler that is written there.

mod applications;

use model::{Mark, PathRole};
use source::{File, Span, TextEdit};

use self::applications::{Anchor, Applications, Made, Special, decorator_of};
use crate::bindings;
use crate::domain_error::raises::Family;
use crate::domain_error::{ErrorClass, status};
use crate::lines::Lines;
use crate::rewrite::{At, FileRewrite, Home, Import, Rewrite};
use view::Context;

/// The application and its existing error handlers.
pub(in crate::domain_error) struct Application {
    family: Family,
    file: File,
    /// The names of errors with registered handlers, with the status if the handler is a plain one.
    handled: Vec<(String, Option<u16>)>,
    /// Whether the project handles HTTP errors in its own way.
    is_special: bool,
}

/// The application that serves routes; `None` if there are several, or if HTTP errors are handled in a way that can't
/// be reproduced.
pub(super) fn application(cx: &Context<'_>, family: Family) -> Option<Application> {
    const MARKS: [Mark; 4] = [Mark::CreatesApp, Mark::WiresApp, Mark::TakesApp, Mark::RequestHook];
    let scopes = &cx.architecture.layers.scopes;
    let own_scope = scopes.get(cx.id);
    let mut all: Vec<(File, Applications)> = Vec::new();
    for (id, info) in cx.architecture.modules.iter() {
        let marks = model::query::signals(cx.db, info.file).marks;
        if info.role == PathRole::Code
            && scopes.get(id) == own_scope
            && MARKS.iter().any(|mark| marks.has(*mark))
            && let Some(there) = view::query::context(cx.db, cx.project, info.file)
        {
            all.push((info.file, applications::applications(&there, family)));
        }
    }
    let serving = |made: &&Made| made.serves;
    let made = || all.iter().flat_map(|(_, said)| &said.made);
    let wanted = match made().filter(serving).count() {
        0 if made().count() == 1 => made().next()?,
        1 => made().find(serving)?,
        _ => return None,
    };
    let has_handlers = wanted.has_handlers;
    // Beside the application that serves routes, one that doesn't handles nothing, as an empty one for tests.
    if made().any(|made| made.serves) {
        all.retain(|(_, said)| said.made.is_empty() || said.made.iter().any(|made| made.serves));
    }
    if has_handlers || all.iter().any(|(_, said)| said.is_closed) {
        return None;
    }
    let anchors =
        all.iter().flat_map(|(file, said)| said.anchors.iter().map(move |anchor| (anchor.rank, *file)));
    let mut best: Option<(u8, File)> = None;
    for (rank, file) in anchors {
        match best {
            // If two files handle HTTP errors, it is unclear which applies.
            Some((0, known)) if rank == 0 && known != file => return None,
            Some((known, _)) if known <= rank => {}
            _ => best = Some((rank, file)),
        }
    }
    let (rank, file) = best?;
    let handled = all.into_iter().flat_map(|(_, said)| said.handled).collect();
    Some(Application { family, file, handled, is_special: rank == 0 })
}

/// Whether a handler responds to an error of this name with the status and its text.
pub(super) fn answers_alike(application: &Application, name: &str, status: u16) -> bool {
    !application.is_special
        && application.handled.iter().any(|(handled, answer)| handled == name && *answer == Some(status))
}

/// Whether anything handles an error of this name.
pub(super) fn mentions(application: &Application, name: &str) -> bool {
    application.handled.iter().any(|(handled, _)| handled == name)
}

/// Writes a handler for each class.
pub(super) fn write(
    rewrite: &mut Rewrite<'_>,
    application: &Application,
    module: &str,
    classes: &[&ErrorClass],
) -> Option<()> {
    for class in classes {
        let it = rewrite.file(application.file)?;
        handler(it, application.family, module, class)?;
    }
    Some(())
}

fn handler(it: &mut FileRewrite<'_>, family: Family, module: &str, class: &ErrorClass) -> Option<()> {
    let error = it.import(Import { module, name: &class.name, home: Home::Project }, At::RunTime)?;
    let mut name = python::naming::snake(&class.name);
    if bindings::is_bound(&it.cx, &name) {
        name = format!("answer_{name}");
        if bindings::is_bound(&it.cx, &name) {
            return None;
        }
    }
    let told = if class.is_text { "str(error)" } else { "error.args[0]" };
    let special = special_for(&it.cx, family, class.status);
    let lines_of = match family {
        Family::FastApi if special.is_some() => {
            let special = special.as_ref()?;
            let request = any(
                it,
                &[("fastapi", "Request"), ("starlette.requests", "Request"), ("fastapi.requests", "Request")],
            )?;
            let http = any(it, &[("fastapi", "HTTPException"), ("starlette.exceptions", "HTTPException")])?;
            let awaits = if special.is_async { "await " } else { "" };
            vec![
                format!("async def {name}({REQUEST}: {request}, error: {error}):"),
                format!(
                    "    return {awaits}{}(request, {http}(status_code={}, detail={told}))",
                    special.function, class.status
                ),
            ]
        }
        Family::FastApi => {
            let request = any(
                it,
                &[("fastapi", "Request"), ("starlette.requests", "Request"), ("fastapi.requests", "Request")],
            )?;
            let response = any(
                it,
                &[
                    ("fastapi.responses", "JSONResponse"),
                    ("starlette.responses", "JSONResponse"),
                    ("fastapi", "JSONResponse"),
                ],
            )?;
            vec![
                format!("async def {name}({REQUEST}: {request}, error: {error}) -> {response}:"),
                format!(
                    "    return {response}(status_code={}, content={{\"detail\": {told}}})",
                    class.status
                ),
            ]
        }
        Family::Django | Family::Litestar | Family::Rest => return None,
        Family::Flask => {
            let http = any(it, &[("werkzeug.exceptions", status::werkzeug(class.status)?)])?;
            vec![
                format!("def {name}(error: {error}):"),
                format!("    return {APP}.handle_http_exception({http}(*error.args))"),
            ]
        }
    };
    let function = special.map(|special| special.function);
    let is_it = |anchor: &Anchor| {
        function.is_none() || anchor.special.as_ref().map(|special| &special.function) == function.as_ref()
    };
    let anchor = applications::applications(&it.cx, family).anchors.into_iter().find(is_it)?;
    let text = it.text().to_owned();
    let lines = Lines { text: &text };
    let (indentation, ending) = (lines.indentation(anchor.start), lines.ending());
    let gap = if indentation.is_empty() { ending.repeat(2) } else { ending.to_owned() };
    let mut written = vec![format!("@{}.{}({error})", anchor.app, decorator_of(family))];
    written
        .extend(lines_of.into_iter().map(|line| line.replace(APP, &anchor.app).replace(REQUEST, "request")));
    let written: Vec<String> = written.into_iter().map(|line| format!("{indentation}{line}")).collect();
    let at = lines.next(anchor.after);
    let is_last = at as usize >= text.len();
    let before = if is_last && !text.ends_with('\n') { ending } else { "" };
    let follows = text.get(at as usize..).unwrap_or_default();
    let is_parted = is_last || follows.starts_with('\n') || follows.starts_with("\r\n");
    let after = if is_parted { String::new() } else { gap.clone() };
    let insert = format!("{before}{gap}{}{ending}{after}", written.join(ending));
    it.apply(&[TextEdit { span: Span::new(at, at), insert }])
}

/// The project's function in a file that handles HTTP errors of a status: Starlette prefers handlers of the status.
fn special_for(cx: &Context<'_>, family: Family, status: u16) -> Option<Special> {
    if family != Family::FastApi {
        return None;
    }
    let specials: Vec<Special> = applications::applications(cx, family)
        .anchors
        .into_iter()
        .filter_map(|anchor| anchor.special)
        .collect();
    let of = |wanted: Option<u16>| specials.iter().find(|special| special.status == wanted).cloned();
    of(Some(status)).or_else(|| of(None))
}

/// Placeholders in the text of a handler.
const APP: &str = "\u{1}app";
const REQUEST: &str = "\u{1}request";

/// The name by which one of these is imported; if none is, imports the first.
fn any(it: &mut FileRewrite<'_>, choices: &[(&str, &str)]) -> Option<String> {
    for (module, name) in choices {
        let full = format!("{module}.{name}");
        let known = it.cx.imports().find(|view| {
            view.resolved.absolute == full
                && view.import.context.function.is_none()
                && !view.import.context.type_checking
        });
        if let Some(bound) = known.and_then(|view| view.import.bound_name().map(str::to_owned)) {
            return Some(bound);
        }
    }
    let (module, name) = choices.first()?;
    it.import(Import { module, name, home: Home::ThirdParty }, At::RunTime)
}
