//! Project collaborators, recognized by the ancestors, the name and the layer of a class.

use config::Layer;
use model::{ClassRef, ClassRole, Surface};

use super::Role;
use super::library::of_library;
use crate::Context;

/// Last words of class names with an unambiguous meaning; a longer suffix precedes a shorter one.
const WORDS: &[(&str, Role)] = &[
    ("Repository", Role::Repository),
    ("Repositories", Role::Repository),
    ("Repo", Role::Repository),
    ("Dao", Role::Repository),
    ("DAO", Role::Repository),
    ("UnitOfWork", Role::UnitOfWork),
    ("UoW", Role::UnitOfWork),
    ("Uow", Role::UnitOfWork),
    ("Gateway", Role::Adapter),
    ("Client", Role::Client),
    ("Service", Role::Service),
];

/// Last words that are meaningful only for an infrastructure class.
const WORDS_OUTSIDE: &[(&str, Role)] = &[
    ("Adapter", Role::Adapter),
    ("Api", Role::Client),
    ("API", Role::Client),
    ("Backend", Role::Adapter),
    ("Broker", Role::Broker),
    ("Cache", Role::Cache),
    ("Connector", Role::Client),
    ("Consumer", Role::Client),
    ("Database", Role::Session),
    ("Downloader", Role::Client),
    ("Fetcher", Role::Client),
    ("Mailer", Role::Client),
    ("Notifier", Role::Client),
    ("Producer", Role::Broker),
    ("Provider", Role::Adapter),
    ("Publisher", Role::Broker),
    ("Queue", Role::Broker),
    ("Sender", Role::Client),
    ("Storage", Role::Adapter),
    ("Store", Role::Adapter),
    ("Uploader", Role::Client),
];

/// Roles that no collaborator has, whatever its name.
const NEVER: &[ClassRole] = &[
    ClassRole::OrmModel,
    ClassRole::OrmType,
    ClassRole::OrmQuery,
    ClassRole::Serializer,
    ClassRole::Form,
    ClassRole::View,
    ClassRole::Http,
    ClassRole::HttpError,
    ClassRole::Admin,
    ClassRole::GraphQl,
    ClassRole::Command,
    ClassRole::AppConfig,
    ClassRole::Container,
    ClassRole::Exception,
    ClassRole::Enum,
    ClassRole::Test,
];

/// The role of a project class for its users; `None` if it is not a collaborator.
pub fn of_class(cx: &Context<'_>, class: &ClassRef) -> Option<Role> {
    let foreign = cx.architecture.hierarchy.of(class.module, &class.name).map(|it| &it.foreign);
    if foreign.is_some_and(|names| names.iter().any(|name| libraries::is_settings_base(name))) {
        return Some(Role::Settings);
    }
    let signals = model::query::signals(cx.db, cx.file_of(class.module));
    let own = signals.classes.iter().find(|it| it.name == class.name)?;
    if own.is_table || own.role.is_some_and(|role| NEVER.contains(&role)) || is_error(foreign.map(|it| &**it))
    {
        return None;
    }
    let by_base = foreign.and_then(|names| names.iter().find_map(|name| of_library(name)));
    let has_work = own.keeps_handle
        || matches!(own.surface, Surface::Concrete | Surface::Partial | Surface::Stubs)
        || own.has_bases
            && !matches!(own.role, Some(ClassRole::Schema | ClassRole::Data | ClassRole::SqlModel));
    if by_base.is_some() || !has_work {
        return by_base;
    }
    if is_data_by_ancestors(cx, class) {
        return None;
    }
    let layer = cx.layer(class.module);
    let is_outside = layer == Some(Layer::Infrastructure);
    // Data with such a suffix: the `Client` of a bank, the input `NewClient`.
    let is_data = matches!(own.role, Some(ClassRole::Schema | ClassRole::SqlModel));
    let role = by_name(&class.name, is_outside).filter(|_| !is_data);
    let sure = role.filter(|role| match role {
        Role::Client | Role::Adapter => {
            is_outside
                || own.role != Some(ClassRole::Data) && layer != Some(Layer::Domain) && !is_bare(&class.name)
        }
        _ => !is_bare(&class.name) || is_outside,
    });
    // What keeps a connection that it opened lives as long as the connection, unless it is named after one call (`PrintJob`).
    let is_adapter = || is_outside && own.keeps_handle || adapts(cx, class, is_outside);
    sure.or_else(|| (!is_per_call(&class.name) && is_adapter()).then_some(Role::Adapter))
}

/// Whether a project ancestor is a schema or a row.
fn is_data_by_ancestors(cx: &Context<'_>, class: &ClassRef) -> bool {
    let is_data = |module, name: &str| {
        let signals = model::query::signals(cx.db, cx.file_of(module));
        let found = signals.classes.iter().find(|it| it.name == name).and_then(|it| it.role);
        found.is_some_and(|role| {
            matches!(role, ClassRole::Schema | ClassRole::SqlModel) || NEVER.contains(&role)
        })
    };
    let ancestors = cx.architecture.hierarchy.of(class.module, &class.name);
    ancestors.is_some_and(|it| it.own.iter().any(|(module, name)| is_data(*module, name)))
}

/// The role that the name alone indicates.
pub(crate) fn by_name(name: &str, is_outside: bool) -> Option<Role> {
    let outside: &[(&str, Role)] = if is_outside { WORDS_OUTSIDE } else { &[] };
    WORDS.iter().chain(outside).find(|(word, _)| name.ends_with(word)).map(|(_, role)| *role)
}

/// `Client`, `Service`: such a word alone can name anything.
fn is_bare(name: &str) -> bool {
    WORDS.iter().chain(WORDS_OUTSIDE).any(|(word, _)| name == *word)
}

fn is_error(foreign: Option<&[python::Name]>) -> bool {
    let ends_so = |name: &python::Name| name.ends_with("Error") || name.ends_with("Exception");
    foreign.is_some_and(|names| names.iter().any(ends_so))
}

/// Last words of classes that look like adapters but are created for a single call.
const PER_CALL: &[&str] = &[
    "Command",
    "Event",
    "Filter",
    "Handler",
    "Job",
    "Message",
    "Model",
    "Policy",
    "Query",
    "Rule",
    "Specification",
    "Step",
    "Strategy",
    "Task",
    "Visitor",
];

fn is_per_call(name: &str) -> bool {
    PER_CALL.iter().any(|word| name.ends_with(word))
}

/// Whether an infrastructure class implements an interface of the inner layers.
fn adapts(cx: &Context<'_>, class: &ClassRef, is_outside: bool) -> bool {
    let is_inner = |module| matches!(cx.layer(module), Some(Layer::Domain | Layer::Application));
    is_outside
        && cx.architecture.hierarchy.of(class.module, &class.name).is_some_and(|ancestors| {
            ancestors.own.iter().any(|(module, name)| {
                is_inner(*module)
                    && model::query::signals(cx.db, cx.file_of(*module))
                        .classes
                        .iter()
                        .any(|it| it.name == *name && it.is_port())
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_roles() {
        let table = [
            ("OrderRepository", false, Some(Role::Repository)),
            ("SqlUserDao", false, Some(Role::Repository)),
            ("StripeClient", false, Some(Role::Client)),
            ("KeyStore", false, None),
            ("KeyStore", true, Some(Role::Adapter)),
            ("Order", true, None),
            ("Servicer", true, None),
        ];
        for (name, is_outside, expected) in table {
            assert_eq!(by_name(name, is_outside), expected, "{name}");
        }
    }
}
