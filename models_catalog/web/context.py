"""What every page's frame shows: where one can go, how old the data is, by which method version, how healthy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from models_catalog.findings.gap import standing_gap
from models_catalog.findings.records import SourceLine
from models_catalog.findings.status import source_lines
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.vocabulary import Outcome
from models_catalog.web.past import past_day

PAGES = (("gap", "Gap"), ("models", "Models"), ("prices", "Prices"), ("run", "Run"), ("digest", "Digest"))
EVERYWHERE = (
    ("landscape", "Landscape"),
    ("licences", "Licences"),
    ("adoption", "Adoption"),
    ("claims", "Claims"),
    ("releases", "Releases"),
    ("lifecycle", "Lifecycle"),
    ("organizations", "Organisations"),
    ("compare", "Compare"),
    ("data", "Data and API"),
    ("method", "Method"),
    ("status", "Sources"),
    ("corrections", "Corrections"),
)
DATED = {  # pages that show themselves as of any past day
    *("home", "gap", "models", "prices", "run", "landscape", "licences", "adoption", "claims", "releases"),
    *("lifecycle", "organizations", "organization", "model", "compare"),
}
OF_NOW = {  # pages without a past, each with why; every other one says the general sentence
    "status": "how old and how healthy each source is, is told of now alone: no past day’s is kept",
    "corrections": (
        "there is one log for all days, because a past day’s figures are seen with every correction made since; "
        "the API’s known_at gives the log as it was at an instant"
    ),
}
GENERAL = "this page shows what is known now"
UNHEALTHY = (Outcome.FAILED, Outcome.REJECTED, Outcome.QUARANTINED)


@dataclass(frozen=True, slots=True)
class Destination:
    label: str
    address: str
    current: bool


class Site:
    """Looked up once per page, and only by pages that show it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.path = request, request.path

    @cached_property
    def navigation(self) -> tuple[Destination, ...]:
        """The five words of the header."""
        return self.destinations(PAGES)

    @cached_property
    def all_pages(self) -> tuple[Destination, ...]:
        """The footer's list: every page the header does not name."""
        return self.destinations(EVERYWHERE)

    def destinations(self, pages: Iterable[tuple[str, str]]) -> tuple[Destination, ...]:
        places = [(label, reverse(name)) for name, label in pages]
        return tuple(Destination(label, place, self.path.startswith(place)) for label, place in places)

    @cached_property
    def past(self) -> date | None:
        """The past day the reader looks at, on this page or on those that led here."""
        return past_day(self.request).until

    @property
    def unmoved(self) -> bool:
        """This page shows the newest though the reader looks at a past day."""
        match = self.request.resolver_match
        return self.past is not None and match is not None and match.url_name not in DATED

    @property
    def unmoved_why(self) -> str:
        match = self.request.resolver_match
        return OF_NOW.get((match.url_name or "") if match else "", GENERAL)

    @property
    def canonical(self) -> str:
        """The page's one address, without the query."""
        return f"{settings.OPENGAP_SITE}{self.path}"

    @cached_property
    def sources(self) -> tuple[SourceLine, ...]:
        return source_lines()

    @cached_property
    def freshest(self) -> SourceLine | None:
        """The source with the newest capture of all."""
        known = [(line.newest_observed, line) for line in self.sources if line.newest_observed]
        return max(known, key=lambda pair: pair[0])[1] if known else None

    @property
    def newest(self) -> datetime | None:
        return self.freshest.newest_observed if self.freshest else None

    @property
    def stale(self) -> bool:
        """Even the newest capture is older than its source allows; an archive never is."""
        return self.freshest is None or self.freshest.stale

    @cached_property
    def uncleared(self) -> tuple[SourceLine, ...]:
        """Sources that hold nothing here and whose terms do not clear handing their data on."""
        return tuple(line for line in self.sources if not line.export and not line.observations)

    @property
    def drawn(self) -> bool:
        """There is a frontier whose picture stands for a page that has no figure of its own."""
        gap = standing_gap()
        return gap is not None and bool(gap.frontier.points)

    @property
    def method_version(self) -> str:
        return METHOD_VERSION

    @cached_property
    def healthy(self) -> int:
        return sum(map(fresh, self.sources))


def fresh(line: SourceLine) -> bool:
    """Holds data that are not stale, and its last run ended well."""
    return line.newest_observed is not None and not line.stale and not ended_badly(line)


def ended_badly(line: SourceLine) -> bool:
    return line.last_outcome in UNHEALTHY


def site(request: HttpRequest) -> dict[str, Site]:
    return {"site": Site(request)}
