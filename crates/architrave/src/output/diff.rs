//! The changes of a file in the format of `patch` and `git apply` (the unified format of `diff -u`).

use std::io::Write;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// Writes the changes of one file; `before` is `None` for a new file.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write(
    out: &mut impl Write,
    path: &str,
    before: Option<&str>,
    after: &str,
) -> std::io::Result<()> {
    match before {
        Some(_) => writeln!(out, "--- a/{path}")?,
        None => writeln!(out, "--- /dev/null")?,
    }
    writeln!(out, "+++ b/{path}")?;
    let old: Vec<&str> = before.unwrap_or_default().split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    for hunk in hunks(&steps(&old, &new)) {
        write_hunk(out, hunk, &old, &new)?;
    }
    Ok(())
}

/// A line's change, with its index in the old or the new text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Keep { old: usize, new: usize },
    Remove { old: usize, new: usize },
    Add { old: usize, new: usize },
}

/// The steps from the old lines to the new ones. Between the common start and end, lines are matched by the longest
/// common subsequence; if that would cost too much, all are replaced.
fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    const MOST_CELLS: usize = 25_000_000;
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (rows, columns) = (old.len() - head - tail, new.len() - head - tail);
    let mut steps: Vec<Step> = (0..head).map(|at| Step::Keep { old: at, new: at }).collect();
    let (mut row, mut column) = (0, 0);
    if rows.saturating_mul(columns) <= MOST_CELLS {
        let width = columns + 1;
        let mut longest = vec![0_u32; (rows + 1) * width];
        for a in (0..rows).rev() {
            for b in (0..columns).rev() {
                longest[a * width + b] = if old[head + a] == new[head + b] {
                    longest[(a + 1) * width + b + 1] + 1
                } else {
                    longest[(a + 1) * width + b].max(longest[a * width + b + 1])
                };
            }
        }
        while row < rows && column < columns {
            let (at_old, at_new) = (head + row, head + column);
            if old[at_old] == new[at_new] {
                steps.push(Step::Keep { old: at_old, new: at_new });
                row += 1;
                column += 1;
            } else if longest[(row + 1) * width + column] >= longest[row * width + column + 1] {
                steps.push(Step::Remove { old: at_old, new: at_new });
                row += 1;
            } else {
                steps.push(Step::Add { old: at_old, new: at_new });
                column += 1;
            }
        }
    }
    steps.extend((row..rows).map(|at| Step::Remove { old: head + at, new: head + column }));
    steps.extend((column..columns).map(|at| Step::Add { old: head + rows, new: head + at }));
    steps.extend((0..tail).map(|at| Step::Keep { old: head + rows + at, new: head + columns + at }));
    steps
}

/// The steps that change something, with their context; nearby ones form one hunk.
fn hunks(steps: &[Step]) -> Vec<&[Step]> {
    let changes: Vec<usize> =
        (0..steps.len()).filter(|at| !matches!(steps[*at], Step::Keep { .. })).collect();
    let close = changes.chunk_by(|a, b| b - a <= 2 * CONTEXT);
    close
        .filter_map(|group| Some((*group.first()?, *group.last()?)))
        .map(|(first, last)| &steps[first.saturating_sub(CONTEXT)..(last + 1 + CONTEXT).min(steps.len())])
        .collect()
}

fn write_hunk(out: &mut impl Write, hunk: &[Step], old: &[&str], new: &[&str]) -> std::io::Result<()> {
    let (Step::Keep { old: old_start, new: new_start }
    | Step::Remove { old: old_start, new: new_start }
    | Step::Add { old: old_start, new: new_start }) = hunk[0];
    let old_count = hunk.iter().filter(|step| !matches!(step, Step::Add { .. })).count();
    let new_count = hunk.iter().filter(|step| !matches!(step, Step::Remove { .. })).count();
    // For an empty range, the line before it is given.
    let start = |at: usize, count: usize| if count == 0 { at } else { at + 1 };
    let (old_line, new_line) = (start(old_start, old_count), start(new_start, new_count));
    writeln!(out, "@@ -{old_line},{old_count} +{new_line},{new_count} @@")?;
    for step in hunk {
        let (sign, line) = match step {
            Step::Keep { old: at, .. } => (' ', old[*at]),
            Step::Remove { old: at, .. } => ('-', old[*at]),
            Step::Add { new: at, .. } => ('+', new[*at]),
        };
        write!(out, "{sign}{line}")?;
        if !line.ends_with('\n') {
            writeln!(out, "\n\\ No newline at end of file")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn diff(before: Option<&str>, after: &str) -> String {
        let mut out = Vec::new();
        write(&mut out, "a.py", before, after).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn hunks_show_three_lines_around() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n";
        let after = before.replace("5\n", "five\n").replace("13\n", "13\n14\n");
        assert_eq!(
            diff(Some(before), &after),
            "--- a/a.py\n+++ b/a.py\n\
             @@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n\
             @@ -11,3 +11,4 @@\n 11\n 12\n 13\n+14\n"
        );
    }

    #[test]
    fn new_files_and_missing_line_ends() {
        assert_eq!(diff(None, "x\n"), "--- /dev/null\n+++ b/a.py\n@@ -0,0 +1,1 @@\n+x\n");
        assert_eq!(
            diff(Some("x"), "y\n"),
            "--- a/a.py\n+++ b/a.py\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+y\n"
        );
    }
}
