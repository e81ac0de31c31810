//! Replaces an HTTP error with a domain error: the error class, its mapping to the same response where the application
//! handles errors, and the raise itself.
//!
//! The client's response stays the same, or nothing is changed: headers, a computed status, an ambiguous application,
//! and callers that catch the HTTP error all prevent the change.

mod base;
mod callers;
mod classes;
mod home;
mod mapping;
mod place;
mod raises;
mod status;

use source::TextEdit;
use view::scope::Names;
use view::{Context, RaiseDomainError};

use super::rewrite::{At, Home, Import, Rewrite};
use super::{Abilities, Changes, Refusal};
pub(crate) use classes::HttpAnswer;
pub use place::{HttpRaiseAt, http_raise_at, raise_domain_error};
use raises::HttpRaise;
pub use raises::read;

/// An error class that represents a response.
struct ErrorClass {
    name: String,
    status: u16,
    /// The response that an application recreates from it.
    answer: Option<HttpAnswer>,
    /// Whether its detail is always text.
    is_text: bool,
    /// Whether it already exists, with its mapping.
    is_there: bool,
}

/// The changes.
///
/// # Errors
/// If they can't be made without changing a response.
pub(super) fn changes(
    cx: &Context<'_>,
    what: &RaiseDomainError,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let is_wanted = |raise: &HttpRaise| what.raises.contains(&(raise.body, raise.stmt));
    let (indices, chosen): (Vec<usize>, Vec<HttpRaise>) =
        read(&Names::of(cx)).into_iter().enumerate().filter(|(_, raise)| is_wanted(raise)).unzip();
    let first = chosen.first().filter(|_| chosen.len() == what.raises.len());
    let first = first.ok_or_else(|| {
        Refusal::new("a response of this error depends on more than its class: headers, a computed status")
    })?;
    if chosen.iter().any(|raise| raise.family != first.family) {
        return Err(Refusal::new("its errors are of different frameworks"));
    }
    if callers::catch(cx, &chosen) {
        return Err(Refusal::new("a caller may catch the HTTP error"));
    }
    let mut rewrite = Rewrite::of(cx, abilities);
    // A base that requires a text fits if every raise has one.
    let base = base::find(cx, chosen.iter().any(|raise| raise.detail.is_none()));
    let home = home::find(cx, rewrite.can_create_files(), base);
    let application = mapping::application(cx, first.family)
        .ok_or_else(|| Refusal::new("it isn't known which application would handle the error"))?;
    let mut classes: Vec<ErrorClass> = Vec::new();
    let mut named: Vec<usize> = Vec::new();
    for raise in &chosen {
        let class = class_for(cx, &home, &application, raise, &mut classes);
        named.push(class.ok_or_else(|| {
            Refusal::new(format!("no class of the domain can stand for the status {}", raise.status))
        })?);
    }
    let mut aliases: Vec<String> = Vec::new();
    home::write(&mut rewrite, &home, &classes)
        .ok_or_else(|| Refusal::new(format!("{} can't take the new class", home.module)))?;
    for class in &classes {
        let wanted = Import { module: &home.module, name: &class.name, home: Home::Project };
        let alias = rewrite.own().import(wanted, At::RunTime);
        aliases.push(
            alias.ok_or_else(|| {
                Refusal::new(format!("{} can't be imported in {}", class.name, cx.own_name()))
            })?,
        );
    }
    raise_classes(&mut rewrite, &indices, &named, &aliases)
        .ok_or_else(|| Refusal::new(format!("a raise in {} can't be replaced", cx.own_name())))?;
    let new: Vec<&ErrorClass> = classes.iter().filter(|class| !class.is_there).collect();
    mapping::write(&mut rewrite, &application, &home.module, &new)
        .ok_or_else(|| Refusal::new("the application's error handlers can't take another"))?;
    rewrite.finish().ok_or_else(|| Refusal::new("its edits overlap"))
}

/// Replaces the raises at these indices, and the imports that they needed.
fn raise_classes(
    rewrite: &mut Rewrite<'_>,
    indices: &[usize],
    named: &[usize],
    aliases: &[String],
) -> Option<()> {
    // The edits so far have moved the raises: read again, they are the same in the same order.
    let (edits, freed) = {
        let own = rewrite.own();
        let names = Names::of(&own.cx);
        let moved = read(&names);
        let mut freed: Vec<String> = Vec::new();
        let mut edits: Vec<TextEdit> = Vec::new();
        for (index, class) in indices.iter().zip(named) {
            let raise = moved.get(*index)?;
            edits.push(raises::edit(&names, raise, &aliases[*class]));
            freed.extend(raise.roots.iter().cloned());
        }
        freed.sort();
        freed.dedup();
        (edits, freed)
    };
    rewrite.own().apply(&edits)?;
    for name in freed {
        rewrite.own().drop_unused(&name)?;
    }
    Some(())
}

/// The index of the class that represents a response, possibly a new one.
fn class_for(
    cx: &Context<'_>,
    home: &home::ErrorsModule,
    application: &mapping::Application,
    raise: &HttpRaise,
    classes: &mut Vec<ErrorClass>,
) -> Option<usize> {
    let names = [raise.subject.as_ref().map(|subject| format!("{subject}NotFound")), None];
    let own_name = raise.answer.filter(|answer| answer.status.is_none()).map(|answer| answer.class.domain);
    let general = own_name.or_else(|| status::class_name(raise.status))?;
    let candidates = names.into_iter().flatten().chain([general.to_owned()]).flat_map(|name| {
        let longer = if name.ends_with("Error") { format!("{name}Raised") } else { format!("{name}Error") };
        [name, longer]
    });
    for name in candidates {
        if let Some(index) = classes.iter().position(|class| class.name == name) {
            if (classes[index].status, classes[index].answer) != (raise.status, raise.answer) {
                continue;
            }
            classes[index].is_text &= raise.is_text;
            // Existing classes expect text.
            return (!classes[index].is_there || raise.is_text).then_some(index);
        }
        let is_there = if home::defines(cx, home, &name) {
            if !(raise.is_text && mapping::answers_alike(application, &name, raise)) {
                // The name can be mapped if nothing maps or catches it yet.
                if home::is_plain(cx, home, &name) && !mapping::mentions(application, &name) {
                    classes.push(ErrorClass {
                        name,
                        status: raise.status,
                        answer: raise.answer,
                        is_text: raise.is_text,
                        is_there: false,
                    });
                    return Some(classes.len() - 1);
                }
                continue;
            }
            true
        } else {
            false
        };
        classes.push(ErrorClass {
            name,
            status: raise.status,
            answer: raise.answer,
            is_text: raise.is_text,
            is_there,
        });
        return Some(classes.len() - 1);
    }
    None
}
