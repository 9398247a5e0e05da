"""How sure is a share that was counted on a sample?"""

from __future__ import annotations

from scipy.stats import beta


def lower_bound(right: int, n: int, confidence: float = 0.95) -> float | None:
    """One-sided exact lower bound of a share (Clopper and Pearson, Biometrika 26, 1934); None for n = 0.

    With `confidence`, a true share below the bound would give `right` or more of `n` less often than 1 in 20.
    """
    if not 0 <= right <= n:
        raise ValueError(f"{right} of {n}")
    if n == 0:
        return None
    return 0.0 if right == 0 else float(beta.ppf(1 - confidence, right, n - right + 1))
