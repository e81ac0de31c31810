//! The composition root: which class is injected where an interface is requested.
//!
//! There are two stages, each compared separately. [`Registrations`] contains what one file declares, with names as
//! written and without positions, so that typing any other statement has no further effect. [`link`] resolves the
//! names. Whether the first element of a pair is an interface is decided once all are known: a form that merely looks
//! like a registration yields a pair that is never looked up.

mod link;
mod read;

use python::{FunctionId, Name};

pub(crate) use link::{Linking, link, made_by};

/// The registrations in one file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Registrations {
    /// Sorted.
    list: Box<[Registration]>,
}

impl Registrations {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A registration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Registration {
    /// A function creates it for its callers: `return SqlOrders(session)`.
    Made {
        /// The function.
        function: FunctionId,
        /// The class or its factory, as a dotted name.
        what: Name,
    },
    /// `container.bind(Orders, SqlOrders)`, `container[Orders] = SqlOrders`, `orders: Orders = SqlOrders()`
    Bound {
        /// The interface or its provider, as a dotted name.
        port: Name,
        /// The class or its factory, as a dotted name.
        what: Name,
    },
    /// `Service(orders=SqlOrders())`, `providers.Factory(Service, orders=SqlOrders)`
    Given {
        /// The callee.
        taker: Taker,
        /// The argument.
        argument: Argument,
        /// The class or its factory, as a dotted name.
        what: Name,
    },
}

/// The callee that receives an argument.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Taker {
    /// A class or function, as a dotted name.
    Named(Name),
    /// `super().__init__` in a class.
    BaseOf(Name),
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Argument {
    /// By position, without the receiver.
    Position(u16),
    /// By name.
    Keyword(Name),
}
