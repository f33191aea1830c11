"""The work of peers.sh: makes the file, runs each peer in a process of its own, and prints the table."""

import os
import statistics
import subprocess
import sys
import time

import duckdb

PLACE, TRADESHARE, MILLIONS, ROUNDS = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
YEARS = max(1, MILLIONS // 5)
FIRST_YEAR = 2019 if YEARS == 1 else 2010
LAST_YEAR = FIRST_YEAR + YEARS - 1


def make(path, rows, years):
    """Writes rows as BACI has them: sorted by year, exporter, importer and code, thousand dollars, padded tonnes."""
    if os.path.exists(path):
        return
    db = duckdb.connect()
    db.execute(f"SET threads = 2; SET memory_limit = '2GB'; SET temp_directory = '{PLACE}/spill'")
    data = "src/reference/data"
    db.execute(f"""CREATE TABLE land AS
        SELECT code, row_number() OVER (ORDER BY hash(code)) AS rank FROM (
          SELECT max(c.code::INT) AS code
          FROM read_csv('{data}/place_codes.csv', all_varchar = true) c
          JOIN read_csv('{data}/places.csv', all_varchar = true) p ON p.id = c.id
          WHERE c.scheme = 'comtrade' AND p.kind = 'country' AND c.from_year IS NULL AND c.to_year IS NULL
          GROUP BY p.id)""")
    db.execute("""CREATE TABLE good AS
        SELECT printf('%02d%04d', chapter, 100 + nth * 37) AS k, row_number() OVER (ORDER BY hash(chapter * 1000 + nth)) AS rank
        FROM range(1, 98) a(chapter), range(0, 52) b(nth)""")
    # Whether a pair trades a good falls with the ranks of all three, as in the real file.
    chance = "least(1.0, {factor} / (power(i.rank * j.rank, 0.7) * power(k.rank, 0.3)))"

    def expected(factor):
        sql = f"SELECT sum({chance.format(factor=factor)}) FROM land i, land j, (FROM good WHERE rank % 20 = 0) k WHERE i.code <> j.code"
        return db.execute(sql).fetchone()[0] * 20

    low, high = 1.0, 100_000.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if expected(middle) < rows / len(years) else (low, middle)
    parts = " UNION ALL ".join(f"""(SELECT {year} AS t, i.code AS i, j.code AS j, k.k AS k,
          round(exp((hash(i.code, j.code, k.k, {year}, 1) % 10000) / 10000.0 * 12 - 2), 3) AS v,
          CASE WHEN hash(i.code, j.code, k.k, {year}, 2) % 25 = 0 THEN '           NA'
               ELSE lpad(round(exp((hash(i.code, j.code, k.k, {year}, 3) % 10000) / 10000.0 * 11 - 3), 3)::VARCHAR, 12, ' ') END AS q
        FROM land i, land j, good k
        WHERE i.code <> j.code AND hash(i.code, j.code, k.k, {year}) % 1000000 < 1000000 * {chance.format(factor=low)}
        ORDER BY t, i, j, k)""" for year in years)
    db.execute(f"COPY (SELECT * FROM ({parts})) TO '{path}.part' (HEADER, DELIMITER ',', QUOTE '')")
    os.rename(path + ".part", path)


def measured(argv, stdin=""):
    start = time.perf_counter()
    with open(f"{PLACE}/stdin", "w") as file:
        file.write(stdin)
    with open(f"{PLACE}/stdin") as give, open(f"{PLACE}/stdout", "w") as take, open(f"{PLACE}/stderr", "w") as tell:
        pid = os.posix_spawn(
            argv[0], argv, os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, give.fileno(), 0), (os.POSIX_SPAWN_DUP2, take.fileno(), 1),
                          (os.POSIX_SPAWN_DUP2, tell.fileno(), 2)])
        _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{' '.join(argv)} failed: {open(f'{PLACE}/stderr').read()}")
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024,
            "out": open(f"{PLACE}/stdout").read()}


def without(path):
    for ending in ("", "-wal", "-shm", ".wal"):
        if os.path.exists(path + ending):
            os.remove(path + ending)


def which(name):
    return next(f"{folder}/{name}" for folder in os.environ["PATH"].split(":") if os.access(f"{folder}/{name}", os.X_OK))


def load_sqlite(csv, db):
    without(db)
    return measured([which("sqlite3"), db], f"""CREATE TABLE b(t INTEGER, i INTEGER, j INTEGER, k TEXT, v REAL, q REAL);
.mode csv
.import --skip 1 {csv} b
CREATE INDEX b_jk ON b(j, k, t, i);
""")


def load_duckdb(csv, db, index):
    without(db)
    script = f"""import duckdb
db = duckdb.connect({db!r}); db.execute("SET threads = 2")
db.execute('''CREATE TABLE b AS SELECT * FROM read_csv({csv!r}, header = true, nullstr = '           NA',
  columns = {{'t': 'INTEGER', 'i': 'INTEGER', 'j': 'INTEGER', 'k': 'VARCHAR', 'v': 'DOUBLE', 'q': 'DOUBLE'}})''')
{'db.execute("CREATE INDEX b_jk ON b(j, k)")' if index else ''}
db.close()"""
    return measured([sys.executable, "-c", script])


def load_tradeshare(csv, db):
    without(db)
    return measured([TRADESHARE, "ingest", "--quiet", "--db", db, csv])


def median(results, what):
    return statistics.median(result[what] for result in results)


def loads(csv, rows):
    peers = {
        "sqlite3 .import + index": (f"{PLACE}/sqlite.db", lambda db: load_sqlite(csv, db)),
        "DuckDB read_csv": (f"{PLACE}/duck-plain.db", lambda db: load_duckdb(csv, db, False)),
        "DuckDB read_csv + index": (f"{PLACE}/duck.db", lambda db: load_duckdb(csv, db, True)),
        "tradeshare ingest": (f"{PLACE}/tradeshare.db", lambda db: load_tradeshare(csv, db)),
    }
    results = {name: [] for name in peers}
    # One after the other in each round, so that a busy minute hurts all.
    for _ in range(ROUNDS):
        for name, (db, load) in peers.items():
            results[name].append(load(db))
    ours = results["tradeshare ingest"]
    print(f"\n| load {rows:,} rows | wall s | CPU s | peak MB | bytes a row | tradeshare : it, wall | CPU |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, (db, _) in peers.items():
        own = results[name]
        ratio = [f"{median(ours, what) / median(own, what):.2f}" for what in ("wall", "cpu")]
        print(f"| {name} | {median(own, 'wall'):.2f} | {median(own, 'cpu'):.2f} | {max(r['peak'] for r in own):.0f} "
              f"| {os.path.getsize(db) / rows:.1f} | {ratio[0]} | {ratio[1]} |")


def second_year():
    """Loads one more year into the filled file and into an empty one."""
    csv = f"{PLACE}/BACI_HS17_Y{LAST_YEAR + 1}_V202301.csv"
    make(csv, 5_000_000, [LAST_YEAR + 1])
    more = sum(1 for _ in open(csv)) - 1
    alone = load_tradeshare(csv, f"{PLACE}/alone.db")
    before = os.path.getsize(f"{PLACE}/tradeshare.db")
    filled = measured([TRADESHARE, "ingest", "--quiet", "--db", f"{PLACE}/tradeshare.db", csv])
    grown = os.path.getsize(f"{PLACE}/tradeshare.db") - before
    print(f"\nanother year of {more:,} rows: into an empty file {alone['wall']:.2f} s ({alone['cpu']:.2f} s CPU), into the filled one "
          f"{filled['wall']:.2f} s ({filled['cpu']:.2f} s CPU), {grown / more:.1f} bytes a row more")


def questions():
    """Times the same question in each: the best of many, in one process for DuckDB, whole processes for the others."""
    year = LAST_YEAR
    duck = duckdb.connect(f"{PLACE}/duck.db", read_only=True)
    duck.execute("SET threads = 2")
    market, code = 276, duck.execute("SELECT k FROM b WHERE j = 276 GROUP BY k ORDER BY count(*) DESC, k LIMIT 1").fetchone()[0]
    asked = {
        "partner shares, one market and product": (
            f"SELECT i, 100 * sum(v) / sum(sum(v)) OVER () FROM b WHERE t = {year} AND j = {market} AND k = '{code}' GROUP BY i ORDER BY 2 DESC",
            ["query", "in", "Germany", "of", f"hs:{code}", "--period", str(year), "--unit", "value", "-f", "csv"]),
        "one partner's share in all markets, one product": (
            f"SELECT j, 100 * sum(v) FILTER (WHERE i = 156) / sum(v) FROM b WHERE t = {year} AND k = '{code}' GROUP BY j ORDER BY 2 DESC",
            ["query", "China", "of", f"hs:{code}", "--period", str(year), "--unit", "value", "-f", "csv"]),
    }
    print("\n| question | DuckDB, query alone ms | sqlite3 shell, process ms | tradeshare, process ms | an empty tradeshare process ms |")
    print("| --- | --- | --- | --- | --- |")
    for name, (sql, words) in asked.items():
        times = []
        for _ in range(15):
            start = time.perf_counter()
            duck.execute(sql).fetchall()
            times.append(time.perf_counter() - start)
        shell = [measured([which("sqlite3"), f"{PLACE}/sqlite.db"], sql + ";\n")["wall"] for _ in range(5)]
        own = [measured([TRADESHARE, *words, "--db", f"{PLACE}/tradeshare.db"]) for _ in range(7)]
        empty = [measured([TRADESHARE, "--version"])["wall"] for _ in range(7)]
        lines = own[0]["out"].count("\n")
        print(f"| {name} ({lines} lines) | {1000 * statistics.median(times):.1f} | {1000 * statistics.median(shell):.1f} "
              f"| {1000 * median(own, 'wall'):.1f} | {1000 * statistics.median(empty):.1f} |")


def main():
    name = f"BACI_HS17_Y{FIRST_YEAR}_V202301.csv" if YEARS == 1 else "BACI_HS17_V202301.csv"
    csv = f"{PLACE}/{name}"
    make(csv, MILLIONS * 1_000_000, range(FIRST_YEAR, LAST_YEAR + 1))
    rows = sum(1 for _ in open(csv)) - 1
    print(f"{rows:,} rows, {os.path.getsize(csv) / 1e6:.0f} MB; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
          f"{ROUNDS} rounds; DuckDB {duckdb.__version__}")
    loads(csv, rows)
    questions()
    second_year()


main()
