//! What is fuzzed: functions of arbitrary bytes that panic if something that is promised doesn't hold.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use python::Lowered;
use source::{MemoryFileSystem, Span, Text};
use workspace::{Change, Snapshot, Workspace};

/// Inputs are cut off here: longer ones find nothing that shorter ones don't, only later.
const LONGEST: usize = 6_000;

/// Files as bytes: reading, decoding and lowering end with facts, and an unchanged text is written as it was read.
pub fn lowering(bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let fs = MemoryFileSystem::with_files([("/p/a.py", bytes)]);
    let text = Text::read(&fs, "/p/a.py".into());
    let module = python::lower(text.as_str(), &python::parse(text.as_str()));
    let spans = &module.spans;
    let named =
        [&spans.class_names, &spans.classes, &spans.function_names, &spans.functions, &spans.variables];
    let of_bodies = spans.bodies.iter().flat_map(|body| body.exprs.iter().chain(&body.stmts));
    for span in named.into_iter().flatten().chain(&spans.signatures).chain(of_bodies) {
        assert_is_in(text.as_str(), *span);
    }
    if text.unreadable().is_none()
        && let Some(encoded) = text.encode(text.as_str())
    {
        let fs = MemoryFileSystem::with_files([("/p/a.py", encoded)]);
        let again = Text::read(&fs, "/p/a.py".into());
        assert_eq!(again.as_str(), text.as_str(), "written and read");
    }
}

/// A text and edits of it, separated by `\x1e`: after each edit, facts are those of a text that was never edited. An
/// edit is a position (two bytes, in parts of the text), a number of characters to remove (one byte), and a text.
pub fn edits(bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let mut parts = bytes.split(|byte| *byte == 0x1e);
    let mut text = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let mut kept = (text.clone(), python::parse(&text));
    let mut lowered = Lowered::after(None, &Arc::from(&*text), &kept.1);
    for edit in parts.take(24) {
        let Some((head, inserted)) = edit.split_first_chunk::<3>() else { continue };
        let wanted = text.len() * (usize::from(head[0]) << 8 | usize::from(head[1])) / 65_535;
        let start = (0..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let mut after = text[start..].char_indices().skip(usize::from(head[2] % 40));
        let end = after.next().map_or(text.len(), |(offset, _)| start + offset);
        text.replace_range(start..end, &String::from_utf8_lossy(inserted));
        let tree = python::reparse(&kept.1, &kept.0, &text);
        let fresh = python::parse(&text);
        assert_eq!(tree.is_whole(), fresh.is_whole(), "{text}");
        let facts = python::lower(&text, &fresh);
        assert!(python::lower(&text, &tree) == facts, "reparsed: {text}");
        if let Some(tree) = python::reparse_whole(Some((&kept.1, &kept.0)), &text, &|| false) {
            assert!(fresh.is_whole(), "{text}");
            let again = Lowered::after(Some(&lowered), &Arc::from(&*text), &tree);
            assert!(*again.module == facts, "lowered again: {text}");
            kept = (text.clone(), tree);
            lowered = again;
        }
    }
}

/// Configuration files: what can't be read is a problem at a place in the text.
pub fn configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
    for name in ["architrave.toml", "pyproject.toml", "setup.cfg", ".importlinter", "tach.toml"] {
        let path = Utf8Path::new("/p").join(name);
        let parsed = config::parse(&path, &text);
        for problem in &parsed.problems {
            assert_is_in(&text, problem.span);
            assert!(!problem.message.is_empty());
        }
    }
    for name in config::FORMATTING_FILES {
        config::parse_formatting(&Utf8Path::new("/p").join(name), &text);
    }
}

/// What a client sends: each readable message is passed on as it is, everything else is answered.
pub fn messages(bytes: &[u8]) {
    let found = server::split(bytes);
    let mut stream = Vec::new();
    for message in &found {
        match message {
            Ok(body) => stream.extend(framed(body)),
            Err(answer) => {
                let answer: serde_json::Value = serde_json::from_slice(answer).expect("an answer is JSON");
                assert!(answer["error"]["code"].is_i64(), "{answer}");
            }
        }
    }
    let bodies: Vec<_> = found.into_iter().flatten().collect();
    let again: Vec<_> = server::split(&stream).into_iter().flatten().collect();
    assert_eq!(again, bodies, "what can be read is read again");
}

fn framed(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// Files of a project, each below a line `# file: PATH`: all rules end, and the edits of each of their fixes are inside
/// of the texts. Safe fixes leave code without syntax errors where there were none.
pub fn fixes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
    let mut files: Vec<(Utf8PathBuf, &str)> = vec![("/p/architrave.toml".into(), "presets = [\"strict\"]\n")];
    for part in text.split("# file: ").skip(1).take(8) {
        let (name, text) = part.split_once('\n').unwrap_or((part, ""));
        let name: String =
            name.chars().filter(|it| it.is_ascii_alphanumeric() || "_./".contains(*it)).collect();
        let is_plain = !name.split('/').any(|part| part.is_empty() || part == "." || part == "..");
        if is_plain
            && Utf8Path::new(&name).extension() == Some("py")
            && files.iter().all(|(path, _)| !overlap(path, &name))
        {
            files.push((Utf8Path::new("/p").join(name), text));
        }
    }
    let mut workspace = Workspace::new(Arc::new(MemoryFileSystem::with_files(files)));
    workspace.apply(vec![Change::AddFolder("/p".into())]);
    every_fix(&workspace.snapshot());
    let fixed = ide::fix_all(&mut workspace, |_| true);
    for file in fixed.files {
        let before = String::from_utf8_lossy(&file.before);
        let is_whole = |text: &str| python::parse(text).is_whole();
        assert!(
            !is_whole(&before) || is_whole(&file.contents),
            "{} is broken:\n{}\nbefore:\n{before}",
            file.path,
            file.contents
        );
    }
}

/// Whether one of two paths is the other or its folder.
fn overlap(path: &Utf8Path, name: &str) -> bool {
    let other = Utf8Path::new("/p").join(name);
    path.starts_with(&other) || other.starts_with(path)
}

fn every_fix(snapshot: &Snapshot) {
    for (project, file) in snapshot.all_files() {
        let Some(cx) = view::query::context(snapshot.db(), project, file) else { continue };
        for finding in snapshot.check(project, file).iter() {
            for fix in &finding.fixes {
                let Some(changes) = refactor::changes(&cx, fix, refactor::Abilities::ALL) else { continue };
                for edit in changes.edits {
                    let text = snapshot.text(edit.file);
                    let edited = source::apply_edits(text.as_str(), &edit.edits);
                    assert!(edited.is_some(), "{}: edits that can't be applied", fix.title);
                }
            }
        }
    }
}

fn assert_is_in(text: &str, span: Span) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {} bytes", text.len());
}
