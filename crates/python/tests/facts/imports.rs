//! Import statements and dynamic imports, with their circumstances and places.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&render::imports(text));
}

#[test]
fn every_form() {
    check(
        "import a\nimport a.b, c as d\nimport e.f as g\nfrom h import i\nfrom j.k import (l, m as n,)\nfrom . import o\n\
         from ..p.q import r\nfrom s import *\nfrom ... import *\nfrom __future__ import annotations\nfrom .t \\\n  import u\nimport v . w\n",
        expect![[r#"
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
        "import a\nclass A:\n    import b\n    def f(self):\n        import c\n        class B:\n            import d\n            def g():\n                import e\ndef h():\n    def i():\n        import j\n    import k\n    async def l():\n        import m\n",
        expect![[r#"
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
        "from typing import TYPE_CHECKING as TC\nif TYPE_CHECKING:\n    import a\nif typing.TYPE_CHECKING:\n    import b\nelse:\n    import c\nif t.TYPE_CHECKING and x:\n    import d\nif not TYPE_CHECKING:\n    import e\nelse:\n    import f\nif TC: import g\nif TYPE_CHECKING or x:\n    import h\nif x:\n    import i\nelif TYPE_CHECKING:\n    import j\nelse:\n    import k\nif TYPE_CHECKING:\n    def f():\n        import l\n    class A:\n        import m\nif False:\n    import n\n",
        expect![[r#"
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
        "#]],
    );
}

#[test]
fn optional() {
    check(
        "try:\n    import a\nexcept ImportError:\n    import b\nelse:\n    import c\nfinally:\n    import d\n\
try:\n    import e\nexcept (ValueError, ModuleNotFoundError) as error:\n    import f\nexcept KeyError:\n    import g\n\
try:\n    import h\nexcept:\n    pass\n\
try:\n    import i\n    run()\nexcept Exception:\n    import j\n\
try:\n    import k\n    # only imports\n    from l import m\nexcept Exception as e:\n    import n\n\
try:\n    import o\nexcept ValueError:\n    import p\nfinally:\n    import q\n\
with suppress(ImportError):\n    import r\nwith contextlib.suppress(KeyError):\n    import s\n\
try:\n    def f():\n        import t\nexcept ImportError: pass\n\
try:\n    import u\nexcept ValueError, ImportError:\n    pass\n\
try:\n    import v\nexcept* ImportError:\n    pass\n",
        expect![[r#"
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
        "if x:\n    import a\nelif y:\n    import b\nelse:\n    import c\nfor i in j:\n    import d\nelse:\n    import e\nwhile x:\n    import f\nmatch x:\n    case 1:\n        import g\nwith x:\n    import h\nif x:\n    def f():\n        import i\n        if y: import j\n    class A:\n        import k\n",
        expect![[r#"
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
        "lazy import a\nlazy from b import c, d as e\nimport f\nif x:\n    lazy import g\ndef h():\n    lazy from i import (\n        j,\n    )\n    lazy import k\nx = 1; lazy import l\nlazy = 1\nimport m\nx = lazy\nimport n\nclass A: lazy import o\n",
        expect![[r#"
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
        "import importlib\nimport importlib as il\nfrom importlib import import_module, import_module as load\nfrom django.utils.module_loading import import_string\n\
importlib.import_module('a.b')\nil.import_module('c')\nimport_module('.d', package='e')\nload(name='f')\n__import__('g.h')\nimport_string('i.j.K')\n\
importlib.import_module(name)\nimportlib.import_module(f'a.{b}')\nother.import_module('no')\nimport_module()\nimport_module('')\nimportlib.reload('no')\n\
def f():\n    x = [import_module('l') for _ in y]\n    import m\n    if x: return lambda: load('n')\n\
import_module('o' 'p')\nimport_module(r'''q''')\nimport_module(b'no')\n",
        expect![[r#"
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
        "import_module('a')\nimport_string('b')\nimportlib.import_module('c')\n",
        expect![[r#"
        0 dynamic c
    "#]],
    );
}

/// Each span as the text that it covers.
fn check_spans(text: &str, expected: Expect) {
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
        "import a.b as c, d\nfrom ..e import f as g, h\nfrom . import i\nfrom j import *\nfrom __future__ import k\nlazy from l import m\nif x: import_module('n'); __import__('o', x)\nfrom p import (\n    q,\n)\n",
        expect![[r#"
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
