//! Import statements and dynamic imports, with their contexts and positions.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&render::imports(text));
}

#[test]
fn every_form() {
    check(
        r#"import a
import a.b, c as d
import e.f as g
from h import i
from j.k import (l, m as n,)
from . import o
from ..p.q import r
from s import *
from ... import *
from __future__ import annotations
from .t \
  import u
import v . w
"#,
        &expect![[r#"
            0 import a
            1 import a.b
            1 import c as d
            2 import e.f as g
            3 from h import i
            4 from j.k import l
            4 from j.k import m as n
            5 from . import o
            6 from ..p.q import r
            7 from s import *
            8 from ... import *
            9 from __future__ import annotations
            10 from .t import u
            11 import v.w
        "#]],
    );
}

#[test]
fn scopes() {
    check(
        r#"import a
class A:
    import b
    def f(self):
        import c
        class B:
            import d
            def g():
                import e
def h():
    def i():
        import j
    import k
    async def l():
        import m
"#,
        &expect![[r#"
            0 import a
            1 import b  (in A)
            2 import c  (in f())
            3 import d  (in B, run by f())
            4 import e  (in g())
            5 import j  (in i())
            6 import k  (in h())
            7 import m  (in l())
        "#]],
    );
}

#[test]
fn type_checking() {
    check(
        r#"from typing import TYPE_CHECKING as TC
if TYPE_CHECKING:
    import a
if typing.TYPE_CHECKING:
    import b
else:
    import c
if t.TYPE_CHECKING and x:
    import d
if not TYPE_CHECKING:
    import e
else:
    import f
if TC: import g
if TYPE_CHECKING or x:
    import h
if x:
    import i
elif TYPE_CHECKING:
    import j
else:
    import k
if TYPE_CHECKING:
    def f():
        import l
    class A:
        import m
if False:
    import n
if MYPY:
    import o
if "__main__" == __name__:
    import p
    def g():
        import q
elif __name__ == "other":
    import r
"#,
        &expect![[r#"
            0 from typing import TYPE_CHECKING as TC
            1 import a  (type checking)
            2 import b  (type checking)
            3 import c
            4 import d  (type checking)
            5 import e
            6 import f  (type checking)
            7 import g  (type checking)
            8 import h  (conditional)
            9 import i  (conditional)
            10 import j  (type checking, conditional)
            11 import k  (conditional)
            12 import l  (in f(), type checking)
            13 import m  (in A, type checking)
            14 import n  (type checking)
            15 import o  (type checking)
            16 import p  (conditional, main)
            17 import q  (in g())
            18 import r  (conditional)
        "#]],
    );
}

#[test]
fn optional() {
    check(
        r#"try:
    import a
except ImportError:
    import b
else:
    import c
finally:
    import d
try:
    import e
except (ValueError, ModuleNotFoundError) as error:
    import f
except KeyError:
    import g
try:
    import h
except:
    pass
try:
    import i
    run()
except Exception:
    import j
try:
    import k
    # only imports
    from l import m
except Exception as e:
    import n
try:
    import o
except ValueError:
    import p
finally:
    import q
with suppress(ImportError):
    import r
with contextlib.suppress(KeyError):
    import s
try:
    def f():
        import t
except ImportError: pass
try:
    import u
except ValueError, ImportError:
    pass
try:
    import v
except* ImportError:
    pass
"#,
        &expect![[r#"
            0 import a  (optional)
            1 import b  (optional)
            2 import c  (optional)
            3 import d
            4 import e  (optional)
            5 import f  (optional)
            6 import g  (conditional)
            7 import h  (optional)
            8 import i  (conditional)
            9 import j  (conditional)
            10 import k  (optional)
            11 from l import m  (optional)
            12 import n  (optional)
            13 import o  (conditional)
            14 import p  (conditional)
            15 import q
            16 import r  (optional)
            17 import s
            18 import t  (in f())
            19 import u  (optional)
            20 import v  (optional)
        "#]],
    );
}

#[test]
fn conditional() {
    check(
        r#"if x:
    import a
elif y:
    import b
else:
    import c
for i in j:
    import d
else:
    import e
while x:
    import f
match x:
    case 1:
        import g
with x:
    import h
if x:
    def f():
        import i
        if y: import j
    class A:
        import k
"#,
        &expect![[r#"
            0 import a  (conditional)
            1 import b  (conditional)
            2 import c  (conditional)
            3 import d  (conditional)
            4 import e  (conditional)
            5 import f  (conditional)
            6 import g  (conditional)
            7 import h
            8 import i  (in f())
            9 import j  (in f(), conditional)
            10 import k  (in A, conditional)
        "#]],
    );
}

#[test]
fn lazy() {
    check(
        r#"lazy import a
lazy from b import c, d as e
import f
if x:
    lazy import g
def h():
    lazy from i import (
        j,
    )
    lazy import k
x = 1; lazy import l
lazy = 1
import m
x = lazy
import n
class A: lazy import o
"#,
        &expect![[r#"
            0 import a  (lazy)
            1 from b import c  (lazy)
            1 from b import d as e  (lazy)
            2 import f
            3 import g  (conditional, lazy)
            4 from i import j  (in h(), lazy)
            5 import k  (in h(), lazy)
            6 import l  (lazy)
            7 import m
            8 import n
            9 import o  (in A, lazy)
        "#]],
    );
}

#[test]
fn dynamic() {
    check(
        r#"import importlib
import importlib as il
from importlib import import_module, import_module as load
from django.utils.module_loading import import_string
importlib.import_module('a.b')
il.import_module('c')
import_module('.d', package='e')
load(name='f')
__import__('g.h')
import_string('i.j.K')
importlib.import_module(name)
importlib.import_module(f'a.{b}')
other.import_module('no')
import_module()
import_module('')
importlib.reload('no')
def f():
    x = [import_module('l') for _ in y]
    import m
    if x: return lambda: load('n')
import_module('o' 'p')
import_module(r'''q''')
import_module(b'no')
"#,
        &expect![[r#"
            0 import importlib
            1 import importlib as il
            2 from importlib import import_module
            2 from importlib import import_module as load
            3 from django.utils.module_loading import import_string
            4 dynamic a.b
            5 dynamic c
            6 dynamic .d
            7 dynamic f
            8 dynamic g.h
            9 dynamic i.j.K
            10 dynamic l  (in f())
            11 import m  (in f())
            12 dynamic n  (in f(), conditional)
            13 dynamic op
            14 dynamic q
        "#]],
    );
}

#[test]
fn an_unknown_loader_is_not_one() {
    check(
        r#"import_module('a')
import_string('b')
importlib.import_module('c')
"#,
        &expect![[r#"
        0 dynamic c
    "#]],
    );
}

/// Each span as the text that it covers.
fn check_spans(text: &str, expected: &Expect) {
    let module = render::module(text);
    let mut out = String::new();
    for spans in &module.spans.imports {
        let [statement, module, name, item] =
            [spans.statement, spans.module, spans.name, spans.item].map(|span| render::slice(text, span));
        out.push_str(&format!("{statement:?} module {module:?} name {name:?} item {item:?}\n"));
    }
    expected.assert_eq(&out);
}

#[test]
fn places() {
    check_spans(
        r#"import a.b as c, d
from ..e import f as g, h
from . import i
from j import *
from __future__ import k
lazy from l import m
if x: import_module('n'); __import__('o', x)
from p import (
    q,
)
"#,
        &expect![[r#"
            "import a.b as c, d" module "a.b" name "a.b" item "a.b as c"
            "import a.b as c, d" module "d" name "d" item "d"
            "from ..e import f as g, h" module "..e" name "f" item "f as g"
            "from ..e import f as g, h" module "..e" name "h" item "h"
            "from . import i" module "." name "i" item "i"
            "from j import *" module "j" name "*" item "*"
            "from __future__ import k" module "__future__" name "k" item "k"
            "lazy from l import m" module "l" name "m" item "m"
            "__import__('o', x)" module "'o'" name "'o'" item "'o'"
            "from p import (\n    q,\n)" module "p" name "q" item "q"
        "#]],
    );
}

#[test]
fn insertion() {
    let cases = [
        ("", 0),
        ("x = 1\n", 0),
        ("import a\n", 0),
        ("\"\"\"doc\"\"\"\n\nimport a\n", 11),
        ("\"\"\"doc\"\"\"\nx = 1\n", 10),
        ("\"\"\"doc\"\"\"", 9),
        ("\"\"\"doc\"\"\"; import a\nx = 1\n", 20),
        ("#!/usr/bin/env python\n# coding: utf-8\nx = 1\n", 38),
        ("# licence\n# more\n\nimport a\n", 18),
        ("# licence\n# more\n\nx = 1\n", 17),
        ("# about x\nx = 1\n", 0),
        ("\"\"\"doc\"\"\"\nfrom __future__ import annotations\n\n# first\nimport a\n", 54),
        ("from __future__ import annotations\nx = 1\n", 35),
        ("from __future__ import (\n    annotations,\n)\nx = 1\n", 44),
        ("\n\nif x:\n    import a\n", 0),
    ];
    for (text, expected) in cases {
        assert_eq!(render::module(text).spans.import_insertion, expected, "{text}");
    }
}
