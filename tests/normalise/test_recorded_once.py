"""Of what the recorded payloads name, every model stands once, under a name of its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from models_catalog.normalise.aliases import load_aliases
from models_catalog.normalise.organizations import organizations
from models_catalog.normalise.shown import looks, titles
from models_catalog.normalise.stems import Stems
from tests.normalise.test_recorded import reviewed

pytestmark = pytest.mark.recorded


def test_no_two_models_are_shown_under_one_name(recorded: Path) -> None:
    known = reviewed(recorded).models.values()
    listed = Counter(looks(model.shown) for model in known if model.listed)
    everything = Counter(model.shown.casefold() for model in known)
    assert [name for name, times in (listed | everything).items() if times > 1] == []
    assert set(titles()) <= {model.slug for model in known}


def test_no_repository_and_no_model_counts_twice(recorded: Path) -> None:
    """What is only known as the base of copies is no second model under the name of a listed one."""
    known = reviewed(recorded).models.values()
    held = Counter(name.lower() for model in known for name in model.hub_repositories)
    assert [name for name, times in held.items() if times > 1] == []
    stems = {tuple(sorted(model.words)) for model in known if model.listed}
    names = Stems(load_aliases(), organizations())
    bases = [model for model in known if not model.listed and not model.hub_repositories]
    alike = {model.slug for model in bases if tuple(sorted(names.of(model.name).words)) in stems}
    # NurtureAI stretched the context; the other is one of two Chinese Llama-2 of one size, by different people.
    assert alike == {"nurtureai-openhermes-2-5-mistral-7b-16k", "ziqingyang-chinese-llama-2-13b"}
