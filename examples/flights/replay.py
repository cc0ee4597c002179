"""Replays May and June of 2001 as live traffic: features arrive, flights are scored as they leave, outcomes follow when they are known.

    python replay.py --dataset flights.parquet --model flight-delay

Goes through the days until mid-June at once, then an hour of 2001 every few seconds. It can be paused, sped up and stopped from the
portal, and killed at any time: it goes on from the hour that it reported last, and what it sends again is known by its id. Over, it
waits to be asked for another round.
"""

import argparse
import collections
import heapq
import time
from datetime import datetime, timedelta, timezone

from slipway import Client, SlipwayError

VIEWS = ["origin_delays", "destination_delays", "inbound_delays", "route_delays"]
START = datetime(2001, 5, 1, tzinfo=timezone.utc)
LIVE_FROM = datetime(2001, 6, 15, tzinfo=timezone.utc)
END = datetime(2001, 7, 1, 14, tzinfo=timezone.utc)
# What the longest view keeps online: earlier outcomes can't be asked for any more.
WARM_UP = timedelta(days=9)
# A flight's outcome is known at t + 60 min + distance / 400 mph: sources/outcomes.sql, for flights from 05 h on.
TAXI_SECONDS, SECONDS_A_MILE = 3600, 9
BATCH = 500
HOUR_SECONDS = 3.0
LOOK_SECONDS = 1.0
# How long it waits for another round: less than the job's own time limit.
REST_SECONDS = 6 * 86_400

Flight = collections.namedtuple("Flight", "t id origin destination route hour weekday distance late")


def text_of(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def read_flights(path):
    """Flights of the split `live` in the order in which they leave; `t` in milliseconds."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    names = ["t", "flight_id", "origin", "destination", "route", "hour", "weekday", "distance", "late"]
    table = pq.read_table(path, columns=names, filters=pc.field("split") == "live")
    times = pc.cast(pc.cast(table["t"], "timestamp[ms]"), "int64").to_pylist()
    columns = [times, *(table[name].to_pylist() for name in names[1:])]
    return sorted(Flight(*row) for row in zip(*columns, strict=True))


class Control:
    """What the portal asks for. A portal that knows no replays lets it run at the usual pace."""

    def __init__(self, client, name):
        self._client = client
        self._name = name
        self._looked = 0.0
        self.wanted = "run"
        self.hour_seconds = HOUR_SECONDS
        self.round = 1
        self.clock = None
        self.scored, self.labelled = 0, 0
        view = self.look()
        if view.get("clock"):
            self.clock = datetime.fromisoformat(view["clock"].replace("Z", "+00:00"))
            # A restart goes on counting where it was.
            self.scored, self.labelled = view.get("scored", 0), view.get("labelled", 0)
        self.round = view.get("round", 1)

    def look(self):
        self._looked = time.monotonic()
        try:
            view = self._client.replays.get(self._name)
        except SlipwayError as error:
            if error.status != 404:
                raise
            return {}
        self.wanted = view.get("wanted", "run")
        self.hour_seconds = float(view.get("hourSeconds", HOUR_SECONDS))
        return view

    def wait_for_round(self):
        """True once another round is asked for; False when nobody has for long."""
        until = time.monotonic() + REST_SECONDS
        while time.monotonic() < until:
            view = self.look()
            if view.get("round", 1) > self.round:
                self.round, self.clock, self.scored, self.labelled = view["round"], None, 0, 0
                return True
            if not view:
                return False
            time.sleep(2 * LOOK_SECONDS)
        return False

    def report(self, clock, state, **counts):
        try:
            self._client.replays.report(self._name, clock=text_of(clock), state=state, **counts)
        except SlipwayError as error:
            if error.status != 404:
                raise

    def wait(self, until):
        """Sleeps until that moment of the monotonic clock, looking for wishes meanwhile."""
        while True:
            if time.monotonic() - self._looked >= LOOK_SECONDS:
                self.look()
            left = until - time.monotonic()
            if self.wanted == "stop" or left <= 0:
                return
            time.sleep(min(left, LOOK_SECONDS))


class Replay:
    def __init__(self, client, model, flights, control):
        self._client = client
        self._model = model
        self._flights = flights
        self._control = control
        self._next = 0
        # Outcomes to come, the earliest first.
        self._outcomes = []
        self.scored = control.scored
        self.labelled = control.labelled

    def run(self):
        clock = self._control.clock or START
        self._warm_up(clock)
        self._skip_to(clock)
        while clock < END:
            started = time.monotonic()
            if not self._may_go_on(clock):
                return "stopped"
            is_live = clock >= LIVE_FROM
            step = timedelta(hours=1) if is_live else min(timedelta(days=1), LIVE_FROM - clock)
            self._advance(clock, clock + step)
            clock += step
            self._report(clock, "running")
            if is_live:
                self._control.wait(started + self._control.hour_seconds)
        self._report(clock, "finished")
        return "finished"

    def _may_go_on(self, clock):
        """Stays here while paused; False to stop."""
        self._control.look()
        if self._control.wanted == "pause":
            self._report(clock, "paused")
        while self._control.wanted == "pause":
            self._control.wait(time.monotonic() + LOOK_SECONDS)
        if self._control.wanted == "stop":
            self._report(clock, "stopped")
        return self._control.wanted != "stop"

    def _report(self, clock, state):
        self._control.report(clock, state, scored=self.scored, labelled=self.labelled, until=text_of(END))
        print(f"{clock:%d %b %H:%M} {state}: {self.scored} scored, {self.labelled} labelled", flush=True)

    def _warm_up(self, clock):
        self._client.catalog.materialize_online(VIEWS, text_of(clock), text_of(clock - WARM_UP)).wait()

    def _skip_to(self, clock):
        """After a restart: what had left before is scored, but its outcome may still be to come."""
        start = clock.timestamp() * 1000
        while self._next < len(self._flights) and self._flights[self._next].t < start:
            flight = self._flights[self._next]
            if known_at(flight) >= start:
                heapq.heappush(self._outcomes, (known_at(flight), flight))
            self._next += 1

    def _advance(self, since, to):
        """Everything that happens in [since, to). The online store keeps history, so that each flight reads as of its own time."""
        self._client.catalog.advance_online(VIEWS, text_of(to), text_of(since))
        end = to.timestamp() * 1000
        leaving = []
        while self._next < len(self._flights) and self._flights[self._next].t < end:
            leaving.append(self._flights[self._next])
            self._next += 1
        for first in range(0, len(leaving), BATCH):
            self._score(leaving[first : first + BATCH])
        self._tell_outcomes(end)

    def _score(self, flights):
        columns = {
            "origin": [flight.origin for flight in flights],
            "destination": [flight.destination for flight in flights],
            "route": [flight.route for flight in flights],
            "hour": [float(flight.hour) for flight in flights],
            "weekday": [float(flight.weekday) for flight in flights],
            "distance": [float(flight.distance) for flight in flights],
            "event_time": [flight.t for flight in flights],
            "prediction_id": [self._id_of(flight) for flight in flights],
        }
        self._client.models.infer(self._model, columns)
        self.scored += len(flights)
        for flight in flights:
            heapq.heappush(self._outcomes, (known_at(flight), flight))

    def _id_of(self, flight):
        """The same for a flight that is sent again, another one in another round."""
        return f"flight-{flight.id}" if self._control.round == 1 else f"flight-{flight.id}-{self._control.round}"

    def _tell_outcomes(self, end):
        labels = []
        while self._outcomes and self._outcomes[0][0] < end:
            known, flight = heapq.heappop(self._outcomes)
            moment = datetime.fromtimestamp(known / 1000, tz=timezone.utc)
            labels.append({"predictionId": self._id_of(flight), "label": int(flight.late), "knownAt": text_of(moment)})
        for first in range(0, len(labels), BATCH):
            self._client.labels.send(self._model, labels[first : first + BATCH])
        self.labelled += len(labels)


def known_at(flight):
    return flight.t + 1000 * int(TAXI_SECONDS + SECONDS_A_MILE * flight.distance)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--model", required=True)
    arguments = parser.parse_args()
    client = Client()
    flights = read_flights(arguments.dataset)
    print(f"{len(flights)} flights from {START:%d %b} to {END:%d %b %Y}", flush=True)
    control = Control(client, arguments.model)
    while True:
        print(Replay(client, arguments.model, flights, control).run(), flush=True)
        print("waiting for the next round: start the replay again on its monitor's page", flush=True)
        if not control.wait_for_round():
            print("no other round was asked for: the job ends here", flush=True)
            return
        print(f"round {control.round}", flush=True)


if __name__ == "__main__":
    main()
