"""What every page owes its readers and their tools, whatever it shows: all of them, found through the addresses."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import altair as alt
import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from models_catalog.models import Edition
from models_catalog.vocabulary import FactKind
from models_catalog.web.urls import urlpatterns
from tests.web.reading import heading, page
from tests.web.stored import CAPTURED, World, observe, study_prices_of
from tests.web.studied import count_downloads, study_shares_of

pytestmark = pytest.mark.django_db
DEFAULT = "How far open-weight AI models are behind closed ones, with the source of every number."
HEAVIEST = 150_000  # bytes of a page, its style and its scripts, compressed
PAGES: dict[str, tuple[str, ...]] = {
    "home": ("/", "/?as_of=2025-04-01"),
    "gap": ("/gap/", "/gap/?as_of=2025-04-01&method=parity_age&delta=2"),
    "landscape": ("/landscape/", "/landscape/?access=open&size=unstated&as_of=2025-04-01"),
    "prices": ("/prices/", "/prices/?as_of=2025-04-01"),
    "adoption": ("/adoption/", "/adoption/?as_of=2025-04-01"),
    "licences": ("/licences/", "/licences/?as_of=2025-04-01"),
    "models": ("/models/", "/models/?q=birch&licence=mit"),
    "model": ("/models/birch-3/", "/models/birch-3/?as_of=2025-04-01"),
    "claims": ("/claims/", "/claims/?as_of=2025-04-01"),
    "compare": (
        "/compare/",
        "/compare/?m=birch-3&m=amber-4",
        "/compare/?m=birch-3&m=amber-4&as_of=2025-04-01",
    ),
    "organizations": ("/organisations/", "/organisations/?as_of=2025-04-01"),
    "organization": ("/organisations/invented-lab/", "/organisations/invented-lab/?as_of=2025-04-01"),
    "releases": ("/releases/", "/releases/?as_of=2025-04-01"),
    "lifecycle": ("/lifecycle/", "/lifecycle/?as_of=2025-04-01"),
    "run": ("/run/", "/run/?memory=24&as_of=2025-04-01"),
    "search": ("/search/", "/search/?q=birhc"),
    "evidence": (),  # every one that a page leads to
    "evidence-downloads": (),
    "changes": ("/changes/2026-W09/",),
    "status": ("/status/",),
    "method": ("/method/",),
    "corrections": ("/corrections/",),
    "digest": ("/digest/",),
    "edition": ("/digest/2026-W09/",),
    "data": ("/data/",),
    "digest-asked": ("/digest/asked/",),
}
# A file, a feed, a form's target, or a page that only the right token or folder opens: tested where they are made.
NO_PAGES = {
    *(
        f"{name}-download"
        for name in (
            *("gap", "methods", "series", "strip", "landscape", "prices", "pareto", "adoption", "family"),
        )
    ),
    *("licences-download", "chart-script", "exported", "robots", "sitemap", "open-search", "llms", "favicon"),
    *("edition-json", "edition-text", "digest-feed", "releases-feed", "lifecycle-feed", "lifecycle-calendar"),
    *(
        "organization-feed",
        "claims-feed",
        "edition-picture",
        "digest-ask",
        "digest-confirm",
        "digest-settings",
        "digest-data",
    ),
    *("digest-unsubscribe", "mailbox", "mail", "mail-html"),
}
LANDMARKS = ("body > header", "nav[aria-label]", "main#main", "body > footer", "form[role=search]")


def test_every_address_is_a_page_that_is_looked_at_here_or_says_why_not() -> None:
    names = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert names == PAGES.keys() | NO_PAGES


@dataclass(frozen=True, slots=True)
class Seen:
    address: str
    response: HttpResponse
    found: BeautifulSoup


def faults(seen: Seen) -> Iterator[str]:
    yield from structure(seen.found)
    yield from code(seen.found)
    yield from tables(seen.found)
    yield from naming(seen.found)
    yield from bare(seen.found)
    if weight(seen) > HEAVIEST:
        yield "is too heavy"
    if "unsafe" in seen.response["Content-Security-Policy"]:
        yield "allows unsafe code"


def weight(seen: Seen) -> int:
    """Compressed bytes of the page and of all it loads before anybody touches it."""
    loaded = seen.found.select(
        "script[src], link[rel=stylesheet], link[rel=icon], link[rel=preload], img[src]"
    )
    files = {str(tag.get("src") or tag.get("href")) for tag in loaded}
    return len(gzip.compress(seen.response.content)) + sum(map(weight_of, files))


@cache
def weight_of(address: str) -> int:
    found = finders.find(address.removeprefix("/static/"))
    assert isinstance(found, str), f"{address} is no file of ours"
    return len(gzip.compress(Path(found).read_bytes()))


def structure(found: BeautifulSoup) -> Iterator[str]:
    if len(found.select("h1")) != 1:
        yield "has not one h1"
    yield from (f"has no {landmark}" for landmark in LANDMARKS if not found.select_one(landmark))
    levels = [int(tag.name[1]) for tag in found.select("main h1, main h2, main h3, main h4")]
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "skips a level of headings"
    if [link["href"] for link in found.select("body a")[:1]] != ["#main"]:
        yield "does not begin with a skip link"
    if found.html is None or found.html["lang"] != "en":
        yield "names no language"


def code(found: BeautifulSoup) -> Iterator[str]:
    if found.select("style, [style]"):
        yield "carries inline style"
    if any(not script.get("src") or script.string for script in found.select("script")):
        yield "carries an inline script"
    if any(name.startswith("on") for tag in found.find_all() for name in tag.attrs):
        yield "carries an event handler"
    loaded = [
        str(tag.get("src") or tag.get("href")) for tag in found.select("script, link[rel=stylesheet], img")
    ]
    if not loaded or any(urlsplit(place).netloc for place in loaded):
        yield "asks another host"


def tables(found: BeautifulSoup) -> Iterator[str]:
    for table in found.select("table"):
        rows, headings = table.select("tbody tr"), table.select("tbody tr > th[scope=row]")
        if table.caption is None or not table.select("thead th[scope=col]") or len(rows) != len(headings):
            yield "has a table without caption or headings"
        if table.parent is None or table.parent.get("tabindex") != "0":
            yield "has a table without its own frame"


# What shows a figure: cells of columns of numbers, big figures, the facts and strips beside them (a unit stands with
# the number), what a claim reads, what a week counts, and every cell in a list of models. It leads to its observation,
# to the rows it was made from, or to the cited text; none of something has no rows.
FIGURES = (
    "main td.number, main .figure-number, main dl.strip > div, main dl.facts dd:has(> .unit), main .reading, "
    "main .table-models td, main ul.week > li"
)
LEADS = "a[data-observation], a.derived, a[rel~=noopener]"
NONE = re.compile(r"0(\s0\s?%)?")
NUMBER = re.compile(r"[\s\d.,–−%$×+-]*\d[\s\d.,–−%$×+-]*")


def bare(found: BeautifulSoup) -> Iterator[str]:
    """A number from which no click leads to its evidence, or a cell of numbers in a column that says it has none."""
    for holder in found.select(FIGURES):
        said = holder.get_text(" ", strip=True)
        nothing = NONE.fullmatch(said) or holder.select(".missing") or not any(map(str.isdecimal, said))
        if not nothing and not leads(holder):
            yield f"shows “{said[:60]}” without its evidence"
    for cell in found.select("main table:not(:has(#value-caption)) td:not(.number)"):  # that is evidence
        said = cell.get_text(" ", strip=True)
        if NUMBER.fullmatch(said) and not cell.select("time") and not leads(cell):
            yield f"has the number “{said[:60]}” in a column of words"
    for link in found.select('a.derived[href^="#"]'):
        if not found.select_one(str(link["href"])):
            yield f"leads to {link['href']}, which is not there"


def leads(holder: Tag) -> bool:
    around = (holder, *holder.find_parents("a"))
    return bool(holder.select(LEADS)) or any("derived" in tag.get_attribute_list("class") for tag in around)


def naming(found: BeautifulSoup) -> Iterator[str]:
    ids = [str(tag["id"]) for tag in found.select("[id]")]
    yield from (f"has two things called {name}" for name in set(ids) if ids.count(name) > 1)
    if any(tag["aria-labelledby"] not in ids for tag in found.select("[aria-labelledby]")):
        yield "is labelled by what is not there"
    for control in found.select("input:not([type=hidden]), select"):
        if not found.select_one(f'label[for="{control.get("id")}"]'):
            yield f"has an unlabelled field {control.get('name')}"
    for link in found.select("[data-observation]"):
        if urlsplit(str(link["href"])).path != f"/evidence/{link['data-observation']}/":
            yield "has a number that does not lead to its evidence"
    titles = [tag.get_text() for tag in found.select("title")]
    descriptions = [str(tag["content"]) for tag in found.select("meta[name=description]")]
    canonical = [str(tag["href"]) for tag in found.select("link[rel=canonical]")]
    if len(titles) != 1 or len(descriptions) != 1 or len(descriptions[0]) < 30 or descriptions[0] == DEFAULT:
        yield "has no title or description of its own"
    if len(canonical) != 1 or "?" in canonical[0] or not canonical[0].startswith("http://127.0.0.1:8000/"):
        yield "has no canonical address"


def test_every_page_keeps_the_rules_and_every_link_of_it_answers(client: Client, stored: World) -> None:
    furnished(stored)
    complaints, charts, numbers = list[str](), dict[str, str](), 0
    counts, totals, kinds = dict[str, set[str]](), dict[str, str](), set[str]()
    ids, places = dict[str, set[str]](), dict[str, set[str]]()
    for seen in crawled(client):
        complaints += [f"{seen.address} {fault}" for fault in faults(seen)]
        counted_in(seen, counts, totals)
        ids[seen.address] = {str(tag["id"]) for tag in seen.found.select("[id]")}
        for link in seen.found.select("main a.derived"):
            address, place = urldefrag(urljoin(seen.address, str(link["href"])))
            places.setdefault(address, set()).update([place] if place else [])
        if "/evidence/" in seen.address:
            kinds.add(heading(seen.found).rpartition(": ")[2])
        for button in seen.found.select("[data-chart]"):  # one view of each: the schema is slow to check
            charts.setdefault(str(button["data-chart"]).partition("?")[0], str(button["data-chart"]))
        numbers += len(seen.found.select("[data-observation]"))
    complaints += [
        f"{address} holds {total} models, not {', '.join(sorted(counts[address]))}"
        for address, total in totals.items()
        if counts.get(address, {total}) != {total}
    ]
    complaints += [
        f"{address} has no {place}, where rows are said to stand"
        for address, there in ids.items()
        for place in places.get(address, set()) - there
    ]
    assert "\n".join(complaints) == ""
    assert len(counts.keys() & totals.keys()) > 20
    assert kinds >= {"score", "price", "lifecycle", "downloads"}
    assert numbers > 100
    assert len(charts) >= 5
    for address in sorted(charts.values()):
        alt.Chart.from_dict(json.loads(client.get(address).content), validate=True)


def counted_in(seen: Seen, counts: dict[str, set[str]], totals: dict[str, str]) -> None:
    """Which numbers of models lead to which list, and how many models a list says it holds."""
    for link in seen.found.select("main a.derived"):
        address, said = urljoin(seen.address, str(link["href"])), link.get_text()
        if address.startswith("/models/?") and said.isdecimal():
            counts.setdefault(address, set()).add(said)
    if seen.address.startswith("/models/?"):
        number = heading(seen.found).split(" ")[0]
        totals[seen.address] = "1" if number == "One" else number


def furnished(stored: World) -> None:
    """What the invented world lacks of what pages can show."""
    study_prices_of(stored, date(2026, 2, 1))
    study_shares_of(date(2026, 2, 1))
    count_downloads(stored)
    model = stored.models["Birch 3"]
    offer = {
        "provider": "invented-host",
        "unit": "input",
        "amount": "0.5",
        "currency": "USD",
        "per": "1000000",
    }
    observe(stored, "models-dev", model, FactKind.PRICE, offer)
    end = {"provider": "invented-host", "event": "retires", "date": "2026-04-10", "unit": "retires"}
    observe(stored, "models-dev", model, FactKind.LIFECYCLE, end)


def crawled(client: Client) -> Iterator[Seen]:
    """Every page, and every page they lead to. Fails where a link does not answer."""
    waiting = [(address, "the list of pages") for addresses in PAGES.values() for address in addresses]
    known = {address for address, _ in waiting}
    while waiting:
        address, origin = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, (
            f"{address}, linked from {origin}, answered {response.status_code}"
        )
        if not response["Content-Type"].startswith("text/html"):
            continue
        assert isinstance(response, HttpResponse)
        seen = Seen(address, response, BeautifulSoup(response.content.decode(), "lxml"))
        yield seen
        if "?" in address and address not in sum(PAGES.values(), ()):
            continue  # the same page in another view: its links are more views
        new = {link for link in internal_links(seen) if link not in known}
        known |= new
        waiting += [(link, address) for link in sorted(new)]


def internal_links(seen: Seen) -> Iterator[str]:
    for link in seen.found.select("a[href], link[rel=search], link[rel=icon]"):
        target = urlsplit(urljoin(seen.address, str(link["href"])))
        drawn = target.path.endswith((".png", ".svg"))  # drawn at a cost, and tested where they are made
        if not target.netloc and not drawn and not target.path.startswith("/api/"):
            yield target.path + (f"?{target.query}" if target.query else "")


@pytest.mark.parametrize(
    ("cell", "faults"),
    [
        ('<td class="number">5</td>', ["shows “5” without its evidence"]),
        ('<td class="number"><a href="/models/x/">5</a></td>', ["shows “5” without its evidence"]),
        ('<td class="number"><a class="derived" href="/models/?terms=osi:yes">5</a></td>', []),
        ('<td class="number"><a data-observation="7" href="/evidence/7/">5</a></td>', []),
        ('<td class="number"><span class="missing" title="not in 2024">—</span></td>', []),
        ('<td class="number">0 <span class="aside">0 %</span></td>', []),
        ('<td class="number">0.0</td>', ["shows “0.0” without its evidence"]),
        ("<td>3.5 %</td>", ["has the number “3.5 %” in a column of words"]),
        ("<td>GPT-5</td>", []),
        (
            '<td class="number"><a class="derived" href="#gone">5</a></td>',
            ["leads to #gone, which is not there"],
        ),
    ],
)
def test_a_number_without_its_evidence_is_found(cell: str, faults: list[str]) -> None:
    table = f"<main><table><tbody><tr><th>Row</th>{cell}</tr></tbody></table></main>"
    assert list(bare(BeautifulSoup(table, "lxml"))) == faults


def test_the_navigation_marks_where_one_is_and_keeps_the_day(client: Client, stored: World) -> None:
    current = page(client, "/models/birch-3/").select("nav [aria-current=page]")
    assert [link["href"] for link in current] == ["/models/"]
    past = page(client, "/landscape/?as_of=2025-04-01")
    links = {str(link["href"]) for link in past.select("nav a")}
    assert {f"/{place}/?as_of=2025-04-01" for place in ("gap", "claims", "digest", "status")} <= links


def test_every_page_can_be_reached_from_any(client: Client, stored: World) -> None:
    linked = {
        str(link["href"]).partition("?")[0] for link in page(client, "/method/").select("header a, footer a")
    }
    plain = {addresses[0] for name, addresses in PAGES.items() if addresses and "<" not in route(name)}
    assert plain - {"/search/", "/digest/asked/"} <= linked


def route(name: str) -> str:
    return next(str(pattern.pattern) for pattern in urlpatterns if pattern.name == name)


def test_a_first_view_with_its_style_and_scripts_is_light(client: Client, stored: World) -> None:
    response = client.get("/gap/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < HEAVIEST / 2


@pytest.fixture(autouse=True)
def edition(db: None) -> None:
    headline = {
        "sentence": "Nothing moved.",
        "terms": "",
        "change": "",
        "permalink": "/gap/",
        "as_of": "2026-03-01",
    }
    Edition.objects.create(
        week="2026-W09",
        as_of=date(2026, 3, 1),
        known_at=CAPTURED,
        composed_at=CAPTURED,
        subject="A quiet week",
        preheader="Nothing moved",
        quiet=True,
        content={"first_day": "2026-02-23", "last_day": "2026-03-01", "sections": [], "credits": []}
        | {"headline": headline},
        html="<p>Nothing moved</p>",
        text="Nothing moved",
    )  # fmt: skip
