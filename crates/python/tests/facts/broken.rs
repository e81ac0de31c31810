//! Code that doesn't parse, as it is while someone types: fewer facts, but no wrong ones.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: Expect) {
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
        "import a\ndef f(\n    import b\n    return 1\n\ndef g():\n    from c import d\n",
        expect![[r#"
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
        "class A:\n    def f(self):\n        x = (1\n        import b\n    def g(self):\n        import c\n",
        expect![[r#"
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
        "x = foo(\nimport a\ndef f():\n    import b\n",
        expect![[r#"
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
        "import a.\nfrom b import\nfrom c import d.e\nfrom  import g\nimport h as\nfrom . import\nimport i\nfrom a import (b,\nimport c, d\n",
        expect![[r#"
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
        "import a\nx = 'abc\nimport b\ny = \"\"\"\nimport c\n",
        expect![[r#"
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
        "import a\ndef f():\ndef g():\n    import b\nif x:\nimport c\nclass\nfor\ntry:\n    import d\n",
        expect![[r#"
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
        "else:\n    import a\nexcept ImportError:\n    import b\n    import c\nimport d\n",
        expect![[r#"
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
        expect![[r#"
        --
        --
        a.b
    "#]],
    );
    check(
        "x = \ny = a +\nz = [b for\nd.e(f, g=)\n",
        expect![[r#"
        --
        --
        d.e
    "#]],
    );
}
