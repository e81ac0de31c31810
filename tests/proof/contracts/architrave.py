"""The results of the program under test for a project."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path


def check(binary: str, folder: Path) -> tuple[list[dict], str]:
    """The findings, and the problems of the configuration."""
    run = subprocess.run(
        [binary, "check", ".", "--output-format", "json", "--no-baseline"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode not in (0, 1):
        raise RuntimeError(f"ended with {run.returncode}: {run.stderr}")
    return json.loads(run.stdout)["findings"], run.stderr


def of_contract(findings: list[dict], name: str) -> list[dict]:
    """Those that name the contract."""
    return [finding for finding in findings if f'ontract "{name}"' in finding["message"]]
