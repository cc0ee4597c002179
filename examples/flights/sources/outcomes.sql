-- One row a flight, with the moment (UTC) from which its outcome may be used.
-- `date` is the origin's local clock of the actual departure, on the scheduled day: README.md, "Three traps".
with departures as (
  select f.*, timezone('UTC', timezone(z.zone, f.date)) as departed_at
  from flights f
  join airport_zones z on z.airport = f.origin
)
select
  flight_id,
  origin,
  destination,
  origin || '-' || destination as route,
  date as local_time,
  departed_at,
  departed_at
    + interval 60 minute
    + to_seconds(distance * 9) -- distance / 400 mph
    + case when hour(date) < 5 then interval 24 hour else interval 0 hour end as known_at,
  distance,
  least(greatest(delay, -60), 300) as delay,
  (delay >= 15)::integer as late
from departures
