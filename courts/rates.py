"""How often one address may ask the API: fixed windows counted in the cache, told in headers.

Headers: draft-ietf-httpapi-ratelimit-headers-10. With a cache of each process's own, each process counts for itself.
"""

from dataclasses import dataclass
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponseBase

from events.context import current_request


@dataclass(frozen=True, slots=True)
class Policy:
    """So many requests of one address in each window of so many seconds."""

    name: str
    count: int
    seconds: int

    @classmethod
    def named(cls, name: str) -> "Policy":
        """The policy of this name in settings.API_RATES."""
        count, seconds = settings.API_RATES[name]
        return cls(name, count, seconds)

    @property
    def header(self) -> str:
        return f'"{self.name}";q={self.count};w={self.seconds}'


@dataclass(frozen=True, slots=True)
class Rate:
    """Where an address stands: requests left in this window (below 0: this one is refused), seconds until the next."""

    policy: Policy
    left: int
    resets_in: int

    @property
    def is_exceeded(self) -> bool:
        return self.left < 0

    def tell(self, response: HttpResponseBase) -> None:
        """Put the published limit and what is left of it into the answer's headers."""
        response.headers["RateLimit-Policy"] = self.policy.header
        response.headers["RateLimit"] = f'"{self.policy.name}";r={max(self.left, 0)};t={self.resets_in}'
        if self.is_exceeded:
            response.headers["Retry-After"] = str(self.resets_in)


def spend(name: str) -> Rate:
    """Count one request of the current address against the policy of this name. A cache that is down lets it pass."""
    policy, now = Policy.named(name), time()
    window = int(now // policy.seconds)
    resets_in = max(1, int((window + 1) * policy.seconds - now) + 1)
    facts = current_request.get()
    key = f"rate:{name}:{facts.address if facts else None}:{window}"
    try:
        count = _counted(key, seconds=policy.seconds)
    except settings.CACHE_ERRORS:
        count = 1
    return Rate(policy, policy.count - count, resets_in)


def _counted(key: str, *, seconds: int) -> int:
    try:
        return cache.incr(key)
    except ValueError:
        return 1 if cache.add(key, 1, timeout=seconds + 1) else cache.incr(key)
