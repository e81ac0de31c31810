//! Which annotations certainly name different types?
//!
//! Only unqualified names are compared. What isn't a builtin or a class of the project may be an alias or a type
//! variable, and stands for any type.

use python::Name;
use rustc_hash::FxHashMap;

use super::interfaces::Classes;
use crate::PortKind;

/// The classes of a project that tell types apart, by their unqualified names.
pub(super) struct Differing<'a> {
    by_name: FxHashMap<&'a Name, Vec<usize>>,
    classes: &'a Classes<'a>,
}

impl<'a> Differing<'a> {
    /// A name that an interface has tells nothing: any class may conform to it.
    pub(super) fn of(classes: &'a Classes<'a>, kinds: &[Option<PortKind>]) -> Self {
        let mut by_name: FxHashMap<&Name, Vec<usize>> = FxHashMap::default();
        let mut open: Vec<&Name> = Vec::new();
        for (index, class) in classes.list.iter().enumerate() {
            if kinds[index].is_some() {
                open.push(&class.name.name);
            } else {
                by_name.entry(&class.name.name).or_default().push(index);
            }
        }
        for name in open {
            by_name.remove(name);
        }
        Self { by_name, classes }
    }

    /// Whether two types certainly differ: both are builtins, or both are classes of the project of which none inherits
    /// from the other. A class and a builtin tell nothing: `class Key(str)`.
    pub(super) fn differ(&self, left: Option<&Name>, right: Option<&Name>) -> bool {
        let (Some(left), Some(right)) = (left, right) else { return false };
        left != right
            && (are_other_builtins(left, right)
                || self.class(left).is_some_and(|left| {
                    self.class(right).is_some_and(|right| !self.are_related(left, right))
                }))
    }

    /// The name of a type that differs from those of classes with other names, unless they inherit from each other.
    pub(super) fn telling<'n>(&self, name: Option<&'n Name>) -> Option<&'n Name> {
        name.filter(|name| self.by_name.contains_key(*name))
    }

    /// The names of the classes that inherit from those of this name, or from which they inherit, and the name itself.
    pub(super) fn related(&self, name: &'a Name) -> Vec<&'a Name> {
        let mut names = vec![name];
        for class in self.class(name).unwrap_or_default() {
            let class = &self.classes.list[*class];
            let all = class.ancestors.iter().chain(&class.descendants);
            names.extend(all.map(|index| &self.classes.list[*index].name.name));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    fn class(&self, name: &Name) -> Option<&[usize]> {
        self.by_name.get(name).map(Vec::as_slice)
    }

    fn are_related(&self, left: &[usize], right: &[usize]) -> bool {
        let inherits = |one: usize, from: &[usize]| {
            self.classes.list[one].ancestors.iter().any(|ancestor| from.contains(ancestor))
        };
        left.iter().any(|one| inherits(*one, right)) || right.iter().any(|one| inherits(*one, left))
    }
}

/// Whether both are builtins, and not the same one.
fn are_other_builtins(left: &Name, right: &Name) -> bool {
    const PLAIN: [&str; 10] =
        ["None", "bool", "bytes", "complex", "datetime", "dict", "float", "int", "list", "str"];
    let is_plain = |name: &Name| PLAIN.contains(&name.as_str());
    // To type checkers, an `int` is a `float`, and a `bool` an `int`.
    let is_number = |name: &Name| matches!(name.as_str(), "bool" | "int" | "float" | "complex");
    is_plain(left) && is_plain(right) && !(is_number(left) && is_number(right))
}
