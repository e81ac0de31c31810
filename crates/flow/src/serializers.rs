//! What rendering an object touches: serializers of Django's REST framework, pydantic and SQLModel schemas, marshmallow.
//!
//! A serializer is a function in disguise: it is given an object and reads attributes of it. So what it does is told as
//! the effects of a function with one parameter, the object ([`Rendering`]), each with the field that causes it, and
//! whoever renders binds them like a call. Fields that can't be read cause nothing.

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
mod views;
mod written;

pub(crate) use field::{FieldKind, Fields, Library};
pub(crate) use fields::fields;
pub(crate) use library::library_of;
pub use missing::{Missing, missing, missing_in_depth};
pub use prepared::prepares_object;
pub(crate) use render::rendering;
pub use render::{Rendered, Rendering};
pub(crate) use routes::rendered_route;
pub use routes::{ListRoute, asks_for, lacks, list_route, row_route};
pub use views::{Branch, ListView, list_view};
pub(crate) use views::{holds_for_list, source_of_view, text_of_class, view_of};
pub(crate) use written::Written;
