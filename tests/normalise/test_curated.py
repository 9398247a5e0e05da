"""The reviewed list of models that leaderboards name: whole, cited, and used only where a source names them."""

from __future__ import annotations

from dataclasses import replace

from models_catalog.normalise.aliases import Aliases, load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.curated import Curated, curated_claims, curated_models
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.organizations import organizations
from models_catalog.normalise.resolver import Resolver
from models_catalog.vocabulary import Access, DateKind, Rung, Tier

ACCESS = ("Open weights", "API access", "Hosted access (no API)", "Unreleased")
HERON = Curated(
    name="Heron 7B",
    names=("heron-7b-chat-2024", "the bird"),
    organization="Tidewater Labs",
    date="2024-03-01",
    kind=DateKind.WEIGHTS,
    access="Open weights",
    licence="apache-2.0",
    cite="https://tidewater.example/heron",
    checked=True,
)


def test_every_entry_is_cited_dated_and_of_a_known_access() -> None:
    for entry in curated_models():
        assert entry.cite.startswith("https://"), entry.name
        assert entry.date is None or parse_date(entry.date), entry.name
        assert entry.access in (None, *ACCESS), entry.name
        assert entry.date or entry.note, f"{entry.name}: no date and no word why"


def test_what_was_not_opened_says_so() -> None:
    unopened = [entry for entry in curated_models() if not entry.checked]
    assert unopened, "if all were read, the list says nothing about its limits"
    assert all(entry.note for entry in curated_models() if entry.checked), (
        "a recorded reading names its record"
    )


def test_a_slug_as_organization_is_a_reviewed_one() -> None:
    known = organizations()
    for entry in curated_models():
        if entry.organization == entry.organization.lower():
            assert entry.organization in known.developers, entry.name


def test_an_entry_no_source_names_makes_no_model() -> None:
    assert curated_claims(["gpt-4", "no such thing"]) == []


def test_an_entry_that_a_source_names_by_an_alias_only_is_a_model_too() -> None:
    aliases = load_aliases()
    name = "Lingma Agent + Lingma SWE-GPT 72b (v0918)"
    resolver = Resolver(build(curated_claims([name]), aliases, corrections=()), aliases)
    assert resolver.resolve(name, source="swebench").model == "lingma-swe-gpt-72b"


def test_an_entry_a_source_names_is_a_model_under_all_its_names() -> None:
    catalogue = build(HERON.claims(), Aliases.of(()), corrections=())
    resolver = Resolver(catalogue, Aliases.of(()))
    for name in ("Heron 7B", "heron-7b", "the bird"):
        assert resolver.resolve(name, source="arena").model == "heron-7b"
    model = catalogue.models["heron-7b"]
    assert (model.organization, str(model.released)) == ("tidewater-labs", "2024-03-01")
    assert (model.access, model.tier) == (Access.OPEN, Tier.OSI)
    assert model.access_source == "catalogue"


def test_an_absent_access_is_unknown_and_not_closed() -> None:
    silent = replace(HERON, access=None, licence=None)
    model = build(silent.claims(), Aliases.of(()), corrections=()).models["heron-7b"]
    assert (model.access, model.tier) == (Access.UNKNOWN, Tier.UNKNOWN)


def test_what_was_not_read_calls_no_model_closed_and_none_free_to_use() -> None:
    served = replace(HERON, access="API access", checked=False)
    unread = replace(HERON, checked=False)
    for entry, access in ((served, Access.UNKNOWN), (unread, Access.OPEN)):
        model = build(entry.claims(), Aliases.of(()), corrections=()).models["heron-7b"]
        assert (model.access, model.tier) == (access, Tier.UNKNOWN)


def test_every_entry_is_found_under_every_name_it_gives() -> None:
    claims = [claim for entry in curated_models() for claim in entry.claims()]
    aliases = load_aliases()
    resolver = Resolver(build(claims, aliases, corrections=()), aliases)
    lost = [
        name
        for entry in curated_models()
        for name in (entry.name, *entry.names)
        if resolver.resolve(name, source="arena").rung is Rung.UNRESOLVED
    ]
    assert lost == []
