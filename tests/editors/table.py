#!/usr/bin/env python3
"""The table of editors and features, generated from what the tests saw.

    table.py SEEN            writes it into editors/README.md
    table.py --check SEEN    fails if the page has a different one

SEEN has a line of JSON for each step of a test: editor, version, feature, ok. A feature that no test tried is a dash.
"""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "editors" / "README.md"
BEGIN, END = "<!-- what the tests saw: begin -->", "<!-- what the tests saw: end -->"

# In this order; others come after them.
EDITORS = ["VS Code", "Neovim", "Helix", "Emacs", "Vim", "Kakoune"]


def table(lines, features):
    """The table as Markdown: a row for each feature, a column for each version of an editor."""
    seen = {}
    for line in lines:
        if not any(feature["id"] == line["feature"] for feature in features):
            sys.exit(f"{line['feature']!r} of {line['editor']} is no feature of features.json")
        column = (line["editor"], minor(line["version"]))
        features_of = seen.setdefault(column, {})
        # One failed step is enough.
        features_of[line["feature"]] = features_of.get(line["feature"], True) and line["ok"]
    columns = sorted(seen, key=order)
    rows = [["Feature"] + [" ".join(column) for column in columns], ["---"] + ["---"] * len(columns)]
    for feature in features:
        cells = [seen[column].get(feature["id"]) for column in columns]
        if any(cell is not None for cell in cells):
            rows.append([feature["name"]] + [{True: "yes", False: "**no**", None: "–"}[cell] for cell in cells])
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def minor(version):
    """A version without its last part, which changes too often."""
    parts = version.split(".")
    return ".".join(parts[:2]) if parts[-1].isdigit() else version


def without_versions(page):
    """The page without the versions of editors: some editors are tested in whatever version is newest."""
    return re.sub(r"(?m)^\| Feature \|.*$", lambda titles: re.sub(r" \d[\d.]*", "", titles[0]), page)


def order(column):
    editor, version = column
    place = EDITORS.index(editor) if editor in EDITORS else len(EDITORS)
    numbers = [int(part) for part in version.split(" ")[0].split(".") if part.isdigit()]
    return place, editor, numbers, version


def main(arguments):
    check = arguments[:1] == ["--check"]
    lines = [json.loads(line) for line in Path(arguments[-1]).read_text().splitlines()]
    features = json.loads((HERE / "features.json").read_text())
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    wanted = f"{before}{BEGIN}\n\n{table(lines, features)}\n{END}{after}"
    if not check:
        PAGE.write_text(wanted)
    elif without_versions(wanted) != without_versions(page):
        sys.exit(f"{PAGE} says something else than the tests saw:\n\n{table(lines, features)}")


if __name__ == "__main__":
    main(sys.argv[1:])
