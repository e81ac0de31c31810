//! What accepting adds, and what saving removes, in an in-memory project.

#![allow(clippy::unwrap_used)]

use rules::baseline::{Baseline, FILE_NAME};
use source::Span;
use workspace::Change;

use super::*;
use crate::fixture::Fixture;
use crate::{Action, ActionKind, actions};

const SHOP: &str = "
//- /pyproject.toml
[project]
name = \"shop\"
//- /shop/__init__.py
//- /shop/prices.py
X = 1
//- /shop/a.py
def f():
    from shop import pri$0ces
    return prices.X
";

fn accepting(fixture: &Fixture) -> Option<Action> {
    let snapshot = fixture.workspace.snapshot();
    let at = Span::new(fixture.offset, fixture.offset);
    let offered = actions(&snapshot, fixture.file(), at, &[ActionKind::QuickFix], crate::Reach::File);
    offered.into_iter().find(|action| matches!(action.data.remedy, Remedy::Accept { .. }))
}

/// Writes a file, as an editor or another program does.
fn write(snapshot: &Snapshot, path: &Utf8Path, text: &str) {
    let change = |_: Option<&str>| Ok::<_, source::WriteError>(Some(text.to_owned()));
    let fs = source::Db::file_system(snapshot.db());
    assert!(source::rewrite(fs, path, "/".into(), source::Patience::Short, change).unwrap());
}

/// Accepts the finding at the cursor, like the writer.
fn accept(fixture: &mut Fixture) -> Entries {
    let data = accepting(fixture).unwrap().data;
    let snapshot = fixture.workspace.snapshot();
    let entries = acceptance(&snapshot, &data).unwrap();
    let text = Baseline::of(entries.entries.clone()).to_text(None);
    write(&snapshot, &entries.baseline, &text);
    drop(snapshot);
    fixture.workspace.apply(vec![Change::Disk(vec![entries.baseline.clone()])]);
    entries
}

fn shown(fixture: &Fixture) -> Vec<String> {
    let snapshot = fixture.workspace.snapshot();
    let found = crate::diagnostics(&snapshot, fixture.file());
    found.iter().map(|it| format!("{} {}", it.level.as_str(), it.message)).collect()
}

#[test]
fn what_is_accepted_is_a_hint_and_not_offered_again() {
    let mut fixture = Fixture::new(SHOP);
    assert!(shown(&fixture)[0].starts_with("warning "));
    let entries = accept(&mut fixture);
    assert_eq!(entries.baseline.as_str(), format!("/project/{FILE_NAME}"));
    assert_eq!(entries.entries[0].path, "shop/a.py");
    let shown = shown(&fixture);
    assert!(shown[0].starts_with("hint ") && shown[0].ends_with(crate::ACCEPTED), "{shown:?}");
    assert_eq!(accepting(&fixture), None);
}

#[test]
fn an_entry_goes_when_all_is_saved_and_whole() {
    let mut fixture = Fixture::new(SHOP);
    let entries = accept(&mut fixture);
    let path = fixture.path.clone();
    let open = |fixture: &mut Fixture, text: &str| {
        let version = fixture.workspace.version(&path).unwrap_or_default() + 1;
        fixture.workspace.apply(vec![Change::Open { path: path.clone(), version, text: text.into() }]);
    };
    let save = |fixture: &mut Fixture| {
        let snapshot = fixture.workspace.snapshot();
        let text = snapshot.text(snapshot.file(&path).unwrap());
        write(&snapshot, &path, text.as_str());
        drop(snapshot);
        fixture.workspace.apply(vec![Change::Disk(vec![path.clone()])]);
    };
    let gone = |fixture: &Fixture| no_longer_found(&fixture.workspace.snapshot(), [&path]);
    // Still found, on another line.
    open(&mut fixture, "\n\ndef f():\n    from shop import prices\n    return prices.X\n");
    save(&mut fixture);
    assert_eq!(gone(&fixture), []);
    // Fixed, but not saved.
    open(&mut fixture, "from shop import prices\n");
    assert_eq!(gone(&fixture), []);
    // Saved in the middle of a line.
    open(&mut fixture, "def f(:\n");
    save(&mut fixture);
    assert_eq!(gone(&fixture), []);
    open(&mut fixture, "from shop import prices\n");
    save(&mut fixture);
    assert_eq!(gone(&fixture), [entries]);
}

/// A baseline written for a parent folder is kept until it is checked from there.
#[test]
fn a_baseline_above_the_opened_folder_is_not_shrunk() {
    let mut fixture = Fixture::new(SHOP);
    let snapshot = fixture.workspace.snapshot();
    let found = crate::diagnostics(&snapshot, fixture.file());
    let entry = Entry::new("project/shop/a.py", found[0].rule, &found[0].fingerprint.0, "words");
    let gone = Entry::new("project/shop/prices.py", "hidden-import", "0", "words");
    let above = Utf8PathBuf::from(format!("/{FILE_NAME}"));
    write(&snapshot, &above, &Baseline::of([entry, gone]).to_text(None));
    drop(snapshot);
    fixture.workspace.apply(vec![Change::Disk(vec![above])]);
    assert!(shown(&fixture)[0].starts_with("hint "));
    assert_eq!(no_longer_found(&fixture.workspace.snapshot(), []), []);
}
