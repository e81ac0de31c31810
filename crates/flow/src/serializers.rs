//! What rendering an object touches: serializers of Django's REST framework, pydantic and SQLModel schemas, marshmallow.
//!
//! A serializer is a function in disguise: it is given an object and reads attributes of it. So what it does is told as
//! the effects of a function with one parameter, the object ([`Rendering`]), each with the field that causes it, and
//! whoever renders binds them like a call. Fields that can't be read cause nothing.

mod dictionaries;
mod drf;
mod field;
mod fields;
mod library;
mod marshmallow;
mod meta;
mod missing;
mod prepared;
mod pydantic;
mod render;
mod routes;
mod validators;
mod views;
mod wrapped;
mod written;

pub(crate) use field::{FieldKind, Fields, Library};
pub(crate) use fields::fields;
pub(crate) use library::library_of;
pub use missing::{Missing, missing, missing_in_depth};
pub use prepared::prepares_object;
pub(crate) use render::rendering;
pub use render::{Rendered, Rendering};
pub use routes::{ListRoute, asks_for, lacks, list_routes, row_route};
pub(crate) use routes::{rendered_routes, response_of};
pub use views::{Branch, ListView, list_view};
pub(crate) use views::{holds_for_list, source_of_view, text_of_class, view_of};
pub(crate) use wrapped::{rows_in, type_arguments};
pub(crate) use written::Written;
