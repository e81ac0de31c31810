#![allow(clippy::unwrap_used)]

use source::{Span, TextEdit, apply_edits};

use super::*;
use crate::fixture::{Fixture, ROOT};

/// Modules that `shop/app/own.py` may import from.
const SHOP: &str = "//- pyproject.toml
//- shop/__init__.py
//- shop/app/__init__.py
//- shop/app/near.py
class Near: ...
//- shop/far.py
class Far: ...
class Other: ...
//- shop/reexport.py
from shop.far import Far
";

/// The text of `shop/app/own.py` after `work`; `None` if it gave up.
fn after(own: &str, work: impl Fn(&mut FileRewrite<'_>) -> Option<()>) -> Option<String> {
    after_in("shop/app/own.py", own, work)
}

fn after_in(path: &str, own: &str, work: impl Fn(&mut FileRewrite<'_>) -> Option<()>) -> Option<String> {
    let fixture = Fixture::new(&format!("{SHOP}//- {path}\n{own}"));
    let cx = fixture.context(path);
    let mut rewrite = Rewrite::of(&cx, Abilities::ALL);
    work(rewrite.own())?;
    let text = rewrite.own().text().to_owned();
    // The resulting edits produce the text.
    let edits = rewrite.finish().map(|changes| changes.edits[0].edits.clone()).unwrap_or_default();
    assert_eq!(apply_edits(own, &edits).unwrap(), text);
    Some(text)
}

const FAR: Import<'static> = Import { module: "shop.far", name: "Far", home: Home::Project };
const NEAR: Import<'static> = Import { module: "shop.app.near", name: "Near", home: Home::Project };
const PROTOCOL: Import<'static> = Import { module: "typing", name: "Protocol", home: Home::Standard };
const SESSION: Import<'static> = Import { module: "sqlalchemy.orm", name: "Session", home: Home::ThirdParty };

#[test]
fn imports_go_beside_their_like() {
    let cases: &[(Import<'_>, &str, &str)] = &[
        (FAR, "", "from shop.far import Far\n"),
        (FAR, "x = 1\n", "from shop.far import Far\n\nx = 1\n"),
        (FAR, "x = 1", "from shop.far import Far\n\nx = 1"),
        (FAR, "\"\"\"Doc.\"\"\"\n", "\"\"\"Doc.\"\"\"\n\nfrom shop.far import Far\n"),
        (FAR, "class A: ...\n", "from shop.far import Far\n\n\nclass A: ...\n"),
        // Into an existing statement of the same module, in order.
        (FAR, "from shop.far import Other\n", "from shop.far import Far, Other\n"),
        (FAR, "from shop.far import (\n    Other,\n)\n", "from shop.far import (\n    Far,\n    Other,\n)\n"),
        // Already imported, possibly through re-exports.
        (FAR, "from shop.far import Far\n", "from shop.far import Far\n"),
        (FAR, "from shop.reexport import Far\n", "from shop.reexport import Far\n"),
        // Constants, classes, functions; or purely alphabetical, if that is the order.
        (
            PROTOCOL,
            "from typing import TYPE_CHECKING, overload\n",
            "from typing import TYPE_CHECKING, Protocol, overload\n",
        ),
        (PROTOCOL, "from typing import Any, cast, Self\n", "from typing import Any, cast, Protocol, Self\n"),
        (
            PROTOCOL,
            "import re\nfrom abc import ABC\n",
            "import re\nfrom abc import ABC\nfrom typing import Protocol\n",
        ),
        (
            PROTOCOL,
            "from __future__ import annotations\n",
            "from __future__ import annotations\n\nfrom typing import Protocol\n",
        ),
        (
            SESSION,
            "import os\n\nfrom shop.far import Other\n",
            "import os\n\nfrom sqlalchemy.orm import Session\n\nfrom shop.far import Other\n",
        ),
        // Line endings are kept.
        (FAR, "import os\r\n\r\nx = 1\r\n", "import os\r\n\r\nfrom shop.far import Far\r\n\r\nx = 1\r\n"),
    ];
    for (wanted, own, expected) in cases {
        let text = after(own, |file| file.import(*wanted, At::RunTime).map(|_| ()));
        assert_eq!(text.as_deref(), Some(*expected), "{wanted:?} in {own:?}");
    }
}

#[test]
fn lines_that_were_broken_by_hand() {
    let cases: &[(&str, &str)] = &[
        // In no order.
        (
            "from typing import (Self,\n                    Any, cast)\n",
            "from typing import (Self,\n                    Any, cast, Protocol)\n",
        ),
        // In order.
        (
            "from typing import (Any,\n                    cast,\n                    Self, TypeVar)\n",
            "from typing import (Any,\n                    cast,\n                    Protocol, Self, TypeVar)\n",
        ),
        // The last line is full.
        (
            "from typing import (SupportsAbs,\n    Any, SupportsBytes, SupportsComplex, SupportsFloat, SupportsIndex, SupportsInt)\n",
            "from typing import (SupportsAbs,\n    Any, SupportsBytes, SupportsComplex, SupportsFloat, SupportsIndex, SupportsInt,\n    Protocol)\n",
        ),
    ];
    for (own, expected) in cases {
        let text = after(own, |file| file.import(PROTOCOL, At::RunTime).map(|_| ()));
        assert_eq!(text.as_deref(), Some(*expected));
    }
}

#[test]
fn relative_imports_where_they_are_the_style() {
    let style = "from .near import Near\n";
    let cases: &[(Import<'_>, &str)] = &[
        (FAR, "from ..far import Far\nfrom .near import Near\n"),
        (PROTOCOL, "from typing import Protocol\n\nfrom .near import Near\n"),
    ];
    for (wanted, expected) in cases {
        let text = after(style, |file| file.import(*wanted, At::RunTime).map(|_| ()));
        assert_eq!(text.as_deref(), Some(*expected), "{wanted:?}");
    }
    // In a package's `__init__`, relative imports have one dot less.
    let text = after_in("shop/app/__init__.py", "from ..far import Other\n", |file| {
        file.import(NEAR, At::RunTime).map(|_| ())
    });
    assert_eq!(text.as_deref(), Some("from ..far import Other\nfrom .near import Near\n"));
}

#[test]
fn names_that_are_taken() {
    let own = "def Far(): ...\n";
    let text = after(own, |file| {
        assert_eq!(file.import(FAR, At::RunTime).as_deref(), Some("FarFar"));
        Some(())
    });
    assert_eq!(text.unwrap(), "from shop.far import Far as FarFar\n\n\ndef Far(): ...\n");
    // Even the alias is taken, or the bound names are unknown.
    for own in ["Far = FarFar = 1\n", "from somewhere import *\n"] {
        assert_eq!(after(own, |file| file.import(FAR, At::RunTime).map(|_| ())), None, "{own}");
    }
    // An existing alias is used.
    let own = "from shop.far import Far as F\n";
    let text = after(own, |file| {
        assert_eq!(file.import(FAR, At::RunTime).as_deref(), Some("F"));
        Some(())
    });
    assert_eq!(text.as_deref(), Some(own));
}

#[test]
fn imports_for_type_checkers() {
    let guarded =
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.far import Other\n\nx: Other\n";
    let cases: &[(At, &str, &str)] = &[
        (
            At::TypeChecking,
            "import os\n",
            "import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.far import Far\n",
        ),
        (
            At::TypeChecking,
            guarded,
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.far import Far, Other\n\nx: Other\n",
        ),
        // A run-time import serves type checkers too.
        (At::TypeChecking, "from shop.far import Far\n", "from shop.far import Far\n"),
        // An import for type checkers is needed at run time.
        (
            At::RunTime,
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.far import Far\n\nx: \"Far\"\n",
            "from shop.far import Far\n\nx: \"Far\"\n",
        ),
    ];
    for (at, own, expected) in cases {
        let text = after(own, |file| file.import(FAR, *at).map(|_| ()));
        assert_eq!(text.as_deref(), Some(*expected), "{own:?}");
    }
}

#[test]
fn modules() {
    let import = |own: &str, module: &'static str, alias: Option<&'static str>| {
        after(own, |file| file.import_module(module, alias, Home::ThirdParty, At::RunTime))
    };
    assert_eq!(import("", "sqlalchemy", Some("sa")).unwrap(), "import sqlalchemy as sa\n");
    let known = "import sqlalchemy as sa\n";
    assert_eq!(import(known, "sqlalchemy", Some("sa")).unwrap(), known);
    assert_eq!(import("sa = 1\n", "sqlalchemy", Some("sa")), None);
    // Both bind `google`.
    let text = import("import google.auth\n", "google.cloud", None).unwrap();
    assert!(text.contains("import google.auth\n") && text.contains("import google.cloud\n"), "{text}");
}

#[test]
fn imports_that_nobody_uses() {
    let cases: &[(&str, &str)] = &[
        ("from shop.far import Far\n\nx = 1\n", "\nx = 1\n"),
        ("from shop.far import Far, Other\n\nx = Other\n", "from shop.far import Other\n\nx = Other\n"),
        (
            "from shop.far import (\n    Far,\n    Other,\n)\nOther\n",
            "from shop.far import (\n    Other,\n)\nOther\n",
        ),
        (
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.far import Far\n\nx = 1\n",
            "\nx = 1\n",
        ),
        // Still used.
        ("from shop.far import Far\n\nx: \"Far\"\n", "from shop.far import Far\n\nx: \"Far\"\n"),
        (
            "from shop.far import Far\n\n__all__ = [\"Far\"]\n",
            "from shop.far import Far\n\n__all__ = [\"Far\"]\n",
        ),
        ("from shop.far import Far as Far\n", "from shop.far import Far as Far\n"),
        ("from shop.far import Far  # noqa: F401\n", "from shop.far import Far  # noqa: F401\n"),
    ];
    for (own, expected) in cases {
        let text = after(own, |file| file.drop_unused("Far"));
        assert_eq!(text.unwrap().trim_start(), expected.trim_start(), "{own:?}");
    }
    // Another module imports it from here.
    let fixture = Fixture::new(SHOP);
    let cx = fixture.context("shop/reexport.py");
    let mut rewrite = Rewrite::of(&cx, Abilities::ALL);
    rewrite.own().drop_unused("Far").unwrap();
    assert!(rewrite.finish().is_some());
    let fixture = Fixture::new(&format!("{SHOP}//- shop/taker.py\nfrom shop.reexport import Far\n"));
    let cx = fixture.context("shop/reexport.py");
    let mut rewrite = Rewrite::of(&cx, Abilities::ALL);
    rewrite.own().drop_unused("Far").unwrap();
    assert_eq!(rewrite.finish(), None);
}

#[test]
fn modules_that_are_not_there_yet() {
    let fixture = Fixture::new(&format!("{SHOP}//- shop/app/own.py\nfrom .near import Near\r\n"));
    let cx = fixture.context("shop/app/own.py");
    let beside = fixture.context("shop/app/near.py").id;
    let path = format!("{ROOT}/shop/app/ports.py");
    let mut rewrite = Rewrite::of(&cx, Abilities::ALL);
    let new = rewrite.new_module(path.clone(), "shop.app.ports", beside).unwrap();
    new.import(FAR, At::RunTime).unwrap();
    new.import(NEAR, At::RunTime).unwrap();
    new.append("class A: ...\n").unwrap();
    let own = Import { module: "shop.app.ports", name: "A", home: Home::Project };
    assert_eq!(new.import(own, At::RunTime).as_deref(), Some("A"));
    rewrite.own().import(own, At::RunTime).unwrap();
    let changes = rewrite.finish().unwrap();
    assert_eq!(changes.created.len(), 1);
    assert_eq!(changes.created[0].path, path);
    assert_eq!(
        changes.created[0].contents,
        "from ..far import Far\r\nfrom .near import Near\r\n\r\n\r\nclass A: ...\r\n"
    );
    assert_eq!(changes.edits[0].edits[0].insert.trim(), "from .ports import A");
    // `None` if the file exists, or none can be created.
    let mut rewrite = Rewrite::of(&cx, Abilities::ALL);
    assert!(rewrite.new_module(format!("{ROOT}/shop/far.py"), "shop.far", beside).is_none());
    let mut rewrite = Rewrite::of(&cx, Abilities { create_files: false });
    assert!(rewrite.new_module(path, "shop.app.ports", beside).is_none());
}

#[test]
fn members_of_classes() {
    let members = "def f(self) -> int:\n    return 1\n\nx: int\n";
    let cases: &[(&str, Option<&str>)] = &[
        ("class A: ...\n", Some("class A:\n    def f(self) -> int:\n        return 1\n\n    x: int\n")),
        ("class A:\n    pass\n", Some("class A:\n    def f(self) -> int:\n        return 1\n\n    x: int\n")),
        (
            "class A:\n  y = 1\nz = 2\n",
            Some("class A:\n  y = 1\n\n  def f(self) -> int:\n      return 1\n\n  x: int\nz = 2\n"),
        ),
        (
            "class A:\n    y = 1",
            Some("class A:\n    y = 1\n\n    def f(self) -> int:\n        return 1\n\n    x: int"),
        ),
        ("class A: y = 1\n", None),
    ];
    for (own, expected) in cases {
        let text = after(own, |file| {
            let class = file.class("A")?;
            file.add_members(class, members)
        });
        assert_eq!(text.as_deref(), *expected, "{own:?}");
    }
}

#[test]
fn definitions_and_all() {
    let text = after("__all__ = [\n    'B',\n]\n\nif __name__ == \"__main__\":\n    run()\n", |file| {
        file.append("class A: ...\n")?;
        file.export("A")
    });
    let expected =
        "__all__ = [\n    'B',\n    'A',\n]\n\nclass A: ...\n\n\nif __name__ == \"__main__\":\n    run()\n";
    assert_eq!(text.as_deref(), Some(expected));
    let text = after("import os\n# About B.\n@os\nclass B: ...\n", |file| {
        let class = file.class("B")?;
        file.put_above(class, "class A: ...\n")
    });
    assert_eq!(text.as_deref(), Some("import os\nclass A: ...\n\n\n# About B.\n@os\nclass B: ...\n"));
}

#[test]
fn edits_are_small_and_do_not_touch() {
    let (before, after) = ("aé\nb\nc\n", "aé\nx\nb\n");
    let edits = edits_between(before, after);
    assert_eq!(apply_edits(before, &edits).as_deref(), Some(after));
    assert!(edits.windows(2).all(|pair| pair[0].span.end < pair[1].span.start), "{edits:?}");
    assert_eq!(edits_between("a", "a"), []);
    let all = TextEdit { span: Span::new(0, 0), insert: "a".to_owned() };
    assert_eq!(edits_between("", "a"), [all]);
}
