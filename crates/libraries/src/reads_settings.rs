//! Modules of Django and of the libraries around it that read its settings while they are loaded.
//!
//! Each was found by loading every module of its package alone, in an interpreter without settings: Django refuses. The
//! modules below a name are meant too, as Python loads the packages around a module first.

/// Their names, sorted.
#[rustfmt::skip]
const READING: &[&str] = &[
    "django.contrib.admin.forms",
    "django.contrib.admin.models",
    "django.contrib.auth.admin",
    "django.contrib.auth.backends",
    "django.contrib.auth.base_user",
    "django.contrib.auth.forms",
    "django.contrib.auth.handlers.modwsgi",
    "django.contrib.auth.middleware",
    "django.contrib.auth.mixins",
    "django.contrib.auth.models",
    "django.contrib.auth.urls",
    "django.contrib.auth.views",
    "django.contrib.contenttypes.admin",
    "django.contrib.contenttypes.fields",
    "django.contrib.contenttypes.forms",
    "django.contrib.contenttypes.models",
    "django.contrib.contenttypes.views",
    "django.contrib.flatpages.admin",
    "django.contrib.flatpages.forms",
    "django.contrib.flatpages.middleware",
    "django.contrib.flatpages.models",
    "django.contrib.flatpages.templatetags.flatpages",
    "django.contrib.flatpages.urls",
    "django.contrib.flatpages.views",
    "django.contrib.gis.admin",
    "django.contrib.gis.apps",
    "django.contrib.gis.checks",
    "django.contrib.gis.db.models",
    "django.contrib.gis.forms",
    "django.contrib.gis.gdal",
    "django.contrib.gis.geos",
    "django.contrib.gis.serializers.geojson",
    "django.contrib.gis.sitemaps",
    "django.contrib.gis.utils",
    "django.contrib.redirects.admin",
    "django.contrib.redirects.middleware",
    "django.contrib.redirects.models",
    "django.contrib.sessions.base_session",
    "django.contrib.sessions.models",
    "django.contrib.sites.admin",
    "django.contrib.sites.models",
    "django.contrib.staticfiles.urls",
    "rest_framework.authtoken.admin",
    "rest_framework.authtoken.models",
    "rest_framework.authtoken.views",
    "rest_framework.decorators",
    "rest_framework.filters",
    "rest_framework.generics",
    "rest_framework.pagination",
    "rest_framework.parsers",
    "rest_framework.renderers",
    "rest_framework.routers",
    "rest_framework.schemas",
    "rest_framework.templatetags.rest_framework",
    "rest_framework.test",
    "rest_framework.throttling",
    "rest_framework.urls",
    "rest_framework.versioning",
    "rest_framework.views",
    "rest_framework.viewsets",
];

/// The module of this imported name, if loading it reads Django's settings, which must be configured by then.
pub fn reads_settings(full_name: &str) -> Option<&'static str> {
    let around = std::iter::successors(Some(full_name), |name| name.rsplit_once('.').map(|(package, _)| package));
    around.filter_map(|name| READING.binary_search(&name).ok()).next().map(|at| READING[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_sorted() {
        assert!(READING.is_sorted());
    }

    #[test]
    fn names_of_modules_that_read_settings() {
        let views = "rest_framework.views";
        assert_eq!(reads_settings(views), Some(views));
        assert_eq!(reads_settings("rest_framework.views.APIView"), Some(views));
        assert_eq!(reads_settings("django.contrib.auth.models.User"), Some("django.contrib.auth.models"));
        assert_eq!(reads_settings("rest_framework.status"), None);
        assert_eq!(reads_settings("django.db.models.Model"), None);
    }
}
