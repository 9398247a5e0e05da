"""Hugging Face's Open LLM Leaderboard v2, an archive: six benchmarks of open models, 2024-06 to 2025-03.

The board was retired in March 2025 and does not change any more. It is read in three layouts: the JSON its
space serves, and two tables that others made of it. All carry scores normalised to 0–100, where guessing is 0;
the older table rounds the raw ones to hundredths, so the normalised ones are taken. One model has a row per
precision, revision and chat template: its runs. Most rows are merges and fine-tunes, named by their repository on
the Hub, with the day it was uploaded there, its declared base model and its licence tag, as this board copied
them. A row whose base is itself declares none; "(Merge)" and "Removed" in that column are the board's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial

from models_catalog.sources.cells import Row, facts_of, numbered_rows
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Door,
    LicenceSeen,
    Page,
    Parsed,
    ReleaseSeen,
    Rights,
    RowProblem,
    ScoreSeen,
    Source,
)
from models_catalog.sources.reading import list_of, page_text, read_csv, read_json, require_keys
from models_catalog.vocabulary import DateKind

NAME = "Open LLM Leaderboard v2"
SHA_LENGTH = 12  # enough to tell the revisions of one model apart
MERGE, REMOVED = " (Merge)", "Removed"  # the board's own words in the column of base models
BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one layout; `scores` by benchmark, "" for the average of all."""

    model: str
    precision: str
    revision: str
    chat_template: str
    kind: str
    submitted: str
    uploaded: str
    licence: str
    base: str  # the first layout's first state has no such column
    billions: str  # of parameters; "" where the layout rounds them to whole billions
    scores: Mapping[str, str]

    @property
    def due(self) -> tuple[str, ...]:
        return (
            self.model,
            self.precision,
            self.revision,
            self.chat_template,
            self.kind,
            self.submitted,
            *self.scores.values(),
        )


BENCHMARKS = {
    "IFEval": ("ifeval", "ifeval"),
    "BBH": ("bbh", "bbh"),
    "MATH Level 5": ("math", "math_lvl_5"),
    "GPQA": ("gpqa", "gpqa"),
    "MuSR": ("musr", "musr"),
    "MMLU-Pro": ("mmlu_pro", "mmlupro"),
}
CURRENT = Layout(
    model="model_name",
    precision="model_precision",
    revision="model_sha",
    chat_template="model_has_chat_template",
    kind="model_type",
    submitted="metadata_submission_date",
    uploaded="metadata_upload_date",
    licence="metadata_hub_license",
    base="metadata_base_model",
    billions="metadata_params_billions",
    scores={"": "model_average_score"}
    | {name: f"evaluations_{key}_normalized_score" for name, (key, _) in BENCHMARKS.items()},
)
FIRST = Layout(
    model="fullname",
    precision="precision",
    revision="model_sha",
    chat_template="chat_template",
    kind="type",
    submitted="submission_date",
    uploaded="upload_to_hub_date",
    licence="hub_license",
    base="base_model",
    billions="",
    scores={"": "average"} | {name: key for name, (_, key) in BENCHMARKS.items()},
)
GROWING = Bounds(
    grow=10.0,
    size=0.02,
    changed=1.0,
    reason="An archive of three states, months apart, in two layouts: rows grew from 237 to 4,576, and the last "
    "state gives all digits where the others round to hundredths.",
)
FORMATTED = Board(
    slug="formatted",
    title=f"{NAME}, JSON of its space",
    url="https://open-llm-leaderboard-open-llm-leaderboard.hf.space/api/leaderboard/formatted",
    media="json",
    recorded=("formatted@*.json", "formatted@*.json.gz"),
)
ARCHIVE = Board(
    slug="archive",
    title=f"{NAME}, tables made by others",
    url="https://huggingface.co/spaces/open-llm-leaderboard/open_llm_leaderboard",
    media="csv",
    recorded=("huggingface_v2@*.csv", "huggingface_v2@*.csv.gz"),
    bounds=GROWING,
)


def pages(get: Door) -> Iterator[Page]:
    """The space's JSON; the archive's tables exist only as recorded files."""
    yield get(FORMATTED.slug, FORMATTED.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Six scores and their average per row; of each repository what the board copied from its card, once."""
    layout, rows = read(page)
    known: set[str] = set()
    yield from facts_of(rows, partial(scores, layout), partial(repository, layout, known))


def read(page: Page) -> tuple[Layout, Iterable[Row | RowProblem]]:
    if page.board == FORMATTED.slug:
        models = list_of(read_json(page), "the leaderboard's list of models")
        flat = [flattened(model) if isinstance(model, dict) else model for model in models]
        require_keys(flat, CURRENT.due, "model")
        return CURRENT, numbered_rows(flat, "model", CURRENT.model)
    header = page_text(page, "CSV").partition("\n")[0].split(",")
    layout = FIRST if FIRST.model in header else CURRENT
    return layout, read_csv(page, layout.due, name=layout.model)


def flattened(value: Mapping[str, object]) -> dict[str, object]:
    """Nested objects as the tables spell them: `model.name` is `model_name`, true is TRUE. Two levels suffice."""
    flat: dict[str, object] = {}
    for key, inner in value.items():
        for path, leaf in leaves(key, inner, depth=2):
            flat[path] = str(leaf).upper() if isinstance(leaf, bool) else leaf
    return flat


def leaves(path: str, value: object, depth: int) -> Iterator[tuple[str, object]]:
    if not isinstance(value, dict) or not depth:
        yield path, value
        return
    for key, inner in value.items():
        yield from leaves(f"{path}_{key}", inner, depth - 1)


def scores(layout: Layout, row: Row) -> Iterator[Parsed]:
    name = row.due_text(layout.model)
    for benchmark, column in layout.scores.items():
        if row.number(column) is None:
            continue
        yield ScoreSeen(
            model=name,
            name=name,
            quote=row.quote(column),
            benchmark=f"{NAME}, {benchmark}" if benchmark else NAME,
            metric="normalised score" if benchmark else "average",
            value=row.number_within(column, 0, 100),
            unit="percent",
            run=run(layout, row),
            evaluator="Hugging Face",
            evaluated_on=row.date(layout.submitted),
            settings=row.text(layout.kind),
        )


def repository(layout: Layout, known: set[str], row: Row) -> Iterator[Parsed]:
    """The repository of this row, unless a row before it was of the same one."""
    name = row.due_text(layout.model)
    if name in known:
        return
    known.add(name)
    base, relation = base_of(name, row.text(layout.base) or "")
    yield ReleaseSeen(
        model=name,
        name=name,
        quote=row.quote(layout.model, layout.uploaded, layout.base),
        organization=name.partition("/")[0] if "/" in name else None,
        date=row.date(layout.uploaded),
        date_kind=DateKind.LISTING,
        hub_repository=name,
        base_model=base,
        base_relation=relation,
        parameters=parameters(layout, row),
    )
    if licence := row.text(layout.licence):
        yield LicenceSeen(model=name, name=name, quote=row.quote(layout.licence), licence=licence)


def base_of(name: str, stated: str) -> tuple[str | None, str | None]:
    """The declared base and the relation to it; a repository that names itself declares none."""
    base = stated.removesuffix(MERGE).strip()
    relation = "merge" if stated.endswith(MERGE) else None
    return (base if base not in ("", name, REMOVED) else None), relation


def parameters(layout: Layout, row: Row) -> int | None:
    billions = row.number(layout.billions) if layout.billions else None
    return int(billions * Decimal(BILLION)) if billions and billions > 0 else None


def run(layout: Layout, row: Row) -> str:
    template = "chat template" if row.text(layout.chat_template) == "TRUE" else "no chat template"
    revision = (row.text(layout.revision) or "")[:SHA_LENGTH]
    return ", ".join(filter(None, (row.text(layout.precision), template, revision)))


SOURCE = Source(
    slug="open-llm-leaderboard",
    title="Open LLM Leaderboard (archive)",
    home="https://huggingface.co/open-llm-leaderboard",
    rights=Rights(
        owner="Hugging Face (open-llm-leaderboard)",
        terms_url="https://huggingface.co/terms-of-service",
        data_licence="not stated",
        display=True,
        export=False,
        attribution="Open LLM Leaderboard v2, Hugging Face (Fourrier et al., 2024)",
        robots="Not applied: a data endpoint of the space, used by its own page.",
        basis="No text was found that states terms for the results, and neither the space nor the terms of "
        "service were opened here; the recorded tables come from a repository of somebody else under MPL-2.0, "
        "which cannot grant what is not its own. Unknown means no export.",
    ),
    boards=(FORMATTED, ARCHIVE),
    hosts=("open-llm-leaderboard-open-llm-leaderboard.hf.space", "huggingface.co"),
    cadence=timedelta(days=30),
    stale_after=timedelta(days=3650),  # retired in March 2025: its age is no fault
    pages=pages,
    parse=parse,
    parser_version=2,  # 2: what the board copied from each repository's card
)
