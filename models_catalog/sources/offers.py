"""Price facts from the cells of a page, by the price key: provider, unit, tier, band, currency, region.

A cell that cannot be read is one problem and costs only its own price. A price that replaces another for a
limited time gives two facts: the usual one, and the reduced one under the tier `promotional`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from models_catalog.sources.cells import Row, Unreadable, quotable
from models_catalog.sources.contract import Parsed, PriceSeen, Record
from models_catalog.sources.money import money
from models_catalog.sources.tables import Reading
from models_catalog.vocabulary import PriceUnit

PROMOTIONAL = "promotional"


@dataclass(frozen=True, slots=True)
class Offer:
    """Whose price for what it is; everything of the price key that is not in the cell itself."""

    model: str
    provider: str
    tier: str = "standard"
    band: str = ""
    region: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a page says for all of its cells: currency and unit of sale."""

    currency: str = ""
    per: str = ""


def priced(
    row: Row, reading: Reading, offer: Offer, units: Mapping[str, PriceUnit], page: Terms
) -> Iterator[Parsed]:
    """The prices in one row's cells; a header's own words on currency and unit go before the page's."""
    for key, unit in units.items():
        if key not in row.cells:
            continue
        currency, per = reading.terms(key)
        terms = Terms(currency or page.currency, per or page.per)
        try:
            yield from price(offer, unit, row.text(key) or "", terms, quote=row.quote(key))
        except Unreadable as error:
            yield Unreadable(f"{key}: {error.reason}", row.quote(key), implausible=error.implausible).problem(
                row.label
            )


def price(offer: Offer, unit: PriceUnit, text: str, terms: Terms, *, quote: str = "") -> Iterator[PriceSeen]:
    """The price a text states, none when it states none. Unreadable when it is no price."""
    stated = money(text, currency=terms.currency, per=terms.per)
    if stated is None:
        return
    seen = PriceSeen(
        model=offer.model,
        name=offer.name or offer.model,
        quote=quotable(" ".join((quote or text).split())),
        provider=offer.provider,
        unit=unit,
        amount=stated.amount if stated.before is None else stated.before,
        per=stated.per,
        currency=stated.currency,
        tier=offer.tier,
        band=offer.band,
        region=offer.region,
        variable=stated.variable,
        valid_to=stated.until or None,
    )
    yield seen
    if stated.before is not None:
        yield replace(seen, amount=stated.amount, tier=PROMOTIONAL)


def distinct(found: Iterable[Parsed]) -> Iterator[Parsed]:
    """Without records that say once more what was said: pages repeat a model in several of their tables."""
    said: set[Parsed] = set()
    for item in found:
        bare = replace(item, quote="") if isinstance(item, Record) else item
        if bare not in said:
            said.add(bare)
            yield item
