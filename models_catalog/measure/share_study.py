"""Shares of releases, of the frontier and of downloads, from the catalogue and the standing scale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models_catalog.analysis.adoption import ShareStudy, study_shares
from models_catalog.analysis.shares import Release, Sample
from models_catalog.measure.frozen import Basis, stored
from models_catalog.models import AIModel, DownloadSample, Fetch, Issue, Resolution, Study
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Access, DateKind, Precision

# 2: no share between families where most are not known. 3: listed models only, and no year alone as a month.
SHARES_VERSION = "3"
SINCE = date(2023, 1, 1)
WINDOW = "30d"  # trailing; the only window that is compared
LISTS = (
    "top_text",
    "llmfit",
    "pulse",
)  # recurring lists of many repositories; others hold a few, by hand


def share_basis(issue: Issue) -> Basis:
    return Basis.of(issue, Study.Subject.SHARES, SHARES_VERSION, issue.known_at.isoformat())


def stored_shares(issue: Issue) -> Study:
    """The study of what was known when a standing answer was given."""
    return stored(share_basis(issue), ShareStudy, lambda: find_shares(issue))


def find_shares(issue: Issue) -> ShareStudy:
    return study_shares(
        list(releases()), issue.fit.placed_points(), list(samples()), since=SINCE, until=issue.as_of
    )


def releases() -> Iterator[Release]:
    """Listed models with a stated day or month of release; a host's listing date is none.

    A third party's repository is no release of a model: one leaderboard alone names thousands, all of them open.
    """
    rows = AIModel.objects.filter(listed=True, released__gte=SINCE).exclude(released_kind=DateKind.LISTING)
    rows = rows.exclude(released_precision=Precision.YEAR)
    for released, access, source in rows.values_list("released", "access", "released_source"):
        assert released is not None  # filtered
        yield Release(released, Access(access), source)


def samples() -> Iterator[Sample]:
    """Trailing counts of the Hub's repositories, by the list they were recorded in."""
    shown = [source.slug for source in SOURCES if source.rights.display]
    boards = dict(Fetch.objects.filter(source__in=shown, board__in=LISTS).values_list("pk", "board"))
    families = dict(
        Resolution.objects.filter(model__family__isnull=False).values_list(
            "subject_id", "model__family__slug"
        )
    )
    names = dict(Resolution.objects.values_list("subject_id", "subject__name"))
    rows = DownloadSample.objects.filter(window=WINDOW, fetch_id__in=boards).order_by("day", "observed_at")
    newest = {
        (boards[fetch], day, subject): count
        for fetch, day, subject, count in rows.values_list("fetch_id", "day", "subject_id", "count")
    }
    for (board, day, subject), count in newest.items():
        yield Sample(board, day, names.get(subject, str(subject)), families.get(subject, ""), count)
