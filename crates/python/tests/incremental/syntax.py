import a.b.c as d, e
from . import (f, g as h,)
from ...i import *

type Pair[T] = tuple[T, T]
x: "list[e.T] | None" = None; y = z = 0
del y, z


def first[T: (int, str), *Ts, **P](p, q: T = 1, /, r=..., *s: T, t, **u: "d.V") -> Pair[T]:
    match p, q:
        case [1, -2.5, *rest] if rest:
            return rest
        case {"key": value, **others} | e.Point(x=0, y=value) as others:
            pass
        case "a" "b" | None | True | e.CONSTANT:
            raise
        case _:
            assert value, "no"


class Meta(type, metaclass=e.Meta, flag=True):
    @staticmethod
    async def second(*, a=1):
        async for b, *c in d:
            print(b, *c, sep="", **{"k": [*c]})
        else:
            await e
        with (open("f") as f, g() as (h, i)):
            pass
        return not a if b else -c ** ~d @ e // f

    try:
        import simplejson
    except* (ImportError, e.Error) as group:
        simplejson = None
    except AttributeError, KeyError:
        ...
    else:
        import k
    finally:
        l = lambda *m, n=1: (yield)


o = f"{a!r:{width}.{precision}} {{literal}} {b['c']} {f'{d}' if e else ''}" rb"\d" 'x'
p = [q for r in s if r for q in (t, u) if q not in r is not None]
v = {w: x async for w, x in y} | {z for z in {1, 0x_ff, 0b1, 1e3, 2j}}
aa[1:2, ::3, ..., bb:] = cc <= dd != ee
ff = """multi
line""" '''and
more''' u'\u00e9\
'
if (gg := hh(ii)) and jj or not kk: ll(mm)(nn).oo[pp]
elif qq: pass
for rr in ss, : break
while True: continue
