//! Classes, functions, variables and the exports of a module.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&render::definitions(text));
}

#[test]
fn classes() {
    check(
        r#"class A: pass
class B(A, c.D[int], metaclass=ABCMeta, table=True, *bases, **options): ...
@dataclass(frozen=True)
@final
class E[T, *Ts, **P](Generic[T]):
    class F: pass
    def g(self):
        class H: pass
if x:
    class I(): pass
"#,
        &expect![[r#"
            class A()  in module
            class B(A, c.D[int], metaclass=ABCMeta, table=true, *bases, **options)  in module
            @dataclass(frozen=true)
            @final
            class E[T, Ts, P](Generic[T])  in module
            class F()  in E
            class H()  in g()
            class I()  in module
            def g(self)  in E
        "#]],
    );
}

#[test]
fn functions() {
    check(
        r#"def f(a, /, b: int, c: str = 'x', *args: T, d, e=1, **kwargs) -> list[int]: return 1
async def g(*, x): yield x
@app.get('/', status_code=201)
@cache
def h[T: (int, str)](x: T | None = None): x
class A:
    @property
    def i(self) -> 'A': return self
    async def j(self):
        def k(): yield from z
        await x
def l((a, b), c): x
def n(): return lambda: (yield)
def m(x: Annotated[Session, Depends(get)] = Body(...)): x
"#,
        &expect![[r#"
            class A()  in module
            def f(positional a, b: int, c: str = "x", *args: T, keyword d, keyword e = 1, **kwargs) -> list[int]  in module
            def g(keyword x)  in module, async, generator
            @app.get("/", status_code=201)
            @cache
            def h[T](x: (T | None) = None)  in module
            @property
            def i(self) -> "A"  in A
            def j(self)  in A, async
            def k()  in j(), generator
            def l(c)  in module
            def n()  in module
            def m(x: Annotated[(Session, Depends(get),)] = Body(...))  in module
        "#]],
    );
}

#[test]
fn stubs() {
    check(
        r#"def a(): ...
def b(): pass
def c():
    'doc'
def d():
    '''doc'''
    raise NotImplementedError
def e(): raise NotImplementedError('no')
def f():
    'doc'
    return 1
def g():
    ...
    'not a docstring'
def h(): raise ValueError
def i():
    # nothing yet
    pass
"#,
        &expect![[r#"
            def a()  in module, stub
            def b()  in module, stub
            def c()  in module, stub
            def d()  in module, stub
            def e()  in module, stub
            def f()  in module
            def g()  in module
            def h()  in module
            def i()  in module, stub
        "#]],
    );
}

#[test]
fn variables() {
    check(
        r#"a = 1
b: int = 2
c: str
d = e = f()
g, (h, *i) = j
k.l = 1
m[0] = 1
n += 1
if x:
    o = 'a' 'b'
for p in q: r = 1
with s as t, u as (v, w): pass
type X[T] = list[T]
Y: TypeAlias = int
class A:
    z: Mapped[int] = mapped_column(primary_key=True)
    def f(self):
        local = 1
        self.y = 2
"#,
        &expect![[r#"
            class A()  in module
            def f(self)  in A
            a = 1  in module
            b: int = 2  in module
            c: str  in module
            d = f()  in module
            e = f()  in module
            g  in module
            h  in module
            i  in module
            o = "ab"  in module
            p  in module
            r = 1  in module
            t  in module
            v  in module
            w  in module
            type X = list[T]  in module
            type Y: TypeAlias = int  in module
            z: Mapped[int] = mapped_column(primary_key=true)  in A
        "#]],
    );
}

#[test]
fn all() {
    let cases: &[(&str, Option<&[&str]>)] = &[
        ("", None),
        ("__all__ = ['a', 'b']\n", Some(&["a", "b"])),
        (
            "__all__ = ('a',)\n__all__ += ['b']\n__all__.extend(['c'])\n__all__.append('d')\n",
            Some(&["a", "b", "c", "d"]),
        ),
        ("__all__: list[str] = []\n", Some(&[])),
        ("__all__ = ['a'] + ['b'] + ['c']\n", Some(&["a", "b", "c"])),
        ("__all__ = ['a'] + other.__all__\n", None),
        ("__all__ = ['a']\n__all__ += other.__all__\n", None),
        ("__all__ = [name for name in x]\n", None),
        ("__all__ = ['a']\nif x:\n    __all__ += ['b']\n", Some(&["a", "b"])),
        ("if x:\n    __all__ = ['a']\nelse:\n    __all__ = ['b']\n", Some(&["a", "b"])),
        ("def f():\n    __all__ = ['a']\n", None),
        ("class A:\n    __all__ = ['a']\n", None),
    ];
    for (text, expected) in cases {
        let module = render::module(text);
        let all: Option<Vec<&str>> =
            module.definitions.all.as_ref().map(|all| all.iter().map(|name| &**name).collect());
        assert_eq!(all.as_deref(), *expected, "{text}");
    }
}

#[test]
fn only_reexports() {
    let cases = [
        ("", false),
        ("'doc'\n", false),
        ("import a\n", true),
        ("'doc'\nfrom .a import b\n__all__ = ['b']\n__version__ = '1'\n__all__.extend(['c'])\n", true),
        (
            "from .a import b\nif TYPE_CHECKING:\n    from .c import d\ntry:\n    import e\nexcept ImportError:\n    pass\n",
            true,
        ),
        ("from .a import b\nx = 1\n", false),
        ("from .a import b\nb()\n", false),
        ("from .a import b\ndef f(): pass\n", false),
    ];
    for (text, expected) in cases {
        assert_eq!(render::module(text).definitions.only_reexports, expected, "{text}");
    }
}

#[test]
fn places() {
    let text = "@a\nclass B:\n    x = 1\n    @c\n    # between\n    async def d(self): pass\ndef e(f: g = h) -> i: pass\n";
    let module = render::module(text);
    let spans = &module.spans;
    let show = |list: &[source::Span]| list.iter().map(|span| render::slice(text, *span)).collect::<Vec<_>>();
    assert_eq!(show(&spans.class_names), ["B"]);
    assert_eq!(
        show(&spans.classes),
        ["@a\nclass B:\n    x = 1\n    @c\n    # between\n    async def d(self): pass"]
    );
    assert_eq!(show(&spans.function_names), ["d", "e"]);
    assert_eq!(
        show(&spans.functions),
        ["@c\n    # between\n    async def d(self): pass", "def e(f: g = h) -> i: pass"]
    );
    assert_eq!(show(&spans.variables), ["x"]);
    assert_eq!(show(&spans.signatures), ["a", "1", "c", "g", "h", "i"]);
    assert_eq!(spans.signatures.len(), module.definitions.exprs.list.len());
}
