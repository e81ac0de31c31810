//! Where imported names are used.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&render::uses(text));
}

#[test]
fn contexts() {
    check(
        "from m import A\nimport n.o\nimport p\nA\nA()\nA.b.c\nn.o.f(A)\nraise A\nraise A('x') from p\ntry: pass\nexcept A: pass\nexcept (A, p.E) as e: pass\n@A\n@p.route('/', A)\nclass B(A, p.C[A], metaclass=A, table=A): pass\n@A()\ndef f(x: A = A, y: 'A' = p.q(A)) -> list[A]: return A\nx: A = A\nA.b = 1\nA[0] = p\np.x.y().z\n[A for i in A]\nwith A as a: pass\nassert A, p.x\nf'{A.x}{p:{A}}'\ntype X = A | 'p.T'\n",
        expect![[r#"
            4: A Value <- from m import A
            5: A Call <- from m import A
            6: A.b.c .b.c Value <- from m import A
            7: n.o.f .o.f Call <- import n.o
            7: A Value <- from m import A
            8: A Raise <- from m import A
            9: A Raise <- from m import A
            9: p Value <- import p
            11: A Except <- from m import A
            12: A Except <- from m import A
            12: p.E .E Except <- import p
            13: A Decorator <- from m import A
            14: p.route .route Decorator <- import p
            14: A Value <- from m import A
            15: A Base <- from m import A
            15: p.C .C Base <- import p
            15: A Value <- from m import A
            15: A Base <- from m import A
            15: A Value <- from m import A
            16: A Decorator <- from m import A
            17: A Annotation <- from m import A
            17: A Default <- from m import A
            17: A Annotation <- from m import A
            17: p.q .q Default <- import p
            17: A Default <- from m import A
            17: A Annotation <- from m import A
            17: A Value in f() <- from m import A
            18: A Annotation <- from m import A
            18: A Value <- from m import A
            19: A.b .b Value <- from m import A
            20: A Value <- from m import A
            20: p Value <- import p
            21: p.x.y .x.y Call <- import p
            22: A Value <- from m import A
            22: A Value <- from m import A
            23: A Value <- from m import A
            24: A Value <- from m import A
            24: p.x .x Value <- import p
            25: A.x .x Value <- from m import A
            25: p Value <- import p
            25: A Value <- from m import A
            26: A Annotation <- from m import A
            26: p.T .T Annotation <- import p
        "#]],
    );
}

#[test]
fn scopes() {
    check(
        "import a, b, c, d\nfrom x import e\ndef f(a, *b, **c):\n    a, b, c, d\n    e = 1\n    e\nclass K:\n    from y import b\n    b\n    def g(self): return b\n    d = d\ndef h():\n    import a\n    def i(): return a\n    return a\nlambda a: a, b\n[a for a in a]\n{b: c for b in c for c in b}\ndef j():\n    global a\n    a\n    for c in d: c\n    with d as b: b\n    try: pass\n    except d as d: d\ndef k(): \n    e\n    def e(): pass\ndef l():\n    if (e := 1): e\n    del a\n",
        expect![[r#"
            4: d Value in f() <- import d
            9: b Value <- from y import b
            10: b Value in g() <- import b
            11: d Value <- import d
            14: a Value in i() <- import a
            15: a Value in h() <- import a
            16: b Value <- import b
            17: a Value <- import a
            18: c Value <- import c
            21: a Value in j() <- import a
        "#]],
    );
}

#[test]
fn the_nearest_and_last_import() {
    check(
        "try:\n    import a\nexcept ImportError:\n    a = None\na\ntry:\n    import json\nexcept ImportError:\n    import simplejson as json\njson.x\nimport p.q\nimport p.r\np.q.f\np.r.g\np.s\ndef f():\n    from z import a\n    a\na\ndef g():\n    global a\n    import a\n",
        expect![[r#"
            5: a Value <- import a
            10: json.x .x Value <- import simplejson as json
            13: p.q.f .q.f Value <- import p.q
            14: p.r.g .r.g Value <- import p.r
            15: p.s .s Value <- import p.r
            18: a Value in f() <- from z import a
            19: a Value <- import a
        "#]],
    );
}

#[test]
fn annotations() {
    check(
        "from m import A, B\nimport t\nx: 'A'\ny: 'list[A | t.C]'\nz: Literal['A', B]\nw: Annotated[A, B('A'), 'B']\nv: Optional[\"A\"]\nu: Callable[[A, 'B'], t.D]\ns: \"Literal['A'] | B\"\ndef f(a: A) -> 'B': b: A = 1\ndef g[A](a: A) -> B: A\nclass C[B](B):\n    f: 'A.b.c'\nq: '''\n A\n'''\n",
        expect![[r#"
            3: A Annotation <- from m import A
            4: A Annotation <- from m import A
            4: t.C .C Annotation <- import t
            5: B Value <- from m import B
            6: A Annotation <- from m import A
            6: B Call <- from m import B
            7: A Annotation <- from m import A
            8: A Annotation <- from m import A
            8: B Annotation <- from m import B
            8: t.D .D Annotation <- import t
            9: B Annotation <- from m import B
            10: A Annotation <- from m import A
            10: B Annotation <- from m import B
            10: A Annotation in f() <- from m import A
            11: B Annotation <- from m import B
            13: A.b.c .b.c Annotation <- from m import A
            15: A Annotation <- from m import A
        "#]],
    );
}

#[test]
fn silence() {
    check(
        "from __future__ import annotations\nfrom x import *\nannotations\ny.x\nimport a as b\na\nf(b=1)\nx.b\n",
        expect![[r""]],
    );
}
