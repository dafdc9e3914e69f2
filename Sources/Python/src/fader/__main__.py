"""The command ``fader-py``: files in, a file of events out; lines in, lists out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from fader.errors import FaderError, InputError, MissingError

EVENTS = """
example:
  fader-py events --impressions impressions.parquet --interactions interactions.parquet \\
    --column ranking=request_id --interaction-column type=event --context device --out events.jsonl.gz
  fader ingest events.jsonl.gz --out sessions.jsonl.gz

Impressions have a row for each candidate of each list: ranking, item, timestamp, position (none where
it was not shown), where known user and propensity; every other column is a feature. Interactions have
ranking, item, type, timestamp and where there is an amount value; without ranking they belong to the
last list of their user that shows the item.
"""
LETOR = """
example:
  fader-py letor train.txt --at-least relevant=1 --shuffle 1 --out events.jsonl.gz
  fader-py letor train.txt --groups train.txt.query --out events.jsonl.gz       (LightGBM)

Each query is a ranking, its grades are interactions of the kind relevance with the grade as value.
"""
DSJSON = """
example:
  fader-py dsjson decisions.json --id i.id --out events.jsonl.gz

Each decision is a ranking with the chosen action shown, its propensity, and minus its cost as reward.
"""
ELWC = """
example:
  fader-py elwc train.tfrecord --label relevance --id document_id --query query_id --out events.jsonl.gz
"""
RANK = """
example:
  fader-py rank --checkpoint checkpoints/quickstart --weights click=1 < requests.jsonl > lists.jsonl

The same lists and log-probabilities as fader rank gives, in NumPy: for a look at a checkpoint where there
is no Swift. Slow; serve with fader serve.
"""


class _Parser(argparse.ArgumentParser):
    """Ends with 64 for wrong usage, as ``fader`` does."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(64, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; the exit codes are those of ``fader``: 64 usage, 65 bad data, 66 no input."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given) or 0)
    except FaderError as error:
        print(f"fader-py: {error}", file=sys.stderr)
        return 66 if isinstance(error, MissingError) else 65
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"fader-py: {error.filename or 'file'}: {error.strerror}", file=sys.stderr)
        return 74


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="fader-py", description="Tables and ranking files as events for fader ingest."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, text: str, example: str, run: Any, out: bool = True) -> Any:
        sub = commands.add_parser(
            name, help=text, description=text, epilog=example,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.set_defaults(run=run)
        if out:
            sub.add_argument("--out", required=True, help="events, gzip when it ends in .gz")
        return sub

    events = command("events", "Two tables, impressions and interactions, as events.", EVENTS, _events)
    events.add_argument(
        "--impressions", required=True, nargs="+", metavar="PATH", help="Parquet or CSV, or a folder of it"
    )
    events.add_argument("--interactions", nargs="+", metavar="PATH", help="the same")
    pair = {"action": "append", "default": [], "metavar": "ROLE=COLUMN"}
    events.add_argument("--column", **pair, help="a column of impressions, as in ranking=request_id")
    events.add_argument("--interaction-column", **pair, help="a column of interactions, as in type=event")
    for option, text in (
        ("item", "features of the item; by default all other columns"), ("context", "features of the list"),
        ("user", "features of the user"), ("ignore", "columns to pass over"),
    ):
        events.add_argument(f"--{option}", type=_names, default=None, metavar="A,B", help=text)
    events.add_argument("--type", help="of all interactions, where no column says it")
    events.add_argument(
        "--ordered", action="store_true",
        help="rows of a list stand in the order shown, all of them; no position is needed",
    )
    events.add_argument("--timezone", help="of times that name none, as in Europe/Berlin")
    events.add_argument(
        "--window", type=float, default=1800, metavar="S",
        help="seconds for interactions that name no ranking (%(default)s)",
    )
    _loss(events)
    events.add_argument(
        "--memory", type=int, default=1024, metavar="MIB", help="to stay below, beside some 300 (%(default)s)"
    )

    letor = command("letor", "LETOR and SVMlight files as events.", LETOR, _letor)
    letor.add_argument("files", nargs="+", metavar="FILE")
    letor.add_argument("--groups", metavar="FILE", help="sizes of queries, of a file without qid")
    letor.add_argument(
        "--sparse", action="store_true", help="features that a line leaves out are missing, not 0"
    )
    _grading(letor)

    dsjson = command("dsjson", "VowpalWabbit's dsjson as events.", DSJSON, _dsjson)
    dsjson.add_argument("files", nargs="+", metavar="FILE")
    dsjson.add_argument("--id", metavar="FEATURE", help="of an action that is its id; by default _tag or id")
    dsjson.add_argument("--user", metavar="FEATURE", help="of the context that is the user's id")
    dsjson.add_argument("--kind", default="reward", help="of the interactions (%(default)s)")
    _loss(dsjson)

    elwc = command("elwc", "TensorFlow Ranking's ELWC files as events.", ELWC, _elwc)
    elwc.add_argument("files", nargs="+", metavar="FILE")
    elwc.add_argument("--label", default="relevance", help="feature that is the grade (%(default)s)")
    elwc.add_argument("--id", metavar="FEATURE", help="of a document that is its id")
    elwc.add_argument("--query", metavar="FEATURE", help="of the context that is the query's id")
    elwc.add_argument("--user", metavar="FEATURE", help="of the context that is the user's id")
    elwc.add_argument("--no-check", action="store_true", help="do not verify checksums, which is quicker")
    _grading(elwc)

    rank = command("rank", "Rank requests with a checkpoint, in NumPy.", RANK, _rank, out=False)
    rank.add_argument("--checkpoint", required=True, metavar="FOLDER")
    rank.add_argument("--weights", metavar="A=X,B=Y", help="of requests that name none")
    return parser


def _loss(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-loss", type=float, default=0.2, metavar="SHARE",
        help="share that may be left out (%(default)s); more than that writes nothing and ends with 65",
    )


def _grading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", default="relevance", help="of interactions with a grade (%(default)s)")
    parser.add_argument(
        "--at-least", action="append", default=[], metavar="KIND=GRADE",
        help="a further kind for grades from this one on, as in relevant=1",
    )
    parser.add_argument("--shown", type=int, metavar="N", help="documents of a query that count as shown")
    parser.add_argument(
        "--shuffle", type=int, metavar="SEED", help="put the documents of a query in a random order"
    )


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise InputError(option, "NAME=VALUE", repr(text))
        pairs[name] = value
    return pairs


def _numbers(given: Sequence[str], option: str) -> dict[str, float]:
    try:
        return {name: float(value) for name, value in _pairs(given, option).items()}
    except ValueError:
        raise InputError(option, "NAME=NUMBER", repr(list(given))) from None


def _events(given: argparse.Namespace) -> None:
    from fader.tables import Mapping, events_from_tables

    mapping = Mapping(
        impressions=_pairs(given.column, "--column"),
        interactions=_pairs(given.interaction_column, "--interaction-column"),
        item_features=given.item, context_features=given.context or (),
        user_features=given.user or (), ignored=given.ignore or (), type=given.type,
        ordered=given.ordered, timezone=given.timezone,
    )

    def source(paths: list[str]) -> Any:
        return paths[0] if len(paths) == 1 else paths

    report = events_from_tables(
        source(given.impressions), source(given.interactions) if given.interactions else None,
        given.out, mapping, window=given.window, allow_loss=given.allow_loss,
        memory=given.memory << 20,
    )
    print(report)


def _grading_of(given: argparse.Namespace) -> Any:
    from fader.graded import Grading

    return Grading(
        kind=given.kind or None, thresholds=_numbers(given.at_least, "--at-least"),
        shown=given.shown, shuffle=given.shuffle,
    )


def _letor(given: argparse.Namespace) -> None:
    from fader.letor import events_from_letor

    print(
        events_from_letor(
            given.files, given.out, groups=given.groups, grading=_grading_of(given),
            sparse=given.sparse,
        )
    )


def _dsjson(given: argparse.Namespace) -> None:
    from fader.dsjson import events_from_dsjson

    print(
        events_from_dsjson(
            given.files, given.out, id_feature=given.id, user_feature=given.user, kind=given.kind,
            allow_loss=given.allow_loss,
        )
    )


def _elwc(given: argparse.Namespace) -> None:
    from fader.elwc import events_from_elwc

    print(
        events_from_elwc(
            given.files, given.out, label=given.label, id_feature=given.id,
            query_feature=given.query, user_feature=given.user, grading=_grading_of(given),
            check=not given.no_check,
        )
    )


def _rank(given: argparse.Namespace) -> int:
    from fader.checkpoint import Checkpoint

    checkpoint = Checkpoint(given.checkpoint)
    weights = _numbers(given.weights.split(","), "--weights") if given.weights else None
    refused = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            answer = checkpoint.rank(line, weights).json()
        except (FaderError, ValueError) as error:
            refused += 1
            answer = {"detail": str(error), "line": number}
        print(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), flush=True)
    return 65 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
