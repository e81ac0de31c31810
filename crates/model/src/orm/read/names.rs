//! What dotted names mean at the head of one module.

use std::cell::RefCell;

use python::Name;
use rustc_hash::FxHashMap;

use crate::orm::declared::Target;
use crate::{Base, ClassRef};

/// Resolves names of one module, each once.
pub(crate) struct Names<'a> {
    meaning: &'a dyn Fn(&str) -> Vec<Base>,
    seen: RefCell<FxHashMap<String, Vec<Base>>>,
}

impl<'a> Names<'a> {
    /// Resolves with `meaning`.
    pub(crate) fn new(meaning: &'a dyn Fn(&str) -> Vec<Base>) -> Self {
        Self { meaning, seen: RefCell::default() }
    }

    /// The classes that `dotted` means: several for what a call makes of several.
    pub(super) fn all(&self, dotted: &str) -> Vec<Base> {
        if let Some(seen) = self.seen.borrow().get(dotted) {
            return seen.clone();
        }
        let meaning = (self.meaning)(dotted);
        self.seen.borrow_mut().insert(dotted.to_owned(), meaning.clone());
        meaning
    }

    /// The class that `dotted` means; of several the first.
    pub(super) fn meaning(&self, dotted: &str) -> Option<Base> {
        self.all(dotted).into_iter().next()
    }

    /// The class of the project that `dotted` means.
    pub(super) fn class(&self, dotted: &str) -> Option<ClassRef> {
        match self.meaning(dotted)? {
            Base::Own(module, name) => Some(ClassRef { module, name }),
            Base::Foreign(_) => None,
        }
    }

    /// What a dotted name means as the other side of a relation. A name that can't be told may be a class that is
    /// imported where it can't be seen, or for strings, one that only the mapper's registry knows.
    pub(super) fn target(&self, dotted: &str) -> Target {
        match self.meaning(dotted) {
            Some(Base::Own(module, name)) => Target::Class(ClassRef { module, name }),
            Some(Base::Foreign(full)) if full.ends_with(".get_user_model") => Target::User,
            Some(Base::Foreign(_)) => Target::Unknown,
            None => Target::Named(Name::new(dotted)),
        }
    }
}
