//! The roles of classes derived from its classes.

use crate::{ClassRole, Rows};

/// Sorted.
pub(super) const ROWS: Rows<ClassRole> = &[
    ("ArithmeticError", ClassRole::Exception),
    ("AssertionError", ClassRole::Exception),
    ("AttributeError", ClassRole::Exception),
    ("BaseException", ClassRole::Exception),
    ("ConnectionError", ClassRole::Exception),
    ("Exception", ClassRole::Exception),
    ("IOError", ClassRole::Exception),
    ("IndexError", ClassRole::Exception),
    ("KeyError", ClassRole::Exception),
    ("LookupError", ClassRole::Exception),
    ("NotImplementedError", ClassRole::Exception),
    ("OSError", ClassRole::Exception),
    ("PermissionError", ClassRole::Exception),
    ("RuntimeError", ClassRole::Exception),
    ("TimeoutError", ClassRole::Exception),
    ("TypeError", ClassRole::Exception),
    ("UserWarning", ClassRole::Exception),
    ("ValueError", ClassRole::Exception),
    ("Warning", ClassRole::Exception),
    ("abc.ABC", ClassRole::Abstract),
    ("abc.ABCMeta", ClassRole::Abstract),
    ("argparse.Action", ClassRole::Command),
    ("enum", ClassRole::Enum),
    ("typing.NamedTuple", ClassRole::Data),
    ("typing.Protocol", ClassRole::Protocol),
    ("typing.TypedDict", ClassRole::Data),
    ("unittest", ClassRole::Test),
];
