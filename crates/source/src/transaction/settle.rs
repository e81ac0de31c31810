//! Reaches all or nothing from any state.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Journal, State, WriteError};
use crate::FileSystem;

/// The direction of recovery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Until all steps are done.
    Forward,
    /// Until all steps are undone.
    Back,
    /// Neither direction leads to a consistent state: only displaced contents are restored.
    Stay,
    /// Nothing was started.
    Nowhere,
}

/// The result.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All steps are done, or none is.
    Whole,
    /// Others have changed these files, so they are on the other side.
    Torn(Vec<Utf8PathBuf>),
}

/// The direction that leads to a consistent state. Forward if anything was done; but back if someone has already
/// restored a part, or edited a file that still had its old text. If files were edited both before and after, neither
/// does.
pub(super) fn direction(states: &[State]) -> Direction {
    let any = |wanted: &[State]| states.iter().any(|state| wanted.contains(state));
    let is_begun = any(&[State::Done, State::Displaced, State::ChangedAfter]);
    let is_for_back = any(&[State::Reverted, State::Superseded, State::ChangedBefore, State::Displaced]);
    let is_for_forward = any(&[State::ChangedAfter]);
    match (is_begun, is_for_back, is_for_forward) {
        (false, ..) => Direction::Nowhere,
        (_, true, true) => Direction::Stay,
        (_, true, false) => Direction::Back,
        (_, false, _) => Direction::Forward,
    }
}

/// Brings all steps to one side. What others have written stays in place: if they wrote during a step, the next round
/// notices it and undoes the step.
///
/// # Errors
/// [`WriteError::Half`]; the journal stays for the next attempt.
pub(super) fn settle(
    fs: &dyn FileSystem,
    root: &Utf8Path,
    journal: &Journal,
    direction: Direction,
) -> Result<Outcome, WriteError> {
    /// One to perform the steps, one to undo those that collided with others, one to verify the result, and one in
    /// reserve.
    const ROUNDS: usize = 4;
    // Steps undone here. Only for these is it certain that an unknown text in a temporary file was written by someone
    // else.
    let mut undone = vec![false; journal.steps.len()];
    for _ in 0..ROUNDS {
        let states = journal.states(fs, root)?;
        let mut moves: Vec<(usize, Move)> = states
            .iter()
            .enumerate()
            .filter_map(|(index, state)| Some((index, next(*state, direction, undone[index])?)))
            .collect();
        if direction != Direction::Forward {
            moves.reverse();
        }
        let mut is_settled = true;
        for (index, next) in moves {
            let step = &journal.steps[index];
            let here = |path: &Utf8Path| journal.here(fs, root, path);
            let outcome = match next {
                Move::Do => step.carry_out(fs, root, here),
                Move::Undo => step.undo(fs, root, here),
            };
            outcome.map_err(|error: io::Error| WriteError::half(step.path(root), error))?;
            undone[index] |= next == Move::Undo;
            is_settled &= states[index] == State::Neutral;
        }
        if is_settled {
            break;
        }
    }
    Ok(outcome(root, journal, &journal.states(fs, root)?, direction))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Do,
    Undo,
}

fn next(state: State, direction: Direction, was_undone: bool) -> Option<Move> {
    let is_begun = direction != Direction::Nowhere;
    match state {
        State::Displaced => is_begun.then_some(Move::Undo),
        State::Superseded => was_undone.then_some(Move::Do),
        State::Undone => (direction == Direction::Forward).then_some(Move::Do),
        State::Done => (direction == Direction::Back).then_some(Move::Undo),
        // A folder is created, or removed if it is empty.
        State::Neutral if direction == Direction::Forward => Some(Move::Do),
        State::Neutral => Some(Move::Undo),
        State::Reverted | State::ChangedBefore | State::ChangedAfter | State::Changed => None,
    }
}

fn outcome(root: &Utf8Path, journal: &Journal, states: &[State], direction: Direction) -> Outcome {
    let is_torn = |state: &State| match direction {
        Direction::Forward => {
            !matches!(state, State::Done | State::ChangedAfter | State::Changed | State::Neutral)
        }
        Direction::Back => {
            matches!(state, State::Done | State::Displaced | State::ChangedAfter | State::Changed)
        }
        Direction::Stay => {
            matches!(state, State::ChangedBefore | State::ChangedAfter | State::Changed)
        }
        Direction::Nowhere => false,
    };
    let steps = journal.steps.iter().zip(states);
    let torn: Vec<Utf8PathBuf> =
        steps.filter(|(_, state)| is_torn(state)).map(|(step, _)| step.path(root)).collect();
    if torn.is_empty() { Outcome::Whole } else { Outcome::Torn(torn) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_way_leads_to_a_whole() {
        use State::{Changed, ChangedAfter, ChangedBefore, Displaced, Done, Neutral, Reverted, Undone};
        let table: &[(&[State], Direction)] = &[
            (&[], Direction::Nowhere),
            (&[Neutral, Undone, Undone], Direction::Nowhere),
            (&[Undone, Reverted, ChangedBefore], Direction::Nowhere),
            (&[Undone, Changed], Direction::Nowhere),
            (&[Done, Changed], Direction::Forward),
            (&[Done, Done], Direction::Forward),
            (&[Neutral, Done, Undone], Direction::Forward),
            (&[ChangedAfter, Undone], Direction::Forward),
            (&[Done, ChangedBefore], Direction::Back),
            (&[Done, Reverted], Direction::Back),
            (&[Displaced, Undone], Direction::Back),
            (&[ChangedAfter, Done, ChangedBefore], Direction::Stay),
        ];
        for (states, expected) in table {
            assert_eq!(direction(states), *expected, "{states:?}");
        }
    }
}
