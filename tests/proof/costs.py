"""Compares the symbolic cost of each endpoint with the statements that it runs for 1, 10 and 50 orders."""

import json
import subprocess
from math import prod
from pathlib import Path
from typing import Any

from exercise import exercise
from samples.sample import Call, Sample

ROWS = (1, 10, 50)


def routes(architrave: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """The output of `architrave routes`, by method and path."""
    command = [str(architrave), "routes", "--output-format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-1000:]}")
    listed = json.loads(done.stdout)["routes"]
    return {f"{route['method'] or 'ANY'} {route['path']}": route for route in listed}


def evaluate(cost: dict[str, Any], sample: Sample, call: Call, rows: int) -> int:
    """The formula evaluated for this many orders. A symbol that the sample doesn't know is an error."""
    symbols = {**sample.symbols, **call.symbols}
    return sum(term["count"] * prod(symbols[factor](rows) for factor in term["factors"]) for term in cost["terms"])


def prove(architrave: Path, sample: Sample, folder: Path) -> list[str]:
    """Prints a line for each endpoint; returns what is wrong."""
    listed = routes(architrave, folder)
    answers = {rows: exercise(sample, folder, rows) for rows in ROWS}
    wrong = [f"{sample.name}: {name} is listed and never called" for name in sorted(listed)]
    for call in sample.calls:
        place = f"{sample.name}: {call.name}"
        counted = [answers[rows][call.name]["count"] for rows in ROWS]
        failed = [rows for rows in ROWS if answers[rows][call.name]["status"] >= 400]
        route = listed.get(call.name)
        if route is None:
            wrong.append(f"{place} is not listed")
            continue
        wrong.remove(f"{sample.name}: {call.name} is listed and never called")
        cost = route["cost"]
        if call.fails:
            print(f"  {call.name:30} {cost['text']:40} fails, as it must")
            if failed != list(ROWS):
                wrong.append(f"{place} answers with {[rows for rows in ROWS if rows not in failed]} rows, and should fail")
            continue
        if failed:
            wrong.append(f"{place} fails with {failed} rows")
            continue
        try:
            told = [evaluate(cost, sample, call, rows) for rows in ROWS]
        except KeyError as error:
            wrong.append(f"{place} costs {cost['text']}: nothing is known of {error}")
            continue
        # What ends in `+ ?` says that there may be more.
        is_below = cost["open"] and all(own <= real for own, real in zip(told, counted, strict=True))
        is_above = call.is_bound and all(own >= real for own, real in zip(told, counted, strict=True))
        holds = told == counted or is_below or is_above
        if call.falls_short:
            holds = not holds
        print(f"  {call.name:30} {cost['text']:40} {counted} statements{'' if holds else f', not {told}'}")
        if not holds:
            wrong.append(f"{place} costs {cost['text']}: {told} told, {counted} counted with {list(ROWS)} rows")
    return wrong
