"""Password hashers: Argon2id for our own; imported ones are verified and re-hashed at the first success."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB and four passes, one lane: decision 11 says what that costs, and whom."""

    time_cost = 4
    memory_cost = 19_456  # KiB
    parallelism = 1
