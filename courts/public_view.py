"""The base of public API reads: the same for everybody, prepared, open to other sites, with a published rate."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courts.publish import open_to_all, preflight, prepared
from courts.rates import Rate, spend

READING = frozenset({"GET", "HEAD"})


class PublicRead(APIView):
    """A GET that reads no session. What it answers at an address is made once (`courts.publish.prepared`).

    An answer that lies ready is given before REST framework is set in motion: it was made under the permission
    table, which opens these addresses to anyone.
    """

    authentication_classes = ()
    http_method_names = ["get", "head", "options"]

    _rate: Rate

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return preflight()
        self._rate = spend("reads")

        def make() -> HttpResponse:
            response = super(PublicRead, self).dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
            return cast("HttpResponse", response)

        ready = request.method in READING and not self._rate.is_exceeded
        response = prepared(request, make) if ready else make()
        self._rate.tell(response)
        return open_to_all(response)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if self._rate.is_exceeded:
            raise Throttled(wait=self._rate.resets_in)
        super().initial(request, *args, **kwargs)
