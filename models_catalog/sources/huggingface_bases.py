"""What a repository on the Hub says it was made from, and how, in the Hub's own tags and its card's `quantized_by`.

Newer rows name the relation (`base_model:quantized:owner/name`). Older ones name only the base; of those the Hub's
tags of packed weights (`gguf`, `gptq`, `awq`, `4-bit` …) or the card's `quantized_by` say that it is a quantised copy,
as the Hub's own reading does, unless other tags say that weights were trained or merged. The repository's name is
never asked.
"""

from __future__ import annotations

RELATIONS = ("adapter", "finetune", "merge", "quantized")
BASE_TAG = "base_model:"
PACKED = frozenset({"gguf", "ggml", "gptq", "awq", "exl2", "4-bit", "8-bit"})
# bitsandbytes packs weights while they are trained: such a repository may be a fine-tune
MADE_OTHERWISE = frozenset({"peft", "lora", "qlora", "adapter", "merge", "mergekit", "bitsandbytes"})


def base_of(tags: tuple[str, ...], quantised_by: object = None) -> tuple[str | None, str | None]:
    """The base models and the relation to them, each joined by commas; None for what is not stated."""
    bases: dict[str, None] = {}
    relations: dict[str, None] = {}
    for tag in tags:
        if tag.startswith(BASE_TAG):
            first, colon, rest = tag.removeprefix(BASE_TAG).partition(":")
            if colon and first in RELATIONS:
                relations[first] = None
            bases[rest if colon and first in RELATIONS else tag.removeprefix(BASE_TAG)] = None
    if len(bases) == 1 and not relations and (quantised_by or is_packed(tags)):
        relations["quantized"] = None
    return ",".join(bases) or None, ",".join(relations) or None


def is_packed(tags: tuple[str, ...]) -> bool:
    stated = {tag.lower() for tag in tags}
    return not stated.isdisjoint(PACKED) and stated.isdisjoint(MADE_OTHERWISE)
