//! The effects of calls at import time.

use crate::{AtImport, Rows};

/// Sorted.
#[rustfmt::skip]
pub(super) const ROWS: Rows<AtImport> = &[
    ("django.apps.AppConfig", AtImport::Configures),
    ("django.conf.urls", AtImport::Configures),
    ("django.contrib.admin", AtImport::Configures),
    ("django.contrib.admin.register", AtImport::Acts),
    ("django.contrib.admin.site", AtImport::Acts),
    ("django.contrib.auth.authenticate", AtImport::Acts),
    ("django.contrib.auth.decorators", AtImport::Configures),
    ("django.contrib.auth.get_user_model", AtImport::Acts),
    ("django.contrib.auth.mixins", AtImport::Configures),
    ("django.contrib.auth.models", AtImport::Configures),
    ("django.contrib.postgres", AtImport::Configures),
    ("django.core.checks.Error", AtImport::Pure),
    ("django.core.checks.Warning", AtImport::Pure),
    ("django.core.exceptions", AtImport::Pure),
    ("django.core.management.base", AtImport::Configures),
    ("django.core.paginator", AtImport::Pure),
    ("django.core.validators", AtImport::Pure),
    ("django.db.DatabaseError", AtImport::Pure),
    ("django.db.IntegrityError", AtImport::Pure),
    ("django.db.models", AtImport::Configures),
    ("django.db.transaction.atomic", AtImport::Pure),
    ("django.dispatch.Signal", AtImport::Makes),
    ("django.forms", AtImport::Configures),
    ("django.http", AtImport::Pure),
    ("django.middleware", AtImport::Configures),
    ("django.template.Library", AtImport::Configures),
    ("django.urls.path", AtImport::Pure),
    ("django.urls.re_path", AtImport::Pure),
    ("django.urls.register_converter", AtImport::Acts),
    ("django.urls.reverse_lazy", AtImport::Pure),
    ("django.utils", AtImport::Pure),
    ("django.utils.translation.activate", AtImport::Acts),
    ("django.utils.translation.gettext", AtImport::Acts),
    ("django.utils.translation.ngettext", AtImport::Acts),
    ("django.utils.translation.pgettext", AtImport::Acts),
    ("django.views", AtImport::Configures),
];
