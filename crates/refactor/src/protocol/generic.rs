//! The type parameters of a port: those of its class, with the variance that its members need (PEP 544, "Generic
//! protocols").

use model::ClassRef;
use python::{ClassId, Name};
use view::Context;

use super::Wanted;
use crate::Refusal;
use crate::members::type_parameters;
use crate::rewrite::{At, Carried, FileRewrite, Meaning, Names, Piece, carry};
use crate::signature;
use crate::variance::{Position, positions};

/// The type parameters of a port.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    /// After its name (PEP 695), each with its bound.
    behind: Vec<Carried>,
    /// Of `Protocol[...]`.
    given: Vec<Carried>,
}

impl Parameters {
    /// The base of the port.
    pub(super) fn base(&self) -> Carried {
        let mut base = Carried::name(Meaning::standard("typing", "Protocol"));
        for (at, parameter) in self.given.iter().enumerate() {
            base.0.push(Piece::Text(if at == 0 { "[" } else { ", " }.to_owned()));
            base.0.extend(parameter.0.iter().cloned());
        }
        if !self.given.is_empty() {
            base.0.push(Piece::Text("]".to_owned()));
        }
        base
    }

    /// The text after its name. `None` if a bound can't be named.
    pub(super) fn written(&self, file: &mut FileRewrite<'_>) -> Option<String> {
        if self.behind.is_empty() {
            return Some(String::new());
        }
        let written: Option<Vec<String>> =
            self.behind.iter().map(|it| file.render(it, &|_| At::RunTime)).collect();
        Some(format!("[{}]", written?.join(", ")))
    }
}

/// Whether a class has type parameters.
pub(super) fn is_generic(cx: &Context<'_>, class: &ClassRef) -> bool {
    super::home_of(cx.db, cx.project, class).is_ok_and(|(there, id)| !type_parameters(&there, id).is_empty())
}

/// The type parameters of the port of a class. Type variables in `wanted` that need another variance get it.
///
/// # Errors
/// If a type parameter can't be written in the port's module.
pub(super) fn parameters(
    cx: &Context<'_>,
    class: ClassId,
    wanted: &mut Wanted,
) -> Result<Parameters, Refusal> {
    let names = type_parameters(cx, class);
    if names.is_empty() {
        return Ok(Parameters::default());
    }
    let facts = &cx.module.definitions[class];
    if !facts.type_parameters.is_empty() {
        let known = Names { kept: facts.type_parameters.to_vec(), ..Names::default() };
        let behind = signature::bracketed(cx, cx.module.spans.class_name(class), &known)
            .ok_or_else(|| Refusal::new("its type parameters can't be written in another module"))?;
        return Ok(Parameters { behind, given: Vec::new() });
    }
    let mut given = Vec::new();
    for name in &names {
        let unknown = || Refusal::new(format!("`{name}` isn't a type variable that can be written anew"));
        let made = carry(cx, name, &Names::default(), true).ok_or_else(unknown)?;
        let [Meaning::TypeVariable { call, .. }] = *made.meanings().collect::<Vec<_>>() else {
            // A type variable of another module can't be changed.
            given.push(made);
            continue;
        };
        let needed = variance(name, wanted).ok_or_else(unknown)?;
        let varied = varied(name, call, needed).ok_or_else(unknown)?;
        let as_needed = Carried::name(varied.clone());
        for (signature, _) in wanted.iter_mut() {
            let is_it =
                |meaning: &Meaning| matches!(meaning, Meaning::TypeVariable { name: it, .. } if it == name);
            signature.replace(&|meaning| is_it(meaning).then(|| varied.clone()));
        }
        given.push(as_needed);
    }
    Ok(Parameters { behind: Vec::new(), given })
}

/// The combined position of a type variable in all members; covariant if none mentions it.
fn variance(name: &Name, wanted: &Wanted) -> Option<Position> {
    let mut found: Option<Position> = None;
    for (carried, place) in wanted.iter().flat_map(|(signature, _)| signature.types()) {
        let is_it =
            |meaning: &Meaning| matches!(meaning, Meaning::TypeVariable { name: it, .. } if it == name);
        if !carried.meanings().any(is_it) {
            continue;
        }
        for (_, at) in positions(carried, place)?.into_iter().filter(|(it, _)| it == name.as_str()) {
            found = Some(match found {
                Some(known) if known != at => Position::Both,
                _ => at,
            });
        }
    }
    Some(found.unwrap_or(Position::Out))
}

/// The type variable with this variance, under a new name if it had another variance.
fn varied(name: &Name, call: &Carried, needed: Position) -> Option<Meaning> {
    let written =
        |text: &str| call.0.iter().any(|piece| matches!(piece, Piece::Text(it) if it.contains(text)));
    let is_parameters =
        call.meanings().any(|it| matches!(it, Meaning::Member { name, .. } if name == "ParamSpec"));
    let (suffix, keyword) = match needed {
        Position::Out => ("_co", "covariant"),
        Position::In => ("_contra", "contravariant"),
        Position::Both => return Some(Meaning::TypeVariable { name: name.clone(), call: call.clone() }),
    };
    if is_parameters
        || written("covariant=True")
        || written("contravariant=True")
        || written("infer_variance")
    {
        return Some(Meaning::TypeVariable { name: name.clone(), call: call.clone() });
    }
    let new: Name = format!("{name}{suffix}").into();
    let mut call = call.clone();
    let mut is_named = false;
    for piece in &mut call.0 {
        if let Piece::Text(text) = piece {
            for quote in ['"', '\''] {
                let old = format!("{quote}{name}{quote}");
                if !is_named && text.contains(&old) {
                    *text = text.replacen(&old, &format!("{quote}{new}{quote}"), 1);
                    is_named = true;
                }
            }
        }
    }
    let Some(Piece::Text(last)) = call.0.last_mut() else { return None };
    let head = last.trim_end().strip_suffix(')')?.trim_end().trim_end_matches(',').to_owned();
    *last = format!("{head}, {keyword}=True)");
    is_named.then_some(Meaning::TypeVariable { name: new, call })
}
