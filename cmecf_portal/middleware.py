"""What every request carries: an id, and who asks as far as the network tells. And one line in the log for each."""

from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from events.context import RequestFacts, current_request

log = structlog.get_logger("cmecf_portal.requests")


def client_address(request: HttpRequest) -> str | None:
    """The client's address: the peer's, or with TRUSTED_PROXIES = n the n-th from the right of X-Forwarded-For.

    What stands further left was written by strangers and is not read.
    """
    peer = request.META.get("REMOTE_ADDR") or None
    if not settings.TRUSTED_PROXIES:
        return peer
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    return hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else peer


class RequestFactsMiddleware:
    """Sets `events.context.current_request` and the log's request id; answers with X-Request-ID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        facts = RequestFacts(
            request_id=uuid4().hex, address=client_address(request), user_agent=request.META.get("HTTP_USER_AGENT", "")
        )
        token = current_request.set(facts)
        structlog.contextvars.bind_contextvars(request_id=facts.request_id)
        started = perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = facts.request_id
            self._log(request, response, milliseconds=(perf_counter() - started) * 1000)
        finally:
            current_request.reset(token)
            structlog.contextvars.clear_contextvars()
        return response

    def _log(self, request: HttpRequest, response: HttpResponseBase, *, milliseconds: float) -> None:
        match = request.resolver_match
        if match is not None and match.view_name in settings.UNLOGGED_VIEWS:
            return
        # The route, not the path: paths of one-time links hold secrets.
        log.info(
            "request",
            method=request.method,
            route=match.route if match else None,
            status=response.status_code,
            ms=round(milliseconds, 1),
        )
