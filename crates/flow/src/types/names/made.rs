//! The results of library calls without walking a body: session factories, engines, partials, instances.

use model::Project;
use python::Name;

use crate::query::types;
use crate::types::annotation;
use crate::{Db, Kind, Value};

/// The result of calling the library function or class `full`.
pub(crate) fn foreign_call(
    db: &dyn Db,
    project: Project,
    full: &str,
    positional: &[Value],
    keywords: &[(Name, Value)],
) -> Value {
    match full {
        "sqlalchemy.orm.sessionmaker" if makes_async(keywords) => {
            return instance("sqlalchemy.ext.asyncio.async_sessionmaker");
        }
        "functools.partial" => {
            let Some((callee, given)) = positional.split_first() else { return Value::UNKNOWN };
            return Value::of(Kind::Partial(callee.clone().into(), given.into()));
        }
        "django.contrib.auth.get_user_model" => {
            let user = types::user_model(db, project);
            return user.map_or(Value::UNKNOWN, |class| Value::of(Kind::Class(class)));
        }
        _ if full.starts_with("dependency_injector.providers.") => {
            return match positional.first().map(|provider| &provider.kind) {
                Some(Kind::Class(class)) => annotation::instance_of(db, project, class, &[]),
                Some(Kind::Function(function)) => {
                    types::returned(db, project, function.module, function.function)
                }
                _ => Value::UNKNOWN,
            };
        }
        "flask_appbuilder.utils.legacy.get_sqla_class" => {
            return Value::of(Kind::Foreign(Name::new_static("flask_sqlalchemy.SQLAlchemy")));
        }
        "os.getenv" | "os.environ.get" => return Value::of(Kind::Plain),
        _ => {}
    }
    if let Some(class) = libraries::makes(full).or_else(|| libraries::client_of(full)) {
        return instance(class);
    }
    let last = full.rsplit('.').next().unwrap_or_default();
    // Class names are capitalized almost everywhere, except for built-in types.
    if last.starts_with(|first: char| first.is_ascii_uppercase()) || annotation::is_builtin_type(full) {
        return annotation::foreign_instance(full);
    }
    Value::UNKNOWN
}

/// `sessionmaker(engine, class_=AsyncSession)`
fn makes_async(keywords: &[(Name, Value)]) -> bool {
    let is_async = |value: &Value| match &value.kind {
        Kind::Foreign(full) => full.ends_with("AsyncSession"),
        _ => false,
    };
    keywords.iter().any(|(name, value)| name == "class_" && is_async(value))
}

fn instance(full: &'static str) -> Value {
    Value::of(Kind::ForeignInstance(Name::new_static(full)))
}
