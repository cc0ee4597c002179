-- The flights to be predicted: labelled rows are those that left from 05 h on, whose stamped day is the right one.
select
  flight_id,
  departed_at as t,
  local_time::date as day,
  origin,
  destination,
  route,
  hour(local_time)::double as hour,
  isodow(local_time)::double as weekday,
  distance::double as distance,
  late
from outcomes
where hour(local_time) >= 5
