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
    /// The same parameters in another order.
    Reordered,
    /// A parameter is called otherwise: matters to those who pass it by name.
    Renamed {
        /// The port's name and the implementation's.
        names: Vec<(Name, Name)>,
    },
}

impl Difference {
    /// What follows the method's name in a message. Renaming is told by those who know a caller.
    pub(super) fn words(&self, port: &str) -> String {
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
            Difference::Renamed { names } => {
                let names: Vec<String> =
                    names.iter().map(|(theirs, ours)| format!("`{theirs}` to `{ours}`")).collect();
                format!("renames {} against `{port}`", wording::list(&names))
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
            Difference::Reordered => "order".to_owned(),
            Difference::Renamed { names } => {
                let names: Vec<&str> = names.iter().map(|(theirs, _)| theirs.as_str()).collect();
                format!("renamed {}", names.join(" "))
            }
        }
    }
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
    let lacks = unmet.iter().filter(|param| !is_renamed(&param.name) && !ours.takes_anything());
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
    let by_name = theirs.positional.iter().filter(|param| param.by_name);
    let by_name: Vec<&Name> = by_name.map(|param| &param.name).collect();
    let names: Vec<_> = renamed.into_iter().filter(|(theirs, _)| by_name.contains(&theirs)).collect();
    if !names.is_empty() {
        found.push(Difference::Renamed { names });
    }
    found
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

    /// `a, b=, *, c` with `*` alone for what follows by name, `*args` and `**kwargs`.
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
            let param = Param {
                name: word.trim_end_matches('=').into(),
                has_default: word.ends_with('='),
                by_name: true,
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
            ("a, b", "a, *args", ""),
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
