//! What a fix that needs review may change in the program's behaviour, in a few words, so that users know before
//! applying it.

use super::{Applicability, Fix, FixKind, Freeze};

impl Fix {
    /// What should be reviewed after applying the fix: a clause without a capital letter or a full stop. `None` for
    /// safe fixes, which preserve the program's behaviour.
    pub fn caution(&self) -> Option<&str> {
        (self.applicability == Applicability::Review).then(|| self.kind.caution())
    }

    /// The title, and what to review: `Freeze Money (review: assigning to its fields raises an error)`.
    pub fn label(&self) -> String {
        self.label_with("")
    }

    /// Like `label`, with `words` between the title and the caution.
    pub fn label_with(&self, words: &str) -> String {
        match self.caution() {
            Some(caution) => format!("{}{words} (review: {caution})", self.title),
            None => format!("{}{words}", self.title),
        }
    }
}

impl FixKind {
    fn caution(&self) -> &str {
        match self {
            FixKind::HoistImport { caution: Some(caution), .. }
            | FixKind::MoveUnderTypeChecking { caution: Some(caution), .. } => caution,
            FixKind::HoistImport { .. } => "the import runs earlier",
            FixKind::MoveUnderTypeChecking { .. } => "the import no longer runs",
            FixKind::ImportFrom { .. } => "another module is loaded",
            FixKind::MakeStatic { .. } => "the module is found by the import statement",
            FixKind::BindParameters(_) => "the driver quotes the values",
            FixKind::Load { is_shared: true, .. } => "adds a JOIN or a query, also for other callers",
            FixKind::Load { .. } | FixKind::LoadInClass { .. } => "adds a JOIN or a query",
            FixKind::Count(_) => "the rows are counted when the query runs",
            FixKind::FetchBefore(_) => "all rows are fetched before the loop",
            FixKind::AwaitRelationship { .. } => "the query runs here",
            FixKind::MoveToConfig(_) => "read when the configuration loads",
            FixKind::InjectCollaborator(_) => "the constructor takes another argument",
            FixKind::ExtractProtocol(_)
            | FixKind::DependOnPort { .. }
            | FixKind::DependOnPortEverywhere { .. } => "annotations change, and injection by type with them",
            FixKind::ImplementMembers { .. } => "the new members raise NotImplementedError",
            FixKind::AddMember { .. } => "other implementations need the member too",
            FixKind::MoveDefinition { .. } => "code outside of the project may import it from where it was",
            FixKind::Freeze(Freeze { frozen: true, .. }) => "assigning to its fields raises an error",
            FixKind::Freeze(_) => "no other attributes can be set",
            FixKind::RaiseDomainError(_) => "callers see another exception",
            FixKind::RemoveIgnore { .. } => "the finding is shown again",
        }
    }
}
