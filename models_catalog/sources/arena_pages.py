"""The Arena's leaderboard pages as others rendered them: Markdown tables, and a list reduced from the page.

Chinese headers, read by name. The model's cell changes six times: a plain name, a link, a logo's text glued before it
(`Anthropicclaude-opus-4-6`), vendor and licence glued after it (`kimi-k3-maxMoonshot · Kimi K3 license`), a footnote
link. Logos, vendors and licences are cut off by the lists below, never by a guess: a row that ends in none of them is
a problem of its row. Ranks (`14` for "1 to 4", its dash lost) and prices (other meanings in other months) are not read.
The page's date is when it was made, not when a model was rated: it decides the scale, and is no part of a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from models_catalog.sources.arena_scales import benchmark_at
from models_catalog.sources.cells import Row, facts_of, numbered_rows
from models_catalog.sources.contract import (
    LicenceSeen,
    MissingColumn,
    Page,
    Parsed,
    ScoreSeen,
    Truncated,
    WrongShape,
)
from models_catalog.sources.reading import list_of, object_of, read_json, require_keys
from models_catalog.sources.tables import Column, Layout, Reading, read_all
from models_catalog.sources.tables_markdown import read_markdown, tables_of

LOWEST, HIGHEST = 500, 2500
LEVEL = 0.95
LAYOUT = Layout(
    columns=(
        Column("model", "模型名?", due=True),
        Column("score", "分数", due=True),
        Column("interval", r"(?:95% )?置信区间(?: \(±\))?"),
        Column("votes", "票数", due=True),
        Column("organization", "服务商|组织/公司"),
        Column("licence", "许可协议|许可证"),
    ),
    ignored=("排名.*", "rank.*", "知识截止日期", "price.*", "价格.*", "context", "上下文"),
)
LINK = re.compile(r"\[([^\]<]+)\]\([^)]*\)")
FOOTNOTE = re.compile(r"\s*\[<sup>\d+</sup>\]\([^)]*\)")
REACH = re.compile(r"\(?(?:±(\d+)|\++(\d+)/-(\d+))\)?", re.ASCII)
SCORE = re.compile(r"(\d{3,4})\s*(\(?(?:±\d+|\++\d+/-\d+)\)?)?\s*(Preliminary)?", re.ASCII)
END = "数据来源"  # the section on where the data come from, after every table
ARENA = re.compile(r"(?:leaderboard/|lmarena-md/)(text|vision|search|code[-/]webdev)", re.ASCII)
UPDATED = re.compile(r"更新时间\**: *(\d{4}-\d{2}-\d{2})", re.ASCII)
LOGOS = re.compile(
    r"(?:Anthropic|MoonshotAI|Tencent|Minimax|Cohere|Stepfun|Nvidia|Meta|01\.AI|Azure|HuggingFace|InternLM|OpenChat|"
    r"Snowflake|RWKV|Stability|Bytedance|Thinking Machines)(?=[A-Za-z0-9])"
)
VENDORS = (
    *(
        "Anthropic",
        "Google",
        "OpenAI",
        "xAI",
        "SpaceXAI",
        "Alibaba",
        "Baidu",
        "Moonshot",
        "Z.ai",
        "Bytedance",
        "Meta",
    ),
    *(
        "DeepSeek",
        "DeepSeek AI",
        "Amazon",
        "Mistral",
        "MiniMax",
        "Meituan",
        "Tencent",
        "Microsoft",
        "Microsoft AI",
    ),
    *(
        "Xiaomi",
        "StepFun",
        "Arcee AI",
        "Prime Intellect",
        "Cohere",
        "Nvidia",
        "Ant Group",
        "Zhipu",
        "Zhipu AI",
        "Ai2",
    ),
    *(
        "01 AI",
        "AI21 Labs",
        "NexusFlow",
        "Nexusflow",
        "Inception AI",
        "Reka AI",
        "IBM",
        "Princeton",
        "HuggingFace",
    ),
    *(
        "Databricks",
        "InternLM",
        "OpenChat",
        "Snowflake",
        "AllenAI/UW",
        "Allen AI",
        "NousResearch",
        "LMSYS",
        "UW",
    ),
    *(
        "UC Berkeley",
        "Upstage AI",
        "Upstage",
        "Cognitive Computations",
        "MosaicML",
        "TII",
        "Together AI",
        "Nomic AI",
    ),
    *("RWKV", "Stanford", "OpenAssistant", "Stability AI", "Tsinghua", "Perplexity AI", "Thinky"),
)
LICENCES = (
    *(
        "Proprietary",
        "Propretary",
        "MIT",
        "Modified MIT",
        "Apache 2.0",
        "Apache-2.0",
        "CC-BY-NC-4.0",
        "CC-BY-NC-SA-4.0",
    ),
    *("Non-commercial", "Other", "Llama 2 Community", "Yi License", "NexusFlow", "Falcon-180B TII License"),
    *("Jamba Open", "DBRX LICENSE", "AI2 ImpACT Low-risk"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """How the rows of one page are read: what its layout glues to a name, and what its scores are."""

    benchmark: str
    glued: bool  # vendor and licence after the name
    logos: bool  # a logo's text before it

    def name_and_licence(self, row: Row) -> tuple[str, str | None]:
        cell = FOOTNOTE.sub("", LINK.sub(r"\1", row.due_text("model"))).strip()
        name, licence = self.split(row, cell) if self.glued else (cell, row.text("licence"))
        name = LOGOS.sub("", name, count=1) if self.logos and LOGOS.match(name) else name
        return name, None if licence == "nan" else licence

    def split(self, row: Row, cell: str) -> tuple[str, str]:
        """`kimi-k3-maxMoonshot · Kimi K3 license`, or without a vendor `zephyr-7b-betaMIT`."""
        left, dot, licence = cell.partition(" · ")
        ends = VENDORS if dot else LICENCES
        end = max((word for word in ends if left.endswith(word)), key=len, default="")
        if not end or left == end:
            raise row.wrong("model", f"ends in no known {'vendor' if dot else 'licence'}")
        return left.removesuffix(end), licence if dot else end

    def score(self, row: Row) -> Iterator[Parsed]:
        name, _ = self.name_and_licence(row)
        found = SCORE.fullmatch(row.due_text("score"))
        if not found:
            raise row.wrong("score", "not a score")
        value = Decimal(found[1])
        if not LOWEST <= value <= HIGHEST:
            raise row.wrong("score", f"outside {LOWEST} to {HIGHEST}", implausible=True)
        below, above = reach(row, found[2] or row.text("interval"))
        yield ScoreSeen(
            model=name,
            name=name,
            quote=row.quote("model", "score", "interval", "votes"),
            benchmark=self.benchmark,
            metric="rating",
            value=value,
            unit="elo",
            low=value - below if below else None,
            high=value + above if above else None,
            interval_level=LEVEL if below else None,
            evaluator="Arena",
            settings=f"votes: {votes(row)}" + ("; preliminary" if found[3] else ""),
        )

    def licence(self, row: Row) -> Iterator[Parsed]:
        name, licence = self.name_and_licence(row)
        if licence:
            yield LicenceSeen(model=name, name=name, quote=row.quote("model", "licence"), licence=licence)


def reach(row: Row, text: str | None) -> tuple[Decimal | None, Decimal | None]:
    """How far the interval reaches down and up: `±8`, `+4/-5`, `(++9/-9)`; None where none is stated."""
    if text is None:
        return None, None
    found = REACH.fullmatch(text)
    if not found:
        raise row.wrong("interval", "not an interval")
    return (Decimal(found[1]),) * 2 if found[1] else (Decimal(found[3]), Decimal(found[2]))


def votes(row: Row) -> int:
    """`20,227` as a number."""
    digits = row.due_text("votes").replace(",", "")
    if not (digits.isascii() and digits.isdigit()):
        raise row.wrong("votes", "not a count")
    return int(digits)


def markdown(page: Page) -> Iterator[Parsed]:
    """One score, and where it is stated one licence, per row of a rendered leaderboard."""
    text = read_markdown(page)
    found = read_all(tables_of(text), [LAYOUT], "the rendered leaderboard")
    if END not in text:
        raise Truncated("the rendered leaderboard stops before the section on its data")
    if len(found) != 1:
        raise WrongShape(f"{len(found)} leaderboards on one rendered page, one is due")
    [(_, reading)] = found
    reader = reader_of(page, reading, text)
    yield from reading.drift
    yield from facts_of(reading.rows, reader.score, reader.licence)


def reader_of(page: Page, reading: Reading, text: str) -> Reader:
    """The layout shows in the header: a StyleCtrl rank until October 2025, English ranks until July 2026."""
    header = " ".join(reading.table.header)
    before = "StyleCtrl" in header
    english = not before and "排名" not in header
    stated = UPDATED.search(text)
    if stated:  # a page can be months older than its capture
        page = replace(page, observed_at=datetime.fromisoformat(stated[1]).replace(tzinfo=UTC))
    benchmark = benchmark_at(arena_of(page), page, style_control=not before)
    return Reader(benchmark, english and "licence" not in reading.headers, english)


def arena_of(page: Page) -> str:
    found = ARENA.search(page.file or "") or ARENA.search(page.url)
    if not found:
        raise WrongShape("neither file nor address says which arena this is")
    return found[1].replace("code/", "code-")


def listed(page: Page) -> Iterator[Parsed]:
    """The text arena's page reduced to a list by a third party: names and scores without intervals or licences."""
    whole = object_of(read_json(page), "the reduced leaderboard")
    if "entries" not in whole:
        raise MissingColumn("the reduced leaderboard has no 'entries'")
    entries = list_of(whole["entries"], "the reduced leaderboard's entries")
    require_keys(entries, ("display_name", "arena_score", "votes"), "entry")
    yield from facts_of(
        numbered_rows(entries, "entry", "display_name"), partial(entry, benchmark_of_list(page))
    )


def benchmark_of_list(page: Page) -> str:
    return benchmark_at("text", page, style_control=True)


def entry(benchmark: str, row: Row) -> Iterator[Parsed]:
    yield ScoreSeen(
        model=row.due_text("display_name"),
        name=row.due_text("display_name"),
        quote=row.quote("display_name", "arena_score", "votes"),
        benchmark=benchmark,
        metric="rating",
        value=row.number_within("arena_score", LOWEST, HIGHEST),
        unit="elo",
        evaluator="Arena",
        settings=f"votes: {row.count('votes')}",
    )
