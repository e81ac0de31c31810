//! The role of a class according to its ancestors.

use libraries::ClassRole;

/// The role implied by the ancestor `dotted`. Includes bases that projects create from an extension object
/// (`db.Model`).
pub fn role_of_base(dotted: &str) -> Option<ClassRole> {
    let own_database = || {
        let mut segments = dotted.rsplit('.');
        let (name, object) = (segments.next()?, segments.next()?);
        let is_database = matches!(object, "db" | "database" | "orm" | "me");
        (is_database && matches!(name, "Model" | "Entity" | "Document")).then_some(ClassRole::OrmModel)
    };
    let dotted = dotted.strip_prefix("builtins.").unwrap_or(dotted);
    libraries::role_of_base(dotted).or_else(own_database)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_of_bases() {
        for (base, role) in [
            ("django.db.models.Model", Some(ClassRole::OrmModel)),
            ("django.db.models.TextChoices", Some(ClassRole::Enum)),
            ("shop.extensions.db.Model", Some(ClassRole::OrmModel)),
            ("sqlalchemy.orm.declarative_base", Some(ClassRole::OrmModel)),
            ("shop.domain.Model", None),
            ("Model", None),
        ] {
            assert_eq!(role_of_base(base), role, "{base}");
        }
    }
}
