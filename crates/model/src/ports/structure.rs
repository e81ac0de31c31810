//! Structural implementations of Protocols (PEP 544): classes with all of their members.

use std::sync::Arc;

use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::differing::Differing;
use super::interfaces::Classes;
use super::shape::{Method, ShapeMember};
use super::signature::Style;
use crate::{ClassRef, Port, PortKind, PortMember};

/// A Protocol with one method that more classes match than this is not distinctive enough.
const MOST_OF_ONE: usize = 16;

/// This share of the methods must match including parameter names.
const NEARLY: (usize, usize) = (3, 4);

/// Calls `found` for each Protocol and each class that matches it.
pub(super) fn find<'c>(
    classes: &'c Classes<'c>,
    kinds: &[Option<PortKind>],
    ports: &'c FxHashMap<ClassRef, Arc<Port>>,
    found: &mut dyn FnMut(usize, usize),
) {
    let protocols: Vec<(usize, Wanted<'c>)> = kinds
        .iter()
        .enumerate()
        .filter(|(_, kind)| **kind == Some(PortKind::Protocol))
        .filter_map(|(index, _)| Some((index, Wanted::of(classes, ports.get(classes.list[index].name)?)?)))
        .collect();
    let names: FxHashSet<&Name> =
        protocols.iter().flat_map(|(_, wanted)| wanted.methods.iter().map(|(name, _)| *name)).collect();
    let types = Differing::of(classes, kinds);
    let having = Having::of(classes, kinds, &types, &names);
    for (protocol, wanted) in protocols {
        // Few classes have the rarest member.
        let with = |(name, method): &(&'c Name, &'c Method)| having.with(&types, name, method);
        let length = |lists: &Vec<&[usize]>| lists.iter().map(|list| list.len()).sum::<usize>();
        let Some(candidates) = wanted.methods.iter().map(with).min_by_key(length) else { continue };
        let candidates = candidates.into_iter().flatten().copied();
        let fitting: Vec<usize> = candidates.filter(|class| wanted.is_met(classes, &types, *class)).collect();
        if wanted.methods.len() > 1 || fitting.len() <= MOST_OF_ONE {
            for class in fitting {
                found(protocol, class);
            }
        }
    }
}

/// The classes that have a method, by what it returns.
#[derive(Default)]
struct ByResult<'a> {
    /// It may return anything.
    open: Vec<usize>,
    by_class: FxHashMap<&'a Name, Vec<usize>>,
}

/// The classes that have a method, by its name.
struct Having<'a>(FxHashMap<&'a Name, ByResult<'a>>);

impl<'a> Having<'a> {
    fn of(
        classes: &'a Classes<'a>,
        kinds: &[Option<PortKind>],
        types: &Differing<'a>,
        names: &FxHashSet<&Name>,
    ) -> Self {
        let mut having: FxHashMap<&Name, ByResult<'_>> = FxHashMap::default();
        for (index, class) in classes.list.iter().enumerate() {
            if kinds[index].is_some() || class.is_special() {
                continue;
            }
            let mut seen: FxHashSet<&Name> = FxHashSet::default();
            for (_, shape) in classes.chain(index) {
                for (name, member) in shape.iter() {
                    if !names.contains(name) || !seen.insert(name) {
                        continue;
                    }
                    let known = having.entry(name).or_default();
                    let returns = match member {
                        ShapeMember::Method(method) if !method.signature.is_overloaded => {
                            types.telling(method.signature.returns.as_ref())
                        }
                        _ => None,
                    };
                    match returns {
                        Some(class) => known.by_class.entry(class).or_default().push(index),
                        None => known.open.push(index),
                    }
                }
            }
        }
        Self(having)
    }

    /// The classes with a method `name` that may return what is wanted, in several lists.
    fn with(&self, types: &Differing<'a>, name: &Name, wanted: &'a Method) -> Vec<&[usize]> {
        let Some(known) = self.0.get(name) else { return Vec::new() };
        let mut found = vec![known.open.as_slice()];
        let signature = &wanted.signature;
        match types.telling(signature.returns.as_ref()).filter(|_| !signature.is_overloaded) {
            Some(class) => {
                let names = types.related(class);
                found.extend(names.iter().filter_map(|name| known.by_class.get(name)).map(Vec::as_slice));
            }
            None => found.extend(known.by_class.values().map(Vec::as_slice)),
        }
        found
    }
}

/// The requirements of a Protocol.
struct Wanted<'a> {
    methods: Vec<(&'a Name, &'a Method)>,
    attributes: Vec<&'a Name>,
}

impl<'a> Wanted<'a> {
    /// `None` if it requires too little to identify an implementation.
    fn of(classes: &Classes<'a>, port: &'a Port) -> Option<Self> {
        let (mut methods, mut attributes) = (Vec::new(), Vec::new());
        for PortMember { name, declared_in, .. } in &port.members {
            match classes.list[classes.index(declared_in)?].shape.get(name)? {
                ShapeMember::Method(method) if method.signature.style != Style::Property => {
                    methods.push((name, method));
                }
                _ => attributes.push(name),
            }
        }
        let own = methods.iter().filter(|(name, _)| !name.starts_with("__")).count();
        let takes_something = |(_, method): &(&Name, &Method)| !method.signature.parameters.is_empty();
        let says_enough = match methods.len() {
            0 => false,
            1 => own == 1 && methods.iter().all(takes_something),
            _ => own > 0,
        };
        says_enough.then_some(Self { methods, attributes })
    }

    fn is_met(&self, classes: &Classes<'_>, types: &Differing<'_>, class: usize) -> bool {
        let has_method = |(name, wanted): &(&Name, &Method)| {
            matches!(classes.member(class, name), Some(ShapeMember::Method(method))
                if !method.is_open() && method.signature.fits(&wanted.signature, types))
        };
        let is_placed = |(name, wanted): &(&Name, &Method)| {
            matches!(classes.member(class, name), Some(ShapeMember::Method(method))
                if !method.is_open() && method.signature.fits_by_place(&wanted.signature, types))
        };
        // An attribute may be assigned in a method.
        let has_attribute = |name: &&Name| {
            classes.member(class, name).is_some() || classes.member(class, "__init__").is_some()
        };
        let fitting = self.methods.iter().filter(|wanted| has_method(wanted)).count();
        // A class with all methods of a larger Protocol still matches if one parameter is named differently.
        let is_near =
            || fitting * NEARLY.1 >= self.methods.len() * NEARLY.0 && self.methods.iter().all(is_placed);
        (fitting == self.methods.len() || is_near()) && self.attributes.iter().all(has_attribute)
    }
}
