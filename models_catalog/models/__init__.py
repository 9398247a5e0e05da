"""Storage. `AIModel` is an AI model; everything else called a model here is a table."""

from models_catalog.models.catalog import AIModel, Alias, Correction, Family, Organization, Snapshot
from models_catalog.models.collection import (
    Fetch,
    Generation,
    Heartbeat,
    HostState,
    Run,
    SourceState,
    SweepState,
)
from models_catalog.models.digests import Delivery, Edition, Feedback
from models_catalog.models.disagreements import Disagreement
from models_catalog.models.events import Change, Decision, Incident
from models_catalog.models.observations import (
    CurrentObservation,
    DownloadSample,
    Observation,
    Resolution,
    Subject,
    Visibility,
)
from models_catalog.models.results import Fit, History, Issue, Refusal, Result
from models_catalog.models.studies import Study
from models_catalog.models.subscribers import Ask, Consent, Subscriber, Suppression
from models_catalog.models.versions import ModelVersion, SubjectVersion

__all__ = [
    "AIModel",
    "Alias",
    "Ask",
    "Change",
    "Consent",
    "Correction",
    "CurrentObservation",
    "Decision",
    "Delivery",
    "Disagreement",
    "DownloadSample",
    "Edition",
    "Family",
    "Feedback",
    "Fetch",
    "Fit",
    "Generation",
    "Heartbeat",
    "History",
    "HostState",
    "Incident",
    "Issue",
    "ModelVersion",
    "Observation",
    "Organization",
    "Refusal",
    "Resolution",
    "Result",
    "Run",
    "Snapshot",
    "SourceState",
    "Study",
    "Subject",
    "SubjectVersion",
    "Subscriber",
    "Suppression",
    "SweepState",
    "Visibility",
]
