"""`python -m tests.fuzz.run TARGET RUNS`: one target under Atheris, guided by what code it reaches.

It ends at the first broken law and leaves the input that broke it in the current folder. `all`
runs each target in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys


def fuzz(name: str, runs: str) -> None:
    import atheris

    with atheris.instrument_imports(include=["ssg", "markdown", "frontmatter"]):
        from tests.fuzz.targets import TARGETS

    options = [f"-runs={runs}", "-max_len=400", "-timeout=30", *sys.argv[3:]]
    atheris.Setup([name, *options], TARGETS[name])
    atheris.Fuzz()


def every(runs: str) -> int:
    from tests.fuzz.targets import TARGETS

    for name in TARGETS:
        command = [sys.executable, "-m", "tests.fuzz.run", name, runs, *sys.argv[3:]]
        done = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8", check=False)
        said = done.stderr.splitlines()
        print(f"{name}: {said[-1]}" if done.returncode == 0 else done.stderr, flush=True)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    target, count = sys.argv[1:3]
    sys.exit(every(count) if target == "all" else fuzz(target, count))
