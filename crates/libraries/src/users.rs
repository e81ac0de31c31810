//! Django's user model: its own, the classes that a project's own derives from, and what asks for it.

/// The full name of Django's own user model.
pub const DJANGO_USER: &str = "django.contrib.auth.models.User";

/// The base classes of user models, under each name that they are imported by.
const BASES: &[&str] = &[
    "django.contrib.auth.base_user.AbstractBaseUser",
    "django.contrib.auth.models.AbstractBaseUser",
    "django.contrib.auth.models.AbstractUser",
];

/// Whether a model with this base class is a user model.
pub fn makes_users(base: &str) -> bool {
    BASES.contains(&base)
}

/// The modules of Django that ask for the user model while they are loaded, themselves or through one of the others.
const ASKING: &[&str] = &[
    "django.contrib.admin.forms",
    "django.contrib.auth.admin",
    "django.contrib.auth.backends",
    "django.contrib.auth.forms",
    "django.contrib.auth.handlers.modwsgi",
    "django.contrib.auth.middleware",
    "django.contrib.auth.mixins",
    "django.contrib.auth.urls",
    "django.contrib.auth.views",
];

/// The module of this imported name, if loading it asks for the user model, which must be defined by then.
pub fn asks_for_users(full_name: &str) -> Option<&'static str> {
    ASKING.iter().copied().find(|module| crate::is_of(full_name, module))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_modules_that_ask_for_users() {
        let module = "django.contrib.auth.backends";
        assert_eq!(asks_for_users(module), Some(module));
        assert_eq!(asks_for_users("django.contrib.auth.backends.ModelBackend"), Some(module));
        assert_eq!(asks_for_users("django.contrib.auth.backendship"), None);
        assert_eq!(asks_for_users("django.contrib.auth.models.Permission"), None);
    }
}
