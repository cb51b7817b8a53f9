"""The request that is being answered, for those who record what it does. Set by the roof's middleware."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """Who asks, as far as the network tells: `address` is the client's, behind the trusted proxies."""

    request_id: str
    address: str | None
    user_agent: str = ""


current_request: ContextVar[RequestFacts | None] = ContextVar("current_request", default=None)
