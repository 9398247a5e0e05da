"""`make lighthouse`: four pages of a running site through Lighthouse, from npm, in the Chromium of this machine.

Start the site first (`make demo` in another terminal); SITE=https://… measures another one. Lighthouse is installed
once, in its pinned version, under node_modules/. Prints four figures a page, on Lighthouse's own slow phone, and what
cost points; exits 1 when a figure is below 95.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

PACKAGE = "lighthouse@12.8.2"  # the last line for Node 20
HOME = Path(__file__).parent.parent / "node_modules" / ".lighthouse"
PROGRAM = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
FLAGS = "--headless --no-sandbox"
ATTEMPTS = 3  # a new Chromium now and then records no start of the navigation
MODEL = re.compile(r'href="(/models/[a-z0-9-]+/)"')


def main() -> int:
    site = os.environ.get("SITE", "http://127.0.0.1:8000").rstrip("/")
    if problem := lacking():
        say(problem)
        return 2
    try:
        addresses = ("/", "/gap/", "/models/", a_model(site))
    except URLError as error:
        say(f"{site} does not answer ({error.reason}): start it with make demo")
        return 2
    installed()
    say(f"{'page':32}" + "".join(f"{category:>16}" for category in CATEGORIES))
    reached = [sound(site, address) for address in addresses]
    return 0 if all(reached) else 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def lacking() -> str:
    """What this machine needs first; "" when it has all."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "Lighthouse needs node and npm (apt-get install nodejs npm)"
    return "" if chromium() else "Lighthouse needs a Chromium (apt-get install chromium)"


def chromium() -> str:
    return shutil.which("chromium") or shutil.which("google-chrome") or ""


def a_model(site: str) -> str:
    """The page of the first model listed. Its visit and those of the others fill the site's cache."""
    for address in ("/", "/gap/"):
        read(site + address)
    found = MODEL.search(read(f"{site}/models/"))
    address = found[1] if found else "/models/"
    read(site + address)
    return address


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - the operator's own address
        return str(answer.read().decode())


def installed() -> None:
    wanted = PACKAGE.partition("@")[2]
    manifest = PROGRAM.parent.parent / "package.json"
    if manifest.exists() and json.loads(manifest.read_text(encoding="utf-8"))["version"] == wanted:
        return
    HOME.mkdir(parents=True, exist_ok=True)
    npm = [
        "npm",
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(HOME),
    ]
    subprocess.run([*npm, PACKAGE], check=True, stdout=sys.stderr)  # noqa: S603 - our own words


def sound(site: str, address: str) -> bool:
    """Measure one page, print its line, and say whether it reaches the mark."""
    told = report(site + address)
    points = {name: round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES}
    say(f"{address:32}" + "".join(f"{points[name]:>16}" for name in CATEGORIES))
    for line in costs(told):
        say(f"    {line}")
    return min(points.values()) >= LEAST


def report(address: str) -> dict[str, Any]:
    """Lighthouse's own report. Raises CalledProcessError when every attempt to record the page failed."""
    command = ["node", str(PROGRAM), address, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    environment = os.environ | {"CHROME_PATH": chromium()}
    for _ in range(ATTEMPTS):
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        if said.returncode == 0:
            return dict(json.loads(said.stdout))
    sys.stderr.write(said.stderr)
    raise subprocess.CalledProcessError(said.returncode, command)


def costs(told: dict[str, Any]) -> list[str]:
    """The audits that count and are not met, with what was measured."""
    counted = {
        audit["id"]
        for name in CATEGORIES
        for audit in told["categories"][name]["auditRefs"]
        if audit["weight"]
    }
    audits = (told["audits"][name] for name in sorted(counted))
    return [
        f"{audit['title']} {audit.get('displayValue', '')}".strip()
        for audit in audits
        if audit["score"] is not None and audit["score"] < 0.9
    ]


if __name__ == "__main__":
    sys.exit(main())
