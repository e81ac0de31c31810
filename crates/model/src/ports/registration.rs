//! Where a program is put together: which class is given where an interface is asked for.
//!
//! Two stages, each compared by itself. [`Registrations`] is what one file says, names as written and without positions, so
//! that typing any other statement ends there. [`link`] finds out what the names mean. Whether the first of a pair is an
//! interface at all is decided when all are known: a form that looks like a registration and is none brings a pair that
//! nobody asks for.

mod link;
mod read;

use python::{FunctionId, Name};

pub(crate) use link::{Linking, link, made_by};

/// What one file says of who is given where.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Registrations {
    /// Sorted.
    list: Box<[Registration]>,
}

impl Registrations {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// One thing that a file says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Registration {
    /// A function makes it for whoever calls: `return SqlOrders(session)`.
    Made {
        /// Which function.
        function: FunctionId,
        /// The class or what makes it, dotted.
        what: Name,
    },
    /// `container.bind(Orders, SqlOrders)`, `container[Orders] = SqlOrders`, `orders: Orders = SqlOrders()`
    Bound {
        /// The interface, or what provides it, dotted.
        port: Name,
        /// The class or what makes it, dotted.
        what: Name,
    },
    /// `Service(orders=SqlOrders())`, `providers.Factory(Service, orders=SqlOrders)`
    Given {
        /// Who takes it.
        taker: Taker,
        /// As which argument.
        argument: Argument,
        /// The class or what makes it, dotted.
        what: Name,
    },
}

/// Who is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Taker {
    /// A class or function, dotted.
    Named(Name),
    /// `super().__init__` in a class.
    BaseOf(Name),
}

/// Which argument of a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Argument {
    /// By position, without the receiver.
    Position(u16),
    /// By name.
    Keyword(Name),
}
