"""What a price buys: the spellings of pages, in English and Chinese, and one word for each.

`per` keeps the source's unit (a price per thousand tokens stays one); only its spelling is made uniform, so
that `MTok`, `百万Tokens` and `1,000,000 tokens` are one unit.
"""

from __future__ import annotations

import re

CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "¥": "CNY",  # the pages we read are Chinese; none of them prices in yen
    "元": "CNY",
    "cny": "CNY",
    "rmb": "CNY",
    "yuan": "CNY",
    "€": "EUR",
    "£": "GBP",
}
PRODUCT = r"(?:(?:cached|input|output|prompt|completion|cache) )*"
MILLION = r"(?:1,000,000|1000000|1 ?m|m|(?:1 )?million|每?百万|100万) ?"
THOUSAND = r"(?:1,000|1000|1 ?k|k|thousand|每?千) ?"
UNITS = tuple(
    (unit, re.compile(pattern))
    for unit, pattern in (
        ("1M tokens per hour", rf"{MILLION}tokens? ?(?:/|per) ?(?:hour|小时)"),
        ("1M tokens", rf"{PRODUCT}mtoks?|{MILLION}{PRODUCT}tokens?"),
        ("1K tokens", rf"{THOUSAND}{PRODUCT}tokens?"),
        ("10K characters", r"每?万字符"),
        (
            "1K requests",
            rf"{THOUSAND}(?:grounded |search )?(?:requests|calls|searches|queries|prompts|pages)",
        ),
        ("token", rf"{PRODUCT}token"),
        ("image", r"images?(?: output)?|张"),
        ("second", r"seconds?|秒"),
        ("minute", r"minutes?|分钟"),
        ("hour", r"(?:training )?hours?|小时"),
        ("video", r"videos?|视频"),
        ("song", r"首"),
        ("voice", r"音色"),
        ("request", r"requests?|calls?|uses?|次"),
    )
)


def unit_named(words: str) -> str | None:
    """The unit these words are, all of them; None when they are none we know."""
    spelled = " ".join(words.lower().split())
    return next((unit for unit, pattern in UNITS if pattern.fullmatch(spelled)), None)


def unit_within(header: str) -> str | None:
    """The unit a header mentions anywhere, tokens before anything else; None when it names none."""
    spelled = " ".join(header.lower().split())
    bounded = ((unit, rf"(?<![a-z]){pattern.pattern}(?![a-z])") for unit, pattern in UNITS)
    return next((unit for unit, pattern in bounded if re.search(pattern, spelled)), None)
