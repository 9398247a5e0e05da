"""What all vendors' own pages have in common as sources: read daily, robots.txt applied, nothing exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from models_catalog.sources.contract import Board, Door, Page, Parsed, Rights, Source

BASIS = (
    "The terms were not opened. No licence for the pages was found, so nothing is exported; single prices and dates "
    "are facts, shown with their source."
)


def vendor_rights(owner: str, terms_url: str, attribution: str, basis: str = BASIS) -> Rights:
    return Rights(
        owner=owner,
        terms_url=terms_url,
        data_licence="none stated",
        display=True,
        export=False,
        attribution=attribution,
        robots="Applied: pages for people; robots.txt is read before each fetch.",
        basis=basis,
    )


def vendor_source(
    *,
    slug: str,
    title: str,
    rights: Rights,
    boards: tuple[Board, ...],
    hosts: tuple[str, ...],
    live: Sequence[str],
    parse: Callable[[Page], Iterator[Parsed]],
) -> Source:
    """A source of a vendor's own pages; `live` names the boards that are fetched, the others are recordings only."""

    def pages(get: Door) -> Iterator[Page]:
        for board in boards:
            if board.slug in live:
                yield get(board.slug, board.url)

    return Source(
        slug=slug,
        title=title,
        home=boards[0].url,
        rights=rights,
        boards=boards,
        hosts=hosts,
        cadence=timedelta(days=1),
        stale_after=timedelta(days=7),
        pages=pages,
        parse=parse,
        api=False,
        folder="providers",
    )
