"""The gap in full: both frontiers, every method and tolerance, the models behind each step, any past day."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts import words
from models_catalog.charts.answer import answer_sentence
from models_catalog.charts.frontier import frontier_figure
from models_catalog.charts.spread import spread_figure
from models_catalog.charts.steps import step_table
from models_catalog.findings.gap import refusal
from models_catalog.findings.records import Gap
from models_catalog.vocabulary import Access, Inputs, Method
from models_catalog.web.downloads import download
from models_catalog.web.filters import select
from models_catalog.web.questions import GapAnswer, GapQuestion, gap_answer, gap_question

TOLERANCES = (("0", "none"), ("2", "2 index points"))


@require_safe
def gap(request: HttpRequest) -> HttpResponse:
    question = gap_question(request.GET.dict())
    found = gap_answer(question)
    page = {
        "question": question,
        "switches": switches(question),
        "found": found,
        "refusal": refusal(question.inputs),
    }
    return render(request, "pages/gap.html", page | (shown(found, question) if found else {}))


def shown(found: GapAnswer, question: GapQuestion) -> dict[str, Any]:
    gap, query = found.gap, question.query
    return {
        "gap": gap,
        "value": found.value,
        "answer": answer_sentence(found.value),
        "figure": frontier_figure(gap, path="/gap", query=query) if gap.frontier.points else None,
        "methods": spread_figure(gap, path="/gap/methods", query=query),
        "closed_steps": step_table(gap, Access.CLOSED, question.delta),
        "open_steps": step_table(gap, Access.OPEN, question.delta),
    }


def switches(question: GapQuestion) -> tuple[object, ...]:
    """What can be switched; each is one select of the form."""
    inputs = [(item.value, words.INPUTS[item]) for item in Inputs]
    methods = [(item.value, words.METHOD[item]) for item in Method]
    return (
        select("method", "Method", question.method.value, methods),
        select("delta", "Tolerance", f"{question.delta:g}", TOLERANCES),
        select("inputs", "Scores", question.inputs.value, inputs),
    )


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


def asked(request: HttpRequest) -> tuple[GapQuestion, Gap]:
    question = gap_question(request.GET.dict())
    found = gap_answer(question)
    if found is None:
        raise Http404(f"no gap from these scores: {refusal(question.inputs) or 'not computed yet'}")
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
