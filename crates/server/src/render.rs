//! Results of `ide` in protocol form, where that takes more than the text at hand: the names and texts of other files,
//! the versions of open documents, the client's capabilities.

mod action;
mod completion;
mod symbols;
mod words;

pub(crate) use action::{ActionData, code_action, disabled, fill_in, is_wanted, of_kind, workspace_edit};
pub(crate) use completion::{completion_list, elaborate};
pub(crate) use symbols::{call_item, symbol_information};
pub(crate) use words::{location, markup};
