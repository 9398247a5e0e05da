"""The headline number and its change, and the week's largest change by a declared rule: the subject of the mail.

The rule, in order; the first that holds names the subject:
  1. a model released in the week set a record of its side on the index (the higher level first);
  2. the headline lag moved by 0.1 months or more against a week before, on the same scale;
  3. a source says for the first time that the weights of a model on the index are published;
  4. the largest price move of a model on the index, of a factor 1.25 or more;
  5. a claim of the ledger has another verdict than readers were told last;
  6. the highest-placed, else the first model released in the week;
  7. the largest other price move; 8. another change of a licence; 9. the number of models first listed;
  10. the number of corrections; 11. a prediction whose day has come; else the week was quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log2

from models_catalog.charts.answer import answer_sentence, unit_word
from models_catalog.charts.numerals import count, day, decimal, interval, price, share
from models_catalog.charts.outside import visible
from models_catalog.charts.words import ACCESS
from models_catalog.findings.claims.moves import ClaimWeek
from models_catalog.findings.records import FrontierPoint, Gap
from models_catalog.findings.week import PriceMove, WeekOfChanges

LONGEST = 110
NOTABLE = log2(1.25)
LEAST_MONTHS = 0.05  # what one decimal shows as 0.1


@dataclass(frozen=True, slots=True)
class Headline:
    """The gap as of the week's end, and as of a week before, read off the same scale."""

    gap: Gap
    before: Gap | None

    @property
    def difference(self) -> float | None:
        """Months (or points) more than a week before; None when either has no value."""
        now, then = self.gap.headline.value, self.before.headline.value if self.before else None
        return None if now is None or then is None else now - then

    @property
    def sentence(self) -> str:
        """ "0.4 months less than a week before, on the same scale."."""
        moved = self.difference
        if moved is None:
            return ""
        if self.before and self.before.as_of == self.gap.as_of:
            return f"No newer scores than a week before: the figure is that of {day(self.gap.as_of)}."
        if abs(moved) < LEAST_MONTHS:
            return "Unchanged against a week before, on the same scale."
        more = "more" if moved > 0 else "less"
        return f"{decimal(abs(moved))} {unit_word(self.gap.headline)} {more} than a week before, on the same scale."


@dataclass(frozen=True, slots=True)
class News:
    """What a subject is chosen from."""

    headline: Headline
    changes: WeekOfChanges
    claims: ClaimWeek


def subject_of(news: News) -> str:
    """The first subject the rule finds, at most 110 characters."""
    for rule in RULES:
        for said in rule(news):
            return plain(said)
    return plain(f"A quiet week: {lowered(answer_sentence(news.headline.gap.headline))}".rstrip("."))


def plain(said: str) -> str:
    """With ordinary spaces: a header of ASCII alone need not be encoded."""
    return visible(said.replace("\u202f", " ").replace("\u00a0", " "), LONGEST)


def lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def preheader_of(headline: Headline) -> str:
    """The lag and its interval: what a mail program shows after the subject."""
    value = headline.gap.headline
    ends = interval(value.low, value.high)
    span = f" ({headline.gap.interval_level:.0%} interval {ends})".replace("%", " %") if ends else ""
    return visible(f"{answer_sentence(value).rstrip('.')}{span}. {headline.sentence}".strip(), 200)


Rule = Callable[[News], Iterator[str]]


def records(news: News) -> Iterator[str]:
    """A side's best level rose in the week."""
    new = [
        point
        for point in news.headline.gap.frontier.points
        if point.record and news.changes.first <= point.released <= news.changes.last
    ]
    for point in sorted(new, key=lambda point: -point.level):
        yield f"{named(point)} sets the {ACCESS[point.access]} record: {decimal(point.level)} index points"


def named(point: FrontierPoint) -> str:
    return visible(point.name, 60)


def moved_lag(news: News) -> Iterator[str]:
    if news.headline.difference is not None and abs(news.headline.difference) >= LEAST_MONTHS:
        said = answer_sentence(news.headline.gap.headline).rstrip(".")
        more = "more" if news.headline.difference > 0 else "less"
        yield f"{said}, {decimal(abs(news.headline.difference))} {more} than last week"


def published_weights(news: News) -> Iterator[str]:
    for line in news.changes.licences:
        if line.weights and line.row.level is not None:
            yield f"The weights of {visible(line.row.name, 60)} are published, says {line.source_title}"


def notable_prices(news: News) -> Iterator[str]:
    for move in news.changes.prices:
        if move.row.level is not None and abs(move.size) >= NOTABLE:
            yield price_words(move)


def price_words(move: PriceMove) -> str:
    verb = "falls" if move.size < 0 else "rises"
    return (
        f"{visible(move.row.name, 50)}: {move.unit} price {verb} {share(abs(move.share))} to {price(move.after)} "
        "per 1M tokens"
    )


def first_release(news: News) -> Iterator[str]:
    for row in news.changes.releases[:1]:
        others = len(news.changes.releases) - 1
        rest = f" and {count(others, 'other model')} released" if others else " released"
        yield f"{visible(row.name, 60)} ({ACCESS[row.access]}){rest}"


def other_prices(news: News) -> Iterator[str]:
    for move in sorted(news.changes.prices, key=lambda move: -abs(move.size)):
        yield price_words(move)


def listings(news: News) -> Iterator[str]:
    if news.changes.listings:
        first, others = news.changes.listings[0], len(news.changes.listings) - 1
        rest = f" and {count(others, 'other model')}" if others else ""
        yield f"{visible(first.name, 60)}{rest} first listed at a host"


def flipped_claims(news: News) -> Iterator[str]:
    for move in news.claims.flips:
        yield f"“{move.claim.sentence.rstrip('.')}”: {move.now.verdict}, before: {move.before.verdict}"


def licences(news: News) -> Iterator[str]:
    for line in news.changes.licences:
        what = "published weights" if line.weights else "licence"
        yield f"{visible(line.row.name, 60)}: {line.source_title} says another thing about its {what}"


def corrected(news: News) -> Iterator[str]:
    if news.changes.corrections:
        yield f"{count(len(news.changes.corrections), 'value')} of sources corrected by review"


def due_predictions(news: News) -> Iterator[str]:
    for claim, told in news.claims.resolved:
        yield f"The day of “{claim.sentence.rstrip('.')}” has come: {told.verdict}"


RULES: tuple[Rule, ...] = (
    records,
    moved_lag,
    published_weights,
    notable_prices,
    flipped_claims,
    first_release,
    other_prices,
    licences,
    listings,
    corrected,
    due_predictions,
)
