//! `Django`.

mod at_import;
mod bases;
mod looked_up;

use crate::{ClassRole, Decorator, HttpName, Kind, Library, Mark, Sql};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Django",
    imports: &["django"],
    kinds: &[
        ("django", Kind::Web),
        ("django.apps", Kind::Harmless),
        ("django.conf", Kind::Settings),
        ("django.contrib.auth.base_user", Kind::Orm),
        ("django.contrib.auth.hashers", Kind::Crypto),
        ("django.contrib.auth.models", Kind::Orm),
        ("django.contrib.contenttypes", Kind::Orm),
        ("django.contrib.gis.db", Kind::Orm),
        ("django.contrib.postgres", Kind::Orm),
        ("django.core", Kind::Harmless),
        ("django.core.asgi", Kind::Web),
        ("django.core.cache", Kind::Driver),
        ("django.core.files.storage", Kind::Machine),
        ("django.core.handlers", Kind::Web),
        ("django.core.mail", Kind::Service),
        ("django.core.management", Kind::CommandLine),
        ("django.core.paginator", Kind::Web),
        ("django.core.wsgi", Kind::Web),
        ("django.db", Kind::Orm),
        ("django.db.migrations", Kind::Migrations),
        ("django.dispatch", Kind::Harmless),
        ("django.forms", Kind::Web),
        ("django.http", Kind::Web),
        ("django.shortcuts", Kind::Web),
        ("django.test", Kind::Testing),
        ("django.urls", Kind::Web),
        ("django.utils", Kind::Harmless),
        ("django.utils.decorators", Kind::Web),
        ("django.utils.deprecation", Kind::Web),
        ("django.views", Kind::Web),
    ],
    is_composite: true,
    modules: &[
        ("django.db.models.aggregates", "django.db.models"),
        ("django.db.models.base", "django.db.models"),
        ("django.db.models.expressions", "django.db.models"),
        ("django.db.models.fields", "django.db.models"),
        ("django.db.models.fields.related", "django.db.models"),
        ("django.db.models.manager", "django.db.models"),
        ("django.db.models.query", "django.db.models"),
        ("django.db.models.query_utils", "django.db.models"),
    ],
    namesakes: &["django"],
    bases: bases::ROWS,
    class_decorators: &[("django.contrib.admin.register", ClassRole::Admin)],
    calls: &[
        ("django.contrib.admin.site.register", Mark::Admin),
        ("django.core.asgi.get_asgi_application", Mark::CreatesApp),
        ("django.core.management.execute_from_command_line", Mark::RunsApp),
        ("django.core.wsgi.get_wsgi_application", Mark::CreatesApp),
    ],
    decorators: &[
        ("django.contrib.auth.decorators.login_required", Decorator::Route),
        ("django.dispatch.receiver", Decorator::Mark(Mark::Receiver)),
        ("django.views.decorators.csrf.csrf_exempt", Decorator::Route),
        ("django.views.decorators.http.require_GET", Decorator::Route),
        ("django.views.decorators.http.require_POST", Decorator::Route),
        ("django.views.decorators.http.require_http_methods", Decorator::Route),
    ],
    other_fields: &["django.contrib.admin", "django.forms"],
    at_import: at_import::ROWS,
    effects: &[
        "django.core.mail.mail_admins",
        "django.core.mail.mail_managers",
        "django.core.mail.send_mail",
        "django.core.mail.send_mass_mail",
    ],
    http_modules: &[("django.http", HttpName::Message), ("django.shortcuts", HttpName::Message)],
    sql: &[("django.db.models.expressions.RawSQL", Sql::Fragment)],
    transparent: &["django.db.transaction.atomic"],
    memoizing: &["django.utils.functional.cached_property"],
    needs_program: &["django.conf.settings"],
    looked_up: looked_up::ROWS,
    ..Library::UNKNOWN
};
