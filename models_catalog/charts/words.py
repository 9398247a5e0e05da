"""The names readers see for what the code counts with."""

from __future__ import annotations

from models_catalog.vocabulary import Access, Inputs, Method, Tier

METHOD: dict[Method, str] = {
    Method.CATCH_UP: "Catch-up time",
    Method.LEVEL_MEAN: "Level mean",
    Method.PARITY_AGE: "Parity age",
    Method.BACKWARD_RECORD: "Record lag",
    Method.POINT_GAP: "Point gap",
}

MEANING: dict[Method, str] = {
    Method.CATCH_UP: "how long a level first reached by closed models waits until an open-weight model "
    "reaches it: the Kaplan–Meier median over all levels, those still waiting included",
    Method.LEVEL_MEAN: "the mean horizontal distance between the two frontiers over the levels both have "
    "reached; levels still waiting are left out, so it reads low when closed models have just moved",
    Method.PARITY_AGE: "how long ago closed models first reached the level of today’s best open-weight model",
    Method.BACKWARD_RECORD: "each time open models set a record, how old closed models’ same achievement "
    "was (median); negative when open led",
    Method.POINT_GAP: "the distance in index points between the best closed and the best open-weight model",
}

INPUTS: dict[Inputs, str] = {
    Inputs.ALL: "all scores collected here",
    Inputs.OWN: "our own leaderboards only",
    Inputs.EPOCH: "Epoch AI’s published index",
}

INPUTS_MEANING: dict[Inputs, str] = {
    Inputs.ALL: "our index, fitted to the scores of every board collected here and to the benchmark matrix "
    "Epoch AI publishes; access and dates by our rules",
    Inputs.OWN: "our index, without anything Epoch AI collected; access and dates by our rules",
    Inputs.EPOCH: "the levels of the Epoch Capabilities Index as published, with Epoch’s own dates and "
    "accessibility groups",
}

ACCESS: dict[Access, str] = {
    Access.OPEN: "open weights",
    Access.CLOSED: "closed",
    Access.UNKNOWN: "unknown access",
}

COUNTED: dict[Access, str] = {  # after a number of models
    Access.OPEN: f"with {ACCESS[Access.OPEN]}",
    Access.CLOSED: ACCESS[Access.CLOSED],
    Access.UNKNOWN: f"of {ACCESS[Access.UNKNOWN]}",
}

TIER: dict[Tier, str] = {
    Tier.OSI: "Open weights, OSI licence",
    Tier.PERMISSIVE: "Open weights, permissive",
    Tier.RESTRICTED: "Open weights, restricted",
    Tier.RESEARCH: "Research only",
    Tier.CLOSED: "Closed",
    Tier.UNKNOWN: "Unknown",
}

TIER_SHORT: dict[Tier, str] = {
    Tier.OSI: "OSI licence",
    Tier.PERMISSIVE: "Permissive",
    Tier.RESTRICTED: "Restricted",
    Tier.RESEARCH: "Research only",
    Tier.CLOSED: "Closed",
    Tier.UNKNOWN: "Unknown",
}

FIELDS: dict[str, str] = {  # of what sources state, where a correction names one
    "access_claim": "weights",
    "base_model": "base model",
    "date": "release date",
    "hub_repository": "Hub repository",
    "weights_date": "day the weights came out",
}

TERMS_UNKNOWN = "Terms unknown"
TERMS_UNKNOWN_MEANING = "the weights can be downloaded, but no source we read says what may be done with them"

TIER_MEANING: dict[Tier, str] = {
    Tier.OSI: "weights under a licence the Open Source Initiative approved",
    Tier.PERMISSIVE: "commercial use without caps; the licence is not OSI-approved, or not on record",
    Tier.RESTRICTED: "weights with caps on users or revenue, or limits on the field of use",
    Tier.RESEARCH: "weights for research or other non-commercial use",
    Tier.CLOSED: "served only, weights not published",
    Tier.UNKNOWN: "no source we read says what may be done with the model; never counted as closed",
}


def field_word(name: str) -> str:
    return FIELDS.get(name, name.replace("_", " "))


def settings_words(stated: str) -> str:
    """ "edit format: diff; reasoning effort: high": a source's settings; its yes-no marks stand with the evidence."""
    told = [part for part in stated.split("; ") if not part.endswith((": true", ": false"))]
    return "; ".join(told).replace("_", " ")


def graded(tier: Tier, access: Access) -> str:
    """The tier as a reader sees it: of open weights whose terms nobody states, that they are open is known."""
    return f"Open weights, {TERMS_UNKNOWN.lower()}" if terms_unknown(tier, access) else TIER[tier]


def graded_shortly(tier: Tier, access: Access) -> str:
    """The same where a column or a heading says that the weights are open."""
    return TERMS_UNKNOWN if terms_unknown(tier, access) else TIER_SHORT[tier]


def terms_unknown(tier: Tier, access: Access) -> bool:
    return tier is Tier.UNKNOWN and access is Access.OPEN
