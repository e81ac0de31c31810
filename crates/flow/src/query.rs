//! The queries of this crate.

mod bodies;
mod functions;
mod importing;
mod models;
mod only;
mod reached;
mod rendered;
pub(crate) mod types;
mod used;

pub use bodies::{factories, stores, writes};
pub use functions::{analysis, analysis_of, callees, callers, callers_of, model_of, summary, summary_of};
pub(crate) use functions::{heir, heirs, reached_on_self, runs_in_thread};
pub use importing::{
    app_lists, changed, changes, django_starter, early, import_steps, import_table, installed, looked_up,
    named_in_settings,
};
pub(crate) use models::querying_properties;
pub use models::{has_django, model_called};
pub use only::only_method;
pub(crate) use reached::{at_import, leads_to_by_change, methods_by_name, unresolved};
pub use reached::{leads_to, way_in, ways};
pub(crate) use rendered::admin_list;
pub(crate) use rendered::counts_by_default;
pub(crate) use rendered::fields;
pub use rendered::{is_column, list_view, rendered_model, rendering, shows_rows};
pub use types::user_model;
pub use used::{usage, usage_of_elements};
