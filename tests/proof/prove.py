"""Costs and fixes of all sample backends: `prove.py <architrave> [<sample>...]`. Exits with 1 if something is wrong."""

import sys
from collections import Counter
from pathlib import Path

import costs
import fixes
from samples import COUNTED, SAMPLES

HERE = Path(__file__).resolve().parent
PROJECTS = HERE.parent / "projects"


def main() -> int:
    architrave, *names = sys.argv[1:]
    samples = [sample for sample in SAMPLES if not names or sample.name in names]
    wrong: list[str] = []
    proven: Counter[str] = Counter()
    for sample in samples:
        print(f"{sample.name}: costs")
        wrong += costs.prove(Path(architrave), sample, PROJECTS / sample.name)
        print(f"{sample.name}: fixes")
        held, problems = fixes.prove(Path(architrave), sample, PROJECTS / sample.name)
        proven += held
        wrong += problems
    counted = [sample for sample in COUNTED if not names or sample.name in names]
    for sample in counted:
        print(f"{sample.name}: costs")
        wrong += costs.prove(Path(architrave), sample, HERE / "counted" / sample.name)
    if not names:
        wrong += [f"no fix of {rule} was proven" for rule in fixes.RULES if not proven[rule]]
    for problem in wrong:
        print(f"WRONG {problem}", file=sys.stderr)
    endpoints = sum(len(sample.calls) for sample in [*samples, *counted])
    print(
        f"test result: {'FAILED' if wrong else 'ok'}. {endpoints} endpoints counted, "
        f"{proven.total()} fixes proven ({', '.join(f'{rule} {count}' for rule, count in sorted(proven.items()))}), "
        f"{len(wrong)} wrong"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
