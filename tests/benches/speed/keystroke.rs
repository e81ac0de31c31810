//! The time from a typed character to the findings of the file, compared with a parse of the whole file.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use source::{DiskFileSystem, Position, PositionEncoding};
use workspace::{BufferEdit, Change, Workspace};

use crate::backend::pad;

const EDITS: usize = 300;

/// The text to type, and where.
struct Typing {
    name: &'static str,
    /// Computes the zero-based line at which to insert the text.
    line: fn(u32) -> u32,
    /// Typed one character at a time, then deleted one at a time.
    text: &'static str,
}

const TYPINGS: [Typing; 4] = [
    Typing { name: "an import at the head", line: |_| 0, text: "from app.domain.part_1 import Entity1" },
    Typing { name: "a word in a body", line: |lines| lines / 2, text: "    total = total + 1" },
    Typing { name: "a bracket in a body", line: |lines| lines / 2, text: "(" },
    Typing { name: "a triple quote in a body", line: |lines| lines / 2, text: "\"\"\"" },
];

/// The table for a file of `lines` lines, opened in the project at `root`.
pub(crate) fn measure(root: &Utf8Path, lines: usize) -> String {
    let path = root.join("app/services/edited.py");
    let mut text = String::from("\nfrom app.ports.part_2 import Entity2Repository\n");
    pad(&mut text, lines);
    let mut parses: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(python::parse(&text));
            start.elapsed()
        })
        .collect();
    parses.sort();
    let parse = parses[parses.len() / 2];

    let mut workspace = Workspace::new(Arc::new(DiskFileSystem));
    workspace.apply(vec![Change::AddFolder(root.to_path_buf())]);
    workspace.index(|_| ()).expect("no query panics");
    let rows = text.lines().count() as u32;
    workspace.apply(vec![Change::Open { path: path.clone(), version: 0, text: Arc::from(text.as_str()) }]);

    let mut out = format!("keystroke to findings, {rows} lines, {} bytes, {EDITS} edits each\n", text.len());
    let _ = writeln!(out, "  a parse of the whole file    {parse:>10.1?}");
    let mut version = 0;
    for typing in &TYPINGS {
        let mut times =
            type_and_delete(&mut workspace, &path, (typing.line)(rows), typing.text, &mut version);
        times.sort();
        let at = |share: usize| times[(times.len() - 1) * share / 100];
        let _ = writeln!(
            out,
            "  {:28} {:>10.1?} p50 {:>10.1?} p99 {:>10.1?} max  {:.2} x",
            typing.name,
            at(50),
            at(99),
            at(100),
            at(50).as_secs_f64() / parse.as_secs_f64()
        );
    }
    out
}

fn type_and_delete(
    workspace: &mut Workspace,
    path: &Utf8Path,
    line: u32,
    typed: &str,
    version: &mut i32,
) -> Vec<Duration> {
    let mut times = Vec::new();
    while times.len() < EDITS {
        for (column, character) in typed.chars().enumerate() {
            let at = Position { line, column: column as u32 };
            times.push(edit(workspace, path, (at, at), &character.to_string(), version));
        }
        for column in (0..typed.chars().count() as u32).rev() {
            let range = (Position { line, column }, Position { line, column: column + 1 });
            times.push(edit(workspace, path, range, "", version));
        }
    }
    times
}

fn edit(
    workspace: &mut Workspace,
    path: &Utf8Path,
    range: (Position, Position),
    text: &str,
    version: &mut i32,
) -> Duration {
    *version += 1;
    let start = Instant::now();
    workspace.apply(vec![Change::Edit {
        path: path.to_path_buf(),
        version: *version,
        edits: vec![BufferEdit { range: Some(range), text: text.to_owned() }],
        encoding: PositionEncoding::Utf8,
    }]);
    let snapshot = workspace.snapshot();
    let (project, file) = snapshot.project_of(path).expect("the file is open");
    std::hint::black_box(snapshot.check(project, file));
    start.elapsed()
}
