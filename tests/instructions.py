#!/usr/bin/env python3
"""Counts the instructions of six scenarios and compares them with their budgets.

usage: tests/instructions.py <architrave binary> <instructions binary> [--renew]

A scenario that costs 3 % more than its budget fails. If the cost is intended, or less than before, renew the budgets
with --renew and commit tests/instructions.tsv.

Counts come from valgrind, which shows every program the same processor (with AVX2, where the machine has it): which
variants the C library and others choose at start doesn't depend on the machine. They do depend on the compiler, which is
named in the file of budgets; with another one, nothing is compared. One core and one thread, so that nothing waits for
anything.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

BUDGETS = pathlib.Path(__file__).with_suffix(".tsv")
MORE = 1.03
# Repetitions inside of one process; what comes before them (the index of the project) is counted and taken off.
TIMES = {"word": 44, "import": 74, "bracket": 20, "hover": 40}


def compiler():
    words = subprocess.run(["rustc", "--version"], check=True, capture_output=True, text=True).stdout.split()
    machine = os.uname().machine
    return f"rustc {words[1]} {machine}"


def count(command, env):
    with tempfile.TemporaryDirectory() as folder:
        tool = ["taskset", "-c", "0", "valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out"]
        run = subprocess.run([*tool, *command], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode not in (0, 1) or not found:
        sys.exit(f"{command} ended with {run.returncode}:\n{run.stderr}")
    return int(found.group(1))


def measure(architrave, instructions, folder):
    # The same length on each machine.
    project, kept = f"{folder}/project", f"{folder}/kept"
    subprocess.run([instructions, "write", project], check=True)
    pathlib.Path(project, "pyproject.toml").write_text('[project]\nname = "app"\n')
    env = {"PATH": "/usr/bin:/bin", "HOME": folder, "RAYON_NUM_THREADS": "1", "LC_ALL": "C", "ARCHITRAVE_CACHE_DIR": kept}
    check = [architrave, "check", project]
    counts = {"cold check": count([*check, "--no-cache"], env)}
    subprocess.run(check, env=env, stdout=subprocess.DEVNULL)
    counts["warm check"] = count(check, env)
    before = count([instructions, "word", project, "0"], env)
    for scenario, times in TIMES.items():
        counts[scenario] = (count([instructions, scenario, project, str(times)], env) - before) // times
    return counts


def main():
    words = [word for word in sys.argv[1:] if word != "--renew"]
    if len(words) != 2:
        sys.exit(__doc__)
    architrave, instructions = (str(pathlib.Path(word).resolve()) for word in words)
    with tempfile.TemporaryDirectory(prefix="budget-") as folder:
        counts = measure(architrave, instructions, folder)
    if "--renew" in sys.argv:
        rows = "".join(f"{scenario}\t{found}\n" for scenario, found in counts.items())
        BUDGETS.write_text(f"{compiler()}\n{rows}")
        print(rows, end="")
        return
    head, *rows = BUDGETS.read_text().splitlines()
    budgets = {scenario: int(budget) for scenario, budget in (row.split("\t") for row in rows)}
    worse = 0
    for scenario, found in counts.items():
        share = found / budgets[scenario]
        worse += share > MORE
        print(f"{scenario:12} {found:>14,} of {budgets[scenario]:>14,}  {share:.3f}{'  TOO MUCH' if share > MORE else ''}")
    if head != compiler():
        print(f"the budgets are those of {head}, this is {compiler()}: not compared")
    elif worse:
        print(f"{worse} scenarios cost 3 % more than they may. If that is worth it: tests/instructions.py --renew {' '.join(words)}")
        sys.exit(1)
    print(f"test result: ok. {len(counts)} budgets kept")


if __name__ == "__main__":
    main()
