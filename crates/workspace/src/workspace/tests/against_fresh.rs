//! After any history of edits, creations, deletions and renames the workspace equals one that was just opened.
//!
//! One part of the history matters, and is passed to the fresh one: the last valid declarations of each configuration
//! file, since those stay in force while the file is broken. Without broken files it changes nothing.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::kit::{Kit, members};
use crate::{BufferEdit, Change, Workspace};

/// Few names, so that histories collide.
const PATHS: [&str; 14] = [
    "/p/a.py",
    "/p/b.py",
    "/p/pkg/__init__.py",
    "/p/pkg/a.py",
    "/p/pkg/a.pyi",
    "/p/pkg/sub/c.py",
    "/p/gen/d.py",
    "/p/.gitignore",
    "/p/pkg/.gitignore",
    "/p/architrave.toml",
    "/p/pkg/pyproject.toml",
    "/p/venv/lib/e.py",
    "/q/f.py",
    "/q/architrave.toml",
];

const TEXTS: [&str; 17] = [
    "",
    "import pkg.a\n",
    "from pkg import a\nimport b\n",
    "def f():\n    from pkg.sub import c\n    return c\n",
    "from gen.d import x  # architrave: ignore\n",
    "class A:\n    def m(self):\n        import importlib\n        importlib.import_module('pkg.a')\n",
    "from fastapi import APIRouter, HTTPException\nrouter = APIRouter()\n",
    "def broken(:\n",
    MODELS,
    "from pkg.a import Order\n\n\ndef one(session, number):\n    return session.get(Order, number)\n\n\n\
     def all(session, numbers):\n    return [one(session, number) for number in numbers]\n",
    // Two that call each other: a cycle that starts wherever the first query enters it.
    "import b\n\n\ndef walk(session, rows):\n    for row in rows:\n        b.visit(session, row)\n",
    "import a\nfrom pkg.a import Order\n\n\ndef visit(session, row):\n    session.get(Order, row.parent_id)\n    \
     a.walk(session, row.children)\n    return row.parent\n",
    "import b\nfrom pkg.a import Order\nfrom sqlalchemy import select\n\n\ndef top(session):\n    \
     return [b.visit(session, order) for order in session.scalars(select(Order))]\n\n\n\
     def walk(session, rows):\n    return [top(session) for row in rows]\n",
    "gen/\n",
    "*.pyi\n",
    "exclude = ['gen']\n",
    "[tool.architrave]\nexclude = ['/sub']\n[project]\nname = 'x'\n",
];

const MODELS: &str = "from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, \
    mapped_column, relationship\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\nclass Order(Base):\n    \
    __tablename__ = 'orders'\n    id: Mapped[int] = mapped_column(primary_key=True)\n    \
    parent_id: Mapped[int] = mapped_column(ForeignKey('orders.id'))\n    \
    parent: Mapped['Order'] = relationship(remote_side=[id])\n    \
    children: Mapped[list['Order']] = relationship(back_populates='parent')\n";

#[derive(Debug, Clone)]
enum Step {
    Write(usize, usize),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    Open(usize, usize),
    Edit(usize, u32, u32, usize),
    Close(usize),
    AddQ,
    RemoveQ,
}

fn step() -> impl Strategy<Value = Step> {
    let path = 0..PATHS.len();
    let text = 0..TEXTS.len();
    prop_oneof![
        4 => (path.clone(), text.clone()).prop_map(|(path, text)| Step::Write(path, text)),
        2 => prop::sample::select(vec!["/p/a.py", "/p/pkg", "/p/pkg/a.py", "/p/.gitignore", "/p/architrave.toml", "/q"])
            .prop_map(Step::Remove),
        2 => prop::sample::select(vec![("/p/pkg", "/p/gen"), ("/p/gen", "/p/pkg"), ("/p/a.py", "/p/b.py"), ("/p/pkg/sub", "/p/sub")])
            .prop_map(|(from, to)| Step::Rename(from, to)),
        3 => (path.clone(), text.clone()).prop_map(|(path, text)| Step::Open(path, text)),
        3 => (path.clone(), 0..4u32, 0..30u32, text).prop_map(|(path, line, column, text)| Step::Edit(path, line, column, text)),
        2 => path.prop_map(Step::Close),
        1 => Just(Step::AddQ),
        1 => Just(Step::RemoveQ),
    ]
}

/// What the history left open: the buffers, in the order of their paths, and whether `/q` is an opened folder.
#[derive(Default)]
struct World {
    buffers: std::collections::BTreeMap<&'static str, String>,
    with_q: bool,
}

fn run(kit: &Kit, step: &Step, world: &mut World, workspace: &mut Workspace) -> Vec<Change> {
    match step {
        Step::Write(path, text) => {
            kit.write(&[(PATHS[*path], Some(TEXTS[*text]))]);
            vec![Change::Disk(vec![PATHS[*path].into()])]
        }
        Step::Remove(path) => {
            kit.write(&[(path, None)]);
            vec![Change::Disk(vec![(*path).into()])]
        }
        Step::Rename(from, to) => {
            let moved: Vec<(String, String)> = PATHS
                .iter()
                .filter_map(|path| {
                    let rest = path.strip_prefix(from)?;
                    let bytes = source::FileSystem::read(&*kit.files, (*path).into()).ok()?;
                    Some((format!("{to}{rest}"), String::from_utf8(bytes).ok()?))
                })
                .collect();
            kit.write(&[(from, None)]);
            for (path, text) in &moved {
                kit.write(&[(path, Some(text))]);
            }
            vec![Change::Disk(vec![(*from).into(), (*to).into()])]
        }
        Step::Open(path, text) => {
            world.buffers.insert(PATHS[*path], TEXTS[*text].to_owned());
            vec![Change::Open { path: PATHS[*path].into(), version: 0, text: TEXTS[*text].into() }]
        }
        Step::Edit(path, line, column, text) => {
            let place = source::Position { line: *line, column: *column };
            let change = Change::Edit {
                path: PATHS[*path].into(),
                version: 0,
                edits: vec![BufferEdit { range: Some((place, place)), text: TEXTS[*text].to_owned() }],
                encoding: source::PositionEncoding::Utf16,
            };
            if let Some(buffer) = world.buffers.get_mut(PATHS[*path]) {
                let before = source::Text::from_buffer(buffer.as_str().into());
                let at = before.offset(place, source::PositionEncoding::Utf16) as usize;
                buffer.insert_str(at, TEXTS[*text]);
            }
            vec![change]
        }
        Step::Close(path) => {
            world.buffers.remove(PATHS[*path]);
            vec![Change::Close(PATHS[*path].into())]
        }
        Step::AddQ => {
            world.with_q = true;
            vec![Change::AddFolder("/q".into())]
        }
        Step::RemoveQ => {
            world.with_q = false;
            workspace.apply(vec![]);
            vec![Change::RemoveFolder("/q".into())]
        }
    }
}

/// Everything that is visible from outside.
fn portrait(workspace: &Workspace) -> String {
    let mut out = members(workspace).join("\n");
    let snapshot = workspace.snapshot();
    let db = snapshot.db();
    for project in snapshot.projects() {
        let configs = project.configs(db);
        let folders: Vec<_> = configs.list.iter().map(|config| config.folder.as_str()).collect();
        let _ = write!(out, "\n{folders:?} {:?}", configs.distributions);
        for (path, file) in project.files(db).list() {
            let _ = write!(out, "\n{path}: {:?}", snapshot.text(*file).as_str());
            for finding in &*snapshot.check(*project, *file) {
                let _ = write!(out, "\n  {} {:?} {}", finding.rule, finding.span, finding.message);
                let _ = write!(out, " {}", without_ids(&format!("{:?}", finding.fixes)));
            }
        }
    }
    for problem in snapshot.config_problems() {
        let _ = write!(out, "\n{} {:?} {}", problem.path, problem.span, problem.message);
    }
    out
}

/// The text without the numbers of modules: files keep them, and a fresh workspace gives out others.
fn without_ids(text: &str) -> String {
    const ID: &str = "ModuleId(";
    let mut parts = text.split(ID);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(ID);
        out.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn equals_a_fresh_one(steps in prop::collection::vec((step(), any::<bool>()), 1..40)) {
        let kit = Kit::new(&[("/p/a.py", "import b\n"), ("/p/b.py", "import a\n"), ("/p/pkg/a.py", MODELS)]);
        let mut workspace = kit.open(&["/p"]);
        let mut world = World::default();
        let mut batch = Vec::new();
        for (step, flush) in &steps {
            batch.extend(run(&kit, step, &mut world, &mut workspace));
            if *flush {
                let batch = std::mem::take(&mut batch);
                if batch.iter().all(|change| matches!(change, Change::Edit { .. })) {
                    workspace.type_in(batch);
                } else {
                    workspace.apply(batch);
                }
                for (path, text) in &world.buffers {
                    let snapshot = workspace.snapshot();
                    prop_assert_eq!(snapshot.typed((*path).into()).unwrap().text.as_str(), text);
                }
                // Query now and then, so that there is memoized data that could be stale.
                portrait(&workspace);
            }
        }
        workspace.apply(batch);
        let mut fresh = kit.closed();
        fresh.declared.valid.clone_from(&workspace.declared.valid);
        let buffers = world.buffers.iter().map(|(path, text)| {
            Change::Open { path: (*path).into(), version: 0, text: text.as_str().into() }
        });
        let folders: &[&str] = if world.with_q { &["/p", "/q"] } else { &["/p"] };
        fresh.apply(buffers.chain(folders.iter().map(|folder| Change::AddFolder((*folder).into()))).collect());
        prop_assert_eq!(portrait(&workspace), portrait(&fresh));
    }
}
