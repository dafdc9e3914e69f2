#!/usr/bin/env python3
"""Every check of the trials is shown failing once; needs no server."""

import json
import random
import tempfile
import unittest
from pathlib import Path

import malformed
import mutations
from bodies import Bodies
from logs import count_lines
from trial import Trial, percentile, slope
from wire import Malformed, parse

IDS = ["a", "b", "c"]
EXPECTED = ("r1", 2, 0, "b", "c")


def answer(*ids, name="r1"):
    items = [{"id": i, "index": IDS.index(i)} for i in ids]
    return json.dumps({"items": items, "request_id": name}).encode()


class Answers(unittest.TestCase):
    def setUp(self):
        self.bodies = Bodies.__new__(Bodies)
        self.bodies.ids = [IDS]

    def fault(self, body, status=200):
        return self.bodies.fault(EXPECTED, status, body)

    def test_a_right_answer_passes(self):
        self.assertIsNone(self.fault(answer("a", "b")))

    def test_wrong_answers_do_not(self):
        self.assertIn("status 500", self.fault(b"", 500))
        self.assertIn("no answer", self.fault(b'{"items":3}'))
        self.assertIn("distinct", self.fault(answer("b", "b")))
        self.assertIn("distinct", self.fault(answer("b")))
        self.assertIn("request_id", self.fault(answer("a", "b", name="r2")))
        self.assertIn("pin", self.fault(answer("b", "a")))
        self.assertIn("ban", self.fault(answer("c", "b")))
        stranger = answer("a", "b").replace(b'"index": 0', b'"index": 2')
        self.assertIn("none of the request", self.fault(stranger))


class Problems(unittest.TestCase):
    head = b"HTTP/1.1 422 x\r\nContent-Type: application/problem+json\r\n"
    sound = {"type": "urn:x", "title": "t", "status": 422, "detail": "d", "request_id": "r"}

    def fault(self, head=head, **members):
        body = json.dumps({**self.sound, **members}).encode()
        return malformed.problem_fault(422, head, body)

    def test_a_sound_problem_passes(self):
        self.assertIsNone(self.fault(pointer="/size", errors=[{"pointer": "/size"}]))

    def test_unsound_ones_do_not(self):
        self.assertIn("without", self.fault(head=b"HTTP/1.1 422 x\r\n"))
        self.assertIn("no detail", self.fault(detail=""))
        self.assertIn("says status 400", self.fault(status=400))
        self.assertIn("JSON pointer", self.fault(pointer="size"))
        self.assertIn("at most 20", self.fault(errors=[{"pointer": ""}] * 21))
        self.assertIn("no JSON", malformed.problem_fault(422, self.head, b"x"))

    def test_another_status_than_the_right_one_is_told(self):
        self.assertIn("expected 400, got 422", malformed.check(400)(422, self.head, b""))


class Responses(unittest.TestCase):
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"

    def test_a_response_is_read_once_it_is_whole(self):
        for end in range(len(self.whole)):
            self.assertIsNone(parse(bytearray(self.whole[:end])))
        status, _, body, used = parse(bytearray(self.whole + b"HTTP"))
        self.assertEqual((status, body, used), (200, b"ab", len(self.whole)))

    def test_what_is_none_is_refused(self):
        self.assertRaises(Malformed, parse, bytearray(b"SSH-2.0"))
        self.assertRaises(Malformed, parse, bytearray(b"HTTP/1.1 abc\r\n\r\n"))


class Logs(unittest.TestCase):
    def test_cut_and_spoiled_lines_are_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "decisions-1.jsonl").write_bytes(b'{"id":1}\n{"id"\n{"id":2}\n{"i')
            count = count_lines(folder)
        self.assertEqual((count["lines"]["decisions"], count["bad"]), (3, 2))


class Figures(unittest.TestCase):
    def test_percentiles_and_slopes(self):
        self.assertEqual(percentile([3, 1, 2, 4], 0.5), 2)
        self.assertEqual(percentile([3, 1, 2, 4], 1), 4)
        self.assertAlmostEqual(slope([(0, 1), (1, 3), (2, 5)]), 2)

    def test_a_broken_promise_is_an_exit_status(self):
        trial = Trial("x")
        trial.promise(False, "told")
        self.assertEqual((trial.end("s"), Trial("y").end("s")), (1, 0))


class Mutations(unittest.TestCase):
    def test_equal_seeds_give_equal_requests(self):
        def made(seed):
            chance = random.Random(seed)
            bodies = [mutate(chance, malformed.SOUND) for mutate in mutations.BODY]
            return bodies + [mutations.request(chance, malformed.SOUND)]

        self.assertEqual(made(1), made(1))
        self.assertNotEqual(made(1), made(2))


if __name__ == "__main__":
    unittest.main()
