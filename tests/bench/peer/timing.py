"""Functions shared by the Python peers: connection parameters and timing."""

import statistics
import time
from urllib.parse import parse_qs, urlparse


def connection(url):
    """Return the libpq parameters of a PostgreSQL URL, or None for SQLite."""
    if url.startswith("sqlite:"):
        return None
    parts = urlparse(url)
    query = parse_qs(parts.query)
    return {"dbname": parts.path.lstrip("/"), "host": query["host"][0], "user": query["user"][0]}


def report(rounds, workloads):
    """Print the id and median milliseconds of each workload. Exit if a load does not return the expected row count."""
    for name, (load, count) in workloads.items():
        times = []
        for _ in range(rounds + 1):
            start = time.perf_counter()
            rows = load()
            times.append((time.perf_counter() - start) * 1e3)
            if len(rows) != count:
                raise SystemExit(f"{name}: {len(rows)} rows instead of {count}")
        print(name, f"{statistics.median(times[1:]):.3f}")
