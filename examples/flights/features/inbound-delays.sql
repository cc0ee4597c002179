-- Running totals per airport, less the totals as they stood when a window opened; each window ends with its own row.
with totals as (
  select
    destination as airport,
    known_at,
    sum(count(*)) over past::bigint as flights,
    sum(sum(delay)) over past::bigint as delay,
    sum(sum(late)) over past::bigint as late
  from outcomes
  group by destination, known_at
  window past as (partition by destination order by known_at)
)
select
  now.airport,
  now.known_at as event_time,
  now.known_at as available_at,
  (now.flights - coalesce(hour.flights, 0))::double as inbound_count_1h,
  (now.delay - coalesce(hour.delay, 0)) / (now.flights - coalesce(hour.flights, 0)) as inbound_mean_delay_1h,
  (now.late - coalesce(hour.late, 0)) / (now.flights - coalesce(hour.flights, 0)) as inbound_share_late_1h,
  (now.flights - coalesce(day.flights, 0))::double as inbound_count_24h,
  (now.delay - coalesce(day.delay, 0)) / (now.flights - coalesce(day.flights, 0)) as inbound_mean_delay_24h,
  (now.late - coalesce(day.late, 0)) / (now.flights - coalesce(day.flights, 0)) as inbound_share_late_24h,
  (now.flights - coalesce(week.flights, 0))::double as inbound_count_7d,
  (now.delay - coalesce(week.delay, 0)) / (now.flights - coalesce(week.flights, 0)) as inbound_mean_delay_7d,
  (now.late - coalesce(week.late, 0)) / (now.flights - coalesce(week.flights, 0)) as inbound_share_late_7d
from totals now
asof left join totals hour on hour.airport = now.airport and hour.known_at <= now.known_at - interval 1 hour
asof left join totals day on day.airport = now.airport and day.known_at <= now.known_at - interval 24 hour
asof left join totals week on week.airport = now.airport and week.known_at <= now.known_at - interval 7 day
