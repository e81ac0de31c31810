//! A cold start, compared with reading and parsing the same files on the same number of threads.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use source::{DiskFileSystem, Text, WalkOptions, walk};
use workspace::{Change, Workspace};

use crate::memory::resident;

const RUNS: usize = 5;

/// The table for one folder.
pub(crate) fn measure(root: &Utf8Path) -> String {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    // The checked files, as in the index: files that no rule reads are parsed on neither side.
    let mut judged = Vec::new();
    let mut cold = Vec::new();
    let mut floor = Vec::new();
    let mut bytes = 0;
    let mut held = None;
    for _ in 0..RUNS {
        let before = resident();
        let start = Instant::now();
        let workspace = index(root);
        let findings = check(&workspace);
        cold.push(start.elapsed());
        held = held.or_else(|| Some((resident()? - before?, findings)));
        judged = files(&workspace);
        drop(workspace);
        let start = Instant::now();
        bytes = parse_all(root, &judged, threads);
        floor.push(start.elapsed());
    }
    let (cold, floor) = (median(cold), median(floor));
    let mut out = format!(
        "cold start, {} judged files, {bytes} bytes, {threads} threads, median of {RUNS}\n",
        judged.len()
    );
    let _ = writeln!(out, "  walk, read and parse alone   {floor:>10.1?}");
    let _ = writeln!(out, "  index and all rules          {cold:>10.1?}  {:.2} x", ratio(cold, floor));
    if let Some((held, findings)) = held {
        #[allow(clippy::cast_precision_loss)]
        let share = held as f64 / bytes.max(1) as f64;
        let _ = writeln!(
            out,
            "  memory held afterwards       {:>8} kB  {share:.2} bytes a byte of source",
            held / 1024
        );
        let _ = writeln!(out, "  findings                     {findings:>8}");
    }
    out
}

fn index(root: &Utf8Path) -> Workspace {
    let mut workspace = Workspace::new(Arc::new(DiskFileSystem));
    workspace.apply(vec![Change::AddFolder(root.to_path_buf())]);
    workspace.index(|_| ()).expect("no query panics");
    workspace
}

fn files(workspace: &Workspace) -> Vec<Utf8PathBuf> {
    let snapshot = workspace.snapshot();
    let mut paths = Vec::new();
    for project in snapshot.projects() {
        let modules = model::query::modules(snapshot.db(), *project);
        let judged = modules.iter().filter(|(_, info)| info.role == model::PathRole::Code);
        paths.extend(judged.map(|(_, info)| info.file.path(snapshot.db()).clone()));
    }
    paths
}

fn check(workspace: &Workspace) -> usize {
    let snapshot = workspace.snapshot();
    let mut findings = 0;
    for project in snapshot.projects() {
        for (_, file) in project.files(snapshot.db()).list() {
            findings += snapshot.check(*project, *file).len();
        }
    }
    findings
}

fn parse_all(root: &Utf8Path, judged: &[Utf8PathBuf], threads: usize) -> u64 {
    let found = walk(&DiskFileSystem, root, &WalkOptions::default());
    assert!(found.sources.len() >= judged.len(), "the walk finds what was judged");
    let next = AtomicUsize::new(0);
    let bytes = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(path) = judged.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = Text::read(&DiskFileSystem, path);
                    std::hint::black_box(python::parse(text.as_str()));
                    bytes.fetch_add(text.as_str().len() as u64, Ordering::Relaxed);
                }
            });
        }
    });
    bytes.into_inner()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(f64::EPSILON)
}
