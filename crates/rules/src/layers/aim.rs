//! Imports grouped: what one statement imports from one place is one dependency, and one finding.

use model::{ModuleId, Target};
use source::Span;
use view::{Context, ImportView, wording};

/// The names of one import statement that come from one place.
#[derive(Debug)]
pub(super) struct Aim<'a, T> {
    /// The place: a module of the project, a distribution.
    pub(super) to: T,
    /// The names, in source order; never empty.
    pub(super) items: Vec<ImportView<'a>>,
    /// Whether the statement imports from other places too.
    pub(super) shared: bool,
}

impl<'a, T> Aim<'a, T> {
    /// The first name.
    pub(super) fn first(&self) -> ImportView<'a> {
        self.items[0]
    }

    /// Where it is reported: at the module's name, or at the imported name if only that distinguishes the places.
    pub(super) fn span(&self) -> Span {
        let first = self.first();
        if self.shared && !first.spans.name.is_empty() { first.spans.name } else { first.mark() }
    }

    /// The imported names for a message, or the module if that is what is imported.
    pub(super) fn taken(&self, cx: &Context<'_>) -> String {
        let taken = |item: &ImportView<'_>| match (&item.resolved.target, &item.import.name) {
            (Target::Module(id), _) => cx.module_name(*id).to_owned(),
            (_, Some(name)) => name.to_string(),
            _ => item.resolved.absolute.to_string(),
        };
        let mut names: Vec<String> = self.items.iter().map(taken).collect();
        names.dedup();
        wording::codes(&names)
    }

    /// Whether all of it runs for type checkers only.
    pub(super) fn is_type_checking(&self) -> bool {
        self.items.iter().all(|item| item.import.context.type_checking)
    }
}

/// The imports of the checked module, grouped by statement and by the result of `place`; those without a place are left
/// out.
pub(super) fn aims<'a, T: PartialEq>(
    cx: &'a Context<'_>,
    place: impl Fn(&ImportView<'a>) -> Option<T>,
) -> Vec<Aim<'a, T>> {
    let mut aims: Vec<Aim<'a, T>> = Vec::new();
    // The groups of the current statement, and whether anything in it has another place or none.
    let mut statement = (u32::MAX, 0);
    let mut stray = false;
    for item in cx.imports() {
        if statement.0 != item.import.statement {
            close(&mut aims, statement.1, stray);
            statement = (item.import.statement, aims.len());
            stray = false;
        }
        let Some(to) = place(&item) else {
            stray = true;
            continue;
        };
        match aims[statement.1..].iter_mut().find(|aim| aim.to == to) {
            Some(aim) => aim.items.push(item),
            None => aims.push(Aim { to, items: vec![item], shared: false }),
        }
    }
    close(&mut aims, statement.1, stray);
    aims
}

fn close<T>(aims: &mut [Aim<'_, T>], from: usize, stray: bool) {
    let shared = stray || aims.len() - from > 1;
    for aim in &mut aims[from..] {
        aim.shared = shared;
    }
}

/// The imports of the checked module from other modules of the project.
pub(super) fn first_party<'a>(cx: &'a Context<'_>) -> Vec<Aim<'a, ModuleId>> {
    aims(cx, |item| item.module().filter(|to| *to != cx.id))
}
