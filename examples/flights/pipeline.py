"""The whole case, from raw records to a champion that is watched, as calls of Slipway's Python client.

    SLIPWAY_URL=… SLIPWAY_TOKEN=… PYTHONPATH=../../sdk/python python pipeline.py

Needs Python 3.10 and nothing else: training and scoring run as jobs with an environment of their own. Killed at any point and
started again it goes on where it stopped; `--reset` does everything anew.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import slipway
from slipway import Client
from slipway.source import files_below, pack_files
from slipway.sweeps import comparison_block, text_block
from slipway.work import is_final

from steps import Steps, case_of

HERE = Path(__file__).resolve().parent
# What results are made of.
PARTS = ["sources", "features", "features-leaky", "datasets", "recipes", "suite.yaml", "suite-june.yaml", "requirements.txt"]
MODEL = "flight-delay"
VIEWS = ["origin_delays", "destination_delays", "inbound_delays", "route_delays"]
LEAKY_VIEWS = ["origin_delays_leaky", "destination_delays_leaky", "route_delays_leaky"]
# The last week of April: what the online store would have answered, against the dataset.
SKEW_WEEK = ("2001-04-24T00:00:00Z", "2001-05-01T00:00:00Z")
REPLAY = ("2001-05-01T00:00:00Z", "2001-07-01T14:00:00Z")

# In the order in which they stand before the gate.
CANDIDATES = {
    "logistic": {"model": "logistic", "exclude": "inbound_*"},
    "gbdt": {"model": "gbdt", "exclude": "inbound_*"},
    "gbdt-inbound-core-hours": {"model": "gbdt", "before-hour": 20},
    "gbdt-inbound": {"model": "gbdt"},
}
LEAKY = "gbdt-leaky"
CHAMPION = "gbdt-inbound"
RETRAINED = "gbdt-inbound-retrained"
# What the trees' numbers leave to be found: few and small runs, and nothing of it stands before a gate.
SPACE = [
    {"kind": "int", "name": "leaves", "low": 15, "high": 127, "log": True},
    {"kind": "float", "name": "rate", "low": 0.03, "high": 0.3, "log": True},
    {"kind": "int", "name": "min-rows", "low": 100, "high": 2000, "log": True},
]
SWEEP_RUNS = 6
REPORT = "From logistic regression to the champion"

TITLES = {
    "apply": "Definitions, suite and recipes",
    "load": "Three million flights, and the airports' time zones",
    "outcomes": "Outcomes, each with the moment from which it is known",
    "views": "Feature views: delays at origin and destination, inbound, by route",
    "dataset": "A point-in-time dataset",
    "skew": "Online equals offline: a week replayed in the shadow",
    "train-logistic": "logistic: train, score, evaluate",
    "judge-logistic": "logistic: the gate",
    "train-gbdt": "gbdt: train, score, evaluate",
    "judge-gbdt": "gbdt: the gate",
    "train-gbdt-inbound-core-hours": "gbdt-inbound-core-hours (planted mistake): train, score, evaluate",
    "judge-gbdt-inbound-core-hours": "gbdt-inbound-core-hours: the gate",
    "train-gbdt-inbound": "gbdt-inbound: train, score, evaluate",
    "judge-gbdt-inbound": "gbdt-inbound: the gate",
    "data-leaky": "Views that read the future (planted mistake), and their dataset",
    "train-gbdt-leaky": "gbdt-leaky: train, score, evaluate",
    "judge-gbdt-leaky": "gbdt-leaky: the gate",
    "monitor": "Monitors, calibrated on March and April",
    "replay": "May and June replayed as live traffic",
    "retrain": "Retrained through May, and compared with the champion on June",
    "sweep": "A small sweep over leaves, rate and rows a leaf",
    "report": "A report of the candidates",
}


class Pipeline:
    def __init__(self, client, steps):
        self.client = client
        self.steps = steps
        self.runs = {}
        self.project = client.viewer()["project"]["slug"]

    def run(self):
        self.prepare()
        with ThreadPoolExecutor(max_workers=8) as lanes:
            skew = lanes.submit(self.check_skew)
            # All are queued at once, the first to be judged with the highest priority, so that no core waits for the pipeline.
            scored = {
                name: lanes.submit(self.train, name, parameters, "flights", 9 - index)
                for index, (name, parameters) in enumerate(CANDIDATES.items())
            }
            skew.result()
            self.judge("logistic", scored["logistic"].result(), self.flights)
            # Only now: the first champion shall not wait for a mistake.
            leaky = lanes.submit(self.prepare_leaky)
            for name in list(CANDIDATES)[1:]:
                self.judge(name, scored[name].result(), self.flights)
            watched = lanes.submit(self.watch)
            self.judge(LEAKY, leaky.result(), self.leaky)
            watched.result()
            self.retrain(scored[CHAMPION].result())
            self.sweep()
            self.write_report()

    def prepare(self):
        with self.steps.step("apply") as step:
            applied = self.client.catalog.apply(HERE, ["sources", "features", "features-leaky", "datasets"])
            self.suite, self.june = (self.apply_suite(file) for file in ("suite.yaml", "suite-june.yaml"))
            for recipe in ("train", "score"):
                self.client.recipes.register(HERE / "recipes" / recipe, HERE / "requirements.txt")
            step.say(f"{len(applied)} definitions, 2 suites, 2 recipes")
            step.link("Catalog", "/catalog")
        with self.steps.step("load") as step:
            zones = self.operation("load-zones", self.load("airport_zones", HERE / "sources/airport-zones.csv"))
            data = HERE / "node_modules/vega-datasets/data/flights-3m.parquet"
            flights = self.operation("load-flights", self.load("flights", data))
            zones.wait(on_progress=step.follow(0.0, 0.1))
            loaded = flights.result(on_progress=step.follow(0.1, 1.0))
            step.say(f"{loaded.get('rows', 3_000_000):,} flights")
            step.link("flights", "/catalog/sources/flights")
        with self.steps.step("outcomes") as step:
            self.operation("outcomes", lambda key: self.client.catalog.compute_source("outcomes", key=key)).wait(on_progress=step.follow())
            step.link("outcomes", "/catalog/sources/outcomes")
        with self.steps.step("views") as step:
            self.materialize(step, VIEWS)
        with self.steps.step("dataset") as step:
            self.flights = self.build(step, "flights")

    def apply_suite(self, file):
        return self.client.suites.apply(self.client.catalog.read_document(HERE / file))["name"]

    def operation(self, name, start):
        return self.steps.start(name, start)

    def load(self, source, path):
        return lambda key: self.client.catalog.load_source(source, path, key=key)

    def materialize(self, step, views):
        for index, view in enumerate(views):
            work = self.operation(f"view-{view}", lambda key, view=view: self.client.catalog.materialize_view(view, key=key))
            work.wait(on_progress=step.follow(index / len(views), (index + 1) / len(views)))
            step.link(view, f"/catalog/views/{view}")

    def build(self, step, name, to=1.0):
        built = self.operation(f"dataset-{name}", lambda key: self.client.datasets.build(name, key=key)).result(on_progress=step.follow(0.0, to))
        step.say(f"{name} v{built['version']}: {built['rows']:,} rows")
        step.link(name, f"/catalog/datasets/{built['datasetId']}")
        return built["datasetId"]

    def check_skew(self):
        with self.steps.step("skew") as step:
            step.say(self.replay_in_shadow(step, "flights", self.flights))

    def replay_in_shadow(self, step, name, dataset_id):
        since, to = SKEW_WEEK
        work = self.operation(f"skew-{name}", lambda key: self.client.datasets.check_skew(dataset_id, since, to, key=key))
        found = work.result(on_progress=step.follow())
        step.link("Skew check", f"/catalog/datasets/{dataset_id}")
        return f"{found['differing']:,} of {found['values']:,} values differ ({found['share']:.2%})"

    def train(self, name, parameters, dataset, priority):
        """Trains, scores, evaluates; gives the logged model's id."""
        dataset_id = self.flights if dataset == "flights" else self.leaky
        with self.steps.step(f"train-{name}", waits=True) as step:
            run = self.launch("train", name, parameters, {"dataset": dataset_id}, priority)
            self.runs[name] = run.id
            step.link("Run", f"/experiments/runs/{run.id.replace('-', '')}")
            run.wait(on_progress=lambda state, _: step.begin() if state == "RUNNING" else None)
            step.begin()
            model_id = self.client.runs.models(run.id)[-1]["id"]
            step.progress(0.7, "scoring")
            evaluated = self.score(step, self.suite, name, model_id, dataset_id)
            metrics = evaluated.get("metrics") or {}
            step.say(", ".join(f"{label} {metrics[key]:.4f}" for key, label in (("log_loss", "log-loss"), ("auc", "AUC")) if key in metrics))
            return model_id

    def score(self, step, suite, name, model_id, dataset_id):
        """Scores a logged model on a dataset's evaluation split, and evaluates it by a suite."""
        scoring = self.launch("score", f"score-{name}", {}, {"dataset": dataset_id, "model": model_id}, 10)
        scoring.wait()
        step.progress(0.85, "evaluating")

        def start(key):
            return self.client.evaluations.create(suite, model_id, run_id=scoring.id, dataset=dataset_id, key=key)

        evaluated = self.operation(f"evaluate-{name}", start).result()
        step.link(f"Evaluation of {name}", f"/evaluations/{evaluated['evaluationId']}")
        return evaluated

    def launch(self, recipe, name, parameters, inputs, priority):
        def start(key):
            return self.client.runs.launch(recipe, name=name, parameters=parameters, inputs=inputs, priority=priority, key=key)

        return self.steps.start(f"{recipe}-{name}", start)

    def judge(self, name, model_id, dataset_id):
        """Registers, judges, asks for the promotion. A refusal is a result like another: nothing here is tuned to the story."""
        with self.steps.step(f"judge-{name}") as step:
            models = self.client.models
            # Approved by the gate's policy, and the ledger says so: no pretend person signs.
            models.ensure(MODEL, suite=self.suite, service="flight_delay", description="Will this flight arrive 15 min late or more?", approval="policy")
            version = self.register(name, model_id, dataset_id)
            step.link(f"{MODEL} v{version}", f"/models/{MODEL}")
            if any(held["alias"] == "champion" and held["version"] == version for held in models.get(MODEL)["aliases"]):
                step.say(f"v{version} is champion")
                return
            verdict = self.operation(f"judge-{name}", lambda key: models.judge(MODEL, version, key=key)).result(on_progress=step.follow())
            asked = models.promote(MODEL, version, reason=f"{name}, as the pipeline ran", key=self.steps.key(f"promote-{name}"))
            said = "; ".join(verdict["reasons"])
            step.say(f"v{version}: {asked['state']}{f', {said}' if said else ''}")

    def register(self, name, model_id, dataset_id):
        """The version that is this logged model, made where there is none."""
        for known in self.client.models.versions(MODEL):
            if known["loggedModelId"] == model_id:
                return known["version"]
        made = self.client.models.register(MODEL, model_id, dataset_id=dataset_id, description=name, key=self.steps.key(f"register-{name}"))
        return made["version"]

    def prepare_leaky(self):
        with self.steps.step("data-leaky") as step:
            self.materialize(step, LEAKY_VIEWS)
            self.leaky = self.build(step, "flights_leaky")
            step.say(self.replay_in_shadow(step, "flights_leaky", self.leaky))
        return self.train(LEAKY, {"model": "gbdt"}, "flights_leaky", 5)

    def watch(self):
        with self.steps.step("monitor") as step:
            applied = self.client.monitors.apply(self.client.catalog.read_document(HERE / "monitor.yaml"))
            if applied["operationId"]:
                self.client.operation(applied["operationId"]).wait(on_progress=step.follow())
            step.link("Monitor", f"/monitoring/{applied['name']}")
        with self.steps.step("replay") as step:
            about = {"from": REPLAY[0], "until": REPLAY[1], "note": "Until mid-June it goes as fast as it can; from 15 June on the pace holds."}
            self.client.replays.start(MODEL, MODEL, **about, key=self.steps.key("make-replay"))
            job = self.steps.start("replay", self.start_replay)
            # One of an earlier case would go on beside it, as the same stream.
            for other in self.client.jobs.list(limit=200):
                if other["labels"].get("example") == "replay" and other["id"] != job.id and not is_final("job", other["state"]):
                    self.client.jobs.cancel(other["id"])
            step.link("Job", f"/compute/jobs/{job.id}")
            step.say("steered on the monitor's page: pause it, speed it up, stop it or start it again")

    def retrain(self, champion_id):
        """Not put before the gate: April, which its suite asks about, is what this model was trained on."""
        with self.steps.step("retrain") as step:
            dataset_id = self.build(step, "flights_retrain", to=0.3)
            run = self.launch("train", RETRAINED, {"model": "gbdt"}, {"dataset": dataset_id}, 1)
            step.link("Run", f"/experiments/runs/{run.id.replace('-', '')}")
            run.wait(on_progress=lambda state, _: step.progress(0.3, "training" if state == "RUNNING" else "waits for its turn"))
            model_id = self.client.runs.models(run.id)[-1]["id"]
            step.progress(0.7, "scoring both on June")
            champion = self.score(step, self.june, f"{CHAMPION}-june", champion_id, dataset_id)["evaluationId"]
            candidate = self.score(step, self.june, f"{RETRAINED}-june", model_id, dataset_id)["evaluationId"]
            work = self.operation("compare-june", lambda key: self.client.comparisons.create(candidate, champion, key=key))
            found = work.result()
            loss = found["logLoss"]
            step.say(f"log-loss {loss['value']:+.4f} against {CHAMPION}, 95% interval [{loss['low']:+.4f}, {loss['high']:+.4f}]")
            step.link("Comparison", f"/evaluations/compare/{found['comparisonId']}")

    def sweep(self):
        with self.steps.step("sweep") as step:

            def start(key):
                objective = {"metric": "final_validation_logloss", "direction": "minimize"}
                fixed = {"parameters": {"model": "gbdt", "trees": 40}, "inputs": {"dataset": self.flights}, "experiment": "flight-delay-sweep"}
                return self.client.sweeps.launch(
                    "Leaves, rate and rows a leaf", "train", SPACE, objective, runs=SWEEP_RUNS, sampler={"kind": "tpe", "startupRuns": 4}, seed=1, key=key, **fixed
                )

            work = self.steps.start("sweep", start)
            step.link("Sweep", f"/experiments/sweeps/{work.id}")
            best = work.wait(on_progress=step.follow())["best"]
            step.say(f"run {best['number']} is the best of {SWEEP_RUNS}, validation log-loss {best['value']:.4f}" if best else "no run ended well")

    def write_report(self):
        # Keys are kept for a day: a pipeline that passes here again later would write it twice.
        if self.steps.is_done("report"):
            return
        with self.steps.step("report") as step:
            report = self.client.reports.create(REPORT, self.report_blocks(), key=self.steps.key("report"))
            step.link(REPORT, f"/experiments/reports/{report['id']}")

    def report_blocks(self):
        honest = [self.runs[name] for name in CANDIDATES]
        return [
            text_block(
                "Four candidates, trained on January to the middle of March; the numbers are of its last two weeks, held out of the fit. A lower validation loss here is not yet a promotion: on April "
                f"the [gate](/{self.project}/models/{MODEL}) asks whether the difference holds over days, and whether a slice is harmed."
            ),
            comparison_block("The four candidates", honest, part="curves"),
            text_block(
                "## One that looks too good\n\nThe leaky model's features read outcomes that were not yet known when the flight left. No loss curve shows that: "
                "its online values differ from those that it was trained on, and the gate refuses it for that."
            ),
            comparison_block("The champion beside the leaky model", [self.runs[CHAMPION], self.runs[LEAKY]], part="curves"),
        ]

    def start_replay(self, key):
        package = Path(slipway.__file__).parent
        files = {f"slipway/{path.relative_to(package).as_posix()}": path for path in files_below(package)}
        code = self.client.blobs.upload_bytes(pack_files({**files, "replay.py": HERE / "replay.py"}))
        requirements = self.client.blobs.upload(HERE / "requirements.txt")
        dataset = self.client.datasets.get(self.flights)
        spec = {
            "name": "Replay of May and June 2001",
            "command": ["python", "replay.py", "--dataset", "flights.parquet", "--model", MODEL],
            "code": code,
            "environment": {"kind": "python", "requirementsSha256": requirements},
            "env": {"PYTHONPATH": "."},
            "inputs": [{"path": "flights.parquet", "sha256": dataset["blobSha256"]}],
            "resources": {"cpus": 0.2, "memoryBytes": 1024**3},
            "timeLimitSeconds": 7 * 86_400,
            "maxAttempts": 5,
            "labels": {"example": "replay"},
        }
        return self.client.jobs.submit(spec, key=key)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reset", action="store_true", help="do everything anew, whatever an earlier pipeline did")
    arguments = parser.parse_args()
    client = Client()
    Pipeline(client, Steps(client, TITLES, case_of(HERE, PARTS, arguments.reset))).run()


if __name__ == "__main__":
    main()
