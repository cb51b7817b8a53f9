"""Every error of the API leaves as RFC 9457 `application/problem+json`, with a code for programs and a sentence."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from courts.selection import BadSelection
from linking.api_json import obstacle_json, whole_url
from linking.idempotency import KeyInUse, KeyReused
from linking.obstacles import Code, CredentialsRefused, FactorNeeded, LinkRefused, TooManyAttempts

MEDIA_TYPE = "application/problem+json"


class ErrorOut(serializers.Serializer[Any]):
    """One thing that is wrong with what was sent, or that is in the way."""

    code = serializers.CharField()
    detail = serializers.CharField(help_text="A sentence for people.")
    parameter = serializers.CharField(
        required=False, allow_null=True, help_text="The query parameter, header or field of the body; null if none."
    )
    next_url = serializers.CharField(required=False, help_text="Of an obstacle: where its next step is taken.")
    next_words = serializers.CharField(required=False, help_text="Words for that address.")


class ProblemOut(serializers.Serializer[Any]):
    """An error (RFC 9457)."""

    type = serializers.CharField(help_text="Address of the documentation of this kind of problem.")
    title = serializers.CharField(help_text="The HTTP status in words.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="For programs; stays the same.")
    detail = serializers.CharField(help_text="A sentence for people.")
    errors = ErrorOut(  # type: ignore[assignment]
        many=True, required=False, help_text="Everything that is wrong or in the way, when several things may be."
    )
    tries_left = serializers.IntegerField(
        required=False, help_text="Of `invalid_credentials`: tries before linking pauses."
    )


class Problem(exceptions.APIException):
    """An error with a code of its own; `errors` names everything, `more` are members beside those of RFC 9457."""

    def __init__(
        self,
        sentence: str,
        *,
        status: int,
        code: str,
        errors: Sequence[dict[str, Any]] = (),
        wait: int | None = None,
        **more: Any,
    ) -> None:
        super().__init__(sentence, code)
        self.status_code, self.code, self.errors, self.more = status, code, list(errors), more
        if wait is not None:
            self.wait = wait  # seconds, for Retry-After


def _bad_parameters(bad: BadSelection) -> Problem:
    code = "invalid_parameter"
    errors = [{"code": code, "detail": wrong.sentence, "parameter": wrong.parameter} for wrong in bad.filters]
    sentence = " ".join(wrong.sentence for wrong in bad.filters)
    return Problem(sentence, status=HTTPStatus.BAD_REQUEST, code=code, errors=errors)


def _refused(refusal: LinkRefused) -> Problem:
    """What is in the way of a link: the codes, sentences and next steps that the pages show."""
    status, more, wait = int(HTTPStatus.CONFLICT), {}, None
    if isinstance(refusal, TooManyAttempts):
        status = HTTPStatus.TOO_MANY_REQUESTS
        wait = max(int((refusal.until - timezone.now()).total_seconds()) + 1, 1)
    elif isinstance(refusal, CredentialsRefused):
        status, more = HTTPStatus.UNPROCESSABLE_ENTITY, {"tries_left": refusal.tries_left}
    errors = [obstacle_json(obstacle) for obstacle in refusal.obstacles]
    sentence = refusal.obstacles[0].sentence
    return Problem(sentence, status=status, code=refusal.code, errors=errors, wait=wait, **more)


def _factor_needed() -> Problem:
    sentence = _("Use your second factor in this session first: the page asks for a code.")
    code = Code.SECOND_FACTOR_MISSING.value
    step = {"next_url": whole_url(reverse("mfa_reauthenticate")), "next_words": _("Enter a code")}
    errors = [{"code": code, "detail": sentence, **step}]
    return Problem(sentence, status=HTTPStatus.FORBIDDEN, code=code, errors=errors)


def _key_problem(exc: KeyReused | KeyInUse) -> Problem:
    if isinstance(exc, KeyInUse):
        sentence = _("The first request with this Idempotency-Key is still at work. Send it again in a second.")
        return Problem(sentence, status=HTTPStatus.CONFLICT, code="idempotency_key_in_use", wait=exc.retry_after)
    sentence = _("This Idempotency-Key came with another request before. Take a new one for each thing to be done.")
    return Problem(sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY, code="idempotency_key_reused")


class ProblemFormatter(ExceptionFormatter):
    """Puts an error into the members of RFC 9457."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        errors = error_response.errors
        listed = getattr(self.exc, "errors", None) or [
            {"code": error.code, "detail": error.detail, "parameter": error.attr} for error in errors if error.attr
        ]
        stated = "invalid_parameter" if listed else errors[0].code if errors else "error"
        problem = problem_fields(
            status=self.exc.status_code,
            code=getattr(self.exc, "code", stated),
            detail=_sentence(self.exc, " ".join(e.detail for e in errors)),
        )
        return {**problem, **({"errors": listed} if listed else {}), **getattr(self.exc, "more", {})}


class ProblemHandler(ExceptionHandler):
    """Turns the refusals of the flows into errors of the API."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        converted: Exception = super().convert_known_exceptions(exc)
        match converted:
            case BadSelection():
                return _bad_parameters(converted)
            case LinkRefused():
                return _refused(converted)
            case FactorNeeded():
                return _factor_needed()
            case KeyReused() | KeyInUse():
                return _key_problem(converted)
        return converted

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        response: Response = super().get_response(exc, data)
        response.content_type = MEDIA_TYPE
        return response


def problem_fields(*, status: int, code: str, detail: str) -> dict[str, Any]:
    """The members of a problem: `type` leads to the documentation of the code."""
    return {
        "type": f"{settings.PORTAL_URL}{reverse('api_docs')}#problem-{code}",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": code,
        "detail": detail,
    }


def _sentence(exc: exceptions.APIException, stated: str) -> str:
    """What people read; REST framework's own words only where we have none."""
    own = {
        HTTPStatus.NOT_FOUND: _("There is nothing at this address."),
        HTTPStatus.METHOD_NOT_ALLOWED: _(
            "This address does not take that method. The Allow header lists what it takes."
        ),
        HTTPStatus.NOT_ACCEPTABLE: _("This address answers in application/json only."),
        HTTPStatus.INTERNAL_SERVER_ERROR: _("Something went wrong on our side. It has been noted."),
    }
    if isinstance(exc, exceptions.Throttled):
        return _("Too many requests. Come back in %(seconds)d seconds.") % {
            "seconds": int(getattr(exc, "wait", None) or 1)
        }
    is_stock = type(exc).__module__ == exceptions.__name__
    return own.get(HTTPStatus(exc.status_code), stated) if is_stock else stated
