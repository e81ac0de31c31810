//! Knowledge about Python libraries: the purpose of each, and the meaning of its names.
//!
//! A library that tables can describe is one file in `known/`, a [`Library`] of constants; a library with a single
//! known fact is listed in `brief`. The composition of library calls (what `filter` makes of a queryset) is code, in
//! `flow` and `model`. All queries go through the functions of [`lookup`], [`http`] and [`waiting`], which take full
//! dotted names.
//!
//! To add a library, write `known/NAME.rs` (copy a similar one, and keep the fields that apply) and, beside it,
//! `known/NAME.md` with examples, in the format of the rules' pages. `cargo test -p libraries` lists it, and
//! `UPDATE_PAGES=1 cargo test -p tests --test specs` writes what its examples find. No other file is edited by hand.

mod asking;
mod brief;
mod caution;
mod distributions;
mod django_tables;
mod entry;
mod first_calls;
mod http;
mod kind;
mod known;
mod library;
mod looked_up;
mod lookup;
mod mark;
mod pages;
mod program;
mod purpose;
mod reads_settings;
mod renders;
mod role;
mod server_file;
mod serving;
mod setting_up;
mod signal;
mod table;
mod technology;
mod users;
mod waiting;

pub use asking::{asks, connection, mapper};
pub use caution::{CacheSize, Caution, caution, instruments};
pub use distributions::{brings, distribution};
pub use django_tables::{
    BaseColumn, django_base_columns, django_base_relations, django_table, django_table_of_label,
};
pub use entry::{Entry, entry, registers, takes_callback};
pub use first_calls::{ComesFirst, comes_first};
pub use http::{HttpName, http_name};
pub use kind::Kind;
pub use library::{AtImport, Client, Handle, Library, Mapper, Rows, Session, Sql};
pub use looked_up::{LookedUp, When, is_looked_up, looked_up, may_use_django};
pub use lookup::{
    at_import, call, canonical, class_decorator, container_bases, decorator, handle, has_django_models,
    has_other_fields, imports, is_absent, is_clock, is_container, is_container_lookup, is_dependency,
    is_effect, is_namesake, is_settings_base, is_shared_client, is_stream, keeps_signature, kind,
    kinds_around, makes, method_remembers, needs_program, remembers, role_of_base, runs_in_thread, session,
    sql, views, wired_by_type,
};
pub use mark::{Decorator, Mark};
pub use pages::{is_page_view, makes_page_view};
pub use program::{Job, Names, Program, Waits, driver_waits, is_named_driver};
pub use purpose::{PURPOSES, distributions_for, is_enough_alone, rests_on};
pub use reads_settings::reads_settings;
pub use renders::{Renders, renders};
pub use role::ClassRole;
pub use server_file::{is_server_hook, is_server_setting};
pub use serving::{Serves, serves};
pub use setting_up::SETTING_UP;
pub use signal::makes_signal;
pub use technology::{Backing, Technology};
pub use users::{DJANGO_USER, asks_for_users, makes_users};
pub use waiting::{Method, client_of, connects, given, method, opens_file, sends_request, waits};

/// Functions with which HTTP clients send a request.
pub(crate) const HTTP_VERBS: &[&str] =
    &["get", "post", "put", "patch", "delete", "head", "options", "request", "stream", "send"];

/// All libraries that have their own file, in file order.
pub fn all() -> &'static [&'static Library] {
    known::ALL
}

/// Whether `name` is `module` or inside it.
pub fn is_of(name: &str, module: &str) -> bool {
    name.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
