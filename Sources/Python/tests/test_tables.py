"""Two tables as events."""

from __future__ import annotations

import gzip
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from support import events_of, kinds, needs_binary, run
from tables_of_log import write

from fader.errors import InputError
from fader.events import atomic_file
from fader.tables import Mapping, Report, events_from_tables
from fader.tables.report import LossError

START = 1_767_607_200
BIG = 9_007_199_254_740_993


def impressions(**changes: Any) -> dict[str, list[Any]]:
    """Two lists of three candidates; the last of each was not shown."""
    columns: dict[str, list[Any]] = {
        "ranking": ["r2", "r2", "r2", "r1", "r1", "r1"],
        "user": ["u1"] * 3 + ["u2"] * 3,
        "timestamp": [START + 60] * 3 + [START] * 3,
        "item": ["a", "b", "c", "c", "b", "a"],
        "position": [2, 1, None, 1, 2, None],
        "price": [9.5, 3.0, None, float("nan"), 3.0, 9.5],
        "shop": ["s1", "s2", None, None, "s2", "s1"],
        "is_cold": [True, False, False, False, False, True],
        "context.device": ["app"] * 3 + ["web"] * 3,
        "user.age": ["25-34"] * 6,
    }
    return columns | changes


def interactions(**changes: Any) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {
        "ranking": ["r2", "r2", "r1"], "item": ["b", "b", "c"], "type": ["click", "dwell", "click"],
        "timestamp": [START + 64, START + 90, START + 5], "value": [None, 31.5, None],
    }
    return columns | changes


def convert(
    tmp_path: Path, shown: dict[str, Any] | None = None, done: dict[str, Any] | None = None,
    mapping: Mapping | None = None, **options: Any,
) -> tuple[list[dict[str, Any]], Report]:
    """Events of tables in memory."""
    out = tmp_path / "events.jsonl"
    report = events_from_tables(
        pa.table(shown or impressions()), pa.table(done or interactions()), out, mapping, **options
    )
    return events_of(out), report


def test_tables_become_events_in_order_of_time(tmp_path: Path) -> None:
    events, report = convert(tmp_path)
    assert [(e["event"], e["timestamp"]) for e in events] == [
        ("user", START), ("ranking", START), ("interaction", START + 5), ("user", START + 60),
        ("ranking", START + 60), ("interaction", START + 64), ("interaction", START + 90),
    ]
    assert events[4] == {
        "event": "ranking", "id": "r2", "timestamp": START + 60, "user": "u1",
        "fields": {"device": "app"},
        "items": [
            {"id": "a", "fields": {"price": 9.5, "shop": "s1", "is_cold": True}, "position": 2},
            {"id": "b", "fields": {"price": 3, "shop": "s2", "is_cold": False}, "position": 1},
            {"id": "c", "fields": {"is_cold": False}},
        ],
    }
    assert events[6]["value"] == 31.5
    assert (report.rankings, report.items, report.interactions) == (2, 6, 3)
    assert "2 rankings, 6 items" in str(report) and "click 2, dwell 1" in str(report)


def write_csv(table: Any, path: Path) -> None:
    with gzip.open(path, "wb") if path.suffix == ".gz" else path.open("wb") as file:
        pa.csv.write_csv(table, file)


@pytest.mark.parametrize("ending", ["parquet", "csv", "csv.gz", "folder"])
@pytest.mark.parametrize("memory", [1 << 30, 1])
def test_files_of_all_kinds_give_the_same_events(tmp_path: Path, ending: str, memory: int) -> None:
    expected, _ = convert(tmp_path)
    # CSV has one text for "no value", so NaN is none there.
    shown, done = pa.table(impressions(price=[9.5, 3.0, None, None, 3.0, 9.5])), pa.table(interactions())
    paths = [tmp_path / f"shown.{ending}", tmp_path / f"done.{ending}"]
    for table, path in zip((shown, done), paths, strict=True):
        if ending == "folder":
            path.mkdir()
            for part in range(len(table)):
                pa.parquet.write_table(table.slice(part, 1), path / f"part-{part}.parquet")
        elif ending == "parquet":
            pa.parquet.write_table(table, path, row_group_size=2)
        else:
            write_csv(table, path)
    events_from_tables(paths[0], paths[1], tmp_path / "again.jsonl.gz", memory=memory)
    assert events_of(tmp_path / "again.jsonl.gz") == expected
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"events.jsonl", "again.jsonl.gz", paths[0].name, paths[1].name}


def test_tables_of_polars_and_pandas_are_taken(tmp_path: Path) -> None:
    expected, _ = convert(tmp_path)
    polars = pytest.importorskip("polars")
    out = tmp_path / "polars.jsonl"
    events_from_tables(polars.DataFrame(impressions()), polars.LazyFrame(interactions()), out)
    assert events_of(out) == expected
    pandas = pytest.importorskip("pandas")
    shown = pandas.DataFrame(impressions()).sort_values("item", kind="stable")
    shown["shop"] = shown["shop"].astype("category")
    shown.to_parquet(tmp_path / "pandas.parquet")
    events_from_tables(tmp_path / "pandas.parquet", pandas.DataFrame(interactions()), out)
    assert [len(event.get("items", [])) for event in events_of(out)] == [0, 3, 0, 0, 3, 0, 0]
    assert events_of(out)[4]["items"][0] == expected[4]["items"][0]


def test_long_ids_stay_exact(tmp_path: Path) -> None:
    ids = [BIG, BIG + 1, BIG + 2, BIG, BIG + 1, BIG + 2]
    shown = impressions(item=ids, ranking=[-BIG] * 3 + [7] * 3, seller=ids, year=[2020] * 6)
    done = interactions(item=[BIG + 1, BIG + 1, BIG], ranking=[-BIG, -BIG, 7])
    events, report = convert(tmp_path, shown, done)
    assert report.interactions == 3
    ranking = kinds(events, "ranking")[1]
    assert ranking["id"] == str(-BIG)
    assert [item["id"] for item in ranking["items"]] == [str(BIG), str(BIG + 1), str(BIG + 2)]
    assert ranking["items"][1]["fields"]["seller"] == str(BIG + 1)
    assert ranking["items"][1]["fields"]["year"] == 2020
    write_csv(pa.table(shown), tmp_path / "shown.csv")
    write_csv(pa.table(done), tmp_path / "done.csv")
    events_from_tables(tmp_path / "shown.csv", tmp_path / "done.csv", tmp_path / "csv.jsonl")
    assert events_of(tmp_path / "csv.jsonl") == events


def test_a_column_of_numbers_and_long_numbers_is_one_of_texts(tmp_path: Path) -> None:
    """One type for a feature, whichever row the long number stands in."""
    events, _ = convert(tmp_path, impressions(seller=[1, 2, 3, 4, 5, BIG]))
    sellers = [item["fields"]["seller"] for event in kinds(events, "ranking") for item in event["items"]]
    assert sorted(sellers) == ["1", "2", "3", "4", "5", str(BIG)]


def test_codes_that_begin_with_zero_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "shown.csv").write_text(
        "ranking,item,timestamp,position,zip,count\n"
        "r,007,1767607200,1,01234,1\nr,7,1767607200,2,99999,2.5\n"
    )
    events_from_tables(tmp_path / "shown.csv", None, tmp_path / "e.jsonl")
    items = events_of(tmp_path / "e.jsonl")[0]["items"]
    assert [(i["id"], i["fields"]) for i in items] == [
        ("007", {"zip": "01234", "count": 1}), ("7", {"zip": "99999", "count": 2.5}),
    ]


@pytest.mark.parametrize("memory", [1 << 30, 1])
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_files_of_one_table_may_differ_in_types_that_go_together(
    tmp_path: Path, ending: str, memory: int
) -> None:
    """Whole numbers, numbers and nothing at all, as they happen to stand in a part of an export."""
    folder = tmp_path / "shown"
    folder.mkdir()
    for name, count, shop in (("a", 1, None), ("b", 2.5, "s1"), ("c", None, "s2")):
        columns = {
            "ranking": [name], "item": ["i"], "timestamp": [START], "position": [1], "count": [count],
            "shop": [shop], "empty": [None],
        }
        if ending == "csv":
            # Arrow writes a column of nulls alone as one, too.
            write_csv(pa.table(columns), folder / f"{name}.csv")
        else:
            pa.parquet.write_table(pa.table(columns), folder / f"{name}.parquet")
    events_from_tables(folder, None, tmp_path / "e.jsonl", memory=memory)
    fields = [event["items"][0]["fields"] for event in events_of(tmp_path / "e.jsonl")]
    assert fields == [{"count": 1}, {"count": 2.5, "shop": "s1"}, {"shop": "s2"}]


def test_files_of_one_table_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    cells: list[list[Any]] = [[1, "x"], [BIG, 1.5]]
    for counts, words in zip(cells, ("the same type in all files", "ids as texts"), strict=True):
        for number, count in enumerate(counts):
            columns = {"ranking": ["r"], "item": [f"i{number}"], "timestamp": [START],
                       "position": [1 + number], "count": [count]}
            pa.parquet.write_table(pa.table(columns), tmp_path / f"{number}.parquet")
        with pytest.raises(InputError, match=words):
            events_from_tables(tmp_path, None, tmp_path / "e.jsonl")


def test_an_empty_column_of_csv_is_nothing(tmp_path: Path) -> None:
    write_csv(pa.table(impressions(propensity=[None] * 6)), tmp_path / "shown.csv")
    write_csv(pa.table(interactions(value=[None] * 3)), tmp_path / "done.csv")
    events_from_tables(tmp_path / "shown.csv", tmp_path / "done.csv", tmp_path / "e.jsonl")
    assert "value" not in kinds(events_of(tmp_path / "e.jsonl"), "interaction")[1]


MOMENT = datetime(2026, 1, 5, 10, 0, 0, 250_000, tzinfo=timezone.utc)
SECONDS = 1_767_607_200.25
TIMES = {
    "seconds": pa.array([SECONDS] * 6), "ms": pa.array([int(SECONDS * 1e3)] * 6),
    "us": pa.array([int(SECONDS * 1e6)] * 6), "ns": pa.array([int(SECONDS * 1e6) * 1000] * 6),
    "ms as float": pa.array([SECONDS * 1e3] * 6),
    "decimal": pa.array([SECONDS] * 6).cast(pa.decimal128(20, 6)),
    "naive datetimes": pa.array([MOMENT.replace(tzinfo=None)] * 6, pa.timestamp("us")),
    "datetimes of a zone": pa.array([MOMENT] * 6, pa.timestamp("ns", "Asia/Tokyo")),
    "texts": pa.array(["2026-01-05T10:00:00.25Z"] * 6),
    "texts of a zone": pa.array(["2026-01-05 11:00:00,250000+01:00"] * 6),
    "numbers as texts": pa.array(["1767607200250"] * 6),
}


@pytest.mark.parametrize("kind", TIMES)
def test_times_of_every_kind_are_read(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "e.jsonl"
    shown = pa.table(impressions() | {"timestamp": TIMES[kind]})
    report = events_from_tables(shown, None, out)
    assert {event["timestamp"] for event in events_of(out)} == {SECONDS}
    assert ("read as UTC" in str(report)) == (kind == "naive datetimes")


def test_the_zone_of_times_that_name_none_can_be_given(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl"
    for times in (
        pa.array([MOMENT.replace(tzinfo=None) + timedelta(hours=1)] * 6, pa.timestamp("us")),
        pa.array(["2026-01-05 11:00:00.25"] * 6),
    ):
        shown = pa.table(impressions() | {"timestamp": times})
        events_from_tables(shown, None, out, Mapping(timezone="Europe/Berlin"))
        assert {event["timestamp"] for event in events_of(out)} == {SECONDS}


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (["2026-01-05T10:00:00"] * 6, "with its zone"), (["yesterday"] * 6, "row 1: 'yesterday'"),
        ([0.0] * 6, "year 2000"), ([None] * 6, "without a time"), ([-5] * 6, "row 1: -5"),
    ],
)
def test_times_that_are_none_are_counted_and_refused(tmp_path: Path, times: Any, words: str) -> None:
    out = tmp_path / "e.jsonl"
    out.write_text("before")
    with pytest.raises(LossError, match="nothing was written") as refusal:
        events_from_tables(pa.table(impressions(timestamp=times)), None, out)
    assert words in str(refusal.value)
    assert [path.name for path in tmp_path.iterdir()] == ["e.jsonl"] and out.read_text() == "before"


def test_a_day_is_no_time(tmp_path: Path) -> None:
    shown = pa.table(impressions() | {"timestamp": pa.array([MOMENT.date()] * 6)})
    with pytest.raises(InputError, match="does not say what came first"):
        events_from_tables(shown, None, tmp_path / "e.jsonl")


@pytest.mark.parametrize(
    ("shown", "done", "words"),
    [
        ({"ranking": None}, {}, "column for ranking"), ({"position": None}, {}, "--ordered"),
        ({"item": None}, {}, "column for item"), ({}, {"type": None}, "--type click"),
        ({}, {"timestamp": None}, "column for timestamp"),
        ({"ranking": [1.5] * 6}, {}, "a float rounds long ids"),
        ({"item": [float(BIG)] * 6}, {}, "a float rounds long ids"),
        ({"item": [["a"]] * 6}, {}, "UNNEST"), ({"item": [True] * 6}, {}, "cast the column to text"),
        ({"position": ["x"] * 6}, {}, "places from the top"), ({"position": [-1] * 6}, {}, "row 1"),
        ({"position": [1.5] * 6}, {}, "places from the top"),
        ({"propensity": [2.0] * 6}, {}, "chances above 0"), ({}, {"value": ["x"] * 3}, "amounts"),
        ({"user": None}, {}, "features of users"),
    ],
)
def test_columns_that_cannot_be_used_are_refused(
    tmp_path: Path, shown: dict[str, Any], done: dict[str, Any], words: str
) -> None:
    def changed(table: dict[str, Any], changes: dict[str, Any]) -> Any:
        return pa.table({k: v for k, v in (table | changes).items() if v is not None})

    out = tmp_path / "e.jsonl"
    with pytest.raises(InputError, match=words):
        events_from_tables(changed(impressions(), shown), changed(interactions(), done), out)
    assert not list(tmp_path.iterdir())


def test_names_of_columns_can_be_given(tmp_path: Path) -> None:
    shown = {
        "query": ["q"] * 2, "doc": ["a", "b"], "at": [START] * 2, "place": [1, 2], "who": ["u"] * 2,
        "device": ["app"] * 2, "age": [30] * 2, "price": [1.0, 2.0], "secret": [1, 2],
    }
    mapping = Mapping(
        impressions={"ranking": "query", "item": "doc", "timestamp": "at", "position": "place",
                     "user": "who"},
        interactions={"timestamp": "when"}, context_features=["device"], user_features=["age"],
        ignored=["secret"], type="save",
    )
    done = {"ranking": ["q"], "item": ["a"], "when": [START + 1]}
    events, _ = convert(tmp_path, shown, done, mapping)
    assert events[0]["fields"] == {"age": 30} and events[1]["fields"] == {"device": "app"}
    assert events[1]["items"][0] == {"id": "a", "fields": {"price": 1}, "position": 1}
    assert events[2]["type"] == "save"


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (Mapping(impressions={"ranking": "rankign"}), 'did you mean "ranking"'),
        (Mapping(impressions={"rankign": "ranking"}), 'did you mean "ranking"'),
        (Mapping(context_features=["devise"]), "the column"), (Mapping(ignored=["nothing"]), "the column"),
    ],
)
def test_names_that_match_nothing_are_refused(tmp_path: Path, mapping: Mapping, words: str) -> None:
    with pytest.raises(InputError, match=words):
        convert(tmp_path, mapping=mapping)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"window": -1.0}, "seconds from 0"), ({"window": float("nan")}, "seconds from 0"),
        ({"allow_loss": 2.0}, "from 0 to 1"), ({"mapping": Mapping(timezone="Mars/Here")}, "Europe/Berlin"),
        ({"mapping": Mapping(timezone="../x")}, "Europe/Berlin"),
    ],
)
def test_options_that_mean_nothing_are_refused(
    tmp_path: Path, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        convert(tmp_path, **options)


def test_columns_that_are_no_features_are_named(tmp_path: Path) -> None:
    shown = pa.table(impressions() | {"made": pa.array([MOMENT] * 6), "x": pa.array([{"y": 1}] * 6)})
    report = events_from_tables(shown, None, tmp_path / "e.jsonl")
    assert "made of type timestamp" in str(report) and "x of type struct" in str(report)
    with pytest.raises(InputError, match="column made"):
        events_from_tables(shown, None, tmp_path / "e.jsonl", Mapping(item_features=["made"]))


def test_lists_are_features(tmp_path: Path) -> None:
    shown = impressions(tags=[["a", "b"], [], None, ["c"], ["d"], None], vector=[[0.5, 1.0]] * 6,
                        sellers=[[BIG], [1]] * 3)
    events, _ = convert(tmp_path, shown)
    first = kinds(events, "ranking")[1]["items"][0]["fields"]
    assert (first["tags"], first["vector"], first["sellers"]) == (["a", "b"], [0.5, 1.0], [str(BIG)])


def test_narrow_numbers_keep_their_own_digits(tmp_path: Path) -> None:
    shown = pa.table(impressions() | {"x": pa.array([0.1] * 6, pa.float32())})
    events_from_tables(shown, None, tmp_path / "e.jsonl")
    assert kinds(events_of(tmp_path / "e.jsonl"), "ranking")[0]["items"][0]["fields"]["x"] == 0.1


def test_interactions_that_match_nothing_are_counted_by_reason(tmp_path: Path) -> None:
    done = interactions(
        ranking=["r2", "r9", "r2", "r1", None, "r2", "r2"], item=["b", "b", "c", "c", "b", "b", "b"],
        type=["click"] * 7, value=[None] * 7,
        timestamp=[START + 64, START, START + 64, START - 1, START, START + 64, START + 65],
    )
    with pytest.raises(LossError, match="4 of 7 interactions"):
        convert(tmp_path, done=done)
    _, report = convert(tmp_path, done=done, allow_loss=0.6)
    assert {reason: tally.count for reason, tally in report.lost_interactions.items()} == {
        "with a ranking that impressions do not have": 1, "rows without ranking": 1,
        "with an item that was not shown in their ranking": 1, "before their ranking": 1,
    }
    assert report.notes["interactions that stand twice"].count == 1
    assert report.interactions == 2


def test_rows_that_come_again_are_counted(tmp_path: Path) -> None:
    shown = {name: [*column, column[0], column[1]] for name, column in impressions().items()}
    shown["price"][-1] = 4.0
    events, report = convert(tmp_path, shown)
    assert report.notes["rows that stand twice"].count == 1
    assert sum(tally.count for reason, tally in report.notes.items() if "again" in reason) == 1
    assert [i["fields"].get("price") for i in kinds(events, "ranking")[1]["items"]] == [9.5, 3, None]


@pytest.mark.parametrize(
    ("positions", "reason"),
    [([1, 0, None], "begin at 0"), ([12, 11, None], "gaps"), ([5, 2, 3], "gaps")],
)
def test_positions_are_counted_from_1(
    tmp_path: Path, positions: list[int | None], reason: str
) -> None:
    events, report = convert(tmp_path, impressions(position=[*positions, 1, 2, None]))
    assert any(reason in note for note in report.notes)
    places = [item.get("position") for item in kinds(events, "ranking")[1]["items"]]
    assert sorted(p for p in places if p) == list(range(1, 1 + sum(p is not None for p in positions)))
    assert places[0] == max(p for p in places if p)


def test_rankings_that_make_no_sense_are_left_out(tmp_path: Path) -> None:
    for change in ({"position": [1, 1, None, 1, 2, None]}, {"position": [None] * 3 + [1, 2, None]},
                   {"user": ["u1", "u2", "u1", "u2", "u2", "u2"]}):
        with pytest.raises(LossError, match="1 of 2 rankings"):
            convert(tmp_path, impressions(**change), interactions())
        _, report = convert(tmp_path, impressions(**change), interactions(), allow_loss=0.7)
        assert report.rankings == 1 and len(report.lost_rankings) == 1


def test_rows_in_the_order_shown_need_no_position(tmp_path: Path) -> None:
    shown = {k: v for k, v in impressions().items() if k != "position"}
    done = interactions(item=["c", "b", "c"])
    events, report = convert(tmp_path, shown, done, Mapping(ordered=True))
    assert [item["position"] for item in kinds(events, "ranking")[0]["items"]] == [1, 2, 3]
    assert not report.notes


def test_interactions_without_a_ranking_belong_to_the_last_list(tmp_path: Path) -> None:
    shown = impressions(user=["u1"] * 6)
    done = {
        "user": ["u1", "u1", "u1", "u2"], "item": ["b", "b", "c", "b"], "type": ["click"] * 4,
        "timestamp": [START + 1, START + 61, START + 4000, START + 1],
    }
    for memory in (1 << 30, 1):
        events, report = convert(tmp_path, shown, done, allow_loss=0.5, memory=memory)
        assert [(e["ranking"], e["item"]) for e in kinds(events, "interaction")] == [
            ("r1", "b"), ("r2", "b"),
        ]
        assert sum(tally.count for tally in report.lost_interactions.values()) == 2


def test_features_of_users_are_written_when_they_change(tmp_path: Path) -> None:
    shown = impressions(user=["u"] * 6)
    events, report = convert(tmp_path, shown)
    assert report.user_updates == 1
    shown["user.age"] = ["35-49"] * 3 + ["25-34"] * 3
    events, report = convert(tmp_path, shown)
    assert [e["fields"]["age"] for e in kinds(events, "user")] == ["25-34", "35-49"]


def test_nothing_is_left_of_a_file_that_failed(tmp_path: Path) -> None:
    (tmp_path / "out.gz").write_bytes(b"before")
    with pytest.raises(RuntimeError), atomic_file(tmp_path / "out.gz") as file:
        file.write(b"half")
        raise RuntimeError
    assert (tmp_path / "out.gz").read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(InputError, match="no such folder"), atomic_file(tmp_path / "no/out"):
        pass


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "names the columns"), (b"ranking,ranking\n", "twice"), (b"PAR1nothing", "sound Parquet"),
        (b"ranking,item,timestamp,position\nr,a,1767607200\n", "as many values"),
    ],
)
def test_files_that_are_no_tables_are_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "shown.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        events_from_tables(path, None, tmp_path / "e.jsonl")


def test_other_files_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "shown.xlsx").write_bytes(b"PK")
    for path, words in (("shown.xlsx", "Parquet file"), ("nowhere", "got none"), (".", "none of them")):
        with pytest.raises(InputError, match=words):
            events_from_tables(tmp_path / path, None, tmp_path / "e.jsonl")
    with pytest.raises(InputError, match="at least one file"):
        events_from_tables([], None, tmp_path / "e.jsonl")


@needs_binary
@pytest.mark.parametrize("memory", [1 << 30, 1])
def test_the_binary_joins_the_events_of_tables_as_those_of_the_log(
    tmp_path: Path, memory: int
) -> None:
    """A world's log taken apart into tables and put together again gives the same sessions."""
    config = tmp_path / "c.yaml"
    config.write_text(
        "version: 1\ndata: {feed: {seed: 3, candidates: 12, list_length: 5}}\n"
        "objectives: [{name: click, predicted: click}]\n"
    )
    log = tmp_path / "log.jsonl"
    run("simulate", "--config", config, "--sessions", "300", "--out", tmp_path / "s.jsonl", "--events", log)
    for table, name in (("impressions", "shown"), ("interactions", "done")):
        write(log, table, tmp_path / f"{name}.parquet")
    out = tmp_path / "events.jsonl.gz"
    events_from_tables(tmp_path / "shown.parquet", tmp_path / "done.parquet", out, memory=memory)
    run("ingest", log, "--out", tmp_path / "of-log.jsonl")
    run("ingest", out, "--out", tmp_path / "of-tables.jsonl")
    assert (tmp_path / "of-tables.jsonl").read_bytes() == (tmp_path / "of-log.jsonl").read_bytes()
    assert json.loads((tmp_path / "of-log.jsonl").read_text().splitlines()[0])["candidates"]


def messy_tables(seed: int) -> tuple[Any, Any]:
    """Tables with whatever an export may hold: repeated ids, gaps, nulls, odd texts, late clicks."""
    draw = random.Random(seed)
    rows, done = [], []
    for number in range(draw.randint(3, 40)):
        ranking = draw.choice([f"r{number}", f'r "{number}"\\', f"r\u00e9{number}", f"r{number // 2}"])
        time, first = START + draw.random() * 86_400, draw.choice([0, 1, 1, 5])
        count = draw.randint(1, 6)
        shown = draw.randint(1, count)
        for place in range(count):
            rows.append(
                {
                    "ranking": ranking if draw.random() > 0.02 else None,
                    "item": draw.choice(["i", "\u00e9", 'a,b"']) + str(place), "user": f"u{number % 5}",
                    "timestamp": time, "position": first + place if place < shown else None,
                    "propensity": 0.5, "x": draw.choice([None, 1.5, float("inf"), float("nan"), -0.0]),
                    "y": draw.choice([None, "", "a\n", "\u2028", "\U0001d11e"]),
                    "z": draw.choice([True, None]), "big": draw.choice([1, 2**60, None]),
                    "list": draw.choice([None, [], ["a"], ["a", "b"]]), "context.c": number,
                    "user.g": draw.choice(["a", "b"]),
                }
            )
            for _ in range(draw.choice([0, 0, 1, 2])):
                after = draw.choice([1, 10, 100, -5, 1000.123456])
                done.append(
                    {
                        "ranking": ranking, "item": rows[-1]["item"], "timestamp": time + after,
                        "type": draw.choice(["click", "dwell", ""]), "value": draw.choice([None, 1.5]),
                    }
                )
    draw.shuffle(rows)
    return pa.Table.from_pylist(rows), pa.Table.from_pylist(done)


@needs_binary
@pytest.mark.parametrize("seed", range(4))
def test_the_binary_loses_nothing_of_what_is_written(tmp_path: Path, seed: int) -> None:
    """What cannot be joined is found here, with its reason, and not only by ``fader ingest``."""
    events, sessions = tmp_path / "e.jsonl", tmp_path / "s.jsonl"
    report = events_from_tables(*messy_tables(seed), events, memory=seed % 2 << 30, allow_loss=1)
    printed = run("ingest", events, "--out", sessions, "--allow-loss", "0")
    # By line feeds alone: U+2028 in a text ends no line.
    assert sessions.read_bytes().count(b"\n") == report.rankings
    assert f"{report.interactions}, {report.interactions} joined" in printed
    run("validate", sessions)
