#![allow(clippy::unwrap_used)]

use camino::Utf8Path;
use source::apply_edits;
use view::Context;

use super::*;
use crate::fixture::{Fixture, ROOT};
use crate::{Abilities, Changes};

/// The texts of the files that changes edit and create, each below its path.
fn texts(cx: &Context<'_>, changes: &Changes) -> String {
    let mut all: Vec<(String, String)> = Vec::new();
    for edited in &changes.edits {
        let path = edited.file.path(cx.db).clone();
        let before = source::query::text(cx.db, edited.file);
        all.push((path.to_string(), apply_edits(before.as_str(), &edited.edits).unwrap()));
    }
    all.extend(changes.created.iter().map(|file| (file.path.to_string(), file.contents.clone())));
    all.sort();
    let shown = all.iter().map(|(path, text)| {
        format!("//- {}\n{text}", Utf8Path::new(path).strip_prefix(ROOT).unwrap_or(Utf8Path::new(path)))
    });
    shown.collect()
}

/// The files after a move of `name` from `shop/sync.py` to `shop.index`, and the notes; or the reason against it.
fn moved(files: &str, name: &str) -> String {
    let fixture = Fixture::new(&format!("//- pyproject.toml\n//- shop/__init__.py\n{files}"));
    let cx = fixture.context("shop/sync.py");
    let wanted = SymbolMove { name, target: "shop.index", with_helpers: false };
    match move_symbol(&cx, wanted, Abilities::ALL) {
        Ok(changes) => format!("{}{}", texts(&cx, &changes), changes.notes.join("\n")),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn code_that_logs_gets_a_logger_of_its_new_module() {
    let sync = "import logging

logger = logging.getLogger(__name__)


class Index:
    def warn(self):
        logger.warning(\"orphans\")


def synchronize():
    logger.info(\"start\")
    return Index()
";
    let left = "//- shop/sync.py
import logging

from shop.index import Index

logger = logging.getLogger(__name__)


def synchronize():
    logger.info(\"start\")
    return Index()
";
    let index = "class Index:
    def warn(self):
        logger.warning(\"orphans\")
";
    let note = "`Index` logs as `shop.index`";
    let head = "import logging\n\nlogger = logging.getLogger(__name__)\n\n\n";
    let moved_to = |files: &str| moved(&format!("//- shop/sync.py\n{sync}{files}"), "Index");
    assert_eq!(moved_to(""), format!("//- shop/index.py\n{head}{index}{left}{note}"));
    // Into a module that has none, and one that has.
    let other = "def other(): ...\n";
    assert_eq!(
        moved_to(&format!("//- shop/index.py\n{other}")),
        format!("//- shop/index.py\n{head}{other}\n\n{index}{left}{note}")
    );
    let with_own = format!("{head}{other}");
    assert_eq!(
        moved_to(&format!("//- shop/index.py\n{with_own}")),
        format!("//- shop/index.py\n{with_own}\n\n{index}{left}{note}")
    );
}

#[test]
fn a_logger_of_its_own_name_is_one_object() {
    let refused = "it would close a cycle at import time: `shop.sync → shop.index → shop.sync` (it needs `logger` of shop.sync)";
    for made in [
        "logger = logging.getLogger(\"shop.audit\")",
        "logger = logging.getLogger(__name__)\nlogger.addHandler(logging.StreamHandler())",
        "logger = logging.getLogger(__name__)\n\n\ndef configure():\n    logger.setLevel(10)",
    ] {
        let sync = format!(
            "import logging

{made}


class Index:
    def warn(self):
        logger.warning(\"orphans\")


def synchronize():
    return Index()
"
        );
        assert_eq!(moved(&format!("//- shop/sync.py\n{sync}"), "Index"), refused, "{made}");
    }
}

/// `shop/views.py` after a file moves.
fn view_after(view: &str, (old, new): (&str, &str)) -> String {
    let fixture = Fixture::new(&format!(
        "//- pyproject.toml
[tool.ruff.lint]
select = [\"I\"]
//- shop/__init__.py
//- shop/strings.py
def strip(text): ...
//- shop/tasks.py
def run(): ...
//- shop/storage/__init__.py
//- shop/storage/exceptions.py
//- shop/storage/generators.py
LIMIT = 3
//- shop/views.py
{view}"
    ));
    let cx = fixture.context("shop/views.py");
    let path = |it: &str| Utf8Path::new(ROOT).join(it);
    let changes = move_files(cx.db, cx.project, &[(path(old), path(new))], Abilities::ALL);
    let edited = changes.edits.iter().find(|edited| edited.file == cx.file).unwrap();
    apply_edits(view, &edited.edits).unwrap()
}

#[test]
fn imports_stay_sorted_when_a_module_gets_another_name() {
    let strings = ("shop/strings.py", "shop/texts.py");
    let generators = ("shop/storage/generators.py", "shop/storage/ids.py");
    let cases = [
        (
            "from .strings import strip\nfrom .tasks import run\n\nprint(strip, run)\n",
            strings,
            "from .tasks import run\nfrom .texts import strip\n\nprint(strip, run)\n",
        ),
        // It was in no order before.
        (
            "from .tasks import run\nfrom .strings import strip\n\nprint(strip, run)\n",
            strings,
            "from .tasks import run\nfrom .texts import strip\n\nprint(strip, run)\n",
        ),
        (
            "from .tasks import run\nfrom . import tasks\nfrom .strings import strip\n",
            strings,
            "from .tasks import run\nfrom . import tasks\nfrom .texts import strip\n",
        ),
        // What a comment is about isn't known.
        (
            "from .strings import strip\n\n# Work\nfrom .tasks import run\n",
            strings,
            "from .texts import strip\n\n# Work\nfrom .tasks import run\n",
        ),
        (
            "from shop.storage import exceptions, generators\n\nids = [generators.LIMIT, exceptions]\n",
            generators,
            "from shop.storage import exceptions\nfrom shop.storage import ids as generators\n\nids = [generators.LIMIT, exceptions]\n",
        ),
        (
            "from shop.storage import exceptions, generators\n\nprint(generators.LIMIT, exceptions)\n",
            ("shop/storage/generators.py", "shop/storage/counted.py"),
            "from shop.storage import counted, exceptions\n\nprint(counted.LIMIT, exceptions)\n",
        ),
    ];
    for (view, move_, expected) in cases {
        assert_eq!(view_after(view, move_), expected, "{view}");
    }
}
