"""The data dictionary: every column of the exported files, with its meaning and unit."""

from __future__ import annotations

FACT = {
    "observation": "id of the stored observation: /api/v1/observations/<id> tells its evidence",
    "model": "slug of the model; empty: nobody the catalogue knows",
    "source": "slug of the source, see the manifest for its licence",
    "subject": "the name the source uses",
    "valid_from": "day from which it holds: stated, else first observed; a score's is its model's release",
    "observed_at": "when the payload was captured, UTC",
    "payload_sha256": "of the payload it was read from",
}
STATED = {
    "date": "as stated: a day, a month or a year",
    "date_kind": "which event the date is: announced, api, weights, listing",
    "organization": "developer, in the source's words",
    "access_claim": "access, in the source's words",
    "licence": "licence, in the source's words",
    "licence_name": "its name where `licence` says other",
}
GAP = {
    "inputs": "which scores: all, own, epoch",
    "as_of": "models released by this day",
    "method": "how the gap is read off the frontiers, see /method/",
    "domain": "overall, or one domain",
    "delta": "tolerance, index points",
    "value": "the figure; empty with a reason",
    "low": "lower end of the 90 % interval",
    "high": "upper end of the 90 % interval",
    "at_least": "the true figure can only be larger",
    "unit": "months or points",
    "n": "how many `n_unit` it rests on",
    "n_unit": "what n counts",
    "reason": "why there is no figure",
    "method_version": "of the method",
    "sources": "whose scores it was made from: the manifest has their credits",
}
FRONTIER = {
    "inputs": "which scores",
    "model": "slug",
    "name": "name",
    "organization": "developer",
    "released": "day",
    "access": "open, closed, unknown",
    "level": "index points",
    "low": "lower end of the 90 % interval",
    "high": "upper end",
    "record": "it set a record of its side",
    "sources": "whose scores it rests on: the manifest has their credits",
    "withheld": "a level that is a source's own word and may not be handed on, and whose it is",
}
MODELS = {
    "slug": "stable id; its page is /models/<slug>/",
    "name": "name",
    "organization": "developer",
    "organization_slug": "its slug",
    "released": "day; empty where no exportable source states it",
    "released_precision": "day, month or year",
    "released_source": "who states it",
    "access": "open, closed, unknown; empty where no exportable source states it",
    "access_source": "who states it",
    "sources": "exportable sources that name the model",
    "withheld": "what is left empty because its source may not be handed on, and which source that is",
}
SCORES = FACT | {
    "benchmark": "our name of it, else the source's",
    "benchmark_slug": "empty: not reviewed",
    "metric": "what is measured",
    "value": "in `unit`, corrected where `corrected` says so",
    "unit": "percent, fraction, index, elo …",
    "low": "lower end of the stated interval",
    "high": "upper end",
    "settings": "effort, scaffold, edit format …",
    "evaluator": "who measured",
    "evaluated_on": "as stated",
    "corrected": "why it differs from the stated value",
}
PRICES = FACT | {
    "provider": "who sells, in the source's words",
    "unit": "what is bought: input, output, cache_read …",
    "tier": "standard, batch …",
    "band": "context band",
    "amount": "in `currency` per `per`; empty: variable",
    "per": "unit of sale",
    "currency": "ISO 4217",
    "variable": "the source says that it depends",
    "per_million_tokens": "in `currency` per 1,000,000 tokens",
}
