"""The answer in one sentence, for every method, censored or missing: page and e-mail say the same."""

from __future__ import annotations

from models_catalog.analysis.drawn import FULL
from models_catalog.analysis.reasons import NOBODY_AHEAD, OPEN_FIRST
from models_catalog.charts.numerals import NO_BREAK, count, decimal, interval, share
from models_catalog.charts.words import METHOD
from models_catalog.findings.labels import cut_label, level_unit
from models_catalog.findings.records import Gap, GapValue
from models_catalog.vocabulary import Cut, Method


def answer_sentence(value: GapValue, *, brief: bool = False) -> str:
    """ "Open-weight models are 5.7 months behind closed ones."; of a part of the scores with its name before.

    Without a value a refusal and why; `brief`: the why stands beside it.
    """
    said = whole_sentence(value, brief=brief)
    return (
        said if value.cut is Cut.INDEX else f"{cut_label(value.cut, value.key)}: {said[0].lower()}{said[1:]}"
    )


def refusal_sentence(value: GapValue, *, brief: bool) -> str:
    said = (
        "Open-weight models are level with closed ones, or ahead"
        if is_caught_up(value)
        else f"There is not enough evidence to state the {METHOD[value.method].lower()}"
    )
    return f"{said}." if brief else f"{said}: {value.reason}."


def is_caught_up(value: GapValue) -> bool:
    """There is no figure because there is no time behind to state, which is an answer and no lack of evidence."""
    return value.value is None and (value.reason.startswith(NOBODY_AHEAD) or value.reason == OPEN_FIRST)


def refusal_word(value: GapValue) -> str:
    return "Level or ahead" if is_caught_up(value) else "Insufficient evidence"


def whole_sentence(value: GapValue, *, brief: bool) -> str:
    if value.value is None:
        return refusal_sentence(value, brief=brief)
    least = "at least " if value.at_least else ""
    size, unit = decimal(abs(value.value)), unit_word(value)
    behind = value.value >= 0
    match value.method:
        case Method.CATCH_UP:
            return catch_up_sentence(value, f"{least}{size}{NO_BREAK}{unit}")
        case Method.LEVEL_MEAN:
            when = "after" if behind else "before"
            return f"On average, open-weight models reached a level {least}{size}{NO_BREAK}{unit} {when} closed ones."
        case Method.PARITY_AGE:
            return f"Closed models first reached the best open level {least}{size}{NO_BREAK}{unit} ago."
        case Method.BACKWARD_RECORD:
            when = "after" if behind else "before"
            return f"Open records come {least}{size}{NO_BREAK}{unit} {when} closed models reached the same level."
        case Method.POINT_GAP:
            side = "below" if behind else "above"
            return f"The best open-weight model is {least}{size}{NO_BREAK}{unit} {side} the best closed one."


def catch_up_sentence(value: GapValue, size: str) -> str:
    if value.value is not None and decimal(abs(value.value)) == "0.0" and not value.at_least:
        return "Open-weight models are level with closed ones."
    side = "behind" if (value.value or 0) >= 0 else "ahead of"
    return f"Open-weight models are {size} {side} closed ones."


def unit_word(value: GapValue) -> str:
    word = level_unit(value.cut, value.key) if value.unit == "points" else value.unit
    one = value.value is not None and decimal(abs(value.value)) == "1.0"
    return word.removesuffix("s") if one else word


def interval_phrase(value: GapValue, interval_level: float) -> str:
    """ "90 % interval 5.2–7.1 months", or that there is none and why."""
    span = interval(value.low, value.high)
    if not span:
        return f"no interval: {value.reason.removeprefix('no interval: ')}" if value.reason else "no interval"
    unit = "points" if value.unit == "points" else value.unit
    return f"{share(interval_level)} interval {span} {unit}{few_draws(value.draws, ' from ')}"


def few_draws(draws: int, before: str = "") -> str:
    """ "200 draws" where they are fewer than usual, else "": who reads an interval should know that."""
    return f"{before}{count(draws, 'draw')}" if 0 < draws < FULL else ""


def other_methods(gap: Gap) -> tuple[GapValue, ...]:
    """The other methods that answer in the headline's unit, with its tolerance and domain."""
    head = gap.headline
    return tuple(
        item
        for item in gap.results
        if item.unit == head.unit
        and item.delta == head.delta
        and item.domain == head.domain
        and item.method != head.method
    )


def spread_phrase(gap: Gap) -> str:
    """ "other methods say 4.4–8.1 months", or "" when no other method carries a value."""
    values = [item.value for item in other_methods(gap) if item.value is not None]
    if not values:
        return ""
    if len(values) == 1:
        return f"one other method says {decimal(values[0])} {gap.headline.unit}"
    return f"other methods say {interval(min(values), max(values))} {gap.headline.unit}"
