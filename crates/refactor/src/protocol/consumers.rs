//! The consumers of a class, and how they are made to depend on a port.

use config::Layer;
use flow::MemberUse;
use model::{ClassRef, InjectionPlace, ModuleId, PathRole};
use python::{Expr, ExprId, FunctionId, Scope, Stmt};
use source::{Span, TextEdit};
use view::Context;

use super::generic;
use crate::Refusal;
use crate::bindings::body_of;
use crate::members::class_named;
use crate::rewrite::{At, FileRewrite, Import, Rewrite, mentions};

/// An injection site of the class that can use the port instead.
#[derive(Debug, Clone)]
pub(crate) struct Consumer {
    /// Its display name: `OrderService.__init__`.
    pub(crate) name: String,
    pub(crate) module: ModuleId,
    pub(crate) place: InjectionPlace,
    /// The members of the class that it uses.
    pub(crate) uses: Vec<MemberUse>,
    /// Whether its file imports the class at run time, and would import the port likewise.
    pub(crate) at: At,
    /// The names by which its file imports the class.
    pub(crate) locals: Vec<String>,
    /// To whom it passes it on.
    pub(crate) takers: Vec<(ModuleId, InjectionPlace)>,
}

/// Whether a module should depend on a port rather than a class: composition, tests and the like may know the class.
pub(crate) fn may_ask(cx: &Context<'_>, module: ModuleId) -> bool {
    let known = cx.architecture.modules.get(module);
    let aside = matches!(
        cx.layer(module),
        Some(Layer::Composition | Layer::Tests | Layer::Migrations | Layer::Config)
    );
    known.is_some_and(|it| it.role == PathRole::Code) && !aside
}

/// The consumers of a class whose usage can be followed completely, and why others don't count. Composition, tests and
/// the like may know the class.
pub(crate) fn of(cx: &Context<'_>, class: &ClassRef) -> (Vec<Consumer>, Vec<Refusal>) {
    let asks = model::query::dependents(cx.db, cx.project, class.clone());
    let (mut asking, mut reasons) = (Vec::new(), Vec::new());
    for (module, ask) in asks.iter().filter(|(module, _)| may_ask(cx, *module)) {
        match one(cx, class, *module, ask.place) {
            Ok(consumer) => asking.push(consumer),
            Err(refusal) => reasons.push(refusal),
        }
    }
    (asking, reasons)
}

/// The name of a consumer.
pub(super) fn name_of(cx: &Context<'_>, module: ModuleId, place: InjectionPlace) -> Option<String> {
    let definitions = python::query::definitions(cx.db, cx.architecture.modules.get(module)?.file);
    let within = |scope: Scope, name: &str| match scope {
        Scope::Class(class) => format!("{}.{name}", definitions[class].name),
        _ => name.to_owned(),
    };
    match place {
        InjectionPlace::Parameter { function, .. } => {
            let function = definitions.functions.get(function.0 as usize)?;
            Some(within(function.scope, &function.name))
        }
        InjectionPlace::Field { variable, .. } => {
            let variable = definitions.variables.get(variable as usize)?;
            Some(within(variable.scope, &variable.name))
        }
    }
}

/// One consumer of a class.
///
/// # Errors
/// If its usage can't be followed, or its annotation isn't suitable.
pub(crate) fn one(
    cx: &Context<'_>,
    class: &ClassRef,
    module: ModuleId,
    place: InjectionPlace,
) -> Result<Consumer, Refusal> {
    let name = name_of(cx, module, place).unwrap_or_default();
    let gone = || Refusal::new(format!("{name} isn't there any more"));
    let file = cx.architecture.modules.get(module).ok_or_else(gone)?.file;
    let there = view::query::context(cx.db, cx.project, file).ok_or_else(gone)?;
    if is_data(&there, place) {
        return Err(Refusal::new(format!(
            "{name} is a field of a model that checks the class of its values"
        )));
    }
    let usage = flow::query::usage(cx.db, cx.project, module, place);
    if usage.escapes {
        return Err(Refusal::new(format!("{name} passes it on to where its use can't be followed")));
    }
    let (annotation, _) = annotation(&there, place).ok_or_else(gone)?;
    let found = named_in(&there, annotation, class).ok_or_else(|| {
        Refusal::new(format!("the annotation of {name} requires more than an instance of {}", class.name))
    })?;
    let mut locals: Vec<String> = Vec::new();
    let mut at = At::RunTime;
    for head in &found {
        let guarded = there
            .imports()
            .any(|view| view.import.bound_name() == Some(head) && view.import.context.type_checking);
        if guarded {
            at = At::TypeChecking;
        }
        if !locals.contains(head) {
            locals.push(head.clone());
        }
    }
    Ok(Consumer {
        name,
        module,
        place,
        uses: usage.members.to_vec(),
        at,
        locals,
        takers: usage.takers.to_vec(),
    })
}

/// The annotation of an injection site, and its default.
pub(super) fn annotation(cx: &Context<'_>, place: InjectionPlace) -> Option<(ExprId, Option<ExprId>)> {
    let definitions = &cx.module.definitions;
    match place {
        InjectionPlace::Parameter { function, parameter } => {
            let facts = definitions.functions.get(function.0 as usize)?;
            let parameter = facts.parameters.get(usize::from(parameter))?;
            Some((parameter.annotation?, parameter.default))
        }
        InjectionPlace::Field { variable, .. } => {
            let variable = definitions.variables.get(variable as usize)?;
            Some((variable.annotation?, variable.value))
        }
    }
}

/// The root names by which an annotation mentions the class; `None` if it doesn't, or if it is about more than an
/// instance of it.
fn named_in(cx: &Context<'_>, annotation: ExprId, class: &ClassRef) -> Option<Vec<String>> {
    let text = cx.text.slice(cx.module.spans.signature(annotation));
    let found = mentions(text, true)?;
    if found.names.iter().any(|it| matches!(it.dotted.rsplit('.').next(), Some("type" | "Type" | "Callable")))
    {
        return None;
    }
    let of_class = found.names.iter().filter(|it| class_named(cx, &it.dotted).as_ref() == Some(class));
    let is_generic = generic::is_generic(cx, class);
    let mut heads = Vec::new();
    for mention in of_class {
        // Type arguments only fit if the port has them too.
        if !is_generic && text[mention.span.end as usize..].trim_start().starts_with('[') {
            return None;
        }
        heads.push(mention.head().to_owned());
    }
    (!heads.is_empty()).then_some(heads)
}

/// Whether a field belongs to a pydantic model: others read it from there, and instances are validated by class.
fn is_data(cx: &Context<'_>, place: InjectionPlace) -> bool {
    let InjectionPlace::Field { class, .. } = place else { return false };
    let Some(facts) = cx.module.definitions.classes.get(class.0 as usize) else { return false };
    cx.architecture
        .hierarchy
        .of(cx.id, &facts.name)
        .is_some_and(|ancestors| ancestors.descends_from("pydantic.BaseModel"))
}

/// Makes one consumer depend on a port: changes its annotation, those of the attributes that keep the object, and the
/// import.
pub(crate) fn ask_for(
    rewrite: &mut Rewrite<'_>,
    cx: &Context<'_>,
    consumer: &Consumer,
    class: &ClassRef,
    port: &Import<'_>,
) -> Option<()> {
    let file = rewrite.module(consumer.module)?;
    let is_own = file.own_name() == port.module;
    let local = if is_own { port.name.to_owned() } else { file.import(*port, consumer.at)? };
    let (asked, default) = annotation(&file.cx, consumer.place)?;
    let mut edits = Vec::new();
    let span = file.cx.module.spans.signature(asked);
    edits.extend(renamed(file, cx, span, class, &local, is_own)?);
    if let Some(default) = default {
        edits.extend(said_to_depend(
            file,
            file.cx.module.spans.signature(default),
            consumer.locals.first()?,
        )?);
    }
    for span in kept_as(&file.cx, consumer.place) {
        edits.extend(renamed(file, cx, span, class, &local, is_own).unwrap_or_default());
    }
    edits.sort_by_key(|edit| edit.span.start);
    edits.dedup();
    file.apply(&edits)
}

/// The edits that make an annotation name the port.
fn renamed(
    file: &FileRewrite<'_>,
    cx: &Context<'_>,
    span: Span,
    class: &ClassRef,
    local: &str,
    is_own: bool,
) -> Option<Vec<TextEdit>> {
    let text = file.cx.text.slice(span);
    let found = mentions(text, true)?;
    let mut edits = Vec::new();
    let has_future = crate::rewrite::has_future_annotations(&file.cx);
    let is_class = |dotted: &str| {
        class_named(&file.cx, dotted).as_ref() == Some(class)
            || (file.cx.id == class.module && dotted == class.name.as_str() && cx.id == class.module)
    };
    let mut is_first = true;
    for mention in found.names.iter().filter(|it| is_class(&it.dotted)) {
        // A value after the type in `Annotated[...]` remains the class.
        if !is_first && is_value(text, mention.span) {
            continue;
        }
        is_first = false;
        // A port written into this very file may come below.
        let needs_quotes = is_own && !has_future && mention.string.is_none();
        let insert = if needs_quotes { format!("\"{local}\"") } else { local.to_owned() };
        let joins = |text: &str| text.trim_start().starts_with('|');
        if needs_quotes
            && (joins(&text[mention.span.end as usize..])
                || text[..mention.span.start as usize].trim_end().ends_with('|'))
        {
            // A string can't be combined with `|`: the quotes go around everything.
            if text.contains(['"', '\'', '\n']) {
                return None;
            }
            let whole = text.replace(&mention.dotted, local);
            return Some(vec![TextEdit { span, insert: format!("\"{whole}\"") }]);
        }
        edits.push(TextEdit {
            span: Span::new(span.start + mention.span.start, span.start + mention.span.end),
            insert,
        });
    }
    // `Depends()` takes the class from the annotation.
    let locals = found.names.iter().find(|it| is_class(&it.dotted)).map(|it| it.dotted.clone());
    if let Some(dotted) = locals {
        edits.extend(said(text, span, &dotted)?);
    }
    Some(edits)
}

/// Whether a name is inside a call: `Depends(SqlOrders)`.
fn is_value(text: &str, span: Span) -> bool {
    let before = &text[..span.start as usize];
    before.matches('(').count() > before.matches(')').count()
}

fn said_to_depend(file: &FileRewrite<'_>, span: Span, local: &str) -> Option<Vec<TextEdit>> {
    said(file.cx.text.slice(span), span, local)
}

/// `Depends()` refers to the annotated class: once that is the port, the class is passed explicitly.
fn said(text: &str, span: Span, class: &str) -> Option<Vec<TextEdit>> {
    if !text.contains("Depends(") && !text.contains("Security(") {
        return Some(Vec::new());
    }
    let found = mentions(text, false)?;
    let bare = found
        .bare_calls
        .iter()
        .filter(|(name, _)| matches!(name.rsplit('.').next(), Some("Depends" | "Security")));
    let edits = bare.map(|(_, call)| {
        let at = span.start + call.end - 1;
        TextEdit { span: Span::new(at, at), insert: class.to_owned() }
    });
    Some(edits.collect())
}

/// The annotations of the attributes that keep a parameter: `self.orders: SqlOrders = orders`, and the class's
/// declaration for `self.orders = orders`.
fn kept_as(cx: &Context<'_>, place: InjectionPlace) -> Vec<Span> {
    let InjectionPlace::Parameter { function, parameter } = place else { return Vec::new() };
    let found = kept(cx, function, usize::from(parameter));
    found.unwrap_or_default()
}

fn kept(cx: &Context<'_>, function: FunctionId, parameter: usize) -> Option<Vec<Span>> {
    let definitions = &cx.module.definitions;
    let facts = definitions.functions.get(function.0 as usize)?;
    let Scope::Class(class) = facts.scope else { return None };
    let name = &facts.parameters.get(parameter)?.name;
    let body = body_of(cx, function)?;
    let mut spans = Vec::new();
    for stmt in &body.stmts {
        let Stmt::Assign { targets, annotation, value: Some(value) } = stmt else { continue };
        if !matches!(&body[*value], Expr::Name(given) if given == name) {
            continue;
        }
        for target in targets {
            let Expr::Attribute { value: receiver, name: attribute } = &body[*target] else { continue };
            if !matches!(&body[*receiver], Expr::Name(receiver) if receiver == "self") {
                continue;
            }
            match annotation {
                Some(annotation) => spans.push(cx.module.spans.expr(facts.body, *annotation)),
                None => spans.extend(
                    definitions
                        .variables
                        .iter()
                        .filter(|it| it.scope == Scope::Class(class) && it.name == *attribute)
                        .filter_map(|it| Some(cx.module.spans.signature(it.annotation?))),
                ),
            }
        }
    }
    Some(spans)
}
