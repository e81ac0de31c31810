//! What callers of a port trip over in an implementation.

use python::Name;
use view::wording;

use super::shape::{Access, Awaited, Param, Shape};

/// One way in which an implementation differs from its port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference {
    /// Awaited in the port alone, or in the implementation alone.
    Awaited {
        /// Whether the implementation has to be awaited.
        is_ours: bool,
    },
    /// Read in the one, called in the other.
    Read {
        /// Whether the implementation is read.
        is_ours: bool,
    },
    /// The port's method can be called on the class.
    NeedsInstance,
    /// The implementation asks for more.
    Extra(Vec<Name>),
    /// The implementation takes less.
    Lacks {
        names: Vec<Name>,
        /// Whether the port leaves it to callers to pass them: all have defaults.
        is_optional: bool,
    },
    /// The port's method is awaited and gives something to walk; the implementation is walked itself.
    Walked,
    /// The port lets them be left out: names, with where they stand.
    DefaultLost(Vec<(Name, usize)>),
    /// The implementation takes by name alone what the port takes by position too: names, with where they stand.
    ByNameAlone(Vec<(Name, usize)>),
    /// The implementation takes by position alone what the port takes by name too.
    ByPlaceAlone(Vec<Name>),
    /// The same parameters in another order.
    Reordered,
    /// A parameter is called otherwise: matters to those who pass it by name.
    Renamed {
        /// The port's name and the implementation's.
        names: Vec<(Name, Name)>,
    },
}

impl Difference {
    /// Whether it matters only to those who call in a certain way.
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

    /// What follows the method's name in a message; with the parameter that a caller trips over.
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

    /// What the fingerprint is made of.
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

/// What callers of `theirs` trip over where `ours` answers.
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
        (Awaited::Yes, Awaited::No) => found.push(Difference::Awaited { is_ours: false }),
        (Awaited::ToWalk, Awaited::Walked) => found.push(Difference::Walked),
        (Awaited::No, Awaited::Yes) => found.push(Difference::Awaited { is_ours: true }),
        _ => {}
    }
    // Whoever declares that anything may be passed leaves it to the implementation what that is.
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
    // Parameters at one place under two names.
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
    // With a catch-all, what stands where is the implementation's affair.
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

/// The same parameters, but passed in fewer ways: without a default, by name alone, by position alone.
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
                // `*args` takes no name.
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

/// Whether the same names stand in another order among what is passed by place.
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

    /// `.a, b=, *, c`, a dot before what is passed by position alone, with `*` alone for what follows by name, `*args` and `**kwargs`.
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
