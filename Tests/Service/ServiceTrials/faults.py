#!/usr/bin/env python3
"""Faults done to a running service, one case after the other."""

import argparse
import importlib
import shutil
from pathlib import Path

from trial import Skipped, Trial

CASES = [
    "weights", "deadline", "fuzz", "overload", "drain", "kill9", "disk_full", "bad_checkpoint",
    "slow_client"]


def made(name, arguments):
    """Runs one case: its exit status."""
    trial = Trial(name)
    case = importlib.import_module(f"cases.{name}")
    try:
        sentence = case.run(arguments, trial)
    except Skipped as reason:
        return trial.skip(reason)
    except (OSError, RuntimeError, TimeoutError, ValueError, KeyError) as error:
        trial.promise(False, f"{type(error).__name__}: {error}")
        sentence = "the case could not be ended"
    return trial.end(sentence)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", metavar="case", choices=[*CASES, "all"])
    parser.add_argument("--fader", required=True, help="the program to try")
    parser.add_argument("--checkpoint", required=True, help="a checkpoint of the quickstart's kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10000, help="requests of fuzz")
    parser.add_argument("--idle-seconds", type=float, default=75,
                        help="after which the server hangs up on who says nothing")
    parser.add_argument("--overload-connections", type=int, default=32)
    arguments = parser.parse_args()
    for path in (arguments.fader, arguments.checkpoint):
        if not Path(path).exists():
            parser.error(f"there is no {path}")
    if shutil.which(arguments.fader) is None:
        parser.error(f"{arguments.fader} is no program")
    names = CASES if "all" in arguments.cases else arguments.cases
    return max(made(name, arguments) for name in names)


if __name__ == "__main__":
    raise SystemExit(main())
