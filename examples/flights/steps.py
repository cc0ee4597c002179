"""Steps of a pipeline that can be killed at any point and started again: each reports itself, and each start of work has a name."""

import contextlib
import hashlib
import itertools
import os
import threading
import time

from slipway import SlipwayError, WorkFailed
from slipway.source import files_below
from slipway.work import is_final

TRIES = 5
# Reports of progress inside a step, at most this often.
REPORT_SECONDS = 0.5


def fingerprint(files, nonce=""):
    """Of everything that results are made of: other files are another case, whose work is not mixed with this one's."""
    digest = hashlib.sha256(nonce.encode())
    for path in files:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


class Steps:
    def __init__(self, client, titles, case):
        """`titles` in order, by name; `case` is a fingerprint."""
        self._client = client
        self._titles = titles
        self._positions = {name: position for position, name in enumerate(titles)}
        self._case = case
        known = {step["name"]: step["state"] for step in client.example.get()["steps"]}
        self._done = {name for name, state in known.items() if state == "succeeded"}
        for name in titles:
            if name not in known:
                self.report(name, "pending")

    def is_done(self, name):
        return name in self._done

    def report(self, name, state, **more):
        # A step that was done keeps its times when the pipeline passes it again.
        if name in self._done and state in ("running", "pending", "succeeded"):
            return
        self._client.example.step(name, self._titles[name], state, position=self._positions[name], **more)

    @contextlib.contextmanager
    def step(self, name, waits=False):
        """One that waits for its turn is pending until its `begin()`."""
        step = Step(self, name)
        if not waits:
            step.begin()
        try:
            yield step
        except BaseException as error:
            self.report(name, "failed", detail=str(error)[:2000], links=step.links)
            print(f"{name}: {error}", flush=True)
            raise
        self.report(name, "succeeded", progress=1.0, detail=step.text, links=step.links)
        print(f"{name}: {step.text or 'done'} ({step.seconds():.1f} s)", flush=True)

    def start(self, name, start):
        """The work that `start(key)` began under this name, now or before a restart; begun anew where it had ended badly."""
        for attempt in itertools.count(1):
            work = start(self.key(f"{name}:{attempt}"))
            view = work.view()
            state = view["status"] if work.kind == "run" else view["state"]
            ended_badly = is_final(work.kind, state) and state.lower() not in ("succeeded", "finished")
            if not ended_badly:
                return work
            if attempt == TRIES:
                raise WorkFailed(work.kind, work.id, state.lower(), view.get("error") or view.get("failure") or "")

    def key(self, name):
        return f"flights:{self._case}:{name}"


class Step:
    def __init__(self, steps, name):
        self._steps = steps
        self._name = name
        self._last = 0.0
        self._lock = threading.Lock()
        self._began = None
        self.text = ""
        self.links = {}

    def begin(self):
        if self._began is None:
            self._began = time.monotonic()
            self._steps.report(self._name, "running", links=self.links)
            print(f"{self._name}: started", flush=True)

    def seconds(self):
        return 0.0 if self._began is None else time.monotonic() - self._began

    def link(self, label, href):
        self.links[label] = href

    def progress(self, fraction, text=""):
        with self._lock:
            now = time.monotonic()
            if now - self._last < REPORT_SECONDS:
                return
            self._last = now
        # What a page shows must not end what it shows.
        with contextlib.suppress(SlipwayError):
            self._steps.report(self._name, "running", progress=fraction, detail=text, links=self.links)

    def say(self, text):
        self.text = text

    def follow(self, low=0.0, high=1.0):
        """For `Work.wait`: the work's own progress as this part of the step's."""

        def on_progress(stage, fraction):
            self.progress(low + (high - low) * (fraction or 0.0), stage)

        return on_progress


def case_of(folder, parts, reset):
    """A case of its own for each reset, the same one for every attempt of the job that asked for it."""
    files = [path for part in parts for path in ([folder / part] if (folder / part).is_file() else files_below(folder / part))]
    return fingerprint(files, os.environ.get("SLIPWAY_JOB_ID", str(time.time())) if reset else "")
