//! Statements and expressions.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&render::bodies(text));
}

#[test]
fn simple_statements() {
    check(
        r#"a = b = c
d: int
e: int = f = 1
g, *h = i
j //= k
x @= y
del a, b.c
assert a, b
assert (a)
global a, b
return
return a, b
raise
raise A(b) from c
pass; break; continue
a, b
yield
x = yield y
x = yield from y
type X = int | str
import a, b
print 'a', b
print >>f, x
exec 'x' in y
print(x)
type(a).b.c = d
type(a)[b] = c
type(a, b).c = d
type[a] = b
type = a
"#,
        &expect![[r#"
            a = b = c
            d: int
            e = f: int = 1
            (g, *h,) = i
            j //= k
            x @= y
            del a, b.c
            assert a, b
            assert a, 
            global a, b
            return 
            return (a, b,)
            raise  from 
            raise A(b) from c
            pass
            break
            continue
            (a, b,)
            yield 
            x = yield y
            x = yield from y
            type X = (int | str)
            <import a, import b>
            print("a", b)
            print(f, x)
            exec("x", y)
            print(x)
            type(a).b.c = d
            type(a)[b] = c
            type(a, b).c = d
            <missing> = b
            type = a
        "#]],
    );
}

#[test]
fn compound_statements() {
    check(
        r#"if a: b
elif c: d
elif e: f
else: g
for a, b in c, d: e
else: f
async for x in y: z
while a: b
else: c
with a as b, c, d as (e, f): g
with (a as b, c as d): e
with (a, b): c
with (a): b
async with a as b.c: d
with a if b else c as d, e or f as g: h
try: a
except B: c
except (D, E) as f: g
except H, I: j
except* K as l: m
except: n
else: o
finally: p
"#,
        &expect![[r#"
            if a
              b
            else
              if c
                d
              else
                if e
                  f
                else
                  g
            for (a, b,) in (c, d,)
              e
            else
              f
            async for x in y
              z
            while a
              b
            else
              c
            with a as b, c, d as (e, f,)
              g
            with a as b, c as d
              e
            with a, b
              c
            with a
              b
            async with a as b.c
              d
            with (a if b else c) as d, (e or f) as g
              h
            try
              a
            except B
              c
            except (D, E,) as f
              g
            except (H, I,)
              j
            except K as l
              m
            except 
              n
            else
              o
            finally
              p
        "#]],
    );
}

#[test]
fn match_statements() {
    check(
        r#"match x, y:
  case A.B | C(a, b=D(c)) as z if q: r
  case {'k': v, **rest}: pass
  case [1, -2, *others, _]: pass
  case 'a' 'b' | None | True: pass
  case w: pass
  case _: pass
  case (1 + 2j, e.F()): pass
match = 1
match(x)
"#,
        &expect![[r#"
            match (x, y,)
            case A.B, C, D binds a, c, z if q
              r
            case "k" binds v, rest
              pass
            case 1, 2 binds others
              pass
            case "ab", None, true binds 
              pass
            case  binds w
              pass
            case  binds 
              pass
            case e.F binds 
              pass
            match = 1
            match(x)
        "#]],
    );
}

#[test]
fn nested_definitions() {
    check(
        r#"def f():
    a
    class B:
        c = 1
        def d(self): e
    @g
    def h(): i
    j
k
"#,
        &expect![[r#"
            module:
              <def f>
              k
            f():
              a
              <class B>
              <def h>
              j
            B:
              c = 1
              <def d>
            d():
              e
            h():
              i
        "#]],
    );
}

#[test]
fn expressions() {
    check(
        r#"None.a
1.0.a
a.b.c(d, *e, f=g, **h)[i]
a[1:2, ::3, x:, :]
a[()]
a[b, c]
f(x for x in y)
f(x)(y).z()
not a and -b or ~c
a < b <= c not in d is  not e <> f
a if b else c
(a)
((a, b), [c, *d], {e, f}, {}, {g: h, **i}, ())
a + b * c ** d @ e
lambda: 0
lambda a, b=1, *c, d, **e: f
(y := f(x))
await a.b()
...
x = *a, b
print(*a, sep='')
"#,
        &expect![[r#"
            None.a
            <number 1.0>.a
            a.b.c(d, *e, f=g, **h)[i]
            a[(1:2:, ::3, x::, ::,)]
            a[(,)]
            a[(b, c,)]
            f(Generator<x for x in y>)
            f(x)(y).z()
            (((not a) and (- b)) or (~ c))
            (a < b <= c not in d is not e <> f)
            (a if b else c)
            a
            ((a, b,), [c, *d], {e, f}, {}, {g: h, **i}, (,),)
            (a + ((b * (c ** d)) @ e))
            <lambda : 0>
            <lambda a, b, c, d, e: f>
            (y := f(x))
            await a.b()
            ...
            x = (*a, b,)
            print(*a, sep="")
        "#]],
    );
}

#[test]
fn comprehensions() {
    check(
        r#"[a for b in c]
{a for b, c in d if e if f for g in h if i}
{a: b for c in d}
(a async for b in c)
[x for x in lambda: y, 1]
[(yield) for x in y]
"#,
        &expect![[r#"
            List<a for b in c>
            Set<a for (b, c,) in d if e if f for g in h if i>
            Dict<a: b for c in d>
            Generator<a async for b in c>
            List<x for x in (<lambda : y>, 1,)>
            List<yield  for x in y>
        "#]],
    );
}

#[test]
fn literals() {
    check(
        r#"x = [1, 0x_ff, 0o17, 0b11, 1_000, 10L, 99999999999999999999, 1.5, 1e3, 2j, True, False, None]
x = ['a', "b", '''c''', r'\d', 'e\n\t\\\'', '\x41\u00e9\N{DASH}\q', u'g', b'h', rb'i', 'a' 'b', 'a' b'c', 'cont\
inued', '\0', '\012']
"#,
        &expect![[r#"
            x = [1, 255, 15, 3, 1000, <number 10L>, <number 99999999999999999999>, <number 1.5>, <number 1e3>, <number 2j>, true, false, None]
            x = ["a", "b", "c", "\\d", "e\n\t\\'", "Aé\\N{DASH}\\q", "g", <bytes>, <bytes>, "ab", "a", "continued", "\0", "\\012"]
        "#]],
    );
}

#[test]
fn formatted_strings() {
    check(
        r#"x = f'a{b}c'
x = f'{a!r:>{width}.{precision}}{{}}'
x = f'{x=}'
x = f"{d["k"]}{f'{y}'}"
x = 'a' f'{b}' 'c'
x = rf'\d{a}'
x = t'a{b}'
x = f'{a, b}{*c, d}{lambda: 1}'
x = f'''{
  a
}'''
x = f''
x = f'{y:=10}'
"#,
        &expect![[r#"
            x = f<"a" {b} "c">
            x = f<{a!r} {width} {precision} "{}">
            x = f<{x}>
            x = f<{d["k"]} {f<{y}>}>
            x = f<"a" {b} "c">
            x = f<"\\d" {a}>
            x = t<"a" {b}>
            x = f<{(a, b,)} {(*c, d,)} {<lambda : 1>}>
            x = f<{a}>
            x = f<>
            x = f<{y}>
        "#]],
    );
}

#[test]
fn docstrings_are_no_facts() {
    check(
        r#"'''words'''
x = 'kept'
'a' 'b'
def f():
    """words"""
    f'{x}'
"#,
        &expect![[r#"
        module:
          ""
          x = "kept"
          "ab"
          <def f>
        f():
          ""
          f<{x}>
    "#]],
    );
}

#[test]
fn places() {
    let text = "a = (b).c(d)\nif x:\n    y\nelif z:\n    w\n";
    let module = render::module(text);
    let spans = &module.spans.bodies[0];
    let show = |list: &[source::Span]| list.iter().map(|span| render::slice(text, *span)).collect::<Vec<_>>();
    assert_eq!(show(&spans.exprs), ["a", "b", "(b).c", "d", "(b).c(d)", "x", "y", "z", "w"]);
    assert_eq!(
        show(&spans.stmts),
        ["a = (b).c(d)", "y", "w", "elif z:\n    w", "if x:\n    y\nelif z:\n    w"]
    );
}

#[test]
fn children_stand_before_parents() {
    let text = "def f(a=[b, c.d(e)[1:2]]):\n    x = {k: [v for v in (a, *b) if not v] for k in lambda: 1}\n    return f'{x!r:{y}}' if await z else (w := -1)\n";
    let module = render::module(text);
    for exprs in module.bodies.list.iter().map(|body| &body.exprs).chain([&module.definitions.exprs]) {
        for (index, expr) in exprs.list.iter().enumerate() {
            expr.for_each_child(|child| assert!((child.0 as usize) < index, "{index}: {expr:?}"));
        }
    }
}
