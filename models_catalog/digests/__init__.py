"""The weekly digest: composed from findings, frozen, due by the subscriber's clock, sent exactly once."""
