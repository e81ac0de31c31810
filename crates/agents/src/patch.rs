//! A unified diff, overlaid on the files on disk.

use camino::Utf8PathBuf;

use crate::Refused;
use crate::session::{Laid, Session};

/// The maximum distance in lines from its stated position at which a hunk is searched.
const DRIFT: usize = 200;

/// The files as they would be with `diff` applied; none for an empty one.
///
/// # Errors
/// If the text is not a unified diff, or doesn't fit the files on disk: the message names file and line.
pub(crate) fn apply(session: &Session, diff: &str) -> Result<Vec<Laid>, Refused> {
    let mut laid = Vec::new();
    if diff.trim().is_empty() {
        return Ok(laid);
    }
    for file in parse(diff)? {
        let Some(name) = file.to.as_deref().or(file.from.as_deref()) else { continue };
        let path = locate(session, file.from.as_deref().unwrap_or(name))?;
        let before = if file.from.is_some() {
            let text = session.text(&path);
            text.ok_or_else(|| Refused::new(format!("the diff changes {name}, which is no file on disk")))?
        } else {
            String::new()
        };
        let after = patched(&before, &file.hunks)
            .map_err(|line| Refused::new(format!("the diff doesn't fit {name} at line {line}")))?;
        match &file.to {
            None => laid.push((path, None)),
            Some(to) if file.from.as_ref().is_some_and(|from| from != to) => {
                laid.push((locate(session, to)?, Some(after)));
                laid.push((path, None));
            }
            Some(_) => laid.push((path, Some(after))),
        }
    }
    Ok(laid)
}

/// Diffs name files relative to the repository, or to the project.
fn locate(session: &Session, name: &str) -> Result<Utf8PathBuf, Refused> {
    let path = session.absolute(name)?;
    if session.exists(&path) {
        return Ok(path);
    }
    let above = session.root().ancestors().skip(1).take(6);
    let found = above.map(|folder| folder.join(name)).find(|path| {
        path.starts_with(session.root())
            && (session.exists(path) || path.parent().is_some_and(|it| session.exists(it)))
    });
    Ok(found.unwrap_or(path))
}

#[derive(Debug, Default)]
struct FileDiff<'a> {
    from: Option<String>,
    to: Option<String>,
    hunks: Vec<Hunk<'a>>,
}

#[derive(Debug)]
struct Hunk<'a> {
    /// Its one-based start in the old file.
    start: usize,
    lines: Vec<(char, &'a str)>,
}

fn parse(diff: &str) -> Result<Vec<FileDiff<'_>>, Refused> {
    let mut files: Vec<FileDiff<'_>> = Vec::new();
    let mut lines = diff.split_inclusive('\n').peekable();
    let (mut old, mut new) = (0, 0);
    while let Some(line) = lines.next() {
        let bare = line.trim_end_matches(['\n', '\r']);
        if old > 0 || new > 0 {
            let Some(hunk) = files.last_mut().and_then(|file| file.hunks.last_mut()) else { break };
            let sign = bare.chars().next().unwrap_or(' ');
            match sign {
                '+' => new -= 1,
                '-' => old -= 1,
                ' ' => {
                    old -= 1;
                    new -= 1;
                }
                '\\' => {
                    unended(hunk);
                    continue;
                }
                _ => return Err(Refused::new(format!("no line of a unified diff: `{bare}`"))),
            }
            hunk.lines.push((sign, line.get(1..).unwrap_or("\n")));
            continue;
        }
        if let Some(name) = bare.strip_prefix("--- ") {
            let to = lines.next().and_then(|line| line.trim_end().strip_prefix("+++ "));
            let to = to.ok_or_else(|| Refused::new("a line `---` of a diff needs a line `+++` after it"))?;
            files.push(FileDiff { from: named(name), to: named(to), hunks: Vec::new() });
        } else if let Some((start, before, after)) = header(bare) {
            (old, new) = (before, after);
            let file = files.last_mut();
            let file = file.ok_or_else(|| Refused::new("the diff names no file before its first `@@`"))?;
            file.hunks.push(Hunk { start, lines: Vec::new() });
        } else if bare.starts_with('\\')
            && let Some(hunk) = files.last_mut().and_then(|file| file.hunks.last_mut())
        {
            unended(hunk);
        }
    }
    if files.is_empty() {
        return Err(Refused::new("this is no unified diff: it has no lines `--- a/file` and `+++ b/file`"));
    }
    if old > 0 || new > 0 {
        return Err(Refused::new("the diff ends within a hunk"));
    }
    Ok(files)
}

/// `\ No newline at end of file` applies to the line before.
fn unended(hunk: &mut Hunk<'_>) {
    if let Some((_, line)) = hunk.lines.last_mut() {
        *line = line.trim_end_matches(['\n', '\r']);
    }
}

fn named(name: &str) -> Option<String> {
    let name = name.split('\t').next().unwrap_or(name).trim().trim_matches('"');
    if name == "/dev/null" {
        return None;
    }
    Some(name.strip_prefix("a/").or_else(|| name.strip_prefix("b/")).unwrap_or(name).to_owned())
}

/// `@@ -12,3 +12,4 @@`
fn header(line: &str) -> Option<(usize, usize, usize)> {
    let mut words = line.strip_prefix("@@ -")?.split(' ');
    let old = words.next()?;
    let new = words.next()?.strip_prefix('+')?;
    let read = |text: &str| -> Option<(usize, usize)> {
        match text.split_once(',') {
            Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
            None => Some((text.parse().ok()?, 1)),
        }
    };
    let ((start, before), (_, after)) = (read(old)?, read(new)?);
    Some((start, before, after))
}

/// The text with the hunks applied, or the line at which one doesn't fit.
fn patched(text: &str, hunks: &[Hunk<'_>]) -> Result<String, usize> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (mut out, mut at) = (String::new(), 0);
    for hunk in hunks {
        let before: Vec<&str> =
            hunk.lines.iter().filter(|(sign, _)| *sign != '+').map(|(_, line)| *line).collect();
        let stated = if before.is_empty() { hunk.start } else { hunk.start.saturating_sub(1) };
        let start = fitting(&lines, &before, at, stated).ok_or(hunk.start)?;
        out.extend(lines.get(at..start).unwrap_or_default().iter().copied());
        out.extend(hunk.lines.iter().filter(|(sign, _)| *sign != '-').map(|(_, line)| *line));
        at = start + before.len();
    }
    out.extend(lines.get(at..).unwrap_or_default().iter().copied());
    Ok(out)
}

/// The position of `wanted` nearest to the stated one.
fn fitting(lines: &[&str], wanted: &[&str], from: usize, stated: usize) -> Option<usize> {
    let same = |a: &str, b: &str| a.trim_end_matches(['\n', '\r']) == b.trim_end_matches(['\n', '\r']);
    let fits = |start: usize| {
        start >= from
            && lines
                .get(start..start + wanted.len())
                .is_some_and(|there| there.iter().zip(wanted).all(|(a, b)| same(a, b)))
    };
    (0..=DRIFT)
        .flat_map(|drift| [stated.checked_sub(drift), Some(stated + drift)])
        .flatten()
        .find(|at| fits(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, diff: &str) -> Result<String, usize> {
        patched(text, &parse(diff).expect("a diff")[0].hunks)
    }

    #[test]
    fn hunks_are_applied_where_they_fit() {
        let text = "a\nb\nc\nd\n";
        let diff = "--- a/x.py\n+++ b/x.py\n@@ -2,2 +2,3 @@\n b\n-c\n+C\n+e\n";
        assert_eq!(one(text, diff).as_deref(), Ok("a\nb\nC\ne\nd\n"));
        let drifted = format!("0\n0\n{text}");
        assert_eq!(one(&drifted, diff).as_deref(), Ok("0\n0\na\nb\nC\ne\nd\n"));
        assert_eq!(one("a\nx\n", diff), Err(2));
        let added = "diff --git a/y.py b/y.py\nnew file mode 100644\n--- /dev/null\n+++ b/y.py\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n";
        assert_eq!(one("", added).as_deref(), Ok("a\nb"));
        assert!(parse("hello").is_err() && parse("--- a/x\n").is_err());
        assert!(parse("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n").is_err());
    }
}
