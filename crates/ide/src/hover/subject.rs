//! The subject at an offset: a module in an import or used as a name, the top of the file.

use model::{ModuleId, Target};
use python::{ImportKind, Name, NameUse};
use source::Span;
use view::{Context, ImportView};

/// The subject at a place.
pub(super) enum Subject {
    Module(ModuleId),
    /// A name that a module of the project defines.
    Symbol {
        name: Name,
        /// The module that defines it.
        origin: ModuleId,
        /// Modules that re-export it, outermost first.
        via: Box<[ModuleId]>,
        /// The class behind it, if it is one.
        class: Option<model::ClassRef>,
    },
    /// A package of the project without a file.
    Namespace(Name),
    Standard(Name),
    ThirdParty(Name),
    Missing(Name),
}

/// The subject written at `offset`, and its bytes.
pub(super) fn exactly_at(cx: &Context<'_>, offset: u32) -> Option<(Span, Subject)> {
    import(cx, offset).or_else(|| used_name(cx, offset))
}

fn import(cx: &Context<'_>, offset: u32) -> Option<(Span, Subject)> {
    let view =
        cx.imports().find(|view| view.spans.module.touches(offset) || view.spans.item.touches(offset))?;
    if !view.spans.module.touches(offset) {
        return Some((view.spans.item, of_target(&view)));
    }
    let absolute = &view.resolved.absolute;
    let module = match view.import.kind {
        ImportKind::From => outer(absolute, 1),
        ImportKind::Module | ImportKind::Star | ImportKind::Dynamic => absolute,
    };
    let (span, inner) = segment(cx, view.spans.module, offset);
    if inner == 0 && view.import.kind != ImportKind::From {
        return Some((span, of_target(&view)));
    }
    let name = outer(module, inner);
    (!name.is_empty()).then(|| (span, of_name(cx, name, &view.resolved.target)))
}

/// A dotted name without its last `count` segments.
fn outer(name: &str, count: usize) -> &str {
    (0..count).fold(name, |name, _| name.rsplit_once('.').map_or("", |(outer, _)| outer))
}

/// The segment of a written module at `offset`, and how many segments follow it. The dots before a relative module
/// count as the package that they refer to.
fn segment(cx: &Context<'_>, whole: Span, offset: u32) -> (Span, usize) {
    let text = cx.text.slice(whole);
    let dots = text.len() - text.trim_start_matches(['.', ' ']).len();
    let at = text.len().min((offset - whole.start) as usize);
    if at < dots && dots < text.len() {
        let segments = 1 + text[dots..].matches('.').count();
        return (Span::new(whole.start, whole.start + dots as u32), segments);
    }
    let Some((before, after)) = text.split_at_checked(at) else { return (whole, 0) };
    let border = |c: char| matches!(c, '.' | ' ' | '"' | '\'');
    let start = before.rfind(border).map_or(0, |at| at + 1);
    let end = after.find(border).map_or(text.len(), |length| at + length);
    let span = Span::new(whole.start + start as u32, whole.start + end as u32);
    (if span.is_empty() { whole } else { span }, after.matches('.').count())
}

fn of_target(view: &ImportView<'_>) -> Subject {
    match &view.resolved.target {
        Target::Module(id) => Subject::Module(*id),
        Target::Symbol { name, origin, .. } => Subject::Symbol {
            name: name.clone(),
            origin: *origin,
            via: view.resolved.via.clone(),
            class: super::class::of_target(&view.resolved.target),
        },
        Target::Namespace(name) => Subject::Namespace(name.clone()),
        Target::Standard(name) => Subject::Standard(name.clone()),
        Target::ThirdParty(name) => Subject::ThirdParty(name.clone()),
        Target::Missing(name) => Subject::Missing(name.clone()),
    }
}

/// A module around an imported one: of the project, or of the same origin as `target`.
fn of_name(cx: &Context<'_>, name: &str, target: &Target) -> Subject {
    own(cx, name).unwrap_or_else(|| match target {
        Target::Standard(_) => Subject::Standard(name.into()),
        Target::ThirdParty(_) => Subject::ThirdParty(name.into()),
        _ => Subject::Missing(name.into()),
    })
}

fn own(cx: &Context<'_>, name: &str) -> Option<Subject> {
    let modules = &cx.architecture.modules;
    modules
        .by_name(name, cx.info().root)
        .map(Subject::Module)
        .or_else(|| modules.namespaces.contains_key(name).then(|| Subject::Namespace(name.into())))
}

/// A name in the code that refers to a project module: `orders` after `from shop import orders`, and each segment of
/// `shop.orders` after `import shop.orders`. Other names are left to other servers.
fn used_name(cx: &Context<'_>, offset: u32) -> Option<(Span, Subject)> {
    let used = cx.module.uses.iter().find(|used| used.span.touches(offset))?;
    let view = cx.import(used.import)?;
    let (span, attributes) = attribute(cx, used, offset);
    let absolute = &*view.resolved.absolute;
    let bound = if view.import.kind == ImportKind::Module && view.import.alias.is_none() {
        absolute.split('.').next().unwrap_or(absolute)
    } else {
        absolute
    };
    let subject = match (&view.resolved.target, attributes.is_empty()) {
        (Target::Module(id), true) if bound == absolute => Subject::Module(*id),
        (_, true) => own(cx, bound)?,
        (_, false) => own(cx, &format!("{bound}.{}", attributes.join(".")))?,
    };
    Some((span, subject))
}

/// The bytes from the name to the segment at `offset`, and the attributes up to it.
fn attribute<'u>(cx: &Context<'_>, used: &'u NameUse, offset: u32) -> (Span, Vec<&'u str>) {
    let text = cx.text.slice(used.span);
    let at = text.len().min(offset.saturating_sub(used.span.start) as usize);
    let Some((before, after)) = text.split_at_checked(at) else { return (used.span, Vec::new()) };
    let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').map_or(text.len(), |length| at + length);
    let count = before.matches('.').count();
    let attributes = used.attributes.split('.').filter(|name| !name.is_empty()).take(count).collect();
    (Span::new(used.span.start, used.span.start + end as u32), attributes)
}

/// The top of the file (first line, comments, docstring) refers to the module itself.
pub(super) fn head(cx: &Context<'_>, offset: u32) -> Option<(Span, Subject)> {
    let first = cx.text.line_at(0);
    let is_head = first.touches(offset) || offset < cx.module.spans.import_insertion;
    is_head.then_some((first, Subject::Module(cx.id)))
}
