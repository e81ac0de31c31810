//! Settings that give a library the dotted names of project objects, and when the library looks them up.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::known;

/// A setting whose values are dotted names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookedUp {
    /// The variable in the settings module.
    pub setting: &'static str,
    /// The relevant keys in it, at any depth; all keys if empty.
    pub keys: &'static [&'static str],
    /// When the names are looked up.
    pub when: When,
}

/// When a library looks up the names in a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// While one of these modules of the library is loaded; applies to everything below. If the looked-up code imports
    /// one of them, it finds it partially initialized.
    WhileLoading(&'static [&'static str]),
    /// While the program starts, before models can be loaded.
    BeforeModels,
    /// After all of the library is loaded.
    Later,
}

static SETTINGS: LazyLock<FxHashMap<&str, Vec<LookedUp>>> = LazyLock::new(|| {
    let mut all: FxHashMap<&str, Vec<LookedUp>> = FxHashMap::default();
    for row in known::ALL.iter().flat_map(|library| library.looked_up) {
        all.entry(row.setting).or_default().push(*row);
    }
    all
});

/// Whether a library is known to read the setting with this name.
pub fn is_looked_up(setting: &str) -> bool {
    SETTINGS.contains_key(setting)
}

/// When libraries look up a dotted name under these keys of the setting; `None` if no library is known to read it.
pub fn looked_up<S: AsRef<str>>(setting: &str, keys: &[S]) -> Option<When> {
    let rows = SETTINGS.get(setting)?;
    let is_meant =
        |row: &&LookedUp| row.keys.is_empty() || keys.iter().any(|key| row.keys.contains(&key.as_ref()));
    Some(rows.iter().find(is_meant).map_or(When::Later, |row| row.when))
}

/// Whether a library may depend on other Django libraries: a web library, or an unknown one. Django itself is always
/// loaded.
pub fn may_use_django(name: &str) -> bool {
    matches!(crate::kind(name), None | Some(crate::Kind::Web)) && !crate::is_of(name, "django")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_one_setting_differ() {
        let when = |setting, keys: &[&str]| looked_up(setting, keys);
        let Some(When::WhileLoading(modules)) = when("REST_FRAMEWORK", &["DEFAULT_PERMISSION_CLASSES"])
        else {
            panic!("views look their permissions up")
        };
        assert!(modules.contains(&"rest_framework.views"));
        assert_eq!(when("REST_FRAMEWORK", &["EXCEPTION_HANDLER"]), Some(When::Later));
        assert!(matches!(when("DJOSER", &["SERIALIZERS", "user"]), Some(When::WhileLoading(_))));
        assert_eq!(when("LOGGING", &["filters", "known", "()"]), Some(When::BeforeModels));
        assert_eq!(when("MIDDLEWARE", &[]), Some(When::Later));
        assert_eq!(when("SHOP_HOOKS", &[]), None);
    }
}
