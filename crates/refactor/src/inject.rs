//! Turns a collaborator that a class builds or fetches into a parameter of its constructor, and passes it at every call
//! site of the class.
//!
//! Done only if it is certainly correct: every use of the class is known, the arguments of every call can be read, and
//! the collaborator can be constructed there. Otherwise nothing is changed: half of the refactoring is worse than none.

mod constructor;
mod plan;
mod sites;

use python::Name;
use source::{Span, TextEdit};
use view::{Context, InjectCollaborator};

use plan::Plan;

use self::sites::Site;
use super::brackets::Bracketed;
use super::rewrite::{At, FileRewrite, Home, Import, Rewrite};
use super::{Abilities, Changes, Refusal};

/// Whether it can be done, as far as is known without positions in other files.
pub(crate) fn is_offered(cx: &Context<'_>, inject: &InjectCollaborator) -> bool {
    Plan::of(cx, inject).is_some_and(|plan| sites::could_be(cx, &plan))
}

/// The edits of all files.
///
/// # Errors
/// Why it can't be done.
pub(super) fn changes(
    cx: &Context<'_>,
    inject: &InjectCollaborator,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let plan = Plan::of(cx, inject)
        .ok_or_else(|| Refusal::new("other modules can't build the collaborator as it is built here"))?;
    let sites = sites::of(cx, &plan)?;
    let class = &plan.class_name;
    let own = constructor::edits(cx, &plan)
        .ok_or_else(|| Refusal::new(format!("the constructor of {class} can't take another parameter")))?;
    let mut rewrite = Rewrite::of(cx, abilities);
    in_own_module(cx, &plan, &sites, rewrite.own(), own)?;
    let mut files = Vec::new();
    for site in sites.iter().filter(|site| site.file != cx.file) {
        if !files.contains(&site.file) {
            files.push(site.file);
        }
    }
    for there in files {
        let file = rewrite.file(there).ok_or_else(|| Refusal::new("a module that calls it can't be read"))?;
        let module = file.cx.own_name().to_owned();
        let mut edits = Vec::new();
        for site in sites.iter().filter(|site| site.file == there) {
            edits.extend(at_site(&file.cx, &plan, site).ok_or_else(|| no_argument(&plan, &module))?);
        }
        file.apply(&edits).ok_or_else(|| no_argument(&plan, &module))?;
        for root in &plan.roots {
            root.bring_to(file).ok_or_else(|| means_something_else(&root.name, &module))?;
        }
    }
    rewrite.finish().ok_or_else(|| Refusal::new("its edits overlap"))
}

/// The edits of the module of the class.
fn in_own_module(
    cx: &Context<'_>,
    plan: &Plan,
    sites: &[Site],
    file: &mut FileRewrite<'_>,
    mut edits: Vec<TextEdit>,
) -> Result<(), Refusal> {
    let module = cx.own_name();
    for site in sites.iter().filter(|site| site.file == cx.file) {
        edits.extend(at_site(cx, plan, site).ok_or_else(|| no_argument(plan, module))?);
    }
    file.apply(&edits).ok_or_else(|| no_argument(plan, module))?;
    if let Some((from, name)) = &plan.type_to_import {
        let wanted = Import { module: cx.module_name(*from), name, home: Home::Project };
        let bound = file.import(wanted, At::RunTime);
        bound.filter(|bound| bound == name.as_str()).ok_or_else(|| means_something_else(name, module))?;
    }
    for name in plan.roots.iter().map(|root| &root.name).chain(&plan.released) {
        file.drop_unused(name)
            .ok_or_else(|| Refusal::new(format!("the import of {name} in {module} can't be removed")))?;
    }
    Ok(())
}

fn no_argument(plan: &Plan, module: &str) -> Refusal {
    Refusal::new(format!("a call of {} in {module} can't take another argument", plan.class_name))
}

fn means_something_else(name: &str, module: &str) -> Refusal {
    Refusal::new(format!("{name} means something else in {module}"))
}

/// A name at the root of the moved expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Root {
    /// As bound in the class's module.
    pub(crate) name: Name,
    /// Where other modules have to import it from.
    pub(crate) from: Origin,
}

/// The origin of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// `from module import name`
    Name(String, Home),
    /// `import module`, third-party.
    Module(String),
}

impl Root {
    /// Makes a file bind the name to the same object.
    fn bring_to(&self, file: &mut FileRewrite<'_>) -> Option<()> {
        match &self.from {
            Origin::Name(module, home) => {
                let wanted = Import { module, name: &self.name, home: *home };
                (file.import(wanted, At::RunTime)? == self.name.as_str()).then_some(())
            }
            Origin::Module(module) => file.import_module(module, None, Home::ThirdParty, At::RunTime),
        }
    }
}

/// The edits at a call of the class: removes obsolete arguments and adds the collaborator.
fn at_site(cx: &Context<'_>, plan: &Plan, site: &Site) -> Option<Vec<TextEdit>> {
    let text = cx.text.as_str();
    let list = Bracketed::after(text, site.callee.end)?;
    let given: Vec<Span> = list.parts.iter().copied().filter(|part| !part.is_empty()).collect();
    (given.len() == site.arguments.len() && list.close + 1 == site.call.end).then_some(())?;
    let value_of = |parameter: &str| {
        let argument = site.arguments.iter().find(|argument| argument.parameter == parameter)?;
        slice(text, argument.value)
    };
    let mut value = plan.written.clone();
    // From the last to the first, so that the other positions stay valid.
    for (span, parameter) in plan.parameters_inside.iter().rev() {
        let given = value_of(parameter).or_else(|| plan.defaults.get(parameter).map(String::as_str))?;
        let is_simple = site.arguments.iter().all(|it| it.parameter != *parameter || it.is_simple);
        let is_moved = plan.gone.contains(parameter)
            && plan.parameters_inside.iter().filter(|(_, other)| other == parameter).count() == 1;
        (is_simple || is_moved).then_some(())?;
        value.replace_range(span.start as usize..span.end as usize, given);
    }
    let argument = format!("{}={value}", plan.parameter);
    let is_gone = |index: usize| plan.gone.contains(&site.arguments[index].parameter);
    let kept: Vec<Span> =
        (0..given.len()).filter(|index| !is_gone(*index)).map(|index| given[index]).collect();
    if kept.len() == given.len() {
        return Some(vec![appended(text, &list, &given, &argument)]);
    }
    // Rewritten as a whole: whatever was between the arguments is dropped.
    let mut all: Vec<&str> = kept.iter().filter_map(|span| slice(text, *span)).collect();
    all.push(&argument);
    let separator = if list.is_spread(text) { separator(text, given[0]) } else { ", ".to_owned() };
    Some(vec![TextEdit {
        span: Span::new(given[0].start, given[given.len() - 1].end),
        insert: all.join(&separator),
    }])
}

/// Appends a part after the last.
pub(super) fn appended(text: &str, list: &Bracketed, parts: &[Span], new: &str) -> TextEdit {
    match parts.last() {
        None => TextEdit { span: Span::new(list.open + 1, list.close), insert: new.to_owned() },
        Some(last) => {
            let separator = if list.is_spread(text) { separator(text, *last) } else { ", ".to_owned() };
            TextEdit { span: Span::new(last.end, last.end), insert: format!("{separator}{new}") }
        }
    }
}

/// A comma and a line of the same indentation.
fn separator(text: &str, like: Span) -> String {
    let lines = super::lines::Lines { text };
    format!(",{}{}", lines.ending(), lines.indentation(like.start))
}

fn slice(text: &str, span: Span) -> Option<&str> {
    text.get(span.start as usize..span.end as usize)
}
