//! Checks the pages of detections: reviews their projects, and compares the concerns with the expected ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use report::deployment::File;
use review::detections::ALL;
use review::{Claim, Detection, Evidence, Kind};
use tests::{Case, TestProject, cases, sections};

/// All concerns about a project.
fn concerns(case: &Case) -> Vec<Claim> {
    let project = TestProject::new(case.files.iter().map(|file| (file.path.as_str(), file.text.as_str())));
    let snapshot = project.snapshot();
    let Some(of) = snapshot.projects().first() else { return Vec::new() };
    let is_wanted = |path: &str| review::is_wanted(path.rsplit('/').next().unwrap_or(path));
    let beside = case.files.iter().filter(|file| is_wanted(&file.path));
    let mut files: Vec<File> =
        beside.map(|file| File { path: file.path.clone(), text: file.text.clone() }).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let said = review::said(&Evidence::collect(&snapshot, *of, files));
    said.claims.into_iter().filter(|it| it.kind != Kind::Strength).collect()
}

/// Findings of rules are covered by their own pages.
fn is_of_rules(claim: &Claim) -> bool {
    claim.detection == "findings"
}

/// What small images and models of other pages leave out for shortness: expected on the pages of these alone.
const LEFT_OUT: &[&str] = &[
    "downgrade-does-nothing",
    "foreign-key-without-index",
    "image-runs-as-root",
    "listens-to-itself",
    "server-behind-shell",
];

fn wrong_in(case: &Case, detection: &Detection) -> Vec<String> {
    let is_left_out = |it: &Claim| LEFT_OUT.contains(&it.detection) && it.detection != detection.id;
    let mut found: Vec<Claim> =
        concerns(case).into_iter().filter(|it| !is_of_rules(it) && !is_left_out(it)).collect();
    let mut wrong = Vec::new();
    for (file, expected) in case.expectations() {
        let is_it = |claim: &Claim| {
            let level = claim.level.map(|it| it.as_str().to_ascii_lowercase());
            claim.detection == expected.rule
                && claim.text.contains(&expected.words)
                && expected.level.as_ref().is_none_or(|it| level.as_ref() == Some(it))
                && claim.places.first().is_some_and(|it| it.path == file.path && it.line == expected.line + 1)
        };
        match found.iter().position(is_it) {
            Some(at) => drop(found.remove(at)),
            None => wrong.push(format!(
                "{}, line {}: no {} with \"{}\"",
                file.path,
                expected.line + 1,
                expected.rule,
                expected.words
            )),
        }
    }
    for claim in found {
        let place = claim.places.first().map(|it| format!("{}:{}", it.path, it.line)).unwrap_or_default();
        let level = claim.level.map_or("", |it| it.as_str());
        wrong.push(format!("{place}: unexpected {}[{level}] \"{}\"", claim.detection, claim.text));
    }
    wrong
}

fn pages() -> impl Iterator<Item = (&'static Detection, Vec<Case>)> {
    ALL.iter().copied().filter(|it| !it.docs.is_empty()).map(|detection| {
        let all =
            cases(&sections(detection.docs)).unwrap_or_else(|error| panic!("{}.md: {error}", detection.id));
        (detection, all)
    })
}

#[test]
fn every_project_is_reviewed_as_its_page_promises() {
    let mut wrong = Vec::new();
    for (detection, cases) in pages() {
        for case in &cases {
            let place = format!("{}.md:{} ({})", detection.id, case.line, case.name);
            wrong.extend(wrong_in(case, detection).into_iter().map(|error| format!("{place}\n    {error}")));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n\n{}\n", wrong.len(), wrong.join("\n"));
}

/// A page shows what is reported and what only looks similar, and its title is the name of its file.
#[test]
fn every_page_has_what_is_found_and_what_is_not() {
    let mut wrong = Vec::new();
    for (detection, cases) in pages() {
        let is_promised = |case: &&Case| case.expectations().any(|(_, it)| it.rule == detection.id);
        if !cases.iter().any(|case| case.part == "Found" && is_promised(&case)) {
            wrong.push(format!("{}: nothing is found on its page", detection.id));
        }
        if !cases.iter().any(|case| case.part == "Not found") {
            wrong.push(format!("{}: its page has nothing that looks like it", detection.id));
        }
        if cases.iter().filter(|case| case.part == "Not found").any(|case| is_promised(&case)) {
            wrong.push(format!("{}: found where its page says that it isn't", detection.id));
        }
        if detection.docs.lines().next() != Some(&format!("# {}", detection.id)) {
            wrong.push(format!("{}: its page has another title", detection.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every file of a detection is in the list.
#[test]
fn every_page_belongs_to_a_detection() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/review/src/detections");
    let ids: BTreeSet<String> = ALL.iter().map(|it| it.id.replace('-', "_")).collect();
    assert_eq!(ids.len(), ALL.len(), "two detections have one name");
    for group in fs::read_dir(folder).expect("the folder is there").flatten().filter(|it| it.path().is_dir())
    {
        for entry in fs::read_dir(group.path()).expect("it can be listed").flatten() {
            let path = entry.path();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let is_page = path.extension().is_some_and(|it| it == "md");
            assert!(!is_page || ids.contains(&stem), "{} is the page of no detection", path.display());
        }
    }
}

/// A labelled set beside the pages: contradictions, and the same projects with a change that ends them.
#[test]
fn contradictions_are_told_from_what_looks_like_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("contradictions");
    let (mut promised, mut alike, mut missed, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let text = fs::read_to_string(entry.path()).expect("it is text");
        let name = entry.file_name().to_string_lossy().into_owned();
        for case in &cases(&sections(&text)).unwrap_or_else(|error| panic!("{name}: {error}")) {
            let place = format!("{name}:{} ({})", case.line, case.name);
            let mut found: Vec<Claim> = concerns(case);
            found.retain(|it| it.kind == Kind::Contradiction);
            alike += usize::from(case.part == "Not found");
            for (file, expected) in case.expectations() {
                promised += 1;
                let is_it = |it: &Claim| {
                    let is_there =
                        it.places.iter().any(|at| at.path == file.path && at.line == expected.line + 1);
                    it.detection == expected.rule && it.text.contains(&expected.words) && is_there
                };
                match found.iter().position(is_it) {
                    Some(at) => drop(found.remove(at)),
                    None => missed.push(format!("{place}: no {} \"{}\"", expected.rule, expected.words)),
                }
            }
            wrong.extend(found.iter().map(|it| format!("{place}: {} \"{}\"", it.detection, it.text)));
        }
    }
    assert!(promised >= 40 && alike >= 40, "{promised} contradictions, {alike} that look like them");
    assert!(wrong.is_empty(), "false:\n{}\nmissed:\n{}", wrong.join("\n"), missed.join("\n"));
    let recall = 100 * (promised - missed.len()) / promised;
    assert!(recall >= 95, "{recall} % of {promised}; missed:\n{}", missed.join("\n"));
}

/// The patterns of a project, with what is said of the first place.
fn patterns(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let project = TestProject::new(files.iter().copied());
    let snapshot = project.snapshot();
    let of = *snapshot.projects().first().expect("it is a project");
    let found = review::review(&Evidence::collect(&snapshot, of, Vec::new())).patterns.into_iter();
    let note = |it: &review::Pattern| it.places.first().and_then(|it| it.note.clone()).unwrap_or_default();
    found.filter(|it| it.is_sure).map(|it| (it.name.to_owned(), note(&it))).collect()
}

#[test]
fn signals_are_told_with_receivers_and_senders() {
    let signals = "from django.dispatch import Signal\n\nplaced = Signal()\nlost = Signal()\n";
    let listen = "from django.dispatch import receiver\n\nfrom shop.signals import placed\n\n\n@receiver(placed)\n\
                  def mail(sender, **kwargs):\n    return None\n\n\ndef count(sender, **kwargs):\n    return None\n\n\n\
                  placed.connect(count)\n";
    let place = "from shop.signals import lost, placed\n\n\ndef place():\n    placed.send(sender=None)\n    lost.send(sender=None)\n";
    let found =
        patterns(&[("shop/signals.py", signals), ("shop/listen.py", listen), ("shop/place.py", place)]);
    let said = "placed, received by mail and count, sent in 1 place";
    assert_eq!(found, [("signals with receivers".to_owned(), said.to_owned())]);
}

#[test]
fn tasks_are_told_with_the_places_that_start_them() {
    let tasks = "from celery import shared_task\n\n\n@shared_task\ndef mail():\n    return None\n\n\n@shared_task\n\
                 def never():\n    return None\n";
    let place = "from shop.tasks import mail\n\n\ndef place():\n    mail.delay()\n    mail.apply_async()\n";
    let found = patterns(&[("shop/tasks.py", tasks), ("shop/place.py", place)]);
    assert_eq!(found, [("background tasks".to_owned(), "mail, started in 2 places".to_owned())]);
}

#[test]
fn a_decorator_of_the_project_makes_tasks_too() {
    let decorator = "from celery import shared_task\n\n\nclass retried:\n    def __init__(self, **options):\n        \
                     self.options = options\n\n    def __call__(self, function):\n        \
                     return shared_task(**self.options)(function)\n\n\ndef logged(function):\n    return function\n";
    let tasks = "from shop.task import logged, retried\n\n\n@retried(name=\"mail\")\ndef mail():\n    return None\n\n\n\
                 @logged\ndef plain():\n    return None\n";
    let place = "from shop.tasks import mail\n\n\ndef place():\n    mail.delay()\n";
    let found = patterns(&[("shop/task.py", decorator), ("shop/tasks.py", tasks), ("shop/place.py", place)]);
    assert_eq!(found, [("background tasks".to_owned(), "mail, started in 1 place".to_owned())]);
}

#[test]
fn a_saga_takes_back_and_a_mediator_chooses_by_class() {
    let saga = "class Saga:\n    def run(self, steps):\n        done = []\n        try:\n            for step in steps:\n                \
                step.do()\n                done.append(step)\n        except ValueError:\n            for step in reversed(done):\n                \
                step.compensate()\n            raise\n";
    let mediator = "class Mediator:\n    def __init__(self):\n        self.handlers = {}\n\n    def register(self, kind, handler):\n        \
                    self.handlers[kind] = handler\n\n    def send(self, request):\n        handler = self.handlers[type(request)]\n        \
                    return handler(request)\n";
    let alike = "class Form:\n    def undo(self):\n        return None\n\n    def send(self, request):\n        return type(request)\n";
    let found = patterns(&[("shop/saga.py", saga), ("shop/mediator.py", mediator), ("shop/form.py", alike)]);
    let name = |name: &str, class: &str| (name.to_owned(), class.to_owned());
    assert_eq!(found, [name("mediator", "Mediator"), name("saga", "Saga")]);
}

#[test]
fn a_repository_stores_and_a_checkout_of_git_does_not() {
    let orders = "from abc import ABC, abstractmethod\n\nfrom sqlalchemy import select\nfrom sqlalchemy.orm import Session\n\n\n\
                  class OrderRepo(ABC):\n    @abstractmethod\n    def find(self, key): ...\n\n\nclass SqlOrderRepo(OrderRepo):\n    \
                  def __init__(self, session: Session):\n        self.session = session\n\n    def find(self, key):\n        \
                  return self.session.scalar(select(key))\n";
    let git = "from abc import ABC, abstractmethod\n\nimport git\n\n\nclass Repo(ABC):\n    @abstractmethod\n    def is_dirty(self): ...\n\n\n\
               class RemoteRepo(Repo):\n    def is_dirty(self):\n        repo = git.Repo(\".\")\n        repo.index.add(\"a\")\n        \
               return repo.is_dirty()\n";
    let found = patterns(&[("shop/orders.py", orders), ("shop/repos.py", git)]);
    assert_eq!(found, [("repository".to_owned(), "OrderRepo".to_owned())]);
}

#[test]
fn each_function_that_asks_a_cache_and_fills_it_counts() {
    let ask = |name: &str, cache: &str| {
        format!(
            "\n\ndef {name}(key):\n    found = {cache}.get(key)\n    if found is None:\n        found = []\n        \
             {cache}.set(key, found, 60)\n    return found\n"
        )
    };
    let head =
        "from django.core.cache import cache, caches\n\npages = caches[\"pages\"]\nother = {}[\"pages\"]\n";
    let text = [head, &ask("names", "cache"), &ask("shown", "pages"), &ask("kept", "other")].concat();
    let project = TestProject::new([("shop/services.py", text.as_str())]);
    let snapshot = project.snapshot();
    let of = *snapshot.projects().first().expect("it is a project");
    let found = review::review(&Evidence::collect(&snapshot, of, Vec::new())).patterns;
    let notes = found.iter().flat_map(|it| it.places.iter().filter_map(|it| it.note.clone()));
    assert_eq!(notes.collect::<Vec<_>>(), ["names", "shown"]);
}
