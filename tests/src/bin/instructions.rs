//! Work whose instructions are counted by `tests/instructions.py`: keystrokes and hovers, without process, protocol and
//! clock. Also writes the backend that all of it takes place in.
//!
//! `instructions write FOLDER`; `instructions word|import|bracket|hover FOLDER TIMES`

#[path = "../../benches/speed/backend.rs"]
#[allow(dead_code, reason = "the benchmarks of speed use the rest")]
mod backend;

use std::sync::Arc;

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};
use rules::typing::Looked;
use source::{DiskFileSystem, Position, PositionEncoding};
use workspace::{BufferEdit, Change, Workspace};

/// The number of entities in the backend, with five modules each.
const ENTITIES: usize = 24;

/// The number of lines of the file that is typed in.
const LINES: usize = 1_500;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["write", folder] => Ok(backend::write(folder.into(), ENTITIES)?),
        [scenario, folder, times] => {
            let root = Utf8Path::new(folder).canonicalize_utf8()?;
            let times: usize = times.parse().context("TIMES is a number")?;
            // Queries recurse deeply: as much stack as the program's threads have.
            let scenario = scenario.to_owned();
            let work = move || Editor::open(&root).run(&scenario, times);
            let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(work)?;
            thread.join().map_err(|_| anyhow::anyhow!("the work has panicked"))?
        }
        _ => bail!("usage: instructions write FOLDER | word|import|bracket|hover FOLDER TIMES"),
    }
}

/// A project with one open document.
struct Editor {
    workspace: Workspace,
    path: Utf8PathBuf,
    version: i32,
}

impl Editor {
    fn open(root: &Utf8Path) -> Self {
        let path = root.join("app/services/edited.py");
        let mut text = String::from("\nfrom app.ports.part_2 import Entity2Repository\n");
        backend::pad(&mut text, LINES);
        let mut workspace = Workspace::new(Arc::new(DiskFileSystem));
        workspace.apply(vec![Change::AddFolder(root.to_path_buf())]);
        let outcome = workspace.index(|_| ());
        assert!(outcome.is_ok(), "no query panics");
        workspace.apply(vec![Change::Open { path: path.clone(), version: 0, text: text.into() }]);
        let mut editor = Self { workspace, path, version: 0 };
        editor.check();
        editor
    }

    /// The complete findings, as after a pause.
    fn check(&mut self) -> usize {
        let snapshot = self.workspace.snapshot();
        snapshot.project_of(&self.path).map_or(0, |(_, file)| ide::diagnostics(&snapshot, file).len())
    }

    fn run(mut self, scenario: &str, times: usize) -> anyhow::Result<()> {
        let middle = LINES as u32 / 2;
        match scenario {
            "word" => self.type_and_delete(middle, "    # words", times),
            "import" => self.type_and_delete(0, "from app.domain.part_1 import Entity1", times),
            "bracket" => self.type_and_delete(middle, "(", times),
            "hover" => self.hover(times),
            _ => bail!("`{scenario}` is no scenario"),
        }
    }

    /// Types and deletes `typed` until `times` letters were typed or deleted. Before each of them, everything is as if
    /// nothing had been asked since the last pause but what was typed.
    fn type_and_delete(&mut self, line: u32, typed: &str, times: usize) -> anyhow::Result<()> {
        let (file, project) = self.place()?;
        let snapshot = self.workspace.snapshot();
        let architecture = snapshot.architecture(project);
        let mut looked = Looked::of(snapshot.db(), file, &architecture);
        drop(snapshot);
        let letters: Vec<String> = typed.chars().map(String::from).collect();
        let count = letters.len() as u32;
        let typing = letters.iter().zip(0..).map(|(letter, column)| (column, column, letter.as_str()));
        let deleting = (0..count).rev().map(|column| (column, column + 1, ""));
        let edits: Vec<(u32, u32, &str)> = typing.chain(deleting).collect();
        for (start, end, letter) in edits.iter().cycle().take(times) {
            let range = (Position { line, column: *start }, Position { line, column: *end });
            self.edit(range, letter);
            let snapshot = self.workspace.snapshot();
            let typed = snapshot.typed(&self.path).context("the document is open")?;
            let found = ide::typed_diagnostics(
                &snapshot,
                project,
                file,
                typed,
                &architecture,
                Some(&looked),
                &|| false,
            );
            if let Some((_, new)) = found {
                looked = new;
            }
        }
        Ok(())
    }

    fn edit(&mut self, range: (Position, Position), text: &str) {
        self.version += 1;
        self.workspace.type_in(vec![Change::Edit {
            path: self.path.clone(),
            version: self.version,
            edits: vec![BufferEdit { range: Some(range), text: text.to_owned() }],
            encoding: PositionEncoding::Utf8,
        }]);
    }

    /// Hovers over places spread across the document.
    fn hover(&mut self, times: usize) -> anyhow::Result<()> {
        let (file, _) = self.place()?;
        let snapshot = self.workspace.snapshot();
        let length = snapshot.text(file).as_str().len();
        for number in 0..times {
            let offset = (number * 7_919 % length) as u32;
            std::hint::black_box(ide::hover(&snapshot, file, offset));
        }
        Ok(())
    }

    fn place(&self) -> anyhow::Result<(source::File, model::Project)> {
        let (project, file) =
            self.workspace.snapshot().project_of(&self.path).context("the document is open")?;
        Ok((file, project))
    }
}
