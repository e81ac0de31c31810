//! One import statement, as far as sorting is concerned.

use python::{ImportId, ImportKind};
use view::Context;

/// One import statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportLine {
    /// Whether it is `from module import items`.
    pub(crate) is_from: bool,
    /// Leading dots.
    pub(crate) level: usize,
    /// The dotted module without them.
    pub(crate) module: String,
    /// Names with their aliases as written; for `import a.b as c` the module with its alias.
    pub(crate) items: Vec<String>,
}

impl ImportLine {
    /// The statement of these imports; `None` for other forms (a dynamic import).
    pub(crate) fn of(cx: &Context<'_>, ids: &[ImportId]) -> Option<Self> {
        let first = cx.module.imports.list.get(ids.first()?.0 as usize)?;
        let items = ids
            .iter()
            .filter_map(|id| cx.module.imports.list.get(id.0 as usize))
            .map(|import| {
                let name = match import.kind {
                    ImportKind::From => import.name.as_deref().unwrap_or_default(),
                    ImportKind::Star => "*",
                    ImportKind::Module | ImportKind::Dynamic => import.module.as_str(),
                };
                match &import.alias {
                    Some(alias) => format!("{name} as {alias}"),
                    None => name.to_owned(),
                }
            })
            .collect();
        Some(Self {
            is_from: matches!(first.kind, ImportKind::From | ImportKind::Star),
            level: usize::from(first.level),
            module: first.module.to_string(),
            items,
        })
    }

    /// `from ..a.b import items`, or `import item` without a clause.
    pub(crate) fn new(clause: Option<&str>, items: Vec<String>) -> Self {
        if let Some(clause) = clause {
            let module = clause.strip_prefix("from ").unwrap_or(clause).trim();
            let bare = module.trim_start_matches('.');
            Self { is_from: true, level: module.len() - bare.len(), module: bare.to_owned(), items }
        } else {
            let module = items.first().and_then(|item| item.split(' ').next()).unwrap_or_default();
            Self { is_from: false, level: 0, module: module.to_owned(), items }
        }
    }

    pub(crate) fn same_module(&self, other: &Self) -> bool {
        self.level == other.level && self.module == other.module
    }

    pub(crate) fn has_alias(&self) -> bool {
        self.items.iter().any(|item| super::is_alias(item))
    }

    /// The first segment of the module.
    pub(super) fn base(&self) -> &str {
        self.module.split('.').next().unwrap_or_default()
    }
}
