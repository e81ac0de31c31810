//! Configuration files, and which of several in a folder counts.

use camino::Utf8Path;

use crate::problem::Problems;
use crate::tree::{Table, ini, toml};
use crate::{Config, Level, Origin, Problem, import_linter, own, tach};

/// The kinds of configuration files, in order of precedence.
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
    /// `tach.domain.toml`
    TachDomain,
}

/// The kind of a configuration file, by its name.
pub fn kind_of(path: &Utf8Path) -> Option<ConfigKind> {
    Some(match path.file_name()? {
        "architrave.toml" => ConfigKind::Architrave,
        "pyproject.toml" => ConfigKind::Pyproject,
        ".importlinter" => ConfigKind::ImportLinter,
        "setup.cfg" => ConfigKind::SetupCfg,
        "tach.toml" => ConfigKind::Tach,
        "tach.domain.toml" => ConfigKind::TachDomain,
        _ => return None,
    })
}

/// The result of reading one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// Its declarations. `None` if there is nothing for us: a `pyproject.toml` without our table and without contracts.
    pub config: Option<Config>,
    /// The problems found, in file order.
    pub problems: Vec<Problem>,
    /// Why the file can't be read at all: it isn't valid TOML. In that case everything in `config` is the default,
    /// because the readable parts may differ from what was intended. Also listed in `problems`, unless the file isn't
    /// ours.
    pub broken: Option<Problem>,
}

impl Parsed {
    const NOTHING: Self = Self { config: None, problems: Vec::new(), broken: None };
}

/// Reads one file; its name determines the format.
pub fn parse(path: &Utf8Path, text: &str) -> Parsed {
    let mut problems = Problems::new(path);
    let folder = path.parent().unwrap_or(Utf8Path::new("")).to_owned();
    let mut config = Config { folder, ..Config::default() };
    match kind_of(path) {
        None => return Parsed::NOTHING,
        Some(ConfigKind::ImportLinter | ConfigKind::SetupCfg) => {
            problems.in_foreign_file();
            config.origin = Origin::ImportLinter(path.to_owned());
            if !import_linter::read_ini(&ini::parse(text), &problems, &mut config) {
                return Parsed::NOTHING;
            }
        }
        Some(kind) => {
            let (document, error) = toml::parse(text);
            let error = error.map(|(span, message)| Problem {
                path: path.to_owned(),
                span,
                message,
                level: Level::Error,
                suggestion: None,
            });
            let Some((origin, table)) = toml_table(kind, path, &document) else {
                return Parsed { broken: error, ..Parsed::NOTHING };
            };
            if !matches!(origin, Origin::Own(_) | Origin::Pyproject(_)) {
                problems.in_foreign_file();
            }
            config.origin = origin;
            config.span = table.span;
            if let Some(error) = error {
                problems.error(error.span, &error.message);
                let problems = problems.into_list();
                return Parsed { config: Some(config), broken: problems.first().cloned(), problems };
            }
            read(table, &problems, &mut config);
        }
    }
    Parsed { config: Some(config), problems: problems.into_list(), broken: None }
}

/// The relevant table. A `pyproject.toml` contains the tables of many tools; of ours, import-linter's and tach's, the
/// first one counts. If it has none of them, errors in the file aren't ours to report.
fn toml_table<'t>(kind: ConfigKind, path: &Utf8Path, document: &'t Table) -> Option<(Origin, &'t Table)> {
    let path = path.to_owned();
    match kind {
        ConfigKind::Architrave => return Some((Origin::Own(path), document)),
        ConfigKind::Tach => return Some((Origin::Tach(path), document)),
        ConfigKind::TachDomain => return Some((Origin::TachDomain(path), document)),
        _ => {}
    }
    let tool = document.table("tool")?;
    if let Some(table) = tool.table("architrave") {
        Some((Origin::Pyproject(path), table))
    } else if let Some(table) = tool.table("importlinter") {
        Some((Origin::ImportLinter(path), table))
    } else {
        tool.table("tach").map(|table| (Origin::Tach(path), table))
    }
}

fn read(table: &Table, problems: &Problems, config: &mut Config) {
    match config.origin {
        Origin::ImportLinter(_) => import_linter::read_toml(table, problems, config),
        Origin::Tach(_) => tach::read(table, problems, config),
        Origin::TachDomain(_) => tach::read_domain(table, problems, config),
        Origin::Own(_) | Origin::Pyproject(_) | Origin::Inferred => own::read(table, problems, config),
    }
}

/// The configuration that counts among those of one folder: `architrave.toml`, then our table in `pyproject.toml`, then
/// import-linter's contracts, then tach's. Of import-linter's files, the first one counts that import-linter itself
/// would read.
pub fn pick(configs: Vec<Config>) -> Option<Config> {
    configs.into_iter().min_by_key(|config| rank(&config.origin))
}

/// Conflicts between the configurations of one folder: two of ours.
pub fn conflicts(configs: &[Config]) -> Vec<Problem> {
    if !configs.iter().any(|config| matches!(config.origin, Origin::Own(_))) {
        return Vec::new();
    }
    configs
        .iter()
        .filter_map(|config| {
            let Origin::Pyproject(path) = &config.origin else { return None };
            Some(Problem {
                path: path.clone(),
                span: config.span,
                message:
                    "not read: the architrave.toml beside this file configures instead; keep one of the two"
                        .into(),
                level: Level::Warning,
                suggestion: None,
            })
        })
        .collect()
}

fn rank(origin: &Origin) -> u8 {
    match origin {
        Origin::Own(_) => 0,
        Origin::Pyproject(_) => 1,
        Origin::ImportLinter(path) => match kind_of(path) {
            Some(ConfigKind::SetupCfg) => 2,
            Some(ConfigKind::ImportLinter) => 3,
            _ => 4,
        },
        Origin::Tach(_) => 5,
        Origin::TachDomain(_) => 6,
        Origin::Inferred => 7,
    }
}
