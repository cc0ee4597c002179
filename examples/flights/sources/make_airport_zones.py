"""Writes airport-zones.csv: the time zone of every airport in the flight records, looked up offline from its coordinates.

    pip install timezonefinder==9.0.0 duckdb==1.5.6
    python make_airport_zones.py          # write
    python make_airport_zones.py --check  # exit 1 if the file would change

timezonefinder does not simplify borders; npm's tz-lookup, which does, puts Petersburg and Wrangell (Alaska) an hour off.
"""

import pathlib
import sys

import duckdb
from timezonefinder import TimezoneFinder

here = pathlib.Path(__file__).parent
data = here.parent / "node_modules" / "vega-datasets" / "data"
airports = duckdb.sql(f"""
    with used as (
      select origin as airport from '{data}/flights-3m.parquet'
      union select destination from '{data}/flights-3m.parquet'
    )
    select airport, latitude, longitude
    from used left join read_csv('{data}/airports.csv') on iata = airport
    order by airport
""").fetchall()
finder = TimezoneFinder()
zones = [(airport, finder.timezone_at(lat=latitude, lng=longitude)) for airport, latitude, longitude in airports]
unknown = [airport for airport, zone in zones if zone is None]
if unknown:
    sys.exit(f"no time zone for {', '.join(unknown)}")

text = "airport,zone\n" + "".join(f"{airport},{zone}\n" for airport, zone in zones)
path = here / "airport-zones.csv"
if "--check" in sys.argv[1:]:
    sys.exit(0 if path.read_text() == text else f"{path.name} is not what the script makes")
path.write_text(text)
