//! Django's user model: its own, and the classes that a project's own derives from.

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
