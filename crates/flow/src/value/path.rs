//! Access paths: `orders[*].customer.name` is the parameter `orders`, any element, then two attributes.

use python::Name;

/// The maximum length of a path. Anything beyond is unknown.
pub(crate) const MAX_STEPS: usize = 6;

/// A path from a parameter of the analysed function.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// The start.
    pub root: Root,
    /// The steps.
    pub steps: Vec<Step>,
}

/// The start of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// The parameter with this index; `self` is the first.
    Param(u16),
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// An attribute.
    Attr(Name),
    /// Any element, or any value of a mapping.
    Each,
    /// The result of a method: `orders.filter(...)`.
    Call(Name),
    /// The value under a key, or `None`: `kwargs.get("owner")`.
    Get(Name),
}

impl Step {
    /// The name of an attribute.
    pub(crate) fn attribute(&self) -> Option<&Name> {
        match self {
            Step::Attr(name) => Some(name),
            Step::Each | Step::Call(_) | Step::Get(_) => None,
        }
    }
}

impl Path {
    /// The path of a parameter.
    pub fn param(index: usize) -> Self {
        Self { root: Root::Param(index as u16), steps: Vec::new() }
    }

    /// Extends the path by one step; `None` if it gets too long.
    pub fn then(&self, step: Step) -> Option<Self> {
        if self.steps.len() >= MAX_STEPS {
            return None;
        }
        let mut steps = self.steps.clone();
        steps.push(step);
        Some(Self { root: self.root, steps })
    }

    /// The path of an attribute.
    pub fn attr(&self, name: &str) -> Option<Self> {
        self.then(Step::Attr(name.into()))
    }

    /// The path of an element.
    pub fn each(&self) -> Option<Self> {
        self.then(Step::Each)
    }
}
