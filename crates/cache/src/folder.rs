//! The location of the cache.

use std::ffi::{OsStr, OsString};

use camino::{Utf8Path, Utf8PathBuf};
use etcetera::BaseStrategy as _;

/// Selects another folder.
const FOLDER: &str = "ARCHITRAVE_CACHE_DIR";

/// Disables the cache.
const OFF: &str = "ARCHITRAVE_NO_CACHE";

/// The cache folder (absolute; it need not exist): `ARCHITRAVE_CACHE_DIR`, or else `architrave` in the user's cache
/// folder (`XDG_CACHE_HOME` or `~/.cache`; `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows). `None` if there
/// is no such folder, or if its path is not UTF-8. Relative paths are relative to `current`.
///
/// Only the environment is consulted: it belongs to the user, while the files of a workspace may come from anyone.
pub fn folder(current: &Utf8Path) -> Option<Utf8PathBuf> {
    chosen(current, std::env::var_os(FOLDER), own)
}

/// Whether the environment disables reading and writing of the cache: `ARCHITRAVE_NO_CACHE`.
pub fn is_switched_off() -> bool {
    std::env::var_os(OFF).is_some_and(|value| switches(&value))
}

fn switches(value: &OsStr) -> bool {
    !value.is_empty() && value != "0" && value != "false"
}

/// The user's cache folder.
fn own() -> Option<Utf8PathBuf> {
    let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
    Utf8PathBuf::from_path_buf(strategy.cache_dir()).ok()
}

fn chosen(
    current: &Utf8Path,
    said: Option<OsString>,
    own: impl FnOnce() -> Option<Utf8PathBuf>,
) -> Option<Utf8PathBuf> {
    match said.filter(|folder| !folder.is_empty()) {
        Some(folder) => Some(source::absolute(current, Utf8Path::new(folder.to_str()?))),
        None => Some(own().filter(|folder| folder.is_absolute())?.join("architrave")),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_where() {
        let home = Some("/home/me/.cache");
        let cases = [
            (None, home, Some("/home/me/.cache/architrave")),
            (Some(""), home, Some("/home/me/.cache/architrave")),
            (Some("/big/disk"), home, Some("/big/disk")),
            (Some("/big/disk"), None, Some("/big/disk")),
            (Some("../kept"), home, Some("/work/kept")),
            (None, None, None),
            (None, Some("relative"), None),
        ];
        for (said, own, expected) in cases {
            let found = chosen("/work/p".into(), said.map(OsString::from), || own.map(Utf8PathBuf::from));
            assert_eq!(found.as_deref(), expected.map(Utf8Path::new), "{said:?} {own:?}");
        }
    }

    #[test]
    fn a_switch_is_on_where_it_is_set() {
        let cases = [("", false), ("0", false), ("false", false), ("1", true), ("true", true), ("no", true)];
        for (value, expected) in cases {
            assert_eq!(switches(OsStr::new(value)), expected, "{value:?}");
        }
    }
}
