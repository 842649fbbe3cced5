"""Reports over HTTP, durable: ours against the bare pipeline, and against pgbench."""

import os
import shutil
import subprocess

import rows
from house import BENCHMARKS, CITY, HEADWATER, ROOT, Folder, Server, free_port, headwater, serve, token
from table import Board

CLIENTS = 64
SECONDS = 10
# How many different reports the peers write in turn, and how many of them pgbench takes.
SAMPLE = 500
SCRIPTS = 10


def send(url, key, *more):
    """What the load generator measured, by name; see headwater simulate --help."""
    return figures(headwater("simulate", "--city", CITY, "--url", url, "--token", key, "--clients", str(CLIENTS), *more)[0])


def figures(text):
    """Lines of a name and a number."""
    return {name: float(value) for name, value in (line.split() for line in text.splitlines() if line)}


def templates(folder):
    """The rows of some hundred reports as the load sends them, and the file of an empty schema beside them."""
    data = os.path.join(folder, "template")
    with serve(data) as server:
        send(server.url, token(data), "--days", "1", "--reports-per-day", str(SAMPLE))
    found = rows.of_reports(os.path.join(data, "headwater.sqlite"))
    schema = os.path.join(folder, "schema")
    with serve(schema):
        pass
    return found, os.path.join(schema, "headwater.sqlite")


def rows_each(found):
    return f"{sum(map(len, found)) / len(found):.1f} rows a report"


def sqlite(rounds):
    """64 clients, SQLite FULL, the load generator on the same cores; beside it the bare pipeline."""
    board = Board("intake")
    with Folder() as folder:
        found, schema = templates(folder)
        file = os.path.join(folder, "template.json")
        with open(file, "w", encoding="utf-8") as out:
            out.write(rows.as_template(found))
        latencies, numbers = [], iter(range(1000))

        def ours():
            data = os.path.join(folder, f"ours-{next(numbers)}")
            with serve(data) as server:
                said = send(server.url, token(data), "--seconds", str(SECONDS))
            shutil.rmtree(data)
            latencies.append(said["p99-milliseconds"])
            return said["per-second"]

        def bare():
            copy, port = os.path.join(folder, f"bare-{next(numbers)}.sqlite"), free_port()
            shutil.copy(schema, copy)
            with Server([BENCHMARKS, "bare-intake", "--template", file, "--file", copy, "--port", str(port)], port) as server:
                said = send(server.url, "none", "--seconds", str(SECONDS))
            os.remove(copy)
            return said["per-second"]

        medians = board.rounds(rounds, {"bare": bare, "ours": ours})
    board.row("reports, 64 clients", medians["ours"], "reports/s", medians["bare"],
              f"same server and JSON, the same rows, {rows_each(found)}", least=3_000, ratio_least=0.5)
    board.row("p99", sorted(latencies)[len(latencies) // 2], "ms", most=50)
    return board


def postgres(rounds):
    """Two nodes on one PostgreSQL, against pgbench writing the same rows in as many transactions."""
    board = Board("intake-postgres")
    server_url = subprocess.run([os.path.join(ROOT, "bin", "postgres"), "start"], check=True, capture_output=True,
                                text=True).stdout.strip()
    with Folder() as folder:
        found, _ = templates(folder)
        scripts = []
        for number, report in enumerate(found[:SCRIPTS]):
            scripts += ["-f", os.path.join(folder, f"rows-{number}.sql")]
            with open(scripts[-1], "w", encoding="utf-8") as out:
                out.write(rows.as_pgbench(report))
        numbers = iter(range(1000))

        def fresh():
            name = f"benchmark_{os.getpid()}_{next(numbers)}"
            psql(server_url, f"CREATE DATABASE {name}")
            return name, server_url.replace("/postgres?", f"/{name}?")

        def ours():
            name, url = fresh()
            data = os.path.join(folder, name)
            with serve(data, "--database", url) as one, serve(data, "--database", url) as two:
                key = token(data, "operator", "--database", url)
                half = ["--clients", str(CLIENTS // 2), "--seconds", str(SECONDS)]
                command = [HEADWATER, "simulate", "--city", CITY, "--token", key, *half]
                both = [subprocess.Popen([*command, "--url", node.url, "--seed", str(seed)], text=True,
                                         stdout=subprocess.PIPE)
                        for seed, node in enumerate((one, two), 1)]
                speed = sum(figures(load.communicate()[0])["per-second"] for load in both)
            psql(server_url, f"DROP DATABASE {name} WITH (FORCE)")
            return speed

        def bare():
            name, url = fresh()
            data = os.path.join(folder, name)
            with serve(data, "--database", url):
                pass
            done = subprocess.run([pg_program("pgbench"), "-n", "-M", "prepared", *scripts, "-c", str(CLIENTS),
                                   "-j", "2", "-T", str(SECONDS), url], capture_output=True, text=True, check=True)
            psql(server_url, f"DROP DATABASE {name} WITH (FORCE)")
            return float(done.stdout.split("tps = ")[1].split()[0])

        medians = board.rounds(rounds, {"pgbench": bare, "ours": ours})
    board.row("reports, 2 nodes, 64 clients", medians["ours"], "reports/s", medians["pgbench"],
              f"pgbench, the same rows, {rows_each(found)}", ratio_least=0.5)
    return board


def memory(_):
    """What the server holds after it has taken in 100,000 reports."""
    board = Board("memory")
    with Folder() as folder:
        data = os.path.join(folder, "site")
        with serve(data) as server:
            fresh = server.resident_megabytes()
            # Days times reports a day is how many are sent.
            send(server.url, token(data), "--days", "1", "--reports-per-day", "100000")
            after, peak = server.resident_megabytes(), server.resident_megabytes("VmHWM")
    board.row("resident after 100,000 reports", after, "MB", fresh, "the same server just started", most=120)
    board.row("resident at most", peak, "MB")
    return board


def pg_program(name):
    found = shutil.which(name)
    if found is None:
        folders = sorted(os.path.join("/usr/lib/postgresql", version, "bin") for version in os.listdir("/usr/lib/postgresql"))
        found = os.path.join(folders[-1], name)
    return found


def psql(url, sql):
    subprocess.run([pg_program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql, url], check=True)
