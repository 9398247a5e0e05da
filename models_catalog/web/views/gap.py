"""The gap in full: both frontiers, every method and tolerance, the models behind each step, any past day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts import words
from models_catalog.charts.answer import answer_sentence, refusal_word
from models_catalog.charts.arena import arena_sentence, arena_table
from models_catalog.charts.direction import Direction, direction
from models_catalog.charts.figure import Figure
from models_catalog.charts.frontier import frontier_figure
from models_catalog.charts.parts import parts_figure
from models_catalog.charts.series import series_figure
from models_catalog.charts.spread import spread_figure
from models_catalog.charts.steps import step_table
from models_catalog.findings.arena import arena_series
from models_catalog.findings.gap import refusal, standing_gap
from models_catalog.findings.gap_series import gap_series
from models_catalog.findings.gap_tables import (
    gap_by_domain,
    gap_by_split,
    gap_sensitivities,
    headlined_benchmarks,
)
from models_catalog.findings.labels import SPLITS, cut_label
from models_catalog.findings.measured import GapTable
from models_catalog.findings.records import Gap
from models_catalog.findings.trend import standing_trend
from models_catalog.normalise.benchmarks import DOMAINS
from models_catalog.vocabulary import Access, Cut, Inputs, Method, Split
from models_catalog.web.downloads import download
from models_catalog.web.filters import select
from models_catalog.web.questions import GapAnswer, GapQuestion, gap_answer, gap_question

TOLERANCES = (("0", "none"), ("2", "2 points"))


@require_safe
def gap(request: HttpRequest) -> HttpResponse:
    question = gap_question(request.GET.dict())
    found = gap_answer(question)
    cut, key = question.part
    page = {
        "question": question,
        "switches": switches(question),
        "found": found,
        "refusal": refusal(question.inputs, cut, key),
        "part": "" if cut is Cut.INDEX else cut_label(cut, key),
        "strips": strips(question),
    }
    return render(request, "pages/gap.html", page | (shown(found, question) if found else {}))


def shown(found: GapAnswer, question: GapQuestion) -> dict[str, Any]:
    gap, query = found.gap, question.query
    return {
        "gap": gap,
        "value": found.value,
        "answer": answer_sentence(found.value, brief=True),
        "refused": refusal_word(found.value),
        "view": query,
        "figure": frontier_figure(gap, path="/gap", query=query) if gap.frontier.points else None,
        "methods": spread_figure(gap, path="/gap/methods", query=query),
        "series": series_of(question),
        "direction": direction_of(found),
        "arena": arena_part(),
        "closed_steps": step_table(gap, Access.CLOSED, question.delta),
        "open_steps": step_table(gap, Access.OPEN, question.delta),
    }


def direction_of(found: GapAnswer) -> Direction | None:
    """The trend rule is applied to whole scales, as of their newest day; to nothing else."""
    gap = found.gap
    standing = standing_trend(gap.frontier.inputs)
    told = standing is not None and standing.as_of == gap.as_of and not gap.frontier.part
    return direction(standing) if standing and told else None


def arena_part() -> dict[str, Any] | None:
    series = arena_series()
    if not series.days:
        return None
    return {"sentence": arena_sentence(series), "table": arena_table(series), "credits": series.credits}


def strips(question: GapQuestion) -> tuple[Figure, ...]:
    """The chosen method by domain, by half, and with decisions changed: whatever part is looked at."""
    inputs, on = question.inputs, question.as_of
    asked = (
        ("domains", "By domain", gap_by_domain(inputs, on)),
        ("halves", "Private and public, independent and developers’ own", gap_by_split(inputs, on)),
        ("decisions", "With one decision taken otherwise", gap_sensitivities(inputs, on)),
    )
    return tuple(strip(slug, title, table, question) for slug, title, table in asked if table)


def strip(slug: str, title: str, table: GapTable, question: GapQuestion) -> Figure:
    return parts_figure(
        table,
        question.method,
        question.delta,
        title=f"{title}: {words.METHOD[question.method].lower()}",
        slug=slug,
        path=f"/gap/{slug}",
        query=question.query,
    )


def series_of(question: GapQuestion) -> Figure | None:
    series = gap_series(question.inputs, question.method, question.delta, *question.part)
    if series and question.as_of:
        series = replace(
            series, points=tuple(point for point in series.points if point.day <= question.as_of)
        )
    drawable = series and any(point.value is not None for point in series.points)
    return series_figure(series, path="/gap/series", query=question.query) if series and drawable else None


def switches(question: GapQuestion) -> tuple[object, ...]:
    """What can be switched; each is one select of the form."""
    inputs = [(item.value, words.INPUTS[item]) for item in Inputs]
    methods = [(item.value, words.METHOD[item]) for item in Method]
    domains = [("", "All benchmarks"), *DOMAINS.items(), *((half.value, SPLITS[half]) for half in Split)]
    return (
        select("domain", "Domain", question.domain, domains),
        select(
            "benchmark", "Scale", question.benchmark, [("", "Index"), *benchmark_choices(question.inputs)]
        ),
        select("method", "Method", question.method.value, methods),
        select("delta", "Tolerance", f"{question.delta:g}", TOLERANCES),
        select("inputs", "Scores", question.inputs.value, inputs),
    )


def benchmark_choices(inputs: Inputs) -> list[tuple[str, str]]:
    """The benchmarks that have a headline of their own."""
    labels = [(key, cut_label(Cut.BENCHMARK, key)) for key in headlined_benchmarks(inputs)]
    return sorted(labels, key=lambda choice: choice[1].casefold())


@require_safe
def frontier_download(request: HttpRequest, kind: str) -> HttpResponse:
    """The scored models and both frontiers."""
    question, found = asked(request)
    if not found.frontier.points:
        raise Http404("no model had been scored by then")
    figure = frontier_figure(found, path="/gap", query=question.query)
    return download(request, figure, kind, about(found))


@require_safe
def methods_download(request: HttpRequest, kind: str) -> HttpResponse:
    """Every method at every tolerance."""
    question, found = asked(request)
    return download(
        request, spread_figure(found, path="/gap/methods", query=question.query), kind, about(found)
    )


@require_safe
def strip_download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The gap by domain, by half, or with decisions changed."""
    question = gap_question(request.GET.dict())
    whole = standing_gap(question.inputs)
    found = [figure for figure in strips(question) if figure.slug == slug]
    if not found or whole is None:
        raise Http404("not computed yet from these scores")
    return download(request, found[0], kind, about(whole))


@require_safe
def series_download(request: HttpRequest, kind: str) -> HttpResponse:
    """The chosen method as of every week."""
    question, found = asked(request)
    figure = series_of(question)
    if figure is None:
        raise Http404("no week has enough evidence, or the series is not computed yet")
    return download(request, figure, kind, about(found))


def asked(request: HttpRequest) -> tuple[GapQuestion, Gap]:
    question = gap_question(request.GET.dict())
    found = gap_answer(question)
    if found is None:
        raise Http404(
            f"no gap from these scores: {refusal(question.inputs, *question.part) or 'not computed yet'}"
        )
    if found.problems:
        raise Http404(" ".join(found.problems))
    return question, found.gap


def about(gap: Gap) -> dict[str, Any]:
    return {
        "as_of": gap.as_of,
        "known_at": gap.known_at,
        "vintage": gap.vintage,
        "method_version": gap.method_version,
        "inputs": gap.frontier.inputs.value,
        "scale": gap.frontier.scale,
        "interval_level": gap.interval_level,
    }
