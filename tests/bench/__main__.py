"""Starts a PostgreSQL, fills it, and prints p50, p95 and queries of each page, in-process.

What a proxy and the network add is not in it; the answer is rendered in full each time. With
`--data DIR` the filled database is kept, and found again by the next run.
"""

import argparse
import importlib
import logging
import os
import statistics
import tempfile
import time
from pathlib import Path

from ipd.config.embedded import database

TIMES = 40


def arguments():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--scale", choices=["small", "group"], default="small")
    parser.add_argument("--data", type=Path, help="keeps the database in this folder")
    parser.add_argument("--times", type=int, default=TIMES, help="requests per page (%(default)s)")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    return parser.parse_args()


def fill(scale: str) -> None:
    from django.core.management import call_command

    from ipd.models import ProductLine

    call_command("migrate", verbosity=0)
    if not ProductLine.objects.filter(code="G001").exists():
        call_command("generate", scale=scale)


def measure(client, url: str, times: int, headers: dict) -> tuple[list[float], int, int, int]:
    """Milliseconds of each answer, queries, bytes, and the status."""
    from django.db import connection

    queries = []

    def count(execute, sql, *others):
        queries.append(sql)
        return execute(sql, *others)

    response = client.get(url, headers=headers)
    with connection.execute_wrapper(count):
        response = client.get(url, headers=headers)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        client.get(url, headers=headers)
        took.append(1000 * (time.perf_counter() - began))
    return took, len(queries), len(response.content), response.status_code


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory() as files, database(given.data, durable=True) as url:
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "ipd.config.settings",
            "DATABASE_POOLED": "true",
            "DATA_DIR": files,
            "STATIC_ROOT": files,
            "HASHED_STATIC": "true",
        }
        import django

        django.setup()
        from django.core.management import call_command

        logging.disable(logging.WARNING)
        call_command("collectstatic", verbosity=0, interactive=False)
        fill(given.scale)
        pages = importlib.import_module("tests.bench.pages")
        print(f"\n{'page':34}{'as':>10}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'kB':>7}{'':>6}")
        for name, who, client, address, headers in pages.pages():
            if given.only in name:
                took, queries, size, status = measure(client, address, given.times, headers)
                cuts = statistics.quantiles(took, n=20)
                print(
                    f"{name:34}{who:>10}{statistics.median(took):9.1f}{cuts[18]:9.1f}"
                    f"{queries:9}{size / 1000:7.1f}{status:>6}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
