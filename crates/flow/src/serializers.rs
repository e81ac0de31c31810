//! The attributes that rendering an object reads: serializers of Django REST framework, pydantic and SQLModel schemas,
//! marshmallow.
//!
//! A serializer behaves like a function that takes an object and reads its attributes. Its behaviour is therefore
//! represented as the effects of a function whose only parameter is the object ([`Rendering`]). Each effect carries the
//! field that causes it, and the rendering code applies the effects like those of a call. Fields that can't be read
//! have no effects.

mod dictionaries;
mod drf;
mod field;
mod fields;
mod graphene;
mod library;
mod listed;
mod marshmallow;
mod meta;
mod missing;
mod prepared;
mod pydantic;
mod render;
mod routes;
mod shown;
mod validators;
mod views;
mod wrapped;
mod written;

pub(crate) use dictionaries::named_in_body;
pub(crate) use field::{FieldKind, Fields, Library};
pub(crate) use fields::fields;
pub(crate) use graphene::received;
pub(crate) use library::library_of;
pub use listed::rendering_of_many;
pub use missing::{Missing, missing, missing_in_depth};
pub use prepared::prepares_object;
pub(crate) use pydantic::root_of;
pub(crate) use render::rendering;
pub use render::{Rendered, Rendering};
pub(crate) use routes::expired_rows;
pub use routes::{RenderedRows, lacks, queries_rows_of, rendered_row, rendered_rows};
pub(crate) use routes::{is_paged, response_of};
pub(crate) use shown::{Shown, kept, kept_of};
pub use views::{Branch, ListView, list_view};
pub(crate) use views::{
    answers_like_base, calls_super, count_by_default, counts_pages, counts_pages_in, holds_for_list,
    holds_for_reading, http_method, model_of_own_view, serializers_in, source_of_view, text_of_class,
    view_of,
};
pub(crate) use wrapped::{rows_in, type_arguments};
pub(crate) use written::Written;
