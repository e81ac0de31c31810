//! The meaning of dotted names at module level.

use std::cell::RefCell;

use python::Name;
use rustc_hash::FxHashMap;

use crate::orm::declared::Target;
use crate::{Base, ClassRef};

/// Resolves the names of one module, each only once.
pub(crate) struct Names<'a> {
    meaning: &'a dyn Fn(&str) -> Vec<Base>,
    seen: RefCell<FxHashMap<String, Vec<Base>>>,
}

impl<'a> Names<'a> {
    /// A resolver based on `meaning`.
    pub(crate) fn new(meaning: &'a dyn Fn(&str) -> Vec<Base>) -> Self {
        Self { meaning, seen: RefCell::default() }
    }

    /// The classes that `dotted` refers to: several if a call combines several classes.
    pub(super) fn all(&self, dotted: &str) -> Vec<Base> {
        if let Some(seen) = self.seen.borrow().get(dotted) {
            return seen.clone();
        }
        let meaning = (self.meaning)(dotted);
        self.seen.borrow_mut().insert(dotted.to_owned(), meaning.clone());
        meaning
    }

    /// The class that `dotted` refers to; the first of several.
    pub(super) fn meaning(&self, dotted: &str) -> Option<Base> {
        self.all(dotted).into_iter().next()
    }

    /// The project class that `dotted` refers to.
    pub(super) fn class(&self, dotted: &str) -> Option<ClassRef> {
        match self.meaning(dotted)? {
            Base::Own(module, name) => Some(ClassRef { module, name }),
            Base::Foreign(_) => None,
        }
    }

    /// Resolves a dotted name as the target of a relation. An unresolved name may be a class with a hidden import, or
    /// for strings, one that only the mapper's registry knows.
    pub(super) fn target(&self, dotted: &str) -> Target {
        match self.meaning(dotted) {
            Some(Base::Own(module, name)) => Target::Class(ClassRef { module, name }),
            Some(Base::Foreign(full))
                if full.ends_with(".get_user_model") || full == libraries::DJANGO_USER =>
            {
                Target::User
            }
            Some(Base::Foreign(full)) => Target::Foreign(full),
            None => Target::Named(Name::new(dotted)),
        }
    }
}
