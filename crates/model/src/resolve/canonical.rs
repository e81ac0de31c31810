//! One name for what libraries offer under several.

use python::Name;

/// Modules whose names a library offers again in another, and the one used here. Sorted.
static MODULES: &[(&str, &str)] = &[
    ("django.db.models.aggregates", "django.db.models"),
    ("django.db.models.base", "django.db.models"),
    ("django.db.models.expressions", "django.db.models"),
    ("django.db.models.fields", "django.db.models"),
    ("django.db.models.fields.related", "django.db.models"),
    ("django.db.models.manager", "django.db.models"),
    ("django.db.models.query", "django.db.models"),
    ("django.db.models.query_utils", "django.db.models"),
    ("flask_sqlalchemy.extension", "flask_sqlalchemy"),
    ("pydantic.main", "pydantic"),
    ("sqlalchemy.engine", "sqlalchemy"),
    ("sqlalchemy.engine.base", "sqlalchemy"),
    ("sqlalchemy.engine.result", "sqlalchemy"),
    ("sqlalchemy.engine.row", "sqlalchemy"),
    ("sqlalchemy.ext.asyncio.engine", "sqlalchemy.ext.asyncio"),
    ("sqlalchemy.ext.asyncio.result", "sqlalchemy.ext.asyncio"),
    ("sqlalchemy.ext.asyncio.scoping", "sqlalchemy.ext.asyncio"),
    ("sqlalchemy.ext.asyncio.session", "sqlalchemy.ext.asyncio"),
    ("sqlalchemy.ext.declarative", "sqlalchemy.orm"),
    ("sqlalchemy.ext.declarative.api", "sqlalchemy.orm"),
    ("sqlalchemy.future", "sqlalchemy"),
    ("sqlalchemy.orm.attributes", "sqlalchemy.orm"),
    ("sqlalchemy.orm.base", "sqlalchemy.orm"),
    ("sqlalchemy.orm.decl_api", "sqlalchemy.orm"),
    ("sqlalchemy.orm.query", "sqlalchemy.orm"),
    ("sqlalchemy.orm.relationships", "sqlalchemy.orm"),
    ("sqlalchemy.orm.scoping", "sqlalchemy.orm"),
    ("sqlalchemy.orm.session", "sqlalchemy.orm"),
    ("sqlalchemy.orm.strategy_options", "sqlalchemy.orm"),
    ("sqlalchemy.sql", "sqlalchemy"),
    ("sqlalchemy.sql.expression", "sqlalchemy"),
    ("sqlalchemy.sql.selectable", "sqlalchemy"),
    ("sqlmodel.main", "sqlmodel"),
    ("sqlmodel.orm.session", "sqlmodel"),
    ("sqlmodel.sql.expression", "sqlmodel"),
    ("typing_extensions", "typing"),
];

/// Single names that a library offers twice, and the one used here. Sorted.
static NAMES: &[(&str, &str)] = &[
    ("fastapi.exceptions.HTTPException", "fastapi.HTTPException"),
    ("fastapi.param_functions.Depends", "fastapi.Depends"),
    ("fastapi.params.Depends", "fastapi.Depends"),
    ("flask_appbuilder.SQLA", "flask_sqlalchemy.SQLAlchemy"),
    ("flask_appbuilder.models.sqla.SQLA", "flask_sqlalchemy.SQLAlchemy"),
    ("flask_appbuilder.models.sqla.base.SQLA", "flask_sqlalchemy.SQLAlchemy"),
];

/// The name used here for the full name of something outside of the project: `sqlalchemy.select` for
/// `sqlalchemy.future.select`.
pub fn canonical(full: &str) -> Name {
    if let Ok(index) = NAMES.binary_search_by_key(&full, |(alias, _)| alias) {
        return Name::new_static(NAMES[index].1);
    }
    let Some((module, name)) = full.rsplit_once('.') else { return full.into() };
    match MODULES.binary_search_by_key(&module, |(alias, _)| alias) {
        Ok(index) => super::join(MODULES[index].1, name),
        Err(_) => full.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(MODULES.is_sorted_by_key(|(alias, _)| *alias));
        assert!(NAMES.is_sorted_by_key(|(alias, _)| *alias));
    }

    #[test]
    fn names_and_modules() {
        for (full, wanted) in [
            ("fastapi.params.Depends", "fastapi.Depends"),
            ("fastapi.params.Query", "fastapi.params.Query"),
            ("sqlalchemy", "sqlalchemy"),
            ("sqlalchemy.sql", "sqlalchemy.sql"),
            ("sqlalchemy.sql.select", "sqlalchemy.select"),
            ("sqlalchemy.sql.func.count", "sqlalchemy.sql.func.count"),
            ("typing_extensions.Annotated", "typing.Annotated"),
        ] {
            assert_eq!(canonical(full), wanted, "{full}");
        }
    }
}
