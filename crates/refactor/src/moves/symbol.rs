//! Moves a class, function or constant to another module.
//!
//! In order: the code that moves ([`block`]), its dependencies ([`needs`]), the module that it moves to ([`arrival`]),
//! the one that it leaves ([`departure`]), all importers ([`importers`]), and finally whether any of that closed a
//! cycle at import time ([`cycles`]).

mod arrival;
mod block;
mod cycles;
mod departure;
mod home;
mod importers;
mod loads;
mod logger;
mod meaning;
mod needs;
mod placing;
mod probe;
mod registered;
mod registrar;
mod replaced;
mod stars;
mod starting;
mod through;
mod tidy;

use model::Target;
use python::{ImportId, ImportKind, Name};
use source::{File, Span};
use view::Context;

use super::after::Own;
use super::{Refusal, computed};
use crate::rewrite::Rewrite;
use crate::{Abilities, Changes};
use home::Home;
use replaced::Replacements;

/// The move.
#[derive(Debug, Clone, Copy)]
pub struct SymbolMove<'m> {
    /// The name of a top-level class, function or variable of the module.
    pub name: &'m str,
    /// The dotted name of the target module, which is created if it doesn't exist.
    pub target: &'m str,
    /// Whether private names that only it uses move along. Otherwise they stay and are imported from there.
    pub with_helpers: bool,
}

/// The edits that move a definition from the module of `cx` to another.
///
/// # Errors
/// The obstacle, in one sentence.
pub fn move_symbol(
    cx: &Context<'_>,
    wanted: SymbolMove<'_>,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let first = attempt(cx, wanted, abilities, Back::AtRunTime);
    match first {
        // If only annotations still need it, the run-time import isn't necessary.
        Err(Failure::Cycle(refusal)) => match attempt(cx, wanted, abilities, Back::ForTypes) {
            Ok(changes) => Ok(changes),
            Err(Failure::Cycle(_) | Failure::NotForTypes) => Err(refusal),
            Err(Failure::Refused(refusal)) => Err(refusal),
        },
        Err(Failure::Refused(refusal)) => Err(refusal),
        Err(Failure::NotForTypes) => Err(Refusal::new("it can't be imported back")),
        Ok(changes) => Ok(changes),
    }
}

/// Whether the modules at both ends allow a move. Considers no other file: obstacles elsewhere show up when it is
/// carried out.
pub fn can_move(cx: &Context<'_>, wanted: SymbolMove<'_>, abilities: Abilities) -> bool {
    let begun = || -> Result<(), Refusal> {
        let home = Home::of(cx, wanted.target, abilities)?;
        let pieces = block::pieces(cx, wanted)?;
        let names = pieces.iter().map(|piece| piece.name.clone()).collect();
        let it = Move { source: cx, names, home };
        starting::check(&it)?;
        registered::still_loaded(&it)?;
        let needs = needs::of(&it, &pieces)?;
        starting::needs_of_tests(&it, &needs)?;
        arrival::arrive(&it, &mut Rewrite::of(cx, abilities), &pieces, &needs).map(drop)
    };
    begun().is_ok()
}

/// The spans of the code that moves; `None` if it can't be extracted.
pub(super) fn spans(cx: &Context<'_>, wanted: SymbolMove<'_>) -> Option<Vec<Span>> {
    let pieces = block::pieces(cx, wanted).ok()?;
    Some(pieces.into_iter().map(|piece| piece.span).collect())
}

/// How the module that it leaves imports it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Back {
    AtRunTime,
    /// Under `if TYPE_CHECKING:`.
    ForTypes,
}

/// Why an attempt failed.
enum Failure {
    Cycle(Refusal),
    /// It is needed at run time in the old module.
    NotForTypes,
    Refused(Refusal),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The data that all steps share.
struct Move<'c, 'a> {
    /// The original module, before the move.
    source: &'c Context<'a>,
    /// What moves: the requested name first, then helpers.
    names: Vec<Name>,
    home: Home,
}

impl Move<'_, '_> {
    fn goes(&self, name: &str) -> bool {
        self.names.iter().any(|it| it == name)
    }

    /// An import by which a module takes one of the moved names from the old place.
    fn import_of_it(&self, cx: &Context<'_>) -> Option<ImportId> {
        cx.imports().find_map(|view| {
            let is_it = matches!(&view.resolved.target, Target::Symbol { module, name, .. }
                if *module == self.source.id && self.goes(name));
            (is_it && view.import.kind == ImportKind::From).then_some(view.id)
        })
    }
}

fn attempt(
    cx: &Context<'_>,
    wanted: SymbolMove<'_>,
    abilities: Abilities,
    back: Back,
) -> Result<Changes, Failure> {
    let home = Home::of(cx, wanted.target, abilities)?;
    let pieces = block::pieces(cx, wanted)?;
    let names = pieces.iter().map(|piece| piece.name.clone()).collect();
    let it = Move { source: cx, names, home };
    starting::check(&it)?;
    if let Some(refusal) =
        computed::refusal_of_symbols(cx.db, cx.project, &cx.architecture.modules, cx.info())
    {
        return Err(refusal.into());
    }
    let loaded = registered::still_loaded(&it)?;
    let needs = needs::of(&it, &pieces)?;
    starting::needs_of_tests(&it, &needs)?;
    starting::needs_an_app(&it, &needs)?;
    loads::check(&it, &needs)?;
    let replacements = Replacements::of(cx);
    meaning::reads_what_changes(&it, &pieces, &replacements.by_code(cx))?;
    let mut rewrite = Rewrite::of(cx, abilities);
    let new_module = arrival::arrive(&it, &mut rewrite, &pieces, &needs)?;
    let mut left = departure::leave(&it, &mut rewrite, &pieces, &needs, (back, &loaded))?;
    left.looked_up = replacements.follow(&it, &rewrite.own().cx, &needs, &left)?;
    departure::drop_followed(&it, rewrite.own(), &mut left)?;
    let touched = importers::follow(&it, &mut rewrite, &left)?;
    tidy_up(&it, &mut rewrite, &touched)?;
    cycles::check(&it, &mut rewrite, &touched, (new_module.as_ref(), &needs))?;
    let mut changes = rewrite.finish().ok_or_else(|| Refusal::new("nothing would change"))?;
    importers::follow_texts(&it, &mut changes);
    if !needs.loggers.is_empty() {
        changes.notes.push(format!("`{}` logs as `{}`", wanted.name, it.home.name()));
    }
    Ok(changes)
}

/// Removes the blank lines that imports left behind.
fn tidy_up<'a>(it: &Move<'_, 'a>, rewrite: &mut Rewrite<'a>, touched: &[File]) -> Result<(), Refusal> {
    let home = it.home.id.map(|id| it.source.file_of(id));
    for file in touched.iter().copied().chain(home).chain([it.source.file]) {
        let before = view::query::context(it.source.db, it.source.project, file);
        let (Some(before), Some(edited)) = (before, rewrite.file(file)) else { continue };
        let edits = tidy::edits(&before, &edited.cx);
        edited.apply(&edits).ok_or_else(|| Refusal::new("its blank lines can't be taken out"))?;
    }
    Ok(())
}
