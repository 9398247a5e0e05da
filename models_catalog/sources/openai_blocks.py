"""OpenAI's product page with prices and its list of models, as Markdown renderings without tables.

Prices: a heading names the model, then label and price stand on lines of their own (`Input:`, `$1.250 / 1M
tokens`); models for audio and images have lines that name the unit themselves (`$0.40 / 1M cached input tokens`).
Models: a link to each model's own page, with its display name inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models_catalog.sources.cells import Unreadable, quotable
from models_catalog.sources.contract import EmptyPayload, Page, Parsed, ReleaseSeen, RowProblem
from models_catalog.sources.offers import Offer, Terms, distinct, price
from models_catalog.sources.openai_tables import BY_MODALITY, TEXT
from models_catalog.sources.tables_markdown import HEADING, lines_of, read_markdown
from models_catalog.vocabulary import DateKind

LABELS = {"input:": "input", "cached input:": "cached_input", "output:": "output"}
LINE = re.compile(r"\$[\d.,]+ / 1M (?P<kind>cached input|input|output) tokens\**")
TIERS = {
    "price": "standard",
    "fine-tuning price": "standard, fine-tuned",
    "reinforcement fine-tuning price": "standard, fine-tuned",
}
MODEL = re.compile(
    r"\[\s*(?:!\[[^\]]*\]\([^)]*\)\s*)?(?P<name>[^\n\[\]]+?)\s*\n\s*(?P<words>[^\[\]]+?)\s*\]\(/docs/models/(?P<id>[\w.-]+)\)"
)
OPEN_WEIGHTS = re.compile(r"^Open-weight models under .*$", re.MULTILINE)
NEXT_GROUP = re.compile(r"\)\n+(?=[A-Z][^\n]*models\n)")


def parse(page: Page) -> Iterator[Parsed]:
    """Prices of models, standard and fine-tuned, text, audio and image."""
    found = list(distinct(blocks(lines_of(read_markdown(page)))))
    if not found:
        raise EmptyPayload("OpenAI's product page names no price per token")
    yield from found


def blocks(lines: list[str]) -> Iterator[Parsed]:
    """Each price with the heading above its label, or with the last line before it that is no price."""
    model, tier, modality, name, previous = "", "standard", "text", "", ""
    for line in lines:
        if heading := HEADING.fullmatch(line):
            title = heading[2].strip()
            if len(heading[1]) <= 2:
                model, tier, modality = title, "standard", "text"
            tier = TIERS.get(title.lower(), tier)
            modality = title.lower() if title.lower() in BY_MODALITY else modality
        elif (label := LABELS.get(previous.lower())) and model:
            yield from read(Offer(model, "openai", tier), "text", label, line)
        elif match := LINE.fullmatch(line):
            yield from read(Offer(name, "openai"), modality, match["kind"].replace(" ", "_"), line)
        elif not line.startswith(("$", "-")):
            name = line
        previous = line


def read(offer: Offer, modality: str, key: str, line: str) -> Iterator[Parsed]:
    unit = BY_MODALITY.get(modality, TEXT).get(key)
    if unit is None:
        return
    try:
        yield from price(offer, unit, line, Terms("USD"))
    except Unreadable as error:
        yield RowProblem(quotable(offer.model), error.reason, quotable(line), implausible=error.implausible)


def parse_models(page: Page) -> Iterator[Parsed]:
    """The models by their id, with display name; those of the open-weight group with the page's claim."""
    text = read_markdown(page)
    found = {match["id"]: match for match in MODEL.finditer(text)}
    if not found:
        raise EmptyPayload("OpenAI's list of models links to no model")
    claim, opened = open_group(text)
    for model, match in found.items():
        yield ReleaseSeen(
            model=model,
            name=" ".join(match["name"].split()),
            quote=quotable(" ".join(f"{match['name']}: {match['words']}".split())),
            organization="OpenAI",
            date_kind=DateKind.LISTING,
            access_claim=claim if model in opened else None,
        )


def open_group(text: str) -> tuple[str | None, set[str]]:
    """The page's sentence on its open-weight models, and the ids listed under it."""
    claim = OPEN_WEIGHTS.search(text)
    if claim is None:
        return None, set()
    group = NEXT_GROUP.split(text[claim.end() :] + "\n", maxsplit=1)[0] + ")"
    return claim[0], {match["id"] for match in MODEL.finditer(group)}
