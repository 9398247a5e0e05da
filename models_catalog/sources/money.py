"""Prices as pages write them -> amount, currency and what it buys, in the source's own unit.

Read: `$5 / MTok`, `\\$3 / input MTok`, `0.02元`, `¥27.00`, `5 元 / 百万Tokens`, `0.0000004` with the unit in the
column's header, `Free`, `限时免费`, `Token-based only`, `原价 12元 限时5折`, `$0.40 until June 30, 2026`. Nothing is
converted. `-`, `N/A` and their like state nothing: that is None, never zero.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from models_catalog.sources.cells import LARGEST_EXPONENT, NOT_A_NUMBER, Unreadable, quotable
from models_catalog.sources.units_of_sale import CURRENCIES, unit_named, unit_within

ABSENT = re.compile(
    r"[-‐-―—\\/.]*|n/?a|none|null|not (?:available|supported|applicable)(?: yet)?|(?:暂)?不支持|无|\(?empty\)?"
)
FREE = re.compile(
    r"(?:free(?: of charge)?|no (?:additional )?(?:charge|cost)s?|免费|限时免费|限免|不计费|limited[- ]time free)"
    r"(?:\s*[,(].*)?"
)
LIMITED = re.compile(r"limited|限时|限免|promo", re.IGNORECASE)
VARIABLE = re.compile(
    r"variable|varies.*|depends.*|token-based only|custom(?: pricing)?|contact (?:us|sales).*|面议"
)
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+"
BEFORE, AFTER = r"us\$|\$|¥|€|£|usd|cny|rmb", r"元|usd|cny|rmb|yuan|dollars?"
PRICE = re.compile(
    rf"(?P<minus>[-−])?\s*(?P<before>{BEFORE})?\s*(?P<number>{NUMBER})\s*(?P<after>{AFTER})?"
    r"\s*(?:(?:/|per\b|每)\s*(?P<per>(?:[\d,]+ )?[^,();*]+?))?\s*(?P<rest>(?:[(;*]|,(?!\d)).*|(?:until|through)\b.*)?",
    re.ASCII,
)
UNTIL = re.compile(r"\b(?:until|through|ends?)\s+(?P<day>[^()]+?)\s*\)?$", re.IGNORECASE)
DISCOUNT = re.compile(r"原价\s*(?P<list>.+?)\s*(?P<words>限时\s*(?P<tenths>\d+(?:\.\d+)?)\s*折)", re.DOTALL)
GLUED = re.compile(r"(?<=[\d)])\s*(?=(?:US)?\$)")


@dataclass(frozen=True, slots=True)
class Money:
    """One stated price. `variable`: the source says "depends"; `free`: it says so, and `amount` is 0.

    `promotion` holds the source's words for a price that is not the usual one, `until` its last day if one is
    named, `before` the price it replaces, `condition` what else the source says about when it applies.
    """

    amount: Decimal | None
    currency: str
    per: str
    free: bool = False
    variable: bool = False
    promotion: str = ""
    until: str = ""
    condition: str = ""
    before: Decimal | None = None


def money(text: str, *, currency: str = "", per: str = "") -> Money | None:
    """The price a cell states, None when it states none; `currency` and `per` are what its header says.

    Unreadable when the cell is neither a price nor one of the words for none, or when nothing names the
    currency or what is bought.
    """
    words = plain(text)
    lower = words.lower()
    if ABSENT.fullmatch(lower):
        return None
    if FREE.fullmatch(lower):
        promotion = words if LIMITED.search(lower) else ""
        return Money(Decimal(0), currency or "USD", per or "unit", free=True, promotion=promotion)
    if VARIABLE.fullmatch(lower):
        return Money(None, currency or "USD", per or "unit", variable=True)
    if discount := DISCOUNT.fullmatch(words):
        return discounted(discount, currency, per)
    return stated(words, currency, per)


def plain(text: str) -> str:
    """One line, full-width signs as ASCII, without the escapes and emphasis of Markdown."""
    narrow = unicodedata.normalize("NFKC", text).replace("\ufeff", "")
    return " ".join(re.sub(r"\\([$*~<>])", r"\1", narrow).replace("**", "").replace("`", "").split())


def discounted(match: re.Match[str], currency: str, per: str) -> Money:
    """`原价 12元 限时5折`: the usual price, for a limited time at five tenths of it."""
    usual = stated(match["list"], currency, per)
    assert usual.amount is not None
    tenths = Decimal(match["tenths"])
    share = tenths / (10 if tenths <= 10 else 100)
    return replace(usual, amount=usual.amount * share, before=usual.amount, promotion=match["words"])


def stated(words: str, currency: str, per: str) -> Money:
    match = PRICE.fullmatch(words.lower())
    if match is None:
        impossible = NOT_A_NUMBER.fullmatch(words) is not None
        raise Unreadable("not a price", quotable(words), implausible=impossible)
    if match["minus"]:
        raise Unreadable("a negative price", quotable(words), implausible=True)
    rest = words[match.start("rest") :].strip(" ,;*") if match["rest"] else ""
    ending = UNTIL.search(rest)
    return Money(
        amount=amount_of(match["number"], words),
        currency=currency_of(match, words, currency),
        per=per_of(match["per"], words, per),
        promotion=rest if ending or LIMITED.search(rest) else "",
        until=ending["day"] if ending else "",
        condition="" if ending else rest.strip("()"),
    )


def amount_of(numeral: str, words: str) -> Decimal:
    number = Decimal(numeral.replace(",", ""))
    if number and abs(number.adjusted()) > LARGEST_EXPONENT:
        raise Unreadable("a number beyond anything that can be true", quotable(words), implausible=True)
    return number


def currency_of(match: re.Match[str], words: str, header: str) -> str:
    """The cell's own currency first; two that disagree cannot be read."""
    named = {CURRENCIES[sign] for sign in (match["before"], match["after"]) if sign}
    if len(named) > 1 or not (named or header):
        raise Unreadable("no currency, or two of them", quotable(words))
    return named.pop() if named else header


def per_of(written: str | None, words: str, header: str) -> str:
    if written is None:
        if not header:
            raise Unreadable("nothing says what the price buys", quotable(words))
        return header
    unit = unit_named(written)
    if unit is None:
        raise Unreadable("a unit of sale we do not know", quotable(words))
    return unit


def header_terms(header: str) -> tuple[str, str]:
    """The currency and the unit a column's header names, "" for what it does not: `输入单价（元/千 Token）`."""
    words = plain(header).lower()
    signs = re.findall(rf"{BEFORE}|{AFTER}", words)
    found = {CURRENCIES[sign] for sign in signs}
    return (found.pop() if len(found) == 1 else "", unit_within(words) or "")


def price_lines(text: str) -> list[str]:
    """The single prices of a cell that holds several: one a line, or glued as in `$0.20$0.50`."""
    lines = (line for raw in re.split(r"\n|<br\s*/?>", text) for line in GLUED.split(raw))
    return [line for line in map(plain, lines) if line]
