"""The API's root, its description, and what answers at addresses of it that are none."""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiExample, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cmecf_portal.problems import ProblemOut
from courts.public_view import PublicRead
from courts.publish import published
from courts.representation import to_json

_ROOT = inline_serializer(
    "RootOut",
    {
        "courts": serializers.URLField(help_text="The courts."),
        "schema": serializers.URLField(help_text="This description, OpenAPI 3.1."),
        "documentation": serializers.URLField(help_text="The same for people."),
    },
)


class Root(PublicRead):
    @extend_schema(
        operation_id="read_root",
        tags=["Start"],
        summary="Where everything is",
        # Named here so that the description knows the shape of errors (cmecf_portal/openapi.py refers to it).
        responses={HTTPStatus.OK: _ROOT, (HTTPStatus.NOT_FOUND, "application/problem+json"): ProblemOut},
        examples=[
            OpenApiExample(
                "Root",
                value={
                    "courts": "https://portal.example/api/v1/courts/",
                    "schema": "https://portal.example/api/schema/",
                    "documentation": "https://portal.example/api/docs/",
                },
                response_only=True,
                status_codes=["200"],
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Addresses of what a program can read without signing in."""
        names = {"courts": "api_courts", "schema": "api_schema", "documentation": "api_docs"}
        return Response({key: request.build_absolute_uri(reverse(name)) for key, name in names.items()})


class Nothing(APIView):
    """An address below /api/ that is none: 404 in the API's own shape, whatever the method."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None  # no part of the description

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404


@cache
def api_description() -> dict[str, Any]:
    """The whole API as OpenAPI 3.1; the same for everybody."""
    description: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return description


@published
def schema(request: HttpRequest) -> HttpResponse:
    """The description as JSON."""
    return HttpResponse(to_json(api_description()), content_type="application/vnd.oai.openapi+json; charset=utf-8")
