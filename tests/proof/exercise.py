"""Runs one backend in a separate process: `exercise.py <sample> <rows> <folder>...`.

Calls every endpoint and prints its response and how many statements it ran, as JSON. A process for each database: what
a backend keeps in memory must not make the next run cheaper.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from samples import COUNTED, SAMPLES
from samples.sample import Sample

Answers = dict[str, dict[str, Any]]


def exercise(sample: Sample, folder: Path, rows: int) -> Answers:
    """The response and the statements of each endpoint of the backend in `folder` with `rows` orders."""
    command = [sys.executable, __file__, sample.name, str(rows), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{sample.name} doesn't run:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)


def run(sample: Sample, folder: Path, rows: int) -> Answers:
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    answers: Answers = {}
    with tempfile.TemporaryDirectory() as scratch:
        app = importlib.import_module(f"adapters.{sample.adapter}").open_app(Path(scratch) / "db.sqlite", rows)
        for call in sample.calls:
            answer = app.call(call.method or "GET", call.url(rows), call.body(rows) if call.body else None)
            answers[call.name] = {
                "status": answer.status,
                "body": answer.body,
                "count": len(answer.statements),
                "statements": answer.statements[:5],
            }
        app.close()
    return answers


if __name__ == "__main__":
    name, number, where = sys.argv[1:]
    json.dump(run(next(sample for sample in [*SAMPLES, *COUNTED] if sample.name == name), Path(where), int(number)), sys.stdout)
