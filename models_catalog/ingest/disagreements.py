"""Store what sources, or captures of one source, state differently: of models, of names, of one source's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection

from models_catalog.models import AIModel, Disagreement
from models_catalog.models.observations import OPAQUE_IDS
from models_catalog.normalise.disagreements import Disagreement as Differing
from models_catalog.normalise.disagreements import Side, of_captures
from models_catalog.normalise.organizations import organizations
from models_catalog.normalise.records import Catalogue
from models_catalog.vocabulary import FactKind, Matter

BATCH = 1000
NAME_LENGTH = 300


def write_disagreements(catalogue: Catalogue, others: Iterable[tuple[str, Differing]]) -> int:
    """Replace every stored disagreement. `others` are about models, by slug, beside those the catalogue knows."""
    Disagreement.objects.all().delete()
    keys = dict(AIModel.objects.values_list("slug", "pk"))
    rows = stored_rows(catalogue, others, keys)
    count = 0
    while batch := list(islice(rows, BATCH)):
        count += len(Disagreement.objects.bulk_create(batch))
    return count


def stored_rows(
    catalogue: Catalogue, others: Iterable[tuple[str, Differing]], keys: dict[str, int]
) -> Iterator[Disagreement]:
    for model in catalogue.models.values():
        for item in model.disagreements:
            yield row_of(item, model.slug, keys[model.slug])
    for slug, item in dict.fromkeys(others):
        yield row_of(item, slug, keys[slug])
    for name, item in between_names():
        yield row_of(item, name, None)
    for name, key, item in between_captures():
        yield row_of(item, name, key)


def row_of(item: Differing, about: str, model: int | None) -> Disagreement:
    return Disagreement(
        matter=item.matter,
        about=about[:NAME_LENGTH],
        model_id=model,
        counted=item.counted.said,
        counted_source=item.counted.source,
        counted_on=item.counted.observed_on,
        stated=item.stated.said,
        stated_source=item.stated.source,
        stated_on=item.stated.observed_on,
        days=item.days,
    )


def between_names() -> Iterator[tuple[str, Differing]]:
    """One name, letter for letter but for its case, that is one model in one source and another in another."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH used AS (
                SELECT lower(text.name) AS name, subject.source, resolution.model_id, min(subject.id) AS subject
                FROM models_catalog_resolution resolution
                JOIN models_catalog_subject subject ON subject.id = resolution.subject_id
                CROSS JOIN LATERAL (VALUES (subject.name),
                    (CASE WHEN subject.source = ANY(%(opaque)s) THEN subject.name ELSE subject.external_id END)
                ) text(name)
                WHERE resolution.model_id IS NOT NULL
                GROUP BY 1, 2, 3),
            several AS (SELECT name FROM used GROUP BY name
                HAVING count(DISTINCT model_id) > 1 AND count(DISTINCT source) > 1)
            SELECT used.name, used.source, model.slug,
                (SELECT max(seen.observed_at)::date FROM models_catalog_observation seen
                 WHERE seen.subject_id = used.subject)
            FROM used JOIN several USING (name) JOIN models_catalog_aimodel model ON model.id = used.model_id
            ORDER BY used.name, used.source, model.slug
            """,
            {"opaque": sorted(OPAQUE_IDS)},
        )
        rows = cursor.fetchall()
    first: dict[str, tuple[str, str]] = {}
    counted: dict[str, Side] = {}
    for name, source, model, on in rows:
        side = Side(model, source, on)
        if name not in counted:
            counted[name], first[name] = side, (source, model)
        elif source != first[name][0] and model != first[name][1]:
            yield name, Differing(matter=Matter.NAME, counted=counted[name], stated=side)


def between_captures() -> Iterator[tuple[str, int | None, Differing]]:
    """What a source states now against the last time it stated otherwise about the same thing."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT ON (newest.subject_id, newest.board, field.matter)
                subject.name, resolution.model_id, field.matter, subject.source,
                field.now, newest.observed_at::date, field.before, earlier.observed_at::date
            FROM models_catalog_currentobservation current
            JOIN models_catalog_observation newest ON newest.id = current.observation_id
            JOIN models_catalog_observation earlier
              ON earlier.subject_id = newest.subject_id AND earlier.board = newest.board
             AND earlier.kind = newest.kind AND earlier.key = newest.key
             AND (earlier.observed_at, earlier.id) < (newest.observed_at, newest.id)
            JOIN models_catalog_subject subject ON subject.id = newest.subject_id
            LEFT JOIN models_catalog_resolution resolution ON resolution.subject_id = subject.id
            CROSS JOIN LATERAL (VALUES
                (%(release)s, newest.value ->> 'date', earlier.value ->> 'date'),
                (%(access)s, newest.value ->> 'access_claim', earlier.value ->> 'access_claim'),
                (%(organization)s, newest.value ->> 'organization', earlier.value ->> 'organization'),
                (%(licence)s, newest.value ->> 'licence', earlier.value ->> 'licence')
            ) field(matter, now, before)
            WHERE current.kind = ANY(%(kinds)s) AND newest.present AND earlier.present
              AND field.now <> field.before
            ORDER BY newest.subject_id, newest.board, field.matter, earlier.observed_at DESC, earlier.id DESC
            """,
            {
                "kinds": [FactKind.RELEASE.value, FactKind.LICENCE.value],
                **{matter.name.lower(): matter.value for matter in Matter},
            },
        )
        rows = cursor.fetchall()
    for name, model, matter, source, now, on, before, before_on in rows:
        differing = of_captures(
            Matter(matter), Side(now, source, on), Side(before, source, before_on), organizations()
        )
        if differing:
            yield name, model, differing
