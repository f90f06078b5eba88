"""Reads a lake with no code of annalist's, by DuckDB and by Polars; and serves an S3-compatible store on loopback.

Python outside training/, because what is shown here is that readers from PyPI read the lake; `outside.rs` runs this.

    outside.py read LAKE < standing.sql     prints {"duckdb": answers, "polars": answers} as JSON
    outside.py serve BUCKET                 prints the store's address and serves it until standard input ends

LAKE is a folder or s3://bucket/prefix; standing.sql are the views of docs/lake.md for readers from outside.
"""

import json
import os
import sys
import threading

TABLES = ["documents", "claims", "readings", "decisions"]

QUESTIONS = {
    "kinds": "SELECT kind, count(*) FROM standing_claims GROUP BY kind ORDER BY kind",
    "claims": "SELECT id FROM standing_claims ORDER BY id",
    "killed": """
        SELECT a.id, sum(c.killed_low), sum(c.killed_high)
        FROM standing_claims c, unnest(c.actor) AS unnested(a)
        WHERE c.killed_low IS NOT NULL OR c.killed_high IS NOT NULL
        GROUP BY a.id ORDER BY a.id NULLS LAST""",
    "statuses": """
        SELECT coalesce(json_extract_string(m.value, '$'), c.status) AS status, count(*)
        FROM standing_claims c LEFT JOIN amended_fields m ON m.claim = c.id AND m.field = 'status'
        GROUP BY 1 ORDER BY 1""",
}


def storage_options():
    """What Polars and deltalake need to be told of an S3-compatible store: the environment that annalist reads."""
    return {name: value for name, value in os.environ.items() if name.startswith("AWS_")}


def by_duckdb(lake, standing):
    """Tables of the package `deltalake` as Arrow data sets; DuckDB asks them in SQL."""
    import duckdb
    from deltalake import DeltaTable

    connection = duckdb.connect()
    for table in TABLES:
        connection.register(table, DeltaTable(f"{lake}/{table}", storage_options=storage_options()).to_pyarrow_dataset())
    connection.execute(standing)
    return {name: connection.execute(sql).fetchall() for name, sql in QUESTIONS.items()}


def by_polars(lake):
    """The same in Polars' own words."""
    import polars as pl

    claims, readings, decisions = (
        pl.scan_delta(f"{lake}/{table}", storage_options=storage_options()) for table in TABLES[1:]
    )

    latest = (
        readings.sort(["recorded", "batch", "run"], descending=[True, True, False])
        .unique("document", keep="first", maintain_order=True)
        .select("document", "run")
    )
    # A decision is taken back by a `restore` of it that has not been taken back itself.
    restores = decisions.filter(pl.col("action") == "restore").select(pl.col("id"), pl.col("target"))
    in_force = restores.join(restores, left_on="id", right_on="target", how="anti")
    live = decisions.join(in_force, left_on="id", right_on="target", how="anti").sort("recorded", "id")
    rejected = (
        live.filter(pl.col("action").is_in(["reject", "restore"]))
        .unique("target", keep="last", maintain_order=True)
        .filter(pl.col("action") == "reject")
    )
    standing = claims.join(latest, on=["document", "run"], how="semi").join(
        rejected, left_on="id", right_on="target", how="anti"
    )
    last_restore = live.filter(pl.col("action") == "restore").unique("target", keep="last", maintain_order=True)
    status = (
        live.filter((pl.col("action") == "amend") & (pl.col("field") == "status"))
        .unique("target", keep="last", maintain_order=True)
        .join(last_restore.select("target", restored="recorded"), on="target", how="left")
        .filter(pl.col("restored").is_null() | (pl.col("recorded") > pl.col("restored")))
        .select("target", amended=pl.col("value").str.json_decode(pl.String))
    )
    count = pl.len().cast(pl.Int64)
    answers = {
        "kinds": standing.group_by("kind").agg(count).sort("kind"),
        "claims": standing.select("id").sort("id"),
        "killed": standing.filter(pl.col("killed_low").is_not_null() | pl.col("killed_high").is_not_null())
        .explode("actor")
        .filter(pl.col("actor").is_not_null())
        .group_by(pl.col("actor").struct.field("id"))
        # A sum of nothing is 0 in Polars and null in SQL.
        .agg(
            pl.when(pl.col(bound).count() > 0).then(pl.col(bound).sum()).alias(bound)
            for bound in ["killed_low", "killed_high"]
        )
        .sort("id", nulls_last=True),
        "statuses": standing.join(status, left_on="id", right_on="target", how="left")
        .group_by(pl.coalesce("amended", "status").alias("stands"))
        .agg(count)
        .sort("stands"),
    }
    return {name: answer.collect().rows() for name, answer in answers.items()}


def serve(bucket):
    """moto's S3, one request after the other: it looks whether a key is there and puts it in two steps, which a real
    store does in one. Whether it honours `If-None-Match: *` depends on its version, and both kinds are wanted."""
    import boto3
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    application = DomainDispatcherApplication(create_backend_app)
    turn = threading.Lock()

    def one_by_one(environ, start_response):
        with turn:
            return list(application(environ, start_response))

    server = make_server("127.0.0.1", 0, one_by_one, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    boto3.client("s3", endpoint_url=address).create_bucket(Bucket=bucket)
    print(address, flush=True)
    # The test holds the other end: when it ends, however it ends, so does the server.
    sys.stdin.read()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["read", lake]:
            standing = sys.stdin.read()
            print(json.dumps({"duckdb": by_duckdb(lake, standing), "polars": by_polars(lake)}))
        case ["serve", bucket]:
            serve(bucket)
        case _:
            sys.exit(__doc__)
