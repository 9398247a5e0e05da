"""A model's name taken apart: owner, words, date, variant. Nothing here knows which models exist.

    openrouter   anthropic/claude-3.7-sonnet:thinking      Anthropic: Claude 3.7 Sonnet (thinking)
    Epoch AI     claude-3-7-sonnet-20250219_32K            Gemini 2.5 Pro (Jun 2025)
    Aider        Qwen3 235B A22B diff, no think, Alibaba API

all become words in their order ("claude", "3.7", "sonnet"), the date the name carries, and the words that
say how the model was run or packed. Digits that stand apart stay apart: `LLaMA-33B` is not `Llama 3-3B`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from models_catalog.normalise.datednames import DateInName, take_date

MARK = "="  # in front of a word that can only be a variant: "_max", "(medium)", "q4_k_m"

SEVERAL = re.compile(r"\s[+&]\s")
PATH = re.compile(r"^[^\s/]+/")
VENDOR = re.compile(r"^([^:(/]{2,40}):\s+(?=\S)")
REGION = re.compile(r"^(?:us|eu|apac|global)\.(?=[a-z0-9]+\.)")
CJK_REMARK = re.compile(r"\([^()]*[\u3000-\u9fff][^()]*\)")
HUB_ADDRESS = re.compile(r"^https?://(?:www\.)?(?:huggingface\.co|hf\.co)/")
BEDROCK_VERSION = re.compile(r"-v\d+:\d+$")
EFFORT = re.compile(
    r"\(\s*(max|medium|unknown|default|none|instant)(?:\s+(?:effort|think|thinking))?\s*\)"
    r"|_(max|medium|unknown|default|none|instant)(?=$|[^a-z0-9])"
)
QUANTISED = re.compile(
    r"(?<![a-z0-9])(q\d(?:_[0-9k]+)?(?:_[sml])?|[bn]?v?fp\d{1,2}|mxfp\d|bf16|int[48]|w\d+a\d+|[48]bit|gptq|gguf|ggml|awq|exl2|mlx)"
    r"(?![a-z0-9])"
)
DECIMAL_P = re.compile(r"(?<=\d)p(?=\d)")
DECIMAL_UNDERSCORE = re.compile(r"(?<!\d)(\d)_(?=\d(?!\d*k\b))")
PLUS = re.compile(r"(?<=[a-z0-9])\+(?![a-z0-9])")
WORD = re.compile(r"=[a-z0-9_]+|\d+x\d+(?:\.\d+)?[bm]?|\d+(?:\.\d+)*[a-z]*|[a-z]+")
SHORT_NUMBER = re.compile(r"\d{1,2}(?:\.\d+)*")
SIZE = re.compile(r"\d+(?:\.\d+)?[bmt]|\d+x\d+(?:\.\d+)?[bm]?")
CONTEXT = re.compile(r"\d+k")

VARIANT_PHRASES = (
    ("with", "thinking"),
    ("no", "thinking"),
    ("no", "think"),
    ("non", "thinking"),
    ("no", "reasoning"),
    ("non", "reasoning"),
    ("default", "think"),
    ("self", "moderated"),
    ("alibaba", "api"),
    ("diff", "fenced"),
    ("codex", "harness"),
    ("web", "app"),
)
VARIANT_WORDS = frozenset(
    {
        *("high", "low", "minimal", "xhigh", "nothink", "nothinking", "nonthinking", "nonreasoning"),
        *("tokens", "effort", "adaptive", "diff", "whole", "udiff", "architect", "free", "batch", "extended"),
        *("nitro", "online", "exacto", "older", "deprecated", "prev", "webapp"),
    }
)
SUFFIX_ANYWHERE = frozenset({"instruct", "it"})
SUFFIX_LAST = frozenset(
    {"preview", "exp", "experimental", "beta", "base", "hf", "ga", "maas", "tee", "original"}
)
MOVING = frozenset({"latest"})


@dataclass(frozen=True, slots=True)
class Name:
    """`words` are the name's own, dates taken out; `owners` the path in front of it, nearest last."""

    raw: str
    owners: tuple[str, ...]
    vendor: str
    words: tuple[str, ...]
    dated: DateInName | None
    moving: bool = False  # a name whose meaning changes over time: "…-latest"
    several: bool = False  # two models used together
    variant: tuple[str, ...] = ()  # taken off so far

    @property
    def key(self) -> str:
        return key_of(self.words)


@lru_cache(maxsize=65536)
def read_name(raw: str) -> Name:
    """Take one name apart. Any text is accepted; a name without letters or digits has no words."""
    text = HUB_ADDRESS.sub("", plain(raw))
    moving = text.startswith("~")
    several = bool(SEVERAL.search(text))
    owners, text = take_owners(text.removeprefix("~"))
    vendor = ""
    if match := VENDOR.match(text):
        vendor, text = match[1].strip(), text[match.end() :]
    text = BEDROCK_VERSION.sub("", CJK_REMARK.sub(" ", REGION.sub("", text)))
    dated, text = take_date(text)
    words = words_of(text)
    moving = (moving or not MOVING.isdisjoint(words)) and dated is None
    return Name(
        raw, owners, vendor, tuple(word for word in words if word not in MOVING), dated, moving, several
    )


def plain(raw: str) -> str:
    """Lower case, one kind of dash, space and bracket, no accents, no invisible letters."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", raw)).casefold()
    text = "".join(
        " " if char.isspace() else char for char in text if unicodedata.category(char) not in SILENT
    )
    return re.sub(r"[‐-―−]", "-", text).strip()


SILENT = ("Mn", "Cf", "Cc", "Cs")


def take_owners(text: str) -> tuple[tuple[str, ...], str]:
    owners: list[str] = []
    while match := PATH.match(text):
        owners.append(match[0][:-1])
        text = text[match.end() :]
    return tuple(owners), text


def words_of(text: str) -> tuple[str, ...]:
    """The words of a dateless text, neighbouring version numbers joined: `3-5` and `3.5` are one word."""
    text = EFFORT.sub(lambda match: f" {MARK}{match[1] or match[2]} ", text)
    text = QUANTISED.sub(lambda match: f" {MARK}{match[1].replace('_', '')} ", text)
    text = DECIMAL_UNDERSCORE.sub(r"\1.", DECIMAL_P.sub(".", text))
    words: list[str] = []
    for word in WORD.findall(PLUS.sub(" plus ", text)):
        if words and SHORT_NUMBER.fullmatch(word) and SHORT_NUMBER.fullmatch(words[-1]):
            words[-1] = f"{words[-1]}.{word}"
        else:
            words.append(word)
    return tuple(words)


@lru_cache(maxsize=65536)
def key_of(words: tuple[str, ...]) -> str:
    """Words run together, with a dot only where two digits would touch: ("llama", "3", "8b") -> llama3.8b."""
    key = ""
    for word in words:
        key += f".{word}" if key and key[-1].isdigit() and word[0].isdigit() else word
    return key


def without_variant(name: Name, modes: frozenset[str] = frozenset()) -> Name:
    """The name without words about effort, budget, harness or packing, which move to `variant`.

    `modes` are more words that only say how this model was run, such as "thinking" of a model that thinks
    on demand; of others it is part of the name.
    """
    words, taken = list(name.words), list(name.variant)
    for phrase in VARIANT_PHRASES:
        take_phrase(words, taken, phrase)
    position = len(words) - 1
    while position > 0:
        word = words[position]
        if word[0] == MARK or (position == len(words) - 1 and is_variant(word, modes)):
            taken.append(words.pop(position).lstrip(MARK))
        position -= 1
    return replace(name, words=tuple(words), variant=tuple(taken))


def take_phrase(words: list[str], taken: list[str], phrase: tuple[str, ...]) -> None:
    width = len(phrase)
    for start in range(1, len(words) - width + 1):
        if tuple(words[start : start + width]) == phrase:
            taken.append(" ".join(phrase))
            del words[start : start + width]
            return


def is_variant(word: str, modes: frozenset[str]) -> bool:
    return word in VARIANT_WORDS or word in modes or CONTEXT.fullmatch(word) is not None


def without_suffix(name: Name, modes: frozenset[str] = frozenset()) -> Name:
    """The name without words about packing a release ("instruct", "preview", "chat" after a size).

    Base, instruct and preview releases of one model are that model; the word is kept in `variant`.
    """
    sized = any(SIZE.fullmatch(word) for word in name.words)
    words = [
        word
        for place, word in enumerate(name.words)
        if not (place and (word in SUFFIX_ANYWHERE or (word == "chat" and sized)))
    ]
    taken = [*name.variant, *(["chat"] if sized and "chat" in name.words[1:] else [])]
    while len(words) > 1 and words[-1] in SUFFIX_LAST:
        taken.append(words.pop())
    shorter = replace(name, words=tuple(words), variant=tuple(taken))
    return shorter if shorter.words == name.words else without_variant(shorter, modes)
