//! Assigns ids to the modules of a project: numbers in path order that are stable while other files are added or
//! removed.
//!
//! A new file gets a number between those of its neighbours, so that nothing computed for another module depends on
//! where the new one sorts. If no number is left between two neighbours, some modules around them get new ones.

use camino::Utf8PathBuf;
use source::File;

use super::ModuleId;

/// The space reserved beside each module when its number is chosen together with others.
const ROOM: u64 = 16;

/// The ids of the files in `list`, given the ids of the previous files; both lists are sorted by path.
pub(crate) fn ids(
    before: (&[(Utf8PathBuf, File)], &[ModuleId]),
    list: &[(Utf8PathBuf, File)],
) -> Vec<ModuleId> {
    let mut old = before.0.iter().zip(before.1).peekable();
    let known = list.iter().map(|(path, _)| {
        while old.next_if(|((other, _), _)| other < path).is_some() {}
        old.next_if(|((other, _), _)| other == path).map(|(_, id)| u64::from(id.0))
    });
    let mut ranks: Vec<Option<u64>> = known.collect();
    let mut start = 0;
    while let Some(first) = (start..ranks.len()).find(|index| ranks[*index].is_none()) {
        let end = (first..ranks.len()).find(|index| ranks[*index].is_some()).unwrap_or(ranks.len());
        start = fill(&mut ranks, first, end);
    }
    ranks.into_iter().map(|rank| ModuleId(rank.unwrap_or_default() as u32)).collect()
}

/// Spreads numbers over the range between its neighbours, widening it until there is enough room. Returns the end of
/// the range.
fn fill(ranks: &mut [Option<u64>], mut first: usize, mut end: usize) -> usize {
    let below = |ranks: &[Option<u64>], first: usize| {
        first.checked_sub(1).and_then(|index| ranks[index]).map_or(0, |rank| rank + 1)
    };
    loop {
        let low = below(ranks, first);
        // More new files may follow the range; the next known number comes after them.
        let high = ranks[end..].iter().flatten().next().copied().unwrap_or(u64::from(u32::MAX) + 1);
        let count = (end - first) as u64;
        let step = (high - low) / (count + 1);
        let is_whole = first == 0 && end == ranks.len();
        if step >= ROOM || (is_whole && step > 0) {
            for (number, rank) in ranks[first..end].iter_mut().enumerate() {
                *rank = Some(low + step * (number as u64 + 1));
            }
            return end;
        }
        // Everything before the range has a number.
        first = first.saturating_sub(1 + (end - first) / 2);
        end = (end + 1 + (end - first) / 2).min(ranks.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the files `names`, one letter or more each, given the numbers of the known ones.
    fn after(known: &[(&str, u32)], names: &[&str]) -> Vec<u32> {
        // A `File` needs a database, but the numbering only looks at paths.
        let db = crate::fixture::Fixture::new("//- a.py\n");
        let file = db.file("a.py");
        let old: Vec<(Utf8PathBuf, File)> = known.iter().map(|(name, _)| ((*name).into(), file)).collect();
        let numbers: Vec<ModuleId> = known.iter().map(|(_, number)| ModuleId(*number)).collect();
        let new: Vec<(Utf8PathBuf, File)> = names.iter().map(|name| ((*name).into(), file)).collect();
        ids((&old, &numbers), &new).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn what_was_there_keeps_its_number_and_what_is_new_comes_between() {
        let known = [("b", 1000), ("d", 2000)];
        for (names, kept) in [
            (&["a", "b", "d"][..], &[(1, 1000), (2, 2000)][..]),
            (&["b", "c", "d"], &[(0, 1000), (2, 2000)]),
            (&["b", "c", "cc", "ccc", "d", "e"], &[(0, 1000), (4, 2000)]),
            (&["d"], &[(0, 2000)]),
            (&["a", "c"], &[]),
            (&[], &[]),
        ] {
            let numbers = after(&known, names);
            assert!(numbers.is_sorted_by(|a, b| a < b), "{names:?} {numbers:?}");
            for (index, number) in kept {
                assert_eq!(numbers[*index], *number, "{names:?}");
            }
        }
    }

    #[test]
    fn where_no_number_is_left_some_neighbours_move_and_the_others_stay() {
        let names: Vec<String> = (0..100).map(|number| format!("m{number:03}")).collect();
        let known: Vec<(&str, u32)> =
            names.iter().zip(0..).map(|(name, at)| (name.as_str(), 1_000_000 + at)).collect();
        let mut with: Vec<&str> = names.iter().map(String::as_str).collect();
        with.insert(50, "m049a");
        let numbers = after(&known, &with);
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        let mut far: Vec<(&str, u32)> = known;
        far[99].1 = 9_000_000;
        far[0].1 = 10;
        let numbers = after(&far, &with);
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    }

    #[test]
    fn thousands_of_files_in_one_gap_one_after_another_stay_in_order() {
        let mut names: Vec<String> = vec!["a".into(), "z".into()];
        let mut numbers = after(&[], &["a", "z"]);
        for number in 0..300 {
            let known: Vec<(&str, u32)> =
                names.iter().map(String::as_str).zip(numbers.iter().copied()).collect();
            let mut new: Vec<String> = names.clone();
            new.push(if number % 2 == 0 {
                format!("b{number:04}")
            } else {
                format!("bz{:04}", 9999 - number)
            });
            new.sort();
            numbers = after(&known, &new.iter().map(String::as_str).collect::<Vec<_>>());
            names = new;
            assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        }
    }
}
