#!/usr/bin/env python3
"""Holds the console against a real browser: each fact is printed; exit code 1 when one is not so.

    python3 Tests/Service/ConsoleBrowser/console_test.py --fader .build/release/fader \\
        --checkpoint checkpoints/quickstart [--config FILE] [--screenshots FOLDER]
    python3 Tests/Service/ConsoleBrowser/console_test.py --url http://127.0.0.1:8080
"""

import argparse
import contextlib
import os
import sys
import traceback

import failing
import looking
import moving
from desk import Desk
from devtools import Browser
from service import Service


FACTS = [*moving.FACTS, *looking.FACTS, *failing.FACTS]


def options():
    parser = argparse.ArgumentParser(description="Test of the console in a browser.")
    parser.add_argument("--fader", help="the program, to start a service of its own")
    parser.add_argument("--checkpoint", help="what that service serves")
    parser.add_argument("--config", help="its configuration; one is made up without")
    parser.add_argument("--url", help="a running service instead")
    parser.add_argument("--browser", help="Chromium's program, where it is not on the path")
    parser.add_argument("--screenshots", metavar="FOLDER", help="where PNGs are left")
    parser.add_argument("--only", help="part of the names of the facts to look at")
    chosen = parser.parse_args()
    if not chosen.url and not (chosen.fader and chosen.checkpoint):
        parser.error("name a service with --url, or --fader and --checkpoint to start one")
    return chosen


def screenshots(desk, folder):
    os.makedirs(folder, exist_ok=True)
    for width, theme in ((1400, "light"), (1400, "dark"), (400, "light"), (400, "dark")):
        desk.page.window(width)
        desk.page.media(prefers_color_scheme=theme, prefers_reduced_motion="reduce")
        desk.open()
        desk.key_on(1, "ArrowUp", 25)
        desk.page.screenshot(os.path.join(folder, f"console-{width}-{theme}.png"))
    desk.page.media()


def main():
    chosen = options()
    failed = 0
    with contextlib.ExitStack() as stack:
        url = chosen.url
        if not url:
            url = stack.enter_context(
                Service(chosen.fader, chosen.checkpoint, chosen.config)).url
        desk = Desk(stack.enter_context(Browser(chosen.browser)), url)
        for name, fact in FACTS:
            if chosen.only and chosen.only not in name:
                continue
            try:
                desk.fresh()
                found = fact(desk)
            except Exception as error:  # One broken fact must not hide the others.
                found = [f"{type(error).__name__}: {error}"]
                if not isinstance(error, RuntimeError):
                    traceback.print_exc()
            print(f"{'NOT SO' if found else 'ok':6}  {name}", flush=True)
            for line in found or []:
                print(f"        {line}")
            failed += bool(found)
        if chosen.screenshots:
            desk.fresh()
            screenshots(desk, chosen.screenshots)
    print(f"{failed} of {len(FACTS)} facts do not hold" if failed else "all facts hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
