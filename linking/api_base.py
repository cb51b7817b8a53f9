"""The base of the API's calls for the signed-in person: by session, never kept by caches, at a published rate."""

from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import RawPostDataException
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException, PermissionDenied, Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import PacerAccount
from accounts.second_factor import used_second_factor_at
from accounts.sessions import hashed
from courts.rates import Rate, spend
from courts.selection import BadFilter
from linking import idempotency
from linking import obstacles as say
from linking.credentials import Session
from linking.idempotency import Answer, Claim
from linking.obstacles import LinkRefused

READING = frozenset({"GET", "HEAD"})
KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 255  # characters
LARGEST_BODY = 64 * 1024  # bytes: a login and a password are less
# What a flow has decided is said again; what was refused before it began, or failed on our side, is tried again.
KEPT = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.CONFLICT, 422})


class OwnSession(SessionAuthentication):
    """The session of the portal's pages; a POST needs the CSRF token that they carry."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise PermissionDenied(
                _("Send the token that the cookie portal_csrf holds in the header X-CSRFToken."), code="csrf_failed"
            ) from None


class OwnSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description names it."""

    target_class = OwnSession
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of the portal’s own sign-in, second factor included.",
        }


class BadKey(APIException):
    """An Idempotency-Key that can't be one."""

    status_code = HTTPStatus.BAD_REQUEST
    default_code = "invalid_parameter"

    def __init__(self) -> None:
        sentence = _("Idempotency-Key: give 1 to %(most)d visible ASCII characters.") % {"most": LONGEST_KEY}
        super().__init__(sentence)
        self.errors = [{"code": self.default_code, "detail": sentence, "parameter": KEY_HEADER}]


class BodyTooLarge(APIException):
    """More than any call takes; nothing of it was read."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "body_too_large"

    def __init__(self) -> None:
        super().__init__(_("The body may have %(most)d bytes at most.") % {"most": LARGEST_BODY})


class Answered(Exception):
    """This request was sent before; `.answer` is what it was answered then."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class OwnView(APIView):
    """A call for the signed-in person. `account` is theirs; `session` is what the flows of linking know of it."""

    authentication_classes = (OwnSession,)
    http_method_names = ["get", "head", "post"]

    account: PacerAccount
    session: Session
    _rate: Rate
    _claim: Claim | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._rate = spend("reads" if request.method in READING else "writes")
        response = super().dispatch(request, *args, **kwargs)
        self._rate.tell(response)
        response.headers["Cache-Control"] = "no-store"
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if self._rate.is_exceeded:
            raise Throttled(wait=self._rate.resets_in)
        if _length(request) > LARGEST_BODY:
            raise BodyTooLarge
        super().initial(request, *args, **kwargs)
        account = PacerAccount.objects.select_related("user").filter(user=request.user.pk).first()
        if account is None:
            raise LinkRefused([say.no_pacer_account()])
        self.account = account
        self.session = Session(
            key=hashed(request.session.session_key or ""), factor_used_at=used_second_factor_at(request.session)
        )
        if request.method not in READING and (key := request.headers.get(KEY_HEADER)) is not None:
            self._claim = self._claim_key(request, key)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Answered):
            return cast("Response", _again(exc.answer))  # ready as it is: REST framework renders only its own
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        claimed, self._claim = self._claim, None
        if claimed is not None and final.status_code in KEPT:
            content = final.render().content if isinstance(final, Response) else final.content
            idempotency.keep(claimed, Answer(final.status_code, content.decode()))
        elif claimed is not None:
            idempotency.release(claimed)
        return final

    def _claim_key(self, request: Request, key: str) -> Claim:
        key = key.strip().removeprefix('"').removesuffix('"')  # the draft writes it as a string of structured fields
        if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
            raise BadKey
        claimed = idempotency.claim(
            user_id=self.account.user_id,
            session_key=self.session.key,
            key=key,
            request=f"{request.method} {request.path}\0{request.content_type}\0".encode() + _body(request),
            now=timezone.now(),
        )
        if isinstance(claimed, Answer):
            raise Answered(claimed)
        return claimed


def unknown_names(params: QueryDict, *, known: frozenset[str]) -> list[BadFilter]:
    """Parameters that a call does not know: a filter with a slip in its name would show everything."""
    listed = ", ".join(sorted(known))
    sentence = _("There is no parameter “%(name)s”. Use one of: %(known)s.")
    return [
        BadFilter(name[:40], "", sentence % {"name": name[:40], "known": listed})
        for name in params
        if name not in known
    ]


def _length(request: Request) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _body(request: Request) -> bytes:
    try:
        return bytes(request._request.body)
    except RawPostDataException:  # a form with files, which no call takes
        return b""


def _again(answer: Answer) -> HttpResponse:
    kind = "application/json" if answer.status < HTTPStatus.BAD_REQUEST else "application/problem+json"
    return HttpResponse(
        answer.content, status=answer.status, content_type=kind, headers={"Idempotency-Replayed": "true"}
    )
