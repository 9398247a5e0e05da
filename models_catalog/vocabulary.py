"""Words shared by every room: the closed sets the product counts with.

Ground floor: this module imports nothing of ours, and every other room may import it.
"""

from enum import StrEnum


class Access(StrEnum):
    """Can the weights be downloaded under any terms? `unknown` is never counted as closed."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Tier(StrEnum):
    """What may be done with the weights (product.md, "Openness")."""

    OSI = "open-weights-osi"
    PERMISSIVE = "open-weights-permissive"
    RESTRICTED = "open-weights-restricted"
    RESEARCH = "research-only"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """How one payload ended. Every file or page ends as exactly one of these, with a reason."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"
    UNSUPPORTED = "unsupported"
    FAILED = "failed"


class FactKind(StrEnum):
    """What kind of thing one observation states."""

    RELEASE = "release"
    LICENCE = "licence"
    DOWNLOADS = "downloads"
    PRICE = "price"
    SCORE = "score"
    RUNTIME = "runtime"
    LIFECYCLE = "lifecycle"
    OPENNESS = "openness"
    PROVIDER = "provider"


class DateKind(StrEnum):
    """Which event a release date names; the open clock starts at WEIGHTS."""

    ANNOUNCED = "announced"
    API = "api"
    WEIGHTS = "weights"
    LISTING = "listing"


class Precision(StrEnum):
    """How exactly a source stated a date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Rung(StrEnum):
    """The step of the identity ladder that decided a name (method.md, "Identity")."""

    ALIAS = "alias"
    EXACT = "exact"
    NORMALISED = "normalised"
    VARIANT = "variant"
    SUFFIX = "suffix"
    TOKENS = "tokens"
    FAMILY = "family"
    UNRESOLVED = "unresolved"


class ChangeKind(StrEnum):
    """What changed between two successive observations of one fact."""

    RELEASED = "released"
    WEIGHTS_PUBLISHED = "weights published"
    PRICE_CHANGED = "price changed"
    LICENCE_METADATA_CHANGED = "licence metadata changed"
    LICENCE_CONFLICT = "licence tag and text differ"
    DEPRECATED = "deprecated"
    RETIRES_ON = "retires on"
    RETIRED = "retired"
    NO_LONGER_LISTED = "no longer listed"


class Matter(StrEnum):
    """What sources, or captures of one source, can state differently."""

    RELEASE = "release date"
    ACCESS = "weights"
    LICENCE = "licence"
    ORGANIZATION = "organization"
    NAME = "name"


class Method(StrEnum):
    """How a lag or gap is read off the two frontiers (method.md, "Frontier, gap, lag")."""

    CATCH_UP = "catch_up"
    LEVEL_MEAN = "level_mean"
    PARITY_AGE = "parity_age"
    BACKWARD_RECORD = "backward_record"
    POINT_GAP = "point_gap"


class Inputs(StrEnum):
    """Which scores a result was computed from."""

    ALL = "all"
    OWN = "own"
    EPOCH = "epoch"


class Cut(StrEnum):
    """Which part of the scores a figure of the gap is read from; all but `index` come with a key."""

    INDEX = "index"  # all reviewed benchmarks together; no key
    DOMAIN = "domain"  # the benchmarks of one domain; key: the domain
    BENCHMARK = "benchmark"  # one benchmark's own scale; key: its slug
    SPLIT = "split"  # part of the benchmarks or of the evaluators; key: a Split


class Split(StrEnum):
    """Two ways to halve the scores: were the items published, and who measured?"""

    PRIVATE = "private"
    PUBLIC = "public"
    INDEPENDENT = "independent"
    VENDOR = "vendor"


class Reporter(StrEnum):
    """Who states a score: somebody without a model of their own in the race, or a model's developer."""

    INDEPENDENT = "independent"
    VENDOR = "vendor"
    UNKNOWN = "unknown"


class PriceUnit(StrEnum):
    """What one price buys."""

    INPUT = "input"
    OUTPUT = "output"
    CACHE_READ = "cache_read"
    CACHE_WRITE = "cache_write"
    CACHE_WRITE_1H = "cache_write_1h"
    CACHE_READ_AUDIO = "cache_read_audio"
    REASONING = "reasoning"
    IMAGE = "image"
    OUTPUT_IMAGE = "output_image"
    REQUEST = "request"
    WEB_SEARCH = "web_search"
    INPUT_AUDIO = "input_audio"
    OUTPUT_AUDIO = "output_audio"


class DigestTopic(StrEnum):
    """What a subscriber can choose to read of the weekly digest."""

    GAP = "gap"
    RELEASES = "releases"
    PRICES = "prices"
    LIFECYCLE = "lifecycle"
    CLAIMS = "claims"


class Often(StrEnum):
    """When a subscriber wants the digest: every week, or only in weeks in which something changed."""

    WEEKLY = "weekly"
    CHANGES = "changes"


class Standing(StrEnum):
    """Where a subscriber stands: asked and not yet confirmed, reading, or no longer reading."""

    PENDING = "pending"
    ACTIVE = "active"
    ENDED = "ended"


class Agreement(StrEnum):
    """A step of consent."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class Suppressed(StrEnum):
    """Why an address is not written to."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    ERASED = "erased"


class MailKind(StrEnum):
    """What kind of mail a row of the outbox is."""

    EDITION = "edition"
    CONFIRM = "confirm"
    REMIND = "remind"


class DeliveryState(StrEnum):
    """How far one mail is. `uncertain` may have arrived and is never sent again by itself."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"
