//! Uses of imported names.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&render::uses(text));
}

#[test]
fn contexts() {
    check(
        r#"from m import A
import n.o
import p
A
A()
A.b.c
n.o.f(A)
raise A
raise A('x') from p
try: pass
except A: pass
except (A, p.E) as e: pass
@A
@p.route('/', A)
class B(A, p.C[A], metaclass=A, table=A): pass
@A()
def f(x: A = A, y: 'A' = p.q(A)) -> list[A]: return A
x: A = A
A.b = 1
A[0] = p
p.x.y().z
[A for i in A]
with A as a: pass
assert A, p.x
f'{A.x}{p:{A}}'
type X = A | 'p.T'
"#,
        &expect![[r#"
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
        r#"import a, b, c, d
from x import e
def f(a, *b, **c):
    a, b, c, d
    e = 1
    e
class K:
    from y import b
    b
    def g(self): return b
    d = d
def h():
    import a
    def i(): return a
    return a
lambda a: a, b
[a for a in a]
{b: c for b in c for c in b}
def j():
    global a
    a
    for c in d: c
    with d as b: b
    try: pass
    except d as d: d
def k(): 
    e
    def e(): pass
def l():
    if (e := 1): e
    del a
"#,
        &expect![[r#"
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
        r#"try:
    import a
except ImportError:
    a = None
a
try:
    import json
except ImportError:
    import simplejson as json
json.x
import p.q
import p.r
p.q.f
p.r.g
p.s
def f():
    from z import a
    a
a
def g():
    global a
    import a
"#,
        &expect![[r#"
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
        r#"from m import A, B
import t
x: 'A'
y: 'list[A | t.C]'
z: Literal['A', B]
w: Annotated[A, B('A'), 'B']
v: Optional["A"]
u: Callable[[A, 'B'], t.D]
s: "Literal['A'] | B"
def f(a: A) -> 'B': b: A = 1
def g[A](a: A) -> B: A
class C[B](B):
    f: 'A.b.c'
q: '''
 A
'''
"#,
        &expect![[r#"
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
        r#"from __future__ import annotations
from x import *
annotations
y.x
import a as b
a
f(b=1)
x.b
"#,
        &expect![[r""]],
    );
}

#[test]
fn bounds_of_type_parameters() {
    check(
        r"from m import A, B, T
def f[T: A](x: T) -> T: return x
class C[T: (A, B), *Ts, **P](Base[T]): pass
def g[S: list[A]](x: S) -> T: return x
def h[A](x: A): pass
",
        &expect![[r#"
            2: A Annotation <- from m import A
            3: A Annotation <- from m import A
            3: B Annotation <- from m import B
            4: A Annotation <- from m import A
            4: T Annotation <- from m import T
        "#]],
    );
}

#[test]
fn type_parameters_of_aliases() {
    check(
        r#"from m import A, B, T
type X[T: A, *U, **P] = dict[T, B]
type Y[V: (A, B)] = T
"#,
        &expect![[r#"
            2: A Annotation <- from m import A
            2: B Annotation <- from m import B
            3: A Annotation <- from m import A
            3: B Annotation <- from m import B
            3: T Annotation <- from m import T
        "#]],
    );
}
