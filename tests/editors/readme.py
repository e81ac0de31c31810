#!/usr/bin/env python3
"""Prints a fenced block of a page, so that a test does exactly what a reader is instructed to do.

    readme.py PAGE HEADING LANGUAGE [NUMBER]

HEADING is the text of the heading above the block; NUMBER counts the blocks of that language below it, from 1.
"""

import re
import sys


def block(text, heading, language, number=1):
    """The lines of the block, or None."""
    inside, fence, found, lines = False, None, 0, []
    for line in text.splitlines():
        if fence is None and re.match(r"#+ ", line):
            inside = line.lstrip("#").strip() == heading
        elif fence is None and (opened := re.match(r"(`{3,})(\S*)", line)):
            fence = opened[1]
            if inside and opened[2] == language:
                found += 1
                lines = []
        elif fence is not None and line.strip() == fence:
            fence = None
            if inside and found == number:
                return "\n".join(lines) + "\n"
        elif fence is not None:
            lines.append(line)
    return None


if __name__ == "__main__":
    page, heading, language = sys.argv[1:4]
    number = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    with open(page, encoding="utf-8") as file:
        found = block(file.read(), heading, language, number)
    if found is None:
        sys.exit(f"{page}: no block {number} of {language} below {heading!r}")
    sys.stdout.write(found)
