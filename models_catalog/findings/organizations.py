"""Who makes models, and what has this organisation released? Its tiers, its best, its models, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models_catalog.findings.catalogue import model_row, of_organization
from models_catalog.findings.landscape import landscape, landscape_row
from models_catalog.findings.records import LandscapeRow, ModelRow
from models_catalog.findings.remembered import remembered
from models_catalog.findings.row_evidence import evidenced
from models_catalog.models import Family, Organization


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """One family: how many models, of which released last."""

    slug: str
    name: str
    models: int
    newest: ModelRow | None


@dataclass(frozen=True, slots=True)
class OrganizationDetail:
    """One organisation. Models by release, newest first; those without a date last."""

    row: LandscapeRow
    models: tuple[ModelRow, ...]
    families: tuple[FamilyLine, ...]


def organizations() -> tuple[LandscapeRow, ...]:
    """Every organisation with a model, the labs the field talks about first."""
    return landscape().rows


def organization_detail(slug: str, until: date | None = None) -> OrganizationDetail | None:
    """The organisation with this slug, or None; with `until`, only what it had released by that day."""
    return remembered(("organization", slug, until), lambda: looked_up(slug, until))


def looked_up(slug: str, until: date | None) -> OrganizationDetail | None:
    if "\x00" in slug:
        return None
    found = Organization.objects.filter(slug=slug).first()
    if found is None:
        return None
    own = of_organization(slug)
    models = list(own.filter(released__lte=until) if until else own)
    rows = evidenced(sorted((model_row(model) for model in models), key=newest_first))
    return OrganizationDetail(landscape_row(found, models), rows, families(found, rows))


def newest_first(row: ModelRow) -> tuple[int, str]:
    return (-row.released.toordinal() if row.released else 0, row.name.lower())


def families(organization: Organization, rows: tuple[ModelRow, ...]) -> tuple[FamilyLine, ...]:
    """Families by number of models; `rows` newest first."""
    slugs = dict(Family.objects.filter(organization=organization).values_list("name", "slug"))
    members: dict[str, list[ModelRow]] = {}
    for row in rows:
        if row.family in slugs:
            members.setdefault(row.family, []).append(row)
    lines = [FamilyLine(slugs[name], name, len(found), found[0]) for name, found in members.items()]
    return tuple(sorted(lines, key=lambda line: (-line.models, line.name.lower())))
