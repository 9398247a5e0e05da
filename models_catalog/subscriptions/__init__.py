"""Who reads the digest: addresses, consent, tokens, wishes, and the outbox rows a form may write."""
