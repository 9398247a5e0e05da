"""Everything known about one model, each value with its source."""

from __future__ import annotations

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_catalog.charts import words
from models_catalog.charts.figure import credited
from models_catalog.charts.numerals import day, level_interval
from models_catalog.findings.model import model_detail
from models_catalog.findings.openness import model_openness
from models_catalog.findings.records import ModelDetail
from models_catalog.normalise.authorities import CATALOGUE
from models_catalog.normalise.statements import REVIEW
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Tier
from models_catalog.web.model_facts import beside_the_licence, distances
from models_catalog.web.model_tables import names_table, price_table, score_table, statement_table
from models_catalog.web.past import past_day

FITTED = "Results on benchmarks of the capability index: its level is fitted to the best on each"
OURS = "reviewed by Open Gap"
TITLES = {source.slug: source.title for source in SOURCES}
ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b", re.ASCII)
SAID_BY = re.compile(rf"\(({'|'.join([*TITLES, REVIEW, CATALOGUE])})((?:, \w+)?)\)")

CORRECTED = re.compile(rf"^corrected: ({'|'.join(TITLES)}) states (\w+)")
STATES = re.compile(rf"(?<=\bbut )({'|'.join(TITLES)})(?= states\b)")


@require_safe
def model(request: HttpRequest, slug: str) -> HttpResponse:
    past = past_day(request)
    found = model_detail(slug, past.until)
    if found is None:
        raise Http404(f"no model is called {slug}")
    page = {
        "found": found,
        "past": past,
        "later": bool(past.until and found.row.released and found.row.released > past.until),
        "row": found.row,
        "beside": beside_the_licence(found, past.until or timezone.now().date(), past=past.until is not None),
        "distances": () if past.until else distances(found.row),
        "scores": score_table((one for one in found.scores if one.index), FITTED).filled(),
        "other_scores": score_table(one for one in found.scores if not one.index).filled(),
        "prices": price_table(found.prices).filled(),
        "statements": statement_table(found.statements),
        "names": names_table(found.names),
        "openness": model_openness(slug),
        "released_from": released_from(found),
        "conflicts": [in_words(conflict) for conflict in found.conflicts],
        "level_interval": level_interval(found.level_low, found.level_high),
        "credits": [credited(credit) for credit in found.credits],
    }
    return render(request, "pages/model.html", page)


def released_from(found: ModelDetail) -> str:
    """Who states the release date: a source, or our own review of one."""
    return OURS if found.released_source in (REVIEW, CATALOGUE) else TITLES.get(found.released_source, "")


def in_words(conflict: str) -> str:
    """A disagreement as stored, with tiers, days and sources as the rest of the page writes them."""
    said = ISO_DAY.sub(written_day, conflict)
    said = SAID_BY.sub(lambda found: f"({TITLES.get(found[1], OURS)}{found[2].replace(',', ':')})", said)
    said = STATES.sub(lambda found: TITLES[found[1]], said)
    said = CORRECTED.sub(
        lambda found: f"corrected here: {TITLES[found[1]]} states {words.field_word(found[2])}", said
    )
    for tier in (tier for tier in Tier if "-" in tier):
        said = said.replace(tier, f"“{words.TIER[tier]}”")
    return said


def written_day(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found[0]))
    except ValueError:  # looks like a day and is none
        return found[0]
