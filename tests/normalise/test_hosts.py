"""One host under several names, by a reviewed table and never by a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from models_catalog.normalise import hosts
from models_catalog.normalise.hosts import host_named, host_names, host_title


@pytest.mark.parametrize(
    ("word", "host"),
    [
        ("together", "togetherai"),
        ("togetherai", "togetherai"),
        ("Fireworks/fast", "fireworks-ai"),
        ("wafer/fp4", "wafer.ai"),
        ("deepinfra/fp4", "deepinfra"),
        ("siliconflow-cn", "siliconflow-cn"),
    ],
)
def test_names_of_one_host_are_one(word: str, host: str) -> None:
    assert host_named(word) == host


@pytest.mark.parametrize(
    ("provider", "title"),
    [
        ("nano-gpt", "NanoGPT"),
        ("together", "Together AI"),
        ("novita/fp8", "NovitaAI (fp8)"),
        ("siliconflow-cn", "SiliconFlow (China)"),
        ("Some Host", "Some Host"),
    ],
)
def test_a_host_is_called_what_readers_call_it_and_an_unknown_one_as_it_is_written(
    provider: str, title: str
) -> None:
    assert host_title(provider) == title


@pytest.mark.parametrize(
    "entry",
    [
        '[[host]]\nname = "a"\nalso = ["b"]\nreason = ""',
        '[[host]]\nname = "a"\nalso = ["b"]\nreason = "x"\n[[host]]\nname = "c"\nalso = ["b"]\nreason = "x"',
        '[[host]]\nname = "a"\nalso = ["a"]\nreason = "x"',
    ],
)
def test_a_name_of_two_hosts_or_without_a_reason_is_refused(
    entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hosts.toml").write_text(entry)
    monkeypatch.setattr(hosts, "PATH", tmp_path / "hosts.toml")
    with pytest.raises(ValueError, match="two hosts, or stands there without a reason"):
        host_names.__wrapped__()
