"""Checks that a wheel is accepted by the required platforms: a Debian of 2014 and the oldest supported Alpine."""

import platform
import sys

from packaging.utils import parse_wheel_filename

name = sys.argv[1].rsplit("/", 1)[-1]
_, _, _, tags = parse_wheel_filename(name)
platforms = {tag.platform for tag in tags}
machine = platform.machine()
missing = {f"manylinux2014_{machine}", f"musllinux_1_1_{machine}"} - platforms
if missing:
    sys.exit(f"FAILED: {name} has no {sorted(missing)}")
if {(tag.interpreter, tag.abi) for tag in tags} != {("py3", "none")}:
    sys.exit(f"FAILED: {name} is for some Pythons only")
