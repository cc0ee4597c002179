"""Steps that are killed and started again: what was begun is taken up, what ended badly is begun anew, nothing is reported twice."""

import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import steps
from slipway import WorkFailed
from steps import Steps, case_of

TITLES = {"first": "The first", "second": "The second"}


class FakeExample:
    def __init__(self, known=()):
        self.known = [{"name": name, "state": state} for name, state in known]
        self.reports = []

    def get(self):
        return {"steps": self.known}

    def step(self, name, title, state, *, position, progress=None, detail="", links=None):
        self.reports.append((name, state, detail))


class FakeClient:
    def __init__(self, known=()):
        self.example = FakeExample(known)


class FakeServer:
    """Answers a key with the work that was begun under it, as the platform does."""

    def __init__(self, kind="operation"):
        self.kind = kind
        self.states = {}

    def start(self, key):
        self.states.setdefault(key, "queued" if self.kind == "operation" else "SCHEDULED")
        return FakeWork(self, key)


class FakeWork:
    def __init__(self, server, key):
        self.kind, self.id, self._server = server.kind, key, server

    def view(self):
        state = self._server.states[self.id]
        return {"state": state, "error": "why"} if self.kind == "operation" else {"status": state, "failure": "why"}


class Quiet(unittest.TestCase):
    def setUp(self):
        silenced = mock.patch("builtins.print")
        silenced.start()
        self.addCleanup(silenced.stop)


class Reports(Quiet):
    def test_says_what_is_to_come_then_how_each_step_goes(self):
        client = FakeClient()
        known = Steps(client, TITLES, "case")
        with known.step("first") as step:
            step.say("made")
        self.assertEqual(client.example.reports, [("first", "pending", ""), ("second", "pending", ""), ("first", "running", ""), ("first", "succeeded", "made")])

    def test_a_step_that_failed_says_why_and_ends_the_pipeline(self):
        client = FakeClient()
        with self.assertRaisesRegex(RuntimeError, "broken"), Steps(client, TITLES, "case").step("second"):
            raise RuntimeError("broken")
        self.assertEqual(client.example.reports[-1], ("second", "failed", "broken"))

    def test_a_step_that_was_done_keeps_its_times(self):
        client = FakeClient([("first", "succeeded"), ("second", "failed")])
        again = Steps(client, TITLES, "case")
        for name in TITLES:
            with again.step(name):
                pass
        self.assertEqual(client.example.reports, [("second", "running", ""), ("second", "succeeded", "")])

    def test_one_that_waits_for_its_turn_is_not_running(self):
        client = FakeClient()
        with Steps(client, TITLES, "case").step("first", waits=True) as step:
            self.assertEqual([state for _, state, _ in client.example.reports], ["pending", "pending"])
            step.begin()
            step.begin()
        self.assertEqual([state for _, state, _ in client.example.reports[2:]], ["running", "succeeded"])


class Starts(Quiet):
    def test_takes_up_what_runs_or_succeeded(self):
        for kind, state in (("operation", "running"), ("operation", "succeeded"), ("run", "RUNNING"), ("run", "FINISHED")):
            with self.subTest(state=state):
                server, known = FakeServer(kind), Steps(FakeClient(), TITLES, "case")
                first = known.start("x", server.start)
                server.states[first.id] = state
                self.assertEqual(known.start("x", server.start).id, first.id)

    def test_begins_anew_what_ended_badly_but_not_forever(self):
        server, known = FakeServer("run"), Steps(FakeClient(), TITLES, "case")
        for attempt in range(1, steps.TRIES + 1):
            work = known.start("x", server.start)
            self.assertTrue(work.id.endswith(f":{attempt}"))
            server.states[work.id] = "FAILED" if attempt % 2 else "KILLED"
        with self.assertRaises(WorkFailed):
            known.start("x", server.start)

    def test_other_files_are_another_case_and_a_reset_is_one_of_its_own(self):
        with TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "suite.yaml").write_text("a")
            (root / "features").mkdir()
            parts = ["features", "suite.yaml"]
            first = case_of(root, parts, False)
            self.assertEqual(case_of(root, parts, False), first)
            self.assertNotEqual(case_of(root, parts, True), first)
            (root / "features/x.sql").write_text("select 1")
            self.assertNotEqual(case_of(root, parts, False), first)


if __name__ == "__main__":
    unittest.main()
