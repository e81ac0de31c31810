//! The roles of classes derived from its classes.

use crate::{ClassRole, Rows};

/// Sorted.
pub(super) const ROWS: Rows<ClassRole> = &[
    ("django.apps.AppConfig", ClassRole::AppConfig),
    ("django.contrib.admin", ClassRole::Admin),
    ("django.contrib.admin.apps", ClassRole::AppConfig),
    ("django.contrib.auth.backends", ClassRole::Http),
    ("django.contrib.auth.base_user", ClassRole::OrmModel),
    ("django.contrib.auth.base_user.BaseUserManager", ClassRole::OrmQuery),
    ("django.contrib.auth.forms", ClassRole::Form),
    ("django.contrib.auth.mixins", ClassRole::View),
    ("django.contrib.auth.models", ClassRole::OrmModel),
    ("django.contrib.auth.models.BaseUserManager", ClassRole::OrmQuery),
    ("django.contrib.auth.models.UserManager", ClassRole::OrmQuery),
    ("django.contrib.auth.views", ClassRole::View),
    ("django.contrib.gis.db.models", ClassRole::OrmModel),
    ("django.contrib.sitemaps", ClassRole::View),
    ("django.contrib.syndication", ClassRole::View),
    ("django.core.management", ClassRole::Command),
    ("django.core.paginator", ClassRole::Http),
    ("django.db.models", ClassRole::OrmType),
    ("django.db.models.IntegerChoices", ClassRole::Enum),
    ("django.db.models.Manager", ClassRole::OrmQuery),
    ("django.db.models.Model", ClassRole::OrmModel),
    ("django.db.models.QuerySet", ClassRole::OrmQuery),
    ("django.db.models.TextChoices", ClassRole::Enum),
    ("django.db.models.manager", ClassRole::OrmQuery),
    ("django.db.models.query", ClassRole::OrmQuery),
    ("django.forms", ClassRole::Form),
    ("django.http", ClassRole::Http),
    ("django.test", ClassRole::Test),
    ("django.utils.deprecation.MiddlewareMixin", ClassRole::Middleware),
    ("django.views", ClassRole::View),
];
