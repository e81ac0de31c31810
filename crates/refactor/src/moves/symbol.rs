//! A class, function or constant that goes to another module.
//!
//! In order: what goes ([`block`]), what it needs there ([`needs`]), the module that it comes to ([`arrival`]), the one that
//! it leaves ([`departure`]), everyone who imports it ([`importers`]), and last whether any of that closed a cycle at import
//! time ([`cycles`]).

mod arrival;
mod block;
mod cycles;
mod departure;
mod home;
mod importers;
mod loads;
mod meaning;
mod needs;
mod placing;
mod probe;
mod registered;
mod registrar;
mod replaced;
mod stars;
mod through;
mod tidy;

use model::Target;
use python::{ImportId, ImportKind, Name};
use source::{File, Span};
use view::Context;

use super::Refusal;
use super::after::Own;
use crate::rewrite::Rewrite;
use crate::{Abilities, Changes};
use home::Home;
use replaced::Replacements;

/// What is to go where.
#[derive(Debug, Clone, Copy)]
pub struct SymbolMove<'m> {
    /// The name of a class, function or variable at the head of the module.
    pub name: &'m str,
    /// The dotted name of the module that it comes to; one that is not there is created.
    pub target: &'m str,
    /// Whether private names that only it uses go along. Otherwise they stay and are imported from where they are.
    pub with_helpers: bool,
}

/// The edits that move something from the module of `cx` to another.
///
/// # Errors
/// What stands in the way, in one sentence.
pub fn move_symbol(
    cx: &Context<'_>,
    wanted: SymbolMove<'_>,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let first = attempt(cx, wanted, abilities, Back::AtRunTime);
    match first {
        // Where annotations alone still need it, they can do without it at run time.
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

/// Whether the modules at both ends allow a move. Looks at no other file: what speaks against it elsewhere shows when it is
/// made.
pub fn can_move(cx: &Context<'_>, wanted: SymbolMove<'_>, abilities: Abilities) -> bool {
    let begun = || -> Result<(), Refusal> {
        let home = Home::of(cx, wanted.target, abilities)?;
        let pieces = block::pieces(cx, wanted)?;
        let names = pieces.iter().map(|piece| piece.name.clone()).collect();
        let it = Move { source: cx, names, home };
        registered::still_loaded(&it)?;
        let needs = needs::of(&it, &pieces)?;
        arrival::arrive(&it, &mut Rewrite::of(cx, abilities), &pieces, &needs).map(drop)
    };
    begun().is_ok()
}

/// The bytes of what goes; nothing where it can't be taken out.
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

/// Why an attempt came to nothing.
enum Failure {
    Cycle(Refusal),
    /// It is needed at run time where it was.
    NotForTypes,
    Refused(Refusal),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What all steps know.
struct Move<'c, 'a> {
    /// The module that it leaves, as it was.
    source: &'c Context<'a>,
    /// What goes: the name that was asked for first, then helpers.
    names: Vec<Name>,
    home: Home,
}

impl Move<'_, '_> {
    fn goes(&self, name: &str) -> bool {
        self.names.iter().any(|it| it == name)
    }

    /// An import by which a module takes something of what goes from where it was.
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
    let loaded = registered::still_loaded(&it)?;
    let needs = needs::of(&it, &pieces)?;
    loads::check(&it, &needs)?;
    let replacements = Replacements::of(cx);
    meaning::reads_what_changes(&it, &pieces, &replacements.by_code(cx))?;
    let mut rewrite = Rewrite::of(cx, abilities);
    let new_module = arrival::arrive(&it, &mut rewrite, &pieces, &needs)?;
    let mut left = departure::leave(&it, &mut rewrite, &pieces, &needs, (back, &loaded))?;
    left.looked_up = replacements.follow(&it, &rewrite.own().cx, &needs, &left)?;
    let touched = importers::follow(&it, &mut rewrite, &left)?;
    tidy_up(&it, &mut rewrite, &touched)?;
    cycles::check(&it, &mut rewrite, &touched, new_module.as_ref())?;
    let mut changes = rewrite.finish().ok_or_else(|| Refusal::new("nothing would change"))?;
    importers::follow_texts(&it, &mut changes);
    Ok(changes)
}

/// Takes out the blank lines that imports left behind.
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
