"""Every error of the API leaves as RFC 9457 `application/problem+json`, with a code for programs and a sentence."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from courts.selection import BadSelection

MEDIA_TYPE = "application/problem+json"


class ParameterOut(serializers.Serializer[Any]):
    """One thing that is wrong with what was sent."""

    code = serializers.CharField()
    detail = serializers.CharField(help_text="A sentence for people.")
    parameter = serializers.CharField(
        allow_null=True, help_text="The query parameter or field of the body; null if none."
    )


class ProblemOut(serializers.Serializer[Any]):
    """An error (RFC 9457)."""

    type = serializers.CharField(help_text="Address of the documentation of this kind of problem.")
    title = serializers.CharField(help_text="The HTTP status in words.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="For programs; stays the same.")
    detail = serializers.CharField(help_text="A sentence for people.")
    errors = ParameterOut(  # type: ignore[assignment]
        many=True, required=False, help_text="Everything that is wrong, when several things may be."
    )


class BadParameters(exceptions.APIException):
    """400 for parameters that can't be used; names each."""

    status_code = HTTPStatus.BAD_REQUEST
    default_code = "invalid_parameter"

    def __init__(self, bad: BadSelection) -> None:
        super().__init__(" ".join(wrong.sentence for wrong in bad.filters))
        self.errors = [
            {"code": self.default_code, "detail": wrong.sentence, "parameter": wrong.parameter} for wrong in bad.filters
        ]


class ProblemFormatter(ExceptionFormatter):
    """Puts an error into the members of RFC 9457."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        errors = error_response.errors
        listed = getattr(self.exc, "errors", None) or [
            {"code": error.code, "detail": error.detail, "parameter": error.attr} for error in errors if error.attr
        ]
        code = "invalid_parameter" if listed else errors[0].code if errors else "error"
        problem = problem_fields(
            status=self.exc.status_code, code=code, detail=_sentence(self.exc, " ".join(e.detail for e in errors))
        )
        return {**problem, "errors": listed} if listed else problem


class ProblemHandler(ExceptionHandler):
    """Turns the refusals of the flows into errors of the API."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        converted: Exception = super().convert_known_exceptions(exc)
        return BadParameters(converted) if isinstance(converted, BadSelection) else converted

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
