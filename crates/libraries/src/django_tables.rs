//! Tables of Django models that aren't defined in the project: those of Django's own applications and of libraries, and
//! what its abstract user models bring along.

/// Tables that aren't named after application and class.
const NAMED: &[(&str, &str, &str)] = &[
    ("admin", "LogEntry", "django_admin_log"),
    ("contenttypes", "ContentType", "django_content_type"),
    ("flatpages", "FlatPage", "django_flatpage"),
    ("redirects", "Redirect", "django_redirect"),
    ("sessions", "Session", "django_session"),
    ("sites", "Site", "django_site"),
];

/// The table of a model by its label: `auth.User`.
pub fn django_table_of_label(label: &str) -> Option<String> {
    let (app, class) =
        label.split_once('.').filter(|(app, class)| !app.is_empty() && !class.contains('.'))?;
    let named = NAMED.iter().find(|(known, name, _)| *known == app && name.eq_ignore_ascii_case(class));
    Some(match named {
        Some((.., table)) => (*table).to_owned(),
        None => format!("{app}_{}", class.to_lowercase()),
    })
}

/// The table of a model by the full name of its class (`django.contrib.auth.models.Group`): by convention, the label of
/// an application is the last part of its package.
pub fn django_table(full_name: &str) -> Option<String> {
    let (module, class) = full_name.rsplit_once('.')?;
    let segments: Vec<&str> = module.split('.').collect();
    let models = segments.iter().position(|segment| *segment == "models")?;
    django_table_of_label(&format!("{}.{class}", segments.get(models.checked_sub(1)?)?))
}

/// A column that a model inherits from a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseColumn {
    /// Its name.
    pub name: &'static str,
    /// Whether it is unique on its own.
    pub is_unique: bool,
    /// Whether it may hold `NULL`.
    pub is_nullable: bool,
}

const fn column(name: &'static str) -> BaseColumn {
    BaseColumn { name, is_unique: false, is_nullable: false }
}

const LAST_LOGIN: BaseColumn = BaseColumn { is_nullable: true, ..column("last_login") };

/// The columns that a model inherits from this abstract model.
pub fn django_base_columns(base: &str) -> &'static [BaseColumn] {
    match user_base(base) {
        Some("AbstractBaseUser") => const { &[column("password"), LAST_LOGIN] },
        Some("PermissionsMixin") => const { &[column("is_superuser")] },
        Some("AbstractUser") => {
            const {
                &[
                    column("password"),
                    LAST_LOGIN,
                    column("is_superuser"),
                    BaseColumn { is_unique: true, ..column("username") },
                    column("first_name"),
                    column("last_name"),
                    column("email"),
                    column("is_staff"),
                    column("is_active"),
                    column("date_joined"),
                ]
            }
        }
        _ => &[],
    }
}

/// The many-to-many relations that a model inherits from this abstract model, with the tables that they lead to.
pub fn django_base_relations(base: &str) -> &'static [(&'static str, &'static str)] {
    match user_base(base) {
        Some("PermissionsMixin" | "AbstractUser") => {
            &[("groups", "auth_group"), ("user_permissions", "auth_permission")]
        }
        _ => &[],
    }
}

fn user_base(base: &str) -> Option<&str> {
    let rest = base.strip_prefix("django.contrib.auth.")?;
    let (module, class) = rest.rsplit_once('.')?;
    matches!(module, "models" | "base_user").then_some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_after_application_and_class_unless_django_says_otherwise() {
        let table = |name: &str| django_table(name).unwrap_or_default();
        assert_eq!(table("django.contrib.auth.models.User"), "auth_user");
        assert_eq!(table("django.contrib.contenttypes.models.ContentType"), "django_content_type");
        assert_eq!(table("taggit.models.Tag"), "taggit_tag");
        assert_eq!(table("oauth2_provider.models.tokens.AccessToken"), "oauth2_provider_accesstoken");
        assert_eq!(django_table("models.Tag"), None);
        assert_eq!(django_table("shop.forms.Tag"), None);
        assert_eq!(django_table_of_label("contenttypes.contenttype").as_deref(), Some("django_content_type"));
        assert_eq!(django_table_of_label("User"), None);
    }
}
