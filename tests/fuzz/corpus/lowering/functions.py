"""Doc."""
from __future__ import annotations
import os, sys as s
from .a.b import (c, d as e,)
if TYPE_CHECKING:
    from x import Y
__all__ = ["f"]
X: int = 1

@deco(a=1)
async def f(a, /, b: int = 2, *args: str, c, **kw) -> list[Y]:
    """Doc."""
    from q import r  # architrave: ignore[hidden-import] later
    async with a as b, c:
        return [x async for x in y if x] or {**a} | {"k": lambda z: z}
