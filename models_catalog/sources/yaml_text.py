"""YAML as plain lists, mappings and text, built from the parser's events and from nothing else.

No tag is obeyed, so nothing is constructed and a date stays the text it was. Aliases are refused: our
sources use none, and they are what a small file needs to become a huge one.
"""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from models_catalog.sources.cells import quotable
from models_catalog.sources.contract import EmptyPayload, Page, PayloadError, Truncated, WrongShape
from models_catalog.sources.reading import page_text

LARGEST = 5 * 1024 * 1024  # characters; the largest real file has 46 thousand
DEEPEST = 20
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's scanner where the wheel has it


def read_yaml(page: Page) -> object:
    """The page's YAML document: lists, mappings with text keys, and text. Raises the contract's errors."""
    text = page_text(page, "YAML")
    if len(text) > LARGEST:
        raise WrongShape(f"{len(text)} characters of YAML, at most {LARGEST} are read")
    try:
        return document(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        raise broken_yaml(text, error) from None
    except yaml.YAMLError as error:
        raise WrongShape(f"not YAML: {quotable(str(error))}") from None


def document(events: Iterable[yaml.Event]) -> object:
    """One document from a stream of events, with an explicit stack: no depth can exhaust the interpreter."""
    stack: list[tuple[bool, list[object]]] = [(False, [])]
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise WrongShape("the YAML uses an alias, which this source never does")
        if isinstance(event, yaml.ScalarEvent):
            stack[-1][1].append(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            stack.append((isinstance(event, yaml.MappingStartEvent), []))
            if len(stack) > DEEPEST:
                raise WrongShape("the YAML is nested without end")
        elif isinstance(event, yaml.CollectionEndEvent):
            is_mapping, nodes = stack.pop()
            stack[-1][1].append(mapping(nodes) if is_mapping else nodes)
    documents = stack[0][1]
    if not documents:
        raise EmptyPayload("the YAML holds no document")
    if len(documents) > 1:
        raise WrongShape(f"{len(documents)} YAML documents where one is due")
    return documents[0]


def mapping(nodes: list[object]) -> dict[str, object]:
    """Keys and values in turn, as a mapping; a key that is no text or stands twice is refused."""
    value: dict[str, object] = {}
    for key, item in zip(nodes[::2], nodes[1::2], strict=True):
        if not isinstance(key, str):
            raise WrongShape("a YAML key that is not text")
        if key in value:
            raise WrongShape(f"the key {quotable(repr(key))} appears twice in one YAML mapping")
        value[key] = item
    return value


def broken_yaml(text: str, error: yaml.MarkedYAMLError) -> PayloadError:
    """Cut off, or not YAML? A cut text fails in its last line."""
    if error.problem and "nesting depth" in error.problem:  # libyaml's own limit, met before its first event
        return WrongShape("the YAML is nested without end")
    mark = error.problem_mark
    if mark is not None and mark.line >= text.rstrip().count("\n"):
        return Truncated(f"the YAML stops in the middle: {error.problem}")
    return WrongShape(f"not YAML: {error.problem}" + (f" in line {mark.line + 1}" if mark else ""))
