//! Code that doesn't parse, as it occurs while typing: fewer facts, but no wrong ones.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&format!(
        "{}--\n{}--\n{}",
        render::imports(text),
        render::definitions(text),
        render::bodies(text)
    ));
}

#[test]
fn unclosed_brackets() {
    check(
        r#"import a
def f(
    import b
    return 1

def g():
    from c import d
"#,
        &expect![[r#"
        0 import a
        1 import b  (conditional)
        2 from c import d  (in g())
        --
        def g()  in module
        --
        module:
          <import a>
          <import b>
          return 1
          <def g>
        g():
          <from c import d>
    "#]],
    );
    check(
        r#"class A:
    def f(self):
        x = (1
        import b
    def g(self):
        import c
"#,
        &expect![[r#"
            0 import c  (in g())
            --
            class A()  in module
            def f(self)  in A
            def g(self)  in A
            --
            module:
              <class A>
            A:
              <def f>
              <def g>
            f():
            g():
              <import c>
        "#]],
    );
    check(
        r#"x = foo(
import a
def f():
    import b
"#,
        &expect![[r#"
        0 import a
        1 import b  (in f())
        --
        def f()  in module
        --
        module:
          <import a>
          <def f>
        f():
          <import b>
    "#]],
    );
}

#[test]
fn unfinished_imports() {
    check(
        r#"import a.
from b import
from c import d.e
from  import g
import h as
from . import
import i
from a import (b,
import c, d
"#,
        &expect![[r#"
            0 from c import d.e
            2 import i
            --
            only re-exports
            --
            <from c import d.e>
            <import i>
        "#]],
    );
}

#[test]
fn unclosed_strings() {
    check(
        r#"import a
x = 'abc
import b
y = """
import c
"#,
        &expect![[r#"
        0 import a
        1 import b
        --
        x = abc  in module
        y = c  in module
        --
        <import a>
        x = abc
        <import b>
        y = c
    "#]],
    );
}

#[test]
fn missing_blocks() {
    check(
        r#"import a
def f():
def g():
    import b
if x:
import c
class
for
try:
    import d
"#,
        &expect![[r#"
            0 import a
            1 import b  (in g())
            2 import c
            3 import d  (conditional)
            --
            def f()  in module
            def g()  in module
            --
            module:
              <import a>
              <def f>
              <def g>
              if x
              <import c>
              try
                <import d>
            f():
            g():
              <import b>
        "#]],
    );
}

#[test]
fn stray_clauses() {
    check(
        r#"else:
    import a
except ImportError:
    import b
    import c
import d
"#,
        &expect![[r#"
        0 import a  (conditional)
        1 import b  (conditional)
        2 import c  (conditional)
        3 import d
        --
        only re-exports
        --
        <import a>
        <import b>
        <import c>
        <import d>
    "#]],
    );
}

#[test]
fn half_expressions() {
    check(
        "a.\nb(c, \n",
        &expect![[r#"
        --
        --
        a.b
    "#]],
    );
    check(
        r#"x = 
y = a +
z = [b for
d.e(f, g=)
"#,
        &expect![[r#"
        --
        --
        d.e
    "#]],
    );
}
