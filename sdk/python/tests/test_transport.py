"""What is tried again, what is not, and that a repeat is the same request."""

import os
import socket
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from scripted_server import Reply, ScriptedServer
from slipway import Client, SlipwayError
from slipway.transport import Retry, Transport, path_of, query_of

QUICK = Retry(patience=3.0, first=0.01, longest=0.02)


def connect(server, **options):
    return server.of(Transport(server.url, "slw_secret", retry=QUICK, **options))


class Retries(unittest.TestCase):
    def test_repeats_a_post_with_one_key_until_it_is_answered(self):
        with ScriptedServer(Reply(503), Reply(cut="before"), Reply(429), Reply(cut="inside", body={"a": "long enough"}), Reply(201, {"ok": 1})) as server:
            self.assertEqual(connect(server).json("POST", "/x", {"n": 1}), {"ok": 1})
            self.assertEqual(len(server.asked), 5)
            self.assertEqual(len({asked.headers["idempotency-key"] for asked in server.asked}), 1)
            self.assertEqual({asked.body for asked in server.asked}, {b'{"n": 1}'})
            self.assertEqual(server.asked[0].headers["authorization"], "Bearer slw_secret")

    def test_makes_a_new_key_a_call_and_takes_a_given_one(self):
        with ScriptedServer() as server:
            transport = connect(server)
            for key in (None, None, "mine"):
                transport.json("POST", "/x", key=key)
            first, second, third = (asked.headers["idempotency-key"] for asked in server.asked)
            self.assertNotEqual(first, second)
            self.assertEqual(third, "mine")

    def test_sends_no_key_with_reads_and_puts(self):
        with ScriptedServer() as server:
            transport = connect(server)
            transport.json("GET", "/x")
            transport.json("PUT", "/x")
            self.assertFalse(any("idempotency-key" in asked.headers for asked in server.asked))

    def test_refusals_are_raised_at_once_with_the_field(self):
        problem = {"title": "Invalid", "status": 400, "detail": "name: lower-case", "field": "name"}
        for status in (400, 401, 403, 404, 409, 413, 501):
            with self.subTest(status=status), ScriptedServer(Reply(status, problem)) as server:
                with self.assertRaises(SlipwayError) as raised:
                    connect(server).json("POST", "/x")
                error = raised.exception
                self.assertEqual((error.status, error.title, error.detail, error.field), (status, "Invalid", "name: lower-case", "name"))
                self.assertEqual(len(server.asked), 1)

    def test_understands_other_protocols_and_pages(self):
        for body, title, detail in (
            ({"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "no run"}, "RESOURCE_DOES_NOT_EXIST", "no run"),
            ({"error": "wrong shape"}, "Bad Request", "wrong shape"),
            (b"upstream is gone", "Bad Request", "upstream is gone"),
            (b"<!DOCTYPE html><html>proxy", "Bad Request", "a web page answered, not the API: is the URL right?"),
        ):
            with self.subTest(body=body), ScriptedServer(Reply(400, body)) as server:
                with self.assertRaises(SlipwayError) as raised:
                    connect(server).json("GET", "/x")
                self.assertEqual((raised.exception.title, raised.exception.detail), (title, detail))

    def test_waits_as_long_as_the_server_asks(self):
        with ScriptedServer(Reply(429, headers={"Retry-After": "1"}), Reply()) as server:
            started = time.monotonic()
            connect(server).json("GET", "/x")
            self.assertGreaterEqual(time.monotonic() - started, 1.0)

    def test_gives_up_with_the_last_fault(self):
        with ScriptedServer(Reply(503, {"title": "Unavailable", "detail": "restarting"})) as server:
            transport = server.of(Transport(server.url, "t", retry=Retry(patience=0.1, first=0.01)))
            with self.assertRaises(SlipwayError) as raised:
                transport.json("GET", "/x")
            self.assertEqual((raised.exception.status, raised.exception.detail), (503, "restarting"))
            self.assertGreater(len(server.asked), 1)

    def test_says_that_no_server_answers(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            with self.assertRaises(SlipwayError) as raised:
                Transport(url, "t", retry=Retry(patience=0.05, first=0.01)).json("GET", "/x")
        self.assertEqual((raised.exception.status, raised.exception.title), (0, "Unreachable"))

    def test_a_connection_closed_while_idle_costs_no_pause(self):
        with ScriptedServer(Reply(cut="after"), Reply(200, {"n": 2})) as server:
            transport = server.of(Transport(server.url, "t", retry=Retry(patience=0)))
            transport.json("GET", "/x")
            time.sleep(0.05)
            self.assertEqual(transport.json("GET", "/x"), {"n": 2})


class Uploads(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "data.bin"
        self.path.write_bytes(os.urandom(3_000_000))

    def test_streams_the_file_from_its_start_at_each_try(self):
        with ScriptedServer(Reply(404), Reply(503), Reply(201)) as server:
            client = server.of(Client(server.url, "t", retry=QUICK))
            sha256 = client.blobs.upload(self.path)
            head, first, second = server.asked
            self.assertEqual([head.method, first.method, second.method], ["HEAD", "PUT", "PUT"])
            self.assertEqual(first.body, self.path.read_bytes())
            self.assertEqual(second.body, self.path.read_bytes())
            self.assertEqual(second.path, f"/api/v1/blobs/{sha256}")

    def test_sends_nothing_that_the_server_has(self):
        with ScriptedServer(Reply(200)) as server:
            server.of(Client(server.url, "t", retry=QUICK)).blobs.upload(self.path)
            self.assertEqual([asked.method for asked in server.asked], ["HEAD"])

    def test_refuses_content_that_is_not_what_it_is_called(self):
        with ScriptedServer(Reply(200, b"other")) as server:
            with self.assertRaises(SlipwayError):
                server.of(Client(server.url, "t", retry=QUICK)).blobs.download("0" * 64)


class Addresses(unittest.TestCase):
    def test_quotes_parts_and_lists(self):
        self.assertEqual(path_of("/models/{}/versions/{}", "a/b ü", 3), "/models/a%2Fb%20%C3%BC/versions/3")
        self.assertEqual(query_of({"a": [1, 2], "b": None, "c": "x y"}), "?a=1&a=2&c=x+y")

    def test_keeps_a_base_path(self):
        with ScriptedServer() as server:
            server.of(Transport(f"{server.url}/ml/", "t")).json("GET", "/api/v1/viewer")
            self.assertEqual(server.asked[0].path, "/ml/api/v1/viewer")

    def test_takes_its_settings_from_the_environment(self):
        with ScriptedServer(Reply(200, {"steps": []})) as server:
            with mock.patch.dict(os.environ, {"SLIPWAY_URL": server.url, "SLIPWAY_TOKEN": "slw_env"}):
                with Client() as client:
                    self.assertEqual(client.example.get(), {"steps": []})
            self.assertEqual(server.asked[0].headers["authorization"], "Bearer slw_env")
        with mock.patch.dict(os.environ, {}, clear=True), self.assertRaisesRegex(ValueError, "SLIPWAY_URL"):
            Client()


if __name__ == "__main__":
    unittest.main()
