"""LETOR, dsjson and ELWC files as events.

``files/`` holds what others write: ``sklearn.svm`` and ``lightgbm.train`` are of scikit-learn's
``dump_svmlight_file`` (LightGBM 4.7 reads the latter with its ``.query``), ``ranking.tfrecord`` of the
protobuf runtime and the package tfrecord, ``decisions.dsjson`` follows VowpalWabbit's wiki and tests.
"""

from __future__ import annotations

import gzip
import struct
from pathlib import Path
from typing import Any

import pytest
from support import events_of, kinds, needs_binary, run

from fader.dsjson import events_from_dsjson
from fader.elwc import events_from_elwc, masked_crc, records
from fader.errors import FaderError, InputError
from fader.graded import Grading
from fader.letor import events_from_letor

FILES = Path(__file__).parent / "files"


def test_a_file_of_scikit_learn_is_one_ranking_for_each_query(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl.gz"
    report = events_from_letor([FILES / "sklearn.svm"], out)
    rankings = kinds(events_of(out), "ranking")
    assert [(r["id"], len(r["items"])) for r in rankings] == [("3", 5), ("7", 4), ("11", 3)]
    lines = [line for line in (FILES / "sklearn.svm").read_text().splitlines() if line[0] != "#"]
    grades = [float(line.split()[0]) for line in lines]
    found = {(e["ranking"], e["item"]): e["value"] for e in kinds(events_of(out), "interaction")}
    assert list(found.values()) == [grade for grade in grades if grade]
    # What a line leaves out is 0, and all documents have all features.
    cells = dict(cell.split(":") for cell in lines[0].split()[2:])
    first = rankings[0]["items"][0]["fields"]
    assert first == {f"f{n}": float(cells.get(str(n), 0)) for n in range(1, 6)}
    assert "3 queries as rankings, 12 documents, 12 shown" in str(report)


def test_a_file_of_lightgbm_takes_its_queries_from_beside_it(tmp_path: Path) -> None:
    out, groups = tmp_path / "e.jsonl", FILES / "lightgbm.train.query"
    events_from_letor([FILES / "lightgbm.train"], out, groups=groups, sparse=True)
    rankings = kinds(events_of(out), "ranking")
    assert [(r["id"], len(r["items"])) for r in rankings] == [("1", 5), ("2", 4), ("3", 3)]
    assert set(rankings[0]["items"][3]["fields"]) < {f"f{n}" for n in range(5)}
    short = tmp_path / "short"
    for content, words in (("5\n4\n", "end before"), ("5\n4\n3\n9\n", "more lines"), ("0\n", "number of lines")):
        short.write_text(content)
        with pytest.raises(InputError, match=words):
            events_from_letor([FILES / "lightgbm.train"], out, groups=short)


def test_documents_of_letor_keep_their_names_and_grades(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl"
    grading = Grading(thresholds={"relevant": 1, "perfect": 2})
    events_from_letor([FILES / "letor.txt"], out, grading=grading)
    events = events_of(out)
    assert [item["id"] for item in events[0]["items"]][0] == "GX029-35-0000001"
    done = [(e["item"][-1], e["type"], e.get("value")) for e in kinds(events, "interaction")]
    assert done == [
        ("1", "relevant", None), ("1", "perfect", None), ("1", "relevance", 2), ("3", "relevant", None),
        ("3", "relevance", 1),
    ]


def test_only_shown_documents_have_feedback(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl"
    orders = set()
    for seed in range(8):
        events_from_letor([FILES / "letor.txt"], out, grading=Grading(shown=2, shuffle=seed))
        events = events_of(out)
        places = {item["id"]: item.get("position") for item in events[0]["items"]}
        assert sorted(p for p in places.values() if p) == [1, 2]
        assert all(places[e["item"]] for e in kinds(events, "interaction"))
        orders.add(tuple(places))
    assert len(orders) > 2
    before = out.read_bytes()
    events_from_letor([FILES / "letor.txt"], out, grading=Grading(shown=2, shuffle=7))
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 1:2\n", "line 1: expected qid"), ("x qid:1 1:2\n", "a grade"), ("1 qid:1 1:x\n", "numbers as"),
        ("1 qid:1 a:1\n", "features such as"), ("1 qid:1 1:nan\n", "finite"), ("\n# nothing\n", "no query"),
        ("1 qid:1 1:1\n1 qid:2 1:1\n1 qid:1 1:1\n", "second time"),
        ("1 qid:1 1:1 # docid = a\n1 qid:1 1:1 # docid = a\n", "ids of their own"),
    ],
)
def test_broken_letor_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.txt").write_text(text)
    with pytest.raises(FaderError, match=words):
        events_from_letor([tmp_path / "x.txt"], tmp_path / "e.jsonl")
    assert not (tmp_path / "e.jsonl").exists()


def test_packed_letor_is_read(tmp_path: Path) -> None:
    packed = tmp_path / "x.gz"
    packed.write_bytes(gzip.compress((FILES / "letor.txt").read_bytes()))
    events_from_letor([packed], tmp_path / "a.jsonl")
    events_from_letor([FILES / "letor.txt"], tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_decisions_are_rankings_with_propensities_and_rewards(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl"
    report = events_from_dsjson([FILES / "decisions.dsjson"], out, allow_loss=0.5, user_feature=None)
    events = events_of(out)
    assert [e.get("id", e.get("ranking")) for e in events] == ["e0", "e1", "e1", "s1", "s1"]
    decision = events[1]
    assert decision["fields"] == {
        "FromUrl.timeofday": "Afternoon", "FromUrl.weather": "Sunny", "User.id": "9007199254740993",
        "User.age": 31,
    }
    assert decision["items"][1] == {
        "id": "Cold brew", "position": 1, "propensity": 0.8166667,
        "fields": {
            "i.constant": 1, "i.id": "Cold brew", "j.type": "cold", "j.strength": 2.5,
            "j.vector.0": 0.5, "j.vector.1": 1, "j.vector.2": 2,
        },
    }
    assert events[2] == {
        "event": "interaction", "ranking": "e1", "item": "Cold brew", "type": "reward", "value": 1,
        "timestamp": 1770222689.246,
    }
    # An action without a name is known by its features.
    assert len({item["id"] for item in events[0]["items"]}) == 2
    slots = {item["id"]: (item.get("position"), item.get("propensity")) for item in events[3]["items"]}
    assert slots == {"a": (2, 0.85), "b": (1, 0.8), "c": (None, None)}
    assert events[4]["item"] == "b" and events[4]["value"] == 2.5
    assert dict(report.left_out) == {
        "observations without a decision": 1, "decisions that were never activated (_skipLearn)": 1,
    }


def test_ids_of_actions_and_users_can_be_named(tmp_path: Path) -> None:
    line = (FILES / "decisions.dsjson").read_text().splitlines()[0]
    (tmp_path / "x").write_text(line)
    events_from_dsjson([tmp_path / "x"], tmp_path / "e.jsonl", id_feature="j.type", user_feature="User.id")
    ranking = events_of(tmp_path / "e.jsonl")[0]
    assert ranking["user"] == "9007199254740993"
    assert [item["id"] for item in ranking["items"]] == ["hot", "cold", "hot#2"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"a":[2,1,3]', '"a":[4,1,3]', "an action of 3"), ('"a":[2,1,3]', '"a":["x"]', "number of the chosen"),
        ('"p":[0.8166667', '"p":[7', "a probability"), ('"_label_cost":-1', '"_label_cost":"x"', "_label_cost"),
        ('"Timestamp":"2026', '"Timestamp":"x', "Timestamp"), ('"EventId":"e1","a"', '"EventId":1,"a"', "EventId"),
        ('"c":{', '"d":{', "1 of 1 lines"), ("{", "", "no JSON"), ('"_tag":"Latte"', '"_slot_id":1', "slates"),
    ],
)
def test_broken_dsjson_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    line = (FILES / "decisions.dsjson").read_text().splitlines()[0]
    assert old in line
    (tmp_path / "x").write_text(line.replace(old, new, 1))
    with pytest.raises(FaderError, match=words):
        events_from_dsjson([tmp_path / "x"], tmp_path / "e.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_elwc_of_the_protobuf_runtime_is_read(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl"
    report = events_from_elwc(
        [FILES / "ranking.tfrecord"], out, id_feature="document_id", query_feature="query_id"
    )
    rankings = kinds(events_of(out), "ranking")
    assert [(r["id"], len(r["items"])) for r in rankings] == [("q0", 3), ("q1", 4), ("q2", 5)]
    assert rankings[1]["fields"] == {"query_tokens": ["swift", "rank"], "hour": 11}
    assert rankings[1]["items"][1] == {
        "id": "9007199254741004", "position": 2,
        "fields": {"score": 0.1, "tokens": ["a", "b\u00e9"], "vector": [0.5, 1.25]},
    }
    values = [e["value"] for e in kinds(events_of(out), "interaction")]
    assert values == [2, 1, 2, 1, 2, 1, 4]
    assert report.without_grade == 2


def test_packed_elwc_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(gzip.compress((FILES / "ranking.tfrecord").read_bytes()))
    assert list(records(tmp_path / "x")) == list(records(FILES / "ranking.tfrecord", check=False))


def test_the_checksum_is_that_of_castagnoli() -> None:
    """CRC-32C of "123456789" is e3069283."""
    crc = 0xE306_9283
    masked = ((crc >> 15 | crc << 17) + 0xA282_EAD8) & 0xFFFF_FFFF
    assert masked_crc(b"123456789") == masked


@pytest.mark.parametrize("place", [0, 9, 40, -6, None])
def test_damaged_records_are_refused(tmp_path: Path, place: int | None) -> None:
    content = bytearray((FILES / "ranking.tfrecord").read_bytes())
    if place is None:
        del content[-30:]
    else:
        content[place] ^= 1
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(InputError, match="damaged"):
        events_from_elwc([tmp_path / "x"], tmp_path / "e.jsonl")
    assert not (tmp_path / "e.jsonl").exists()


def record(data: bytes) -> bytes:
    length = struct.pack("<Q", len(data))
    return b"".join(
        [length, struct.pack("<I", masked_crc(length)), data, struct.pack("<I", masked_crc(data))]
    )


def test_records_of_something_else_are_refused(tmp_path: Path) -> None:
    for data in (b"\xff\xff\xff", b"\x0a\x05ab", b"\x0b", b"\x0a\x04\x0a\x02\x0a\x7f"):
        (tmp_path / "x").write_bytes(record(data))
        with pytest.raises(FaderError, match="damaged|no query"):
            events_from_elwc([tmp_path / "x"], tmp_path / "e.jsonl")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"label": "relevanse"}, 'did you mean "relevance"'), ({"id_feature": "doc"}, "feature doc"),
        ({"query_feature": "query"}, "feature query"), ({"label": "tokens"}, "one number"),
    ],
)
def test_features_that_are_not_there_are_named(
    tmp_path: Path, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        events_from_elwc([FILES / "ranking.tfrecord"], tmp_path / "e.jsonl", **options)


@needs_binary
def test_the_binary_reads_all_of_them(tmp_path: Path) -> None:
    events_from_letor([FILES / "sklearn.svm"], tmp_path / "letor.jsonl")
    events_from_dsjson([FILES / "decisions.dsjson"], tmp_path / "dsjson.jsonl", allow_loss=0.5)
    events_from_elwc([FILES / "ranking.tfrecord"], tmp_path / "elwc.jsonl", id_feature="document_id")
    for name, count in (("letor", 3), ("dsjson", 3), ("elwc", 3)):
        events, sessions = tmp_path / f"{name}.jsonl", tmp_path / f"{name}-sessions.jsonl"
        printed = run("ingest", events, "--out", sessions, "--allow-loss", "0")
        assert len(sessions.read_text().splitlines()) == count, printed
        run("validate", sessions)
