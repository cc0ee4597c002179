"""The replay against a fake platform: each flight once, no outcome before it is known, and what the portal asks for."""

import unittest
from datetime import datetime, timedelta, timezone
from unittest import mock

import replay
from replay import END, LIVE_FROM, START, Control, Flight, Replay, known_at
from slipway import SlipwayError


def at(moment):
    return int(moment.timestamp() * 1000)


def flight(number, moment, distance=100.0):
    return Flight(at(moment), number, "SEA", "SFO", "SEA-SFO", 9.0, 1.0, distance, number % 2)


FLIGHTS = sorted(flight(number, START + timedelta(hours=7 * number)) for number in range(200))


class FakePlatform:
    """Keeps what it is told, in order; `wishes` are what GET /replays answers in turn."""

    def __init__(self, wishes=(), has_replays=True):
        self.catalog = self.models = self.labels = self.replays = self
        self.wishes = list(wishes)
        self.has_replays = has_replays
        self.advanced, self.scored, self.told, self.reports, self.events = [], [], {}, [], []

    def materialize_online(self, views, to, since):
        self.warmed = (since, to)
        return mock.Mock()

    def advance_online(self, views, to, since):
        self.advanced.append((since, to))
        self.events.append("advance")

    def infer(self, model, columns):
        self.scored += columns["prediction_id"]
        self.events.append("infer")

    def send(self, model, labels):
        for label in labels:
            assert label["predictionId"] not in self.told, "told twice"
            self.told[label["predictionId"]] = label["knownAt"]

    def get(self, name):
        if not self.has_replays:
            raise SlipwayError(404, "NotFound", "no replays here")
        return self.wishes.pop(0) if len(self.wishes) > 1 else (self.wishes or [{}])[0]

    def report(self, name, **progress):
        if not self.has_replays:
            raise SlipwayError(404, "NotFound", "no replays here")
        self.reports.append(progress)


def run(platform, flights=FLIGHTS, **pace):
    with mock.patch.multiple(replay, LOOK_SECONDS=0.0, HOUR_SECONDS=0.0), mock.patch("builtins.print"):
        return Replay(platform, "flight-delay", list(flights), Control(platform, "flight-delay")).run()


class ReplayTests(unittest.TestCase):
    def test_scores_each_flight_once_and_tells_each_outcome_once(self):
        platform = FakePlatform()
        self.assertEqual(run(platform), "finished")
        self.assertEqual(platform.scored, [f"flight-{number}" for number in range(200)])
        known = {f"flight-{item.id}": known_at(item) for item in FLIGHTS}
        told = {name: at(datetime.fromisoformat(moment.replace("Z", "+00:00"))) for name, moment in platform.told.items()}
        self.assertEqual(told, known)

    def test_goes_by_days_then_by_hours_without_a_gap(self):
        platform = FakePlatform()
        run(platform)
        self.assertEqual(platform.advanced[0], ("2001-05-01T00:00:00.000Z", "2001-05-02T00:00:00.000Z"))
        for (_, to), (since, _) in zip(platform.advanced, platform.advanced[1:]):
            self.assertEqual(to, since)
        self.assertEqual(len(platform.advanced), (LIVE_FROM - START).days + int((END - LIVE_FROM).total_seconds() / 3600))
        self.assertEqual(platform.events[:2], ["advance", "infer"])
        self.assertEqual(platform.reports[-1]["state"], "finished")

    def test_tells_no_outcome_before_it_is_known(self):
        far = flight(1, START + timedelta(hours=23), distance=800.0)
        platform = FakePlatform([{}, {}, {"wanted": "stop"}])
        self.assertEqual(run(platform, [far]), "stopped")
        self.assertEqual((platform.scored, platform.told), (["flight-1"], {}))

    def test_goes_on_after_a_restart_with_the_outcomes_still_to_come(self):
        clock = LIVE_FROM
        before, between, after = (flight(number, clock + timedelta(hours=hours)) for number, hours in ((1, -9), (2, -1), (3, 1)))
        platform = FakePlatform([{"clock": "2001-06-15T00:00:00Z"}])
        run(platform, [before, between, after])
        self.assertEqual(platform.scored, ["flight-3"])
        self.assertEqual(sorted(platform.told), ["flight-2", "flight-3"])
        self.assertEqual(platform.warmed, ("2001-06-06T00:00:00.000Z", "2001-06-15T00:00:00.000Z"))

    def test_pauses_and_stops_when_asked(self):
        wishes = [{}, {}, {"wanted": "pause"}, {"wanted": "pause"}, {"wanted": "stop"}]
        platform = FakePlatform(wishes)
        self.assertEqual(run(platform), "stopped")
        self.assertEqual([report["state"] for report in platform.reports], ["running", "paused", "stopped"])

    def test_plays_another_round_when_asked_with_ids_of_its_own(self):
        platform = FakePlatform([{"round": 1}])
        run(platform, FLIGHTS[:2])
        with mock.patch.multiple(replay, LOOK_SECONDS=0.0, HOUR_SECONDS=0.0), mock.patch("builtins.print"):
            control = Control(platform, "flight-delay")
            platform.wishes = [{"round": 1, "wanted": "stop"}, {"round": 2, "wanted": "run", "clock": None}]
            self.assertTrue(control.wait_for_round())
            Replay(platform, "flight-delay", FLIGHTS[:2], control).run()
        self.assertEqual(platform.scored, ["flight-0", "flight-1", "flight-0-2", "flight-1-2"])

    def test_stops_waiting_for_a_round_that_nobody_asks_for(self):
        with mock.patch.multiple(replay, LOOK_SECONDS=0.0, REST_SECONDS=0.01):
            self.assertFalse(Control(FakePlatform([{"round": 1}]), "flight-delay").wait_for_round())
        self.assertFalse(Control(FakePlatform(has_replays=False), "flight-delay").wait_for_round())

    def test_runs_where_the_portal_knows_no_replays(self):
        platform = FakePlatform(has_replays=False)
        self.assertEqual(run(platform, FLIGHTS[:3]), "finished")
        self.assertEqual(len(platform.scored), 3)


class Times(unittest.TestCase):
    def test_an_outcome_is_known_after_flight_and_taxi(self):
        moment = datetime(2001, 5, 1, 12, tzinfo=timezone.utc)
        # 400 miles at 400 mph and an hour on the ground.
        self.assertEqual(known_at(flight(1, moment, distance=400.0)), at(moment + timedelta(hours=2)))


if __name__ == "__main__":
    unittest.main()
