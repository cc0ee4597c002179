"""Waiting, archives, and the bodies of calls."""

import gzip
import io
import os
import tarfile
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from scripted_server import Reply, ScriptedServer
from slipway import Client, WorkFailed, checkpoint
from slipway.source import pack_folder
from slipway.catalog import read_texts
from slipway.models import tensor_of
from slipway.source import SourceError
from slipway.sweeps import comparison_block
from slipway.transport import Retry


def connect(server):
    return server.of(Client(server.url, "t", retry=Retry(patience=1, first=0.01)))


class Waiting(unittest.TestCase):
    def test_follows_an_operation_to_its_result(self):
        states = [
            Reply(202, {"operationId": "o1"}),
            Reply(200, {"state": "queued", "stage": "", "progress": None}),
            Reply(200, {"state": "running", "stage": "joining", "progress": 0.5}),
            Reply(200, {"state": "succeeded", "result": {"datasetId": "d1"}}),
        ]
        with ScriptedServer(*states) as server:
            seen = []
            work = connect(server).datasets.build("flights", key="k")
            self.assertEqual(work.result(on_progress=lambda *step: seen.append(step)), {"datasetId": "d1"})
            self.assertEqual(seen, [("queued", None), ("joining", 0.5)])
            self.assertEqual(server.asked[0].headers["idempotency-key"], "k")
            self.assertEqual(server.asked[1].path, "/api/v1/operations/o1")

    def test_follows_a_sweep_by_its_runs(self):
        def view(state, **counts):
            return Reply(200, {"state": state, "counts": {"planned": 1, "launched": 1, **counts}, "spec": {"budget": {"runs": 4}}, "best": {"number": 2}})

        with ScriptedServer(Reply(201, {"sweepId": "s1"}), view("running", complete=1, pruned=1), view("finished", complete=4)) as server:
            seen = []
            space = [{"kind": "float", "name": "rate", "low": 0.1, "high": 1}]
            work = connect(server).sweeps.launch("search", "train", space, {"metric": "loss", "direction": "minimize"}, runs=4, seed=1, sampler={"kind": "random"})
            self.assertEqual(work.wait(on_progress=lambda *step: seen.append(step))["best"], {"number": 2})
            self.assertEqual(seen, [("2 of 4 runs", 0.5)])
            body = server.asked[0].json()
            self.assertEqual((body["budget"], body["sampler"], body["space"]), ({"runs": 4, "hours": None}, {"kind": "random"}, space))
            self.assertNotIn("pruner", body)

    def test_names_compared_runs_as_the_portal_does(self):
        block = comparison_block("Two", ["0190-aa", "0190-bb"], part="curves")
        self.assertEqual(block, {"kind": "comparison", "title": "Two", "query": "runs=0190aa,0190bb&part=curves"})

    def test_raises_with_the_reason(self):
        for kind, view in (
            ("operation", {"state": "failed", "error": "why"}),
            ("job", {"state": "timed_out", "message": "why"}),
            ("run", {"status": "FAILED", "failure": "why"}),
            ("sweep", {"state": "stopped", "reason": "why"}),
        ):
            with self.subTest(kind=kind), ScriptedServer(Reply(200, view)) as server:
                client = connect(server)
                work = {"operation": client.operation, "job": client.jobs.work, "run": client.runs.work, "sweep": client.sweeps.work}[kind]("x")
                with self.assertRaises(WorkFailed) as raised:
                    work.wait()
                self.assertEqual((raised.exception.kind, raised.exception.detail), (kind, "why"))

    def test_ends_waiting_in_time(self):
        with ScriptedServer(Reply(200, {"status": "RUNNING"})) as server:
            with self.assertRaisesRegex(TimeoutError, "still RUNNING"):
                connect(server).runs.work("r").wait(timeout=0.2)


class Again(unittest.TestCase):
    def test_tells_the_checkpoint_that_a_job_was_given(self):
        with mock.patch.dict(os.environ, {"SLIPWAY_CHECKPOINT": "/job/resume/last.ckpt"}):
            self.assertEqual(checkpoint(), Path("/job/resume/last.ckpt"))
        with mock.patch.dict(os.environ, {"SLIPWAY_CHECKPOINT": ""}):
            self.assertIsNone(checkpoint())

    def test_resumes_and_repeats(self):
        with ScriptedServer(Reply(201, {"runId": "r", "jobId": "j"}), Reply(201, {"runId": "s", "jobId": "k"})) as server:
            runs = connect(server).runs
            self.assertEqual(runs.resume("r", "checkpoints/a").id, "r")
            self.assertEqual(runs.repeat("r").id, "s")
            self.assertEqual([asked.path for asked in server.asked], ["/api/v1/runs/r/resume", "/api/v1/runs/r/repeat"])


class Archives(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, path, text="x"):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def test_the_same_files_are_the_same_bytes(self):
        self.write("b.py")
        self.write("a/c.py")
        first = pack_folder(self.root)
        os.utime(self.write("b.py"), (1, 1))
        self.write("a/__pycache__/c.pyc")
        self.write("node_modules/x.js")
        (self.root / "link").symlink_to("b.py")
        self.assertEqual(pack_folder(self.root), first)
        self.write("b.py", "y")
        self.assertNotEqual(pack_folder(self.root), first)

    def test_keeps_what_may_be_run(self):
        self.write("run.sh").chmod(0o755)
        self.write("a.py").chmod(0o600)
        with tarfile.open(fileobj=io.BytesIO(gzip.decompress(pack_folder(self.root)))) as archive:
            entries = [(entry.name, entry.mode, entry.mtime, entry.uid) for entry in archive]
        self.assertEqual(entries, [("a.py", 0o644, 0, 0), ("run.sh", 0o755, 0, 0)])

    def test_reads_definitions_with_their_sql(self):
        self.write("features/v.yaml", "kind: x")
        self.write("features/v.sql", "select 1")
        self.write("features/notes.md")
        self.write("suite.yaml", "kind: suite")
        self.assertEqual(read_texts(self.root, ["features"]), {"features/v.yaml": "kind: x", "features/v.sql": "select 1"})
        self.assertEqual(set(read_texts(self.root)), {"features/v.yaml", "features/v.sql", "suite.yaml"})


class Bodies(unittest.TestCase):
    def test_registers_a_recipe_with_its_code_and_requirements(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "recipe.yaml").write_text("kind: recipe")
            (root / "requirements.txt").write_text("numpy==2 --hash=sha256:00")
            replies = [Reply(200, {"documents": [{"path": "recipe.yaml", "index": 0, "content": {"kind": "recipe"}}]}), Reply(200), Reply(404), Reply(201)]
            with ScriptedServer(*replies, Reply(201, {"name": "train", "version": 1})) as server:
                made = connect(server).recipes.register(root, root / "requirements.txt")
                body = server.asked[-1].json()
            with ScriptedServer(*replies, Reply(201, {"name": "train", "version": 1})) as server:
                connect(server).recipes.register(root)
                self.assertEqual(server.asked[-1].json(), body)
            (root / "requirements.txt").write_text("numpy==2")
            with ScriptedServer() as server, self.assertRaisesRegex(SourceError, "has no hash"):
                connect(server).recipes.register(root)
        self.assertEqual(made["version"], 1)
        self.assertEqual(body["definition"], {"kind": "recipe"})
        self.assertEqual([len(body[name]) for name in ("codeSha256", "requirementsSha256")], [64, 64])

    def test_makes_a_model_only_where_there_is_none(self):
        with ScriptedServer(Reply(404, {"title": "NotFound"}), Reply(201, {"name": "m"})) as server:
            self.assertEqual(connect(server).models.ensure("m", suite="s"), {"name": "m"})
            self.assertEqual(server.asked[1].json()["suite"], "s")
        with ScriptedServer(Reply(200, {"name": "m"})) as server:
            connect(server).models.ensure("m")
            self.assertEqual(len(server.asked), 1)

    def test_leaves_the_choice_of_the_gate_to_the_server_unless_it_is_named(self):
        with ScriptedServer(Reply(201), Reply(201)) as server:
            connect(server).models.create("m")
            connect(server).models.create("m", suite=None)
            self.assertNotIn("suite", server.asked[0].json())
            self.assertIsNone(server.asked[1].json()["suite"])

    def test_types_tensors_by_their_values(self):
        kinds = [tensor_of("x", values)["datatype"] for values in (["a"], [1, 2], [1, 2.5], [True])]
        self.assertEqual(kinds, ["BYTES", "INT64", "FP64", "BOOL"])

    def test_names_scores_one_way(self):
        with ScriptedServer(Reply(202, {"operationId": "o"})) as server:
            client = connect(server)
            client.evaluations.create("s", "m-1", run_id="r")
            self.assertEqual(server.asked[0].json()["scores"], {"runId": "r", "path": "scores.parquet"})
            with self.assertRaises(ValueError):
                client.evaluations.create("s", "m-1")


if __name__ == "__main__":
    unittest.main()
