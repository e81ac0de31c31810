x = f"{a!r:>{w}} {b}" rb'\x00' t"{c}" """
long""" 'é\N{BULLET}' \
  + u"\u1234"
lazy import a
print >>f, x
exec "code"
