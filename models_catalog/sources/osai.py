"""The European Open Source AI Index: how open the making of a system is, by fourteen criteria.

One YAML file per system: `system`, `org` and the criteria, each graded open, partial or closed with links and a
note. A file describes the system's newest model (`endmodelname`), so that name is what the grades are of; the system is
its family. Live, the whole repository comes as one tar archive; its members are read one by one, never unpacked.
The index counts some licences as approved that are not: its grades are its own words. `a_submission_template` is the
empty form for contributors, no system: it is passed over, and no board asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from models_catalog.sources.cells import Row, Unreadable, facts, quotable
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Door,
    EmptyPayload,
    LicenceSeen,
    MissingColumn,
    OpennessSeen,
    Page,
    Parsed,
    PayloadError,
    ReleaseSeen,
    Rights,
    RowProblem,
    Source,
    Truncated,
    Unread,
)
from models_catalog.sources.links import hub_repository
from models_catalog.sources.reading import object_of
from models_catalog.sources.tar_archive import members_of
from models_catalog.sources.yaml_text import read_yaml

CRITERIA = (
    "datasources_basemodel",
    "datasources_endmodel",
    "weights_basemodel",
    "weights_endmodel",
    "trainingcode",
    "code",
    "hardware_architecture",
    "preprint",
    "paper",
    "modelcard",
    "datasheet",
    "licenses",
)
LATER = ("package", "api")  # criteria of the first years, for some systems also later
GRADES = {"open", "partial", "closed"}
FORM = "a_submission_template"
UNREAD = (Unread(f"*/{FORM}.yaml", "The index's empty form for new entries: it describes no system."),)
LICENCE_KEYS = ("endmodellicense", "endmodel license", "endlicense")

ARCHIVE = Board(
    slug="archive",
    title="European Open Source AI Index, the whole repository",
    url="https://codeload.github.com/Language-Technology-Assessment/main-database/tar.gz/refs/heads/main",
    media="tar",
    recorded=("main-database@*.tar.gz",),
    bounds=Bounds(overlap=0.80, reason="A system's name changes with each new model of it."),
)
SYSTEM = Board(
    slug="system",
    title="European Open Source AI Index, one system",
    url="https://raw.githubusercontent.com/Language-Technology-Assessment/main-database/main/",
    media="yaml",
    recorded=("*/[!a]*.yaml", "*/a[!_]*.yaml"),
    complete=False,
)


def pages(get: Door) -> Iterator[Page]:
    yield get(ARCHIVE.slug, ARCHIVE.url)


def parse(page: Page) -> Iterator[Parsed]:
    """The model, its licence and its grades: of one system, or of every one in the archive."""
    if page.board == SYSTEM.slug:
        yield from system_facts("system", page)
        return
    for name, body in members_of(page, (".yaml", ".yml")):
        if name.rpartition("/")[2].startswith(FORM):
            continue
        try:
            yield from system_facts(name, replace(page, body=body))
        except PayloadError as error:
            yield RowProblem(quotable(name), f"{type(error).__name__}: {error}")


def system_facts(label: str, page: Page) -> Iterator[Parsed]:
    described = object_of(read_yaml(page), "the description of a system")
    refuse_gaps(described)
    row = Row(quotable(label), described, "yaml")
    yield from facts(row, releases, licences)
    for criterion in (*CRITERIA, *LATER):
        if criterion in described:
            yield from facts(row, partial(grades, criterion))


def refuse_gaps(described: Mapping[str, object]) -> None:
    """YAML cut between two lines is still YAML: then the last criteria are the missing ones."""
    if not described:
        raise EmptyPayload("the description of a system is empty")
    due = ("system", "org", *CRITERIA)
    there = [key in described for key in due]
    if all(there):
        return
    first = there.index(False)
    if not any(there[first:]) and first:
        raise Truncated(f"the YAML stops before {due[first]!r}")
    raise MissingColumn(f"the system has no {due[first]!r}; it has: {quotable(', '.join(described))}")


def subject(row: Row) -> str:
    system = row.inner("system")
    return system.text("endmodelname") or system.due_text("name")


def releases(row: Row) -> Iterator[Parsed]:
    system, weights = row.inner("system"), row.inner("weights_endmodel")
    yield ReleaseSeen(
        model=subject(row),
        name=subject(row),
        quote=quoted(system, "name", "endmodelname", "releasedate"),
        organization=row.inner("org").text("name"),
        family=system.text("name"),
        date=system.date("releasedate"),
        access_claim=f"weights_endmodel: {weights.due_text('class')}",
        hub_repository=hub_repository(links(weights)) or hub_repository(links(system)),
        base_model=system.text("basemodelname"),
        task=system.text("type"),
    )


def quoted(row: Row, *keys: str) -> str:
    return Row(row.label, row.cells, "yaml").quote(*keys)


def links(row: Row) -> str | None:
    """One link, or several with a space between."""
    if isinstance(row.cells.get("link"), list):
        return " ".join(row.words("link")) or None
    return row.text("link")


def licences(row: Row) -> Iterator[Parsed]:
    system = row.inner("system")
    for key in LICENCE_KEYS:
        if licence := system.text(key):
            yield LicenceSeen(
                model=subject(row), name=subject(row), quote=quoted(system, key), licence=licence
            )
            return


def grades(criterion: str, row: Row) -> Iterator[Parsed]:
    graded = row.inner(criterion)
    grade = graded.due_text("class")
    if grade not in GRADES:
        raise Unreadable(f"{criterion}: no grade the index has", quoted(graded, "class"))
    yield OpennessSeen(
        model=subject(row),
        name=subject(row),
        quote=quotable(f"{criterion}: {quoted(graded, 'class', 'notes')}"),
        criterion=criterion,
        grade=grade,
        link=links(graded),
        notes=graded.text("notes"),
    )


SOURCE = Source(
    slug="osai",
    title="European Open Source AI Index",
    home="https://osai-index.eu",
    rights=Rights(
        owner="Andreas Liesenfeld, Mark Dingemanse and the contributors of the index",
        terms_url="https://osai-index.eu/contribute",
        data_licence="CC BY 4.0",
        display=True,
        export=True,
        attribution="European Open Source AI Index, https://osai-index.eu/; Liesenfeld and Dingemanse 2024, "
        "Rethinking open source generative AI, FAccT 2024, pp. 1774-1787; CC BY 4.0",
        robots="Not applied: an archive of a public repository, made for programs.",
        basis="Every data file says so in its own head, which was read: free to build on and reuse under "
        "CC BY 4.0, with a link to the index and a citation of the paper.",
    ),
    boards=(ARCHIVE, SYSTEM),
    hosts=("codeload.github.com",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=60),
    pages=pages,
    parse=parse,
    unread=UNREAD,
)
