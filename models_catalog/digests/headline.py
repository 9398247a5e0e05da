"""The headline number and its change, and the week's largest change by a declared rule: the subject of the mail.

The rule, in order; the first that holds names the subject:
  1. a model released in the week set a record of its side on the index (the higher level first);
  2. the headline lag moved by 0.1 months or more against a week before, on the same scale;
  3. a source says for the first time that the weights of a model on the index are published;
  4. the largest price move of a model on the index, of a factor 1.25 or more;
  5. the highest-placed, else the first model released in the week;
  6. the largest other price move; 7. the number of models first listed; else the week was quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log2

from models_catalog.charts.answer import answer_sentence, unit_word
from models_catalog.charts.numerals import count, day, decimal, price, share
from models_catalog.charts.outside import visible
from models_catalog.charts.words import ACCESS
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


def subject_of(headline: Headline, changes: WeekOfChanges) -> str:
    """The first subject the rule finds, at most 110 characters."""
    for rule in RULES:
        for said in rule(headline, changes):
            return plain(said)
    return plain(f"A quiet week: {lowered(answer_sentence(headline.gap.headline))}".rstrip("."))


def plain(said: str) -> str:
    """With ordinary spaces: a header of ASCII alone need not be encoded."""
    return visible(said.replace("\u202f", " ").replace("\u00a0", " "), LONGEST)


def lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def preheader_of(headline: Headline) -> str:
    """The lag and its interval: what a mail program shows after the subject."""
    value = headline.gap.headline
    span = f" (90 % interval {decimal(value.low)}–{decimal(value.high)})" if value.low and value.high else ""
    return visible(f"{answer_sentence(value).rstrip('.')}{span}. {headline.sentence}".strip(), 200)


Rule = Callable[[Headline, WeekOfChanges], Iterator[str]]


def records(headline: Headline, changes: WeekOfChanges) -> Iterator[str]:
    """A side's best level rose in the week."""
    new = [
        point
        for point in headline.gap.frontier.points
        if point.record and changes.first <= point.released <= changes.last
    ]
    for point in sorted(new, key=lambda point: -point.level):
        yield f"{named(point)} sets the {ACCESS[point.access]} record: {decimal(point.level)} index points"


def named(point: FrontierPoint) -> str:
    return visible(point.name, 60)


def moved_lag(headline: Headline, _changes: WeekOfChanges) -> Iterator[str]:
    if headline.difference is not None and abs(headline.difference) >= LEAST_MONTHS:
        said = answer_sentence(headline.gap.headline).rstrip(".")
        more = "more" if headline.difference > 0 else "less"
        yield f"{said}, {decimal(abs(headline.difference))} {more} than last week"


def published_weights(_headline: Headline, changes: WeekOfChanges) -> Iterator[str]:
    for line in changes.licences:
        if line.weights and line.row.level is not None:
            yield f"The weights of {visible(line.row.name, 60)} are published, says {line.source_title}"


def notable_prices(_headline: Headline, changes: WeekOfChanges) -> Iterator[str]:
    for move in changes.prices:
        if move.row.level is not None and abs(move.size) >= NOTABLE:
            yield price_words(move)


def price_words(move: PriceMove) -> str:
    verb = "falls" if move.size < 0 else "rises"
    return (
        f"{visible(move.row.name, 50)}: {move.unit} price {verb} {share(abs(move.share))} to {price(move.after)} "
        "per 1M tokens"
    )


def first_release(_headline: Headline, changes: WeekOfChanges) -> Iterator[str]:
    for row in changes.releases[:1]:
        others = len(changes.releases) - 1
        rest = f" and {count(others, 'other model')} released" if others else " released"
        yield f"{visible(row.name, 60)} ({ACCESS[row.access]}){rest}"


def other_prices(_headline: Headline, changes: WeekOfChanges) -> Iterator[str]:
    for move in sorted(changes.prices, key=lambda move: -abs(move.size)):
        yield price_words(move)


def listings(_headline: Headline, changes: WeekOfChanges) -> Iterator[str]:
    if changes.listings:
        first, others = changes.listings[0], len(changes.listings) - 1
        rest = f" and {count(others, 'other model')}" if others else ""
        yield f"{visible(first.name, 60)}{rest} first listed at a host"


RULES: tuple[Rule, ...] = (
    records,
    moved_lag,
    published_weights,
    notable_prices,
    first_release,
    other_prices,
    listings,
)
