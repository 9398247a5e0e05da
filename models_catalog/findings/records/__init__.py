"""What a finding hands to page, API, chart and e-mail: small frozen records, already judged.

Numbers carry their unit in the field name or beside them; a missing value is None with a reason.
`observation` fields are ids of stored observations: the evidence of the value next to them.
"""

from models_catalog.findings.records.corrections import CorrectionLine, CorrectionState
from models_catalog.findings.records.evidence import Evidence
from models_catalog.findings.records.gap import Frontier, FrontierPoint, Gap, GapValue
from models_catalog.findings.records.models import (
    Base,
    FilterChoice,
    HeldName,
    KnownName,
    Landscape,
    LandscapeRow,
    ModelDetail,
    ModelPage,
    ModelRow,
    Price,
    Score,
    Statement,
)
from models_catalog.findings.records.openness import IndexGrade, OpennessDetail, OpennessLine
from models_catalog.findings.records.sources import (
    IncidentLine,
    SourceCredit,
    SourceLine,
    Summary,
    SweepLine,
    WaitingPage,
)

__all__ = [
    "Base",
    "CorrectionLine",
    "CorrectionState",
    "Evidence",
    "FilterChoice",
    "Frontier",
    "FrontierPoint",
    "Gap",
    "GapValue",
    "HeldName",
    "IncidentLine",
    "IndexGrade",
    "KnownName",
    "Landscape",
    "LandscapeRow",
    "ModelDetail",
    "ModelPage",
    "ModelRow",
    "OpennessDetail",
    "OpennessLine",
    "Price",
    "Score",
    "SourceCredit",
    "SourceLine",
    "Statement",
    "Summary",
    "SweepLine",
    "WaitingPage",
]
