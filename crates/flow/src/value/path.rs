//! Access paths: `orders[*].customer.name` is the parameter `orders`, any element, two attributes.

use python::Name;

/// The longest path that is followed; what is reached beyond is unknown.
pub(crate) const MAX_STEPS: usize = 6;

/// A way from a parameter of the function that is analysed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// Where it starts.
    pub root: Root,
    /// How it goes on.
    pub steps: Vec<Step>,
}

/// Where a path starts.
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
    /// What a method gives: `orders.filter(...)`.
    Call(Name),
}

impl Path {
    /// A parameter.
    pub fn param(index: usize) -> Self {
        Self { root: Root::Param(index as u16), steps: Vec::new() }
    }

    /// One step further; nothing where that is too far.
    pub fn then(&self, step: Step) -> Option<Self> {
        if self.steps.len() >= MAX_STEPS {
            return None;
        }
        let mut steps = self.steps.clone();
        steps.push(step);
        Some(Self { root: self.root, steps })
    }

    /// An attribute of it.
    pub fn attr(&self, name: &str) -> Option<Self> {
        self.then(Step::Attr(name.into()))
    }

    /// An element of it.
    pub fn each(&self) -> Option<Self> {
        self.then(Step::Each)
    }
}
