"""What people agree to, by version: the words shown at the form and in the mail that asks to confirm.

A changed sentence is a new version; old versions stay, because consents name them.
"""

from __future__ import annotations

CURRENT = "2026-11"
WORDINGS = {
    "2026-11": (
        "Send me the weekly digest of Open Gap by e-mail. I can change what I get, pause or stop at any time with "
        "the links in every mail. My address is used for this digest only and given to nobody; opening and "
        "clicking are not tracked."
    ),
}


def wording(version: str = CURRENT) -> str:
    return WORDINGS[version]
