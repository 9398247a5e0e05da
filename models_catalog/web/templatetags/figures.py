"""What templates may call, everywhere: outside text made visible, numbers and days as written, parts.

Filters give plain text, which templates escape. Parts are one template each, in templates/parts/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from mimetypes import types_map
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from models_catalog.charts import answer, numerals, releases, words
from models_catalog.charts.figure import Cell, Figure, Table, credited
from models_catalog.charts.outside import https_link, visible
from models_catalog.findings.records import Gap, GapValue, ModelRow, SourceCredit, SourceLine
from models_catalog.findings.trend import NOT_TESTED, StandingTrend, standing_trend
from models_catalog.vocabulary import Access, DateKind, Inputs, Method, Precision, Tier
from models_catalog.web.citation import citation
from models_catalog.web.downloads import KINDS, withheld
from models_catalog.web.table_markup import cell_markup, evidence, table_rows

register = template.Library()
FEWEST_FOLDED = 5
NAMED = 3
MACHINE_LENGTH: dict[str, int] = {Precision.YEAR: 4, Precision.MONTH: 7}  # of an ISO date

register.filter("visible", visible)
register.filter("credited", credited)
register.filter("https", https_link)
register.filter("price", numerals.price)
register.filter("whole", numerals.whole)
register.filter("scaled", numerals.scaled)
register.filter("share", numerals.share)


@register.simple_tag
def trend_words(gap: Gap) -> str:
    """The trend rule's verdict on this very answer; it is applied to whole scales, as of their newest day."""
    found = standing_trend(gap.frontier.inputs)
    if found is None or found.as_of != gap.as_of or gap.frontier.part:
        return NOT_TESTED
    return format_html(
        '<a class="derived" href="{}">{}</a>', why_address(found), found.words.partition(":")[0]
    )


def why_address(found: StandingTrend) -> str:
    """Where the verdict stands with its tests, or with the reason why there is none."""
    asked = "" if found.inputs is Inputs.ALL else f"?inputs={found.inputs.value}"
    return f"{reverse('gap')}{asked}#direction"


@register.filter
def owners(owed: Sequence[SourceCredit]) -> str:
    """Whose data, briefly, where the full credits are folded: "Arena, Epoch AI, LiveBench and 6 more"."""
    names = list(dict.fromkeys(credit.title for credit in owed))
    if len(names) > NAMED + 1:
        names[NAMED:] = [f"{len(names) - NAMED} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


@register.filter
def one_decimal(value: float | Decimal) -> str:
    """Months and index points: 5.66 -> "5.7"."""
    return numerals.decimal(value)


@register.filter
def access_word(value: str) -> str:
    return words.ACCESS[Access(value)]


@register.filter
def graded(row: ModelRow) -> str:
    """A model's tier, which says of open weights under unknown terms that they are open."""
    return words.graded(row.tier, row.access)


@register.filter
def method_word(value: str) -> str:
    return words.METHOD[Method(value)]


@register.filter
def inputs_word(value: str) -> str:
    return words.INPUTS[Inputs(value)]


@register.filter
def interval_phrase(value: GapValue, interval_level: float) -> str:
    return answer.interval_phrase(value, interval_level)


@register.filter
def interval_only(value: GapValue) -> SafeString | str:
    """ "5.2–7.1", never broken over two lines; "" without one."""
    span = numerals.interval(value.low, value.high)
    return format_html('<span class="interval">{}</span>', span) if span else ""


@register.filter
def method_meaning(value: str) -> str:
    return words.MEANING[Method(value)]


@register.simple_tag
def released(row: ModelRow, rows: str = "") -> SafeString:
    """A release date as exactly as a source stated it; a host's listing date is marked as one.

    It leads to the statement of exactly this date, else to `rows`: all that is stated of it, and what was corrected.
    """
    if row.released is None:
        return missing("no source states a date")
    machine = row.released.isoformat()[: MACHINE_LENGTH.get(row.released_precision, 10)]
    written = format_html('<time datetime="{}">{}</time>', machine, releases.written(row))
    shown = value(written, row.released_observation, rows)
    if not releases.listed(row):
        return shown
    return format_html('<span class="listed" title="{}">listed {}</span>', releases.LISTED, shown)


@register.filter
def date_meaning(kind: str) -> str:
    """Which day a release date is: "announced on this day"."""
    return releases.KIND[DateKind(kind)]


@register.filter
def day_of(value: date) -> SafeString:
    """ "11 Aug 2026" with its machine-readable form."""
    on = value.date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), numerals.day(on))


@register.filter
def iso_day(value: str) -> SafeString:
    """The same of a day kept as text: "2026-08-11"."""
    return day_of(date.fromisoformat(value))


@register.filter
def iso_day_text(value: str) -> str:
    """The same without markup, for mails."""
    return numerals.day(date.fromisoformat(value))


@register.filter
def day_text(value: datetime) -> str:
    """ "11 Aug 2026" without markup."""
    return numerals.day(value.date())


@register.filter
def moment(value: datetime) -> SafeString:
    """ "11 Aug 2026, 06:30 UTC" """
    text = f"{numerals.day(value)}, {value:%H:%M} UTC"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def age(value: datetime) -> SafeString:
    """How long ago, in one unit, with the instant in the title."""
    exact = f"{numerals.day(value)}, {value:%H:%M} UTC"
    words_ago = spelled_age(timezone.now() - value)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, words_ago)


def spelled_age(passed: timedelta) -> str:
    """ "in 3 hours", "less than a minute ago", "5 minutes ago", "2 days ago", "3 months ago"."""
    hours = abs(passed).total_seconds() / 3600
    for size, word in ((24 * 30.4375, "month"), (24, "day"), (1, "hour")):
        if hours >= 2 * size or (hours >= size and word != "month"):
            said = numerals.count(int(hours / size), word)
            break
    else:
        minutes = int(hours * 60)
        said = numerals.count(minutes, "minute") if minutes else "less than a minute"
    return f"in {said}" if passed < timedelta(0) else f"{said} ago"


@register.filter
def span(hours: float) -> str:
    """ "36 hours", "7 days" """
    if hours >= 48 and hours % 24 == 0:
        return numerals.count(int(hours // 24), "day")
    return f"{hours:g} hour{'' if hours == 1 else 's'}"


@register.simple_tag
def next_try(line: SourceLine, when: datetime | None = None) -> SafeString:
    """When a source is asked again, in words; `when` is an incident's own next try."""
    moment = when or line.next_attempt
    if line.off:
        return format_html("{}", line.off)
    if not line.enabled:
        return format_html("{}", "none before somebody enables the source")
    if moment is None or moment <= timezone.now():
        return format_html("{}", "due now")
    return age(moment)


@register.simple_tag
def value(text: str, observation: int | None, rows: str = "") -> SafeString:
    """A number that leads to its observation, where one is exactly behind it; else to the `rows` it was made from."""
    if observation is not None:
        return evidence(observation, text)
    return format_html('<a class="derived" href="{}">{}</a>', rows, text) if rows else format_html("{}", text)


@register.simple_tag
def cell(shown: Cell) -> SafeString:
    """A value as tables write it, where it stands alone."""
    return mark_safe(cell_markup(shown))  # noqa: S308 - every text in it was escaped there


@register.simple_tag
def missing(reason: str) -> SafeString:
    """A missing value: an em dash that says why."""
    return format_html(
        '<span class="missing" title="{0}">{1}<span class="unseen"> {0}</span></span>',
        visible(reason),
        numerals.EM_DASH,
    )


@register.simple_tag
def drawing(svg: str) -> SafeString:
    """A picture drawn here. Text in it was escaped by the renderer."""
    return mark_safe(svg)  # noqa: S308 - our renderer's own markup


@register.inclusion_tag("parts/figure.html", takes_context=True)
def figure(context: template.Context, shown: Figure, *, table: str = "folded") -> dict[str, Any]:
    """`table` is "folded", "open", or "elsewhere": shown by the page itself."""
    kinds = [(kind, kind.upper(), types_map[f".{kind}"]) for kind in KINDS]
    request = context.get("request")
    home = request.build_absolute_uri("/") if request else "/"
    cited = citation(shown, home, timezone.now())
    held_back = withheld(shown) if shown.path else None
    return {"figure": shown, "table": table, "kinds": kinds, "cited": cited, "withheld": held_back}


@register.inclusion_tag("parts/table.html")
def data_table(table: Table, identity: str) -> dict[str, Any]:
    """A table in its own frame; `identity` is unique on the page."""
    return {"table": table, "identity": identity, "rows": table_rows(table)}


@register.inclusion_tag("parts/long_table.html")
def long_table(table: Table, identity: str, first: int = 20) -> dict[str, Any]:
    """The first rows, and the rest folded, when the rest is worth folding."""
    if len(table.rows) <= first + FEWEST_FOLDED:
        return {"head": table, "tail": None, "identity": identity}
    tail = replace(table, rows=table.rows[first:], caption=f"{table.caption} (continued)")
    return {"head": replace(table, rows=table.rows[:first]), "tail": tail, "identity": identity}


@register.inclusion_tag("parts/tier.html")
def tier_badge(tier: str, reason: str = "", access: str = Access.UNKNOWN) -> dict[str, Any]:
    """`lead` is the part of the word a narrow table leaves out: its column says it."""
    found, open_terms = Tier(tier), words.terms_unknown(Tier(tier), Access(access))
    word = words.graded(found, Access(access))
    lead, comma, rest = word.rpartition(", ")
    return {
        "mark": "terms-unknown" if open_terms else found.value,
        "word": word,
        "lead": lead + comma,
        "rest": rest,
        "meaning": words.TERMS_UNKNOWN_MEANING if open_terms else words.TIER_MEANING[found],
        "reason": reason,
    }


@register.inclusion_tag("parts/freshness.html")
def freshness(when: datetime | None, *, stale: bool = False) -> dict[str, Any]:
    return {"when": when, "stale": stale}


@register.inclusion_tag("parts/model_row.html")
def model_row(row: ModelRow, of_one: object = False) -> dict[str, Any]:
    """`of_one`: all rows are one organisation's, which the page's heading names."""
    return {"row": row, "of_one": of_one}
