#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the tables of docs/compatibility.md from what the clients' tests have recorded.

passport.py RECORDS PAGE           exit code 1, and the differences, if the page says something else
passport.py RECORDS PAGE --write   writes the page; what stands before the marker stays as it is

RECORDS: a folder with a JSON file a client: {"client", "version", "steps": [[name, outcome]], "calls": [{"method",
"path", "known", "statuses"}]}; "known" is false where there is no such endpoint.
"""
import difflib
import json
import pathlib
import sys

MARKER = "<!-- What follows is made by the tests; RENEW renews it. -->"
RENEW = "GRAMINSTA_PASSPORT=write ./dev test -R '^clients$'"


def cell(statuses):
    refusals = [str(status) for status in statuses if status >= 400]
    return " ".join((["yes"] if len(refusals) < len(statuses) else []) + refusals)


def table(head, rows):
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"] + [f"| {' | '.join(row)} |" for row in rows]


def tables(records):
    names = [record["client"] for record in records]
    yield from ("## What each client has done", "")
    yield from table(["", *names],
                     [[step, *(dict(record["steps"])[step] for record in records)] for step, _ in records[0]["steps"]])
    yield ""
    yield from ("## Which endpoints it asked for that", "")
    yield ("\"yes\": answered; a number: refused with that status, as the test expects (after logging out, or for what"
           " is deleted). What no client asked for is not listed; `resources/openapi.yaml` has all.")
    yield ""
    calls = {}
    for record in records:
        for call in record["calls"]:
            calls.setdefault((call["path"], call["method"], call["known"]), {})[record["client"]] = cell(call["statuses"])
    for known in (True, False):
        rows = [[f"`{method} {path}`", *(answers.get(name, "") for name in names)]
                for (path, method, is_known), answers in sorted(calls.items()) if is_known == known]
        if rows and not known:
            yield from ("", "Asked for, and not there:", "")
        if rows:
            yield from table(["endpoint", *(f"{record['client']} {record['version']}" for record in records)], rows)


def main(folder, page, *options):
    records = [json.loads(path.read_text()) for path in sorted(pathlib.Path(folder).glob("*.json"))]
    page = pathlib.Path(page)
    marker = MARKER.replace("RENEW", f"`{RENEW}`")
    old = page.read_text()
    if marker not in old:
        sys.exit(f"{page.name}: the line that the tables follow is missing: {marker}")
    new = old.partition(marker)[0] + "\n".join([marker, "", *tables(records)]) + "\n"
    if "--write" in options:
        page.write_text(new)
        return 0
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), page.name, "this run", lineterm=""):
        print(line)
    if old != new:
        print(f"docs/{page.name} is not what the clients have done; this renews it: {RENEW}")
    return int(old != new)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
