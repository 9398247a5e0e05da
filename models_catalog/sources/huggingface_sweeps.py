"""Which lists of the Hub are swept, how often, and how far.

Watched organisations whole, every six hours: what is missing there three times is no longer visible. The newest
repositories hourly, back to 48 hours before; the most downloaded daily; everything weekly, where the operator
wishes for it. What an application
runs is a list of its own: no row says under which application it was asked for.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from models_catalog.sources.contract import Board, Page, Sweep

API = "https://huggingface.co/api/models"
PAGE_ROWS = 1000
NEWEST_ROWS = 500
TOP_PAGES = 20
RUN_PAGES = 5
OVERLAP = timedelta(hours=48)
EXPAND = (
    "author",
    "cardData",
    "createdAt",
    "disabled",
    "downloads",
    "downloadsAllTime",
    "gated",
    "gguf",
    "inferenceProviderMapping",
    "likes",
    "pipeline_tag",
    "safetensors",
    "tags",
)  # never siblings, config or widgetData: they make a page many times as long
WATCHED = (
    "01-ai",
    "ai21labs",
    "AIDC-AI",
    "ai-sage",
    "allenai",
    "amazon",
    "apple",
    "arcee-ai",
    "BAAI",
    "baichuan-inc",
    "baidu",
    "bigcode",
    "bigscience",
    "black-forest-labs",
    "BSC-LT",
    "ByteDance-Seed",
    "CohereLabs",
    "databricks",
    "deepcogito",
    "deepseek-ai",
    "EleutherAI",
    "facebook",
    "google",
    "HuggingFaceTB",
    "ibm-granite",
    "inclusionAI",
    "internlm",
    "jinaai",
    "kakaocorp",
    "Kwaipilot",
    "LGAI-EXAONE",
    "LiquidAI",
    "meituan-longcat",
    "meta-llama",
    "microsoft",
    "MiniMaxAI",
    "mistralai",
    "moonshotai",
    "mosaicml",
    "naver-hyperclovax",
    "NousResearch",
    "nvidia",
    "openai",
    "openbmb",
    "OpenGVLab",
    "Qwen",
    "rednote-hilab",
    "RekaAI",
    "Salesforce",
    "sarvamai",
    "ServiceNow-AI",
    "Skywork",
    "Snowflake",
    "stabilityai",
    "stepfun-ai",
    "swiss-ai",
    "tencent",
    "tiiuae",
    "upstage",
    "xai-org",
    "XiaomiMiMo",
    "zai-org",
)


def listing(*asked: tuple[str, str], fields: tuple[str, ...] = EXPAND, rows: int = PAGE_ROWS) -> str:
    """The address of a list, with the fields that are read here."""
    query = [*asked, ("direction", "-1"), ("limit", str(rows)), *(("expand", field) for field in fields)]
    return f"{API}?{urlencode(query)}"


def organization_url(organization: str) -> str:
    """All repositories of one organisation, newest first."""
    return listing(("author", organization), ("sort", "createdAt"))


def cells(page: Page) -> list[dict[str, object]]:
    """The page's rows, as far as they are rows: what is wrong with the others, `parse` says."""
    try:
        rows = json.loads(page.body)
    except (ValueError, RecursionError):
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def seen(page: Page) -> tuple[str, ...]:
    """The ids on a page."""
    return tuple(str(row["_id"]) for row in cells(page) if row.get("_id"))


def old_enough(page: Page) -> bool:
    """Do the newest-first rows reach back to repositories that the sweeps before have seen?"""
    return any(moment < page.observed_at - OVERLAP for row in cells(page) if (moment := created(row)))


def created(row: dict[str, object]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(row.get("createdAt")))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def runs_in(application: str, title: str) -> Board:
    return Board(
        slug=f"runs_{application}",
        title=f"Hugging Face Hub, most downloaded models that run in {title}",
        url=listing(("apps", application), ("sort", "downloads"), fields=("downloads",)),
        media="json",
        recorded=(f"api-models-apps-{application}@*.json",),
        complete=False,
        paged=True,
    )


RUNS_IN = {"ollama": runs_in("ollama", "Ollama"), "vllm": runs_in("vllm", "vLLM")}
SWEEPS = (
    Sweep(
        "newest",
        "models",
        listing(("sort", "createdAt"), rows=NEWEST_ROWS),
        timedelta(hours=1),
        enough=old_enough,
        seen=seen,
    ),
    *(
        Sweep(f"of {name}", "models", organization_url(name), timedelta(hours=6), seen=seen, whole=True)
        for name in WATCHED
    ),
    Sweep(
        "most downloaded",
        "models",
        listing(("sort", "downloads")),
        timedelta(days=1),
        pages=TOP_PAGES,
        seen=seen,
    ),
    *(
        Sweep(board.slug, board.slug, board.url, timedelta(days=7), pages=RUN_PAGES)
        for board in RUNS_IN.values()
    ),
    Sweep(
        "everything", "models", listing(("sort", "createdAt")), timedelta(days=7), seen=seen, optional=True
    ),
)
