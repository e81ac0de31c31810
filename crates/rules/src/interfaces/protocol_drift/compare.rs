//! Differences between a port and an implementation that make calls fail.

use python::Name;
use view::wording;

use super::shape::{Access, Awaited, Param, Shape};

/// One way in which an implementation differs from its port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference {
    /// Awaited only in the port, or only in the implementation.
    Awaited {
        /// Whether the implementation has to be awaited.
        is_ours: bool,
    },
    /// Read as an attribute in one, called in the other.
    Read {
        /// Whether it is the implementation that is read.
        is_ours: bool,
    },
    /// The port's method can be called on the class.
    NeedsInstance,
    /// The implementation requires additional parameters.
    Extra(Vec<Name>),
    /// The implementation accepts fewer parameters.
    Lacks {
        names: Vec<Name>,
        /// Whether callers of the port may omit them: all have defaults.
        is_optional: bool,
    },
    /// The port's method is awaited and returns an iterator; the implementation is itself an async iterator.
    Walked,
    /// Optional in the port only: names with their positions.
    DefaultLost(Vec<(Name, usize)>),
    /// Keyword-only in the implementation, positional as well in the port: names with their positions.
    ByNameAlone(Vec<(Name, usize)>),
    /// Positional-only in the implementation, accepted by name as well in the port.
    ByPlaceAlone(Vec<Name>),
    /// The same parameters in another order.
    Reordered,
    /// A parameter has another name: matters to callers that pass it by name.
    Renamed {
        /// The port's name and the implementation's.
        names: Vec<(Name, Name)>,
    },
}

impl Difference {
    /// Whether it matters only to callers that use a certain form of call.
    pub(super) fn needs_caller(&self) -> bool {
        matches!(
            self,
            Difference::Renamed { .. }
                | Difference::Walked
                | Difference::DefaultLost(_)
                | Difference::ByNameAlone(_)
                | Difference::ByPlaceAlone(_)
        )
    }

    /// The part of the message after the method's name, with the parameter at fault if there is one.
    pub(super) fn words(&self, port: &str, trips_over: Option<&str>) -> String {
        let name = trips_over.unwrap_or_default();
        match self {
            Difference::Awaited { is_ours: true } => format!("is async, but not in `{port}`"),
            Difference::Awaited { is_ours: false } => format!("is not async, but is in `{port}`"),
            Difference::Read { is_ours: true } => format!("is a property, but a method in `{port}`"),
            Difference::Read { is_ours: false } => format!("is a method, but a property in `{port}`"),
            Difference::NeedsInstance => {
                format!("needs an instance, but `{port}` lets it be called on the class")
            }
            Difference::Extra(names) => {
                format!("requires {}, which callers of `{port}` don't pass", wording::codes(names))
            }
            Difference::Lacks { names, is_optional } => {
                let pass = if *is_optional { "may pass" } else { "pass" };
                format!("doesn't accept {}, which callers of `{port}` {pass}", wording::codes(names))
            }
            Difference::Reordered => format!("takes its parameters in another order than `{port}`"),
            Difference::Walked => {
                format!("is an async generator, but callers of `{port}` await it")
            }
            Difference::DefaultLost(_) => {
                format!("requires `{name}`, which callers of `{port}` leave out")
            }
            Difference::ByNameAlone(_) => {
                format!("takes `{name}` by name only, but callers of `{port}` pass it by position")
            }
            Difference::ByPlaceAlone(_) => {
                format!("takes `{name}` by position only, but callers of `{port}` pass it by name")
            }
            Difference::Renamed { names } => {
                let ours = names.iter().find(|(theirs, _)| theirs == name).map_or(name, |(_, ours)| ours);
                format!("names a parameter `{ours}` that callers of `{port}` pass as `{name}`")
            }
        }
    }

    /// The key of the fingerprint.
    pub(super) fn key(&self) -> String {
        match self {
            Difference::Awaited { .. } => "awaited".to_owned(),
            Difference::Read { .. } => "read".to_owned(),
            Difference::NeedsInstance => "instance".to_owned(),
            Difference::Extra(names) => format!("extra {}", names.join(" ")),
            Difference::Lacks { names, .. } => format!("lacks {}", names.join(" ")),
            Difference::Walked => "walked".to_owned(),
            Difference::DefaultLost(names) => format!("default {}", joined(names)),
            Difference::ByNameAlone(names) => format!("by-name {}", joined(names)),
            Difference::ByPlaceAlone(names) => format!("by-place {}", names.join(" ")),
            Difference::Reordered => "order".to_owned(),
            Difference::Renamed { names } => {
                let names: Vec<&str> = names.iter().map(|(theirs, _)| theirs.as_str()).collect();
                format!("renamed {}", names.join(" "))
            }
        }
    }
}

fn joined(names: &[(Name, usize)]) -> String {
    names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
}

/// Differences that calls written for `theirs` hit in `ours`.
pub(super) fn differences(theirs: &Shape, ours: &Shape) -> Vec<Difference> {
    if (theirs.access == Access::Property) != (ours.access == Access::Property) {
        return vec![Difference::Read { is_ours: ours.access == Access::Property }];
    }
    if theirs.access == Access::Property {
        return Vec::new();
    }
    let mut found = Vec::new();
    if theirs.access == Access::Class && ours.access == Access::Instance {
        found.push(Difference::NeedsInstance);
    }
    match (theirs.awaited, ours.awaited) {
        (Awaited::Yes | Awaited::Result, Awaited::No) => {
            found.push(Difference::Awaited { is_ours: false });
        }
        (Awaited::ToWalk | Awaited::Result, Awaited::Walked) => found.push(Difference::Walked),
        (Awaited::No | Awaited::Iterated, Awaited::Yes | Awaited::Result)
        | (Awaited::Iterated, Awaited::ToWalk) => found.push(Difference::Awaited { is_ours: true }),
        _ => {}
    }
    // A port that accepts any arguments leaves their meaning to the implementation.
    if !theirs.takes_anything() {
        found.extend(parameters(theirs, ours));
    }
    found
}

fn parameters(theirs: &Shape, ours: &Shape) -> Vec<Difference> {
    let asked: Vec<&Param> = theirs.positional.iter().chain(&theirs.keyword_only).collect();
    let taken: Vec<&Param> = ours.positional.iter().chain(&ours.keyword_only).collect();
    let is_in = |list: &[&Param], name: &str| list.iter().any(|param| param.name == name);
    let strange: Vec<&Param> = taken.iter().filter(|param| !is_in(&asked, &param.name)).copied().collect();
    let unmet: Vec<&Param> = asked.iter().filter(|param| !is_in(&taken, &param.name)).copied().collect();
    let mut found = Vec::new();
    // Parameters at the same position with different names.
    let renamed: Vec<(Name, Name)> = theirs
        .positional
        .iter()
        .zip(&ours.positional)
        .filter(|(asked, taken)| is_named(&unmet, asked) && is_named(&strange, taken) && !ours.takes_any_name)
        .map(|(asked, taken)| (asked.name.clone(), taken.name.clone()))
        .collect();
    let is_renamed = |name: &Name| renamed.iter().any(|(theirs, ours)| theirs == name || ours == name);
    let extra: Vec<Name> = strange
        .iter()
        .filter(|param| !param.has_default && !is_renamed(&param.name))
        .map(|param| param.name.clone())
        .collect();
    let is_by_name_alone = |param: &Param| is_named_in(&theirs.keyword_only, &param.name);
    let lacks = unmet.iter().filter(|param| {
        let is_taken = ours.takes_any_name || ours.takes_more && !is_by_name_alone(param);
        !is_renamed(&param.name) && !is_taken
    });
    let lacks: Vec<&&Param> = lacks.collect();
    // With a catch-all, the positions are up to the implementation.
    if !extra.is_empty() && !ours.takes_more {
        found.push(Difference::Extra(extra));
    }
    if !lacks.is_empty() {
        let is_optional = lacks.iter().all(|param| param.has_default);
        let names = lacks.iter().map(|param| param.name.clone()).collect();
        found.push(Difference::Lacks { names, is_optional });
    }
    if found.is_empty() && is_reordered(theirs, ours) {
        found.push(Difference::Reordered);
    }
    found.extend(ways(theirs, ours));
    let by_name = theirs.positional.iter().filter(|param| param.by_name);
    let by_name: Vec<&Name> = by_name.map(|param| &param.name).collect();
    let names: Vec<_> = renamed.into_iter().filter(|(theirs, _)| by_name.contains(&theirs)).collect();
    if !names.is_empty() {
        found.push(Difference::Renamed { names });
    }
    found
}

/// The same parameters, but accepted in fewer ways: without a default, keyword-only, positional-only.
fn ways(theirs: &Shape, ours: &Shape) -> Vec<Difference> {
    let (mut lost, mut by_name, mut by_place) = (Vec::new(), Vec::new(), Vec::new());
    for (index, asked) in theirs.positional.iter().enumerate() {
        let taken = ours.positional.iter().find(|it| it.name == asked.name);
        let named = ours.keyword_only.iter().find(|it| it.name == asked.name);
        match (taken, named) {
            (Some(taken), _) if asked.by_name && !taken.by_name && !ours.takes_any_name => {
                by_place.push(asked.name.clone());
            }
            (None, Some(_)) if !ours.takes_more => by_name.push((asked.name.clone(), index)),
            (None, None) if ours.takes_more && !ours.takes_any_name && asked.by_name => {
                // `*args` accepts no name.
                by_place.push(asked.name.clone());
            }
            _ => {}
        }
        if asked.has_default && taken.or(named).is_some_and(|taken| !taken.has_default) {
            lost.push((asked.name.clone(), index));
        }
    }
    for asked in theirs.keyword_only.iter().filter(|asked| asked.has_default) {
        let mut own = ours.positional.iter().chain(&ours.keyword_only);
        if own.any(|taken| taken.name == asked.name && !taken.has_default) {
            lost.push((asked.name.clone(), usize::MAX));
        }
    }
    let mut found = Vec::new();
    if !lost.is_empty() {
        found.push(Difference::DefaultLost(lost));
    }
    if !by_name.is_empty() {
        found.push(Difference::ByNameAlone(by_name));
    }
    if !by_place.is_empty() {
        found.push(Difference::ByPlaceAlone(by_place));
    }
    found
}

fn is_named_in(list: &[Param], name: &str) -> bool {
    list.iter().any(|param| param.name == name)
}

fn is_named(list: &[&Param], wanted: &Param) -> bool {
    list.iter().any(|param| param.name == wanted.name)
}

/// Whether the same names are in another order among the positional parameters.
fn is_reordered(theirs: &Shape, ours: &Shape) -> bool {
    let names = |shape: &Shape, other: &Shape| -> Vec<Name> {
        let shared = shape
            .positional
            .iter()
            .filter(|param| other.positional.iter().any(|candidate| candidate.name == param.name));
        shared.map(|param| param.name.clone()).collect()
    };
    names(theirs, ours) != names(ours, theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `.a, b=, *, c`: a dot before positional-only parameters, `*` alone before keyword-only ones, `*args` and
    /// `**kwargs`.
    fn shape(parameters: &str) -> Shape {
        let mut shape = Shape {
            access: Access::Instance,
            awaited: Awaited::No,
            positional: Vec::new(),
            keyword_only: Vec::new(),
            takes_more: false,
            takes_any_name: false,
        };
        let mut is_keyword_only = false;
        for word in parameters.split(", ").filter(|word| !word.is_empty()) {
            let name = word.trim_end_matches('=').trim_start_matches('.');
            let param = Param {
                name: name.into(),
                has_default: word.ends_with('='),
                by_name: !word.starts_with('.'),
            };
            match word {
                "*" => is_keyword_only = true,
                "*args" => (shape.takes_more, is_keyword_only) = (true, true),
                "**kwargs" => shape.takes_any_name = true,
                _ if is_keyword_only => shape.keyword_only.push(param),
                _ => shape.positional.push(param),
            }
        }
        shape
    }

    #[test]
    fn parameters_are_held_against_each_other() {
        let table = [
            ("a, b", "a, b", ""),
            ("a, b", "a", "lacks b"),
            ("a, b", "a, *args", "by-place b"),
            (".a, .b", "a, *args", ""),
            ("a", "*args, **kwargs", ""),
            ("a, *, b", "a, *args", "lacks b"),
            ("a", ".a", "by-place a"),
            ("a, b", "a, *, b", "by-name b"),
            ("a, b=", "a, b", "default b"),
            ("a, *, b=", "a, b", "default b"),
            ("a, b=", "a, *, b=", "by-name b"),
            ("a, b", "a, **kwargs", ""),
            ("a", "a, b", "extra b"),
            ("a", "a, b=", ""),
            ("a", "a, *, b", "extra b"),
            ("a, *, b", "a, b", ""),
            ("a, *, b", "a", "lacks b"),
            ("a, b", "b, a", "order"),
            ("a, b", "a, c", "renamed b"),
            ("a, b", "x, y", "renamed a b"),
            ("*args", "a, b", ""),
            ("a, **kwargs", "a, b", ""),
            ("a, b=", "a", "lacks b"),
            ("", "a", "extra a"),
        ];
        for (theirs, ours, expected) in table {
            let found: Vec<String> =
                differences(&shape(theirs), &shape(ours)).iter().map(Difference::key).collect();
            assert_eq!(found.join("; "), expected, "({theirs}) ({ours})");
        }
    }
}
