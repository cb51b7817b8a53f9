"""The signed-in person's links over the API: thin skins on the flows that the pages call."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.client import client_of
from courts.clock import portal_now
from courts.models import Court
from courts.paging import PAGING, Page, read_page
from courts.selection import BadFilter, BadSelection, Query
from linking import api_words as words
from linking.api_base import OwnView, unknown_names
from linking.api_json import link_json, question_json, whole_question_json
from linking.api_shapes import LINK_STATES, ConfirmIn, LinkIn, LinkListOut, LinkOut, QuestionOut
from linking.confirm import open_questions
from linking.credentials import start_link
from linking.models import Link
from linking.own_links import confirm_own, in_states, link_or_question, links_of, undo_own
from linking.undo import NoSuchLink


class LinkView(OwnView):
    """An address with the id of a link: somebody else's is 404, as one that never was."""

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(Http404() if isinstance(exc, NoSuchLink) else exc)


class LinkList(OwnView):
    @extend_schema(
        operation_id="list_links",
        tags=["Links"],
        summary="List your links",
        parameters=words.LIST_FILTERS,
        responses={HTTPStatus.OK: LinkListOut},
        examples=[words.LIST_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """The links of the signed-in person, ended ones too: first what this session has still to confirm, then the
        newest.
        """
        court_id, states, page = _asked(request.query_params)
        links = links_of(self.account)
        if court_id:
            links = links.filter(court_id=court_id)
        if states:
            links = links.filter(in_states(states))
        questions = [
            question
            for question in open_questions(self.account, session=self.session, now=timezone.now())
            if (not states or "pending" in states) and court_id in {"", question.filer.court_id}
        ]
        count = len(questions) + links.count()
        if page.number > page.last(count):
            raise Http404
        first, last = page.rows.start, page.rows.stop
        rows = [question_json(question) for question in questions[first:last]]
        made = links[max(first - len(questions), 0) : max(last - len(questions), 0)]
        return Response(
            {
                "count": count,
                "next": page.following(request, count),
                "previous": page.previous(request),
                "results": [*rows, *map(link_json, made)],
            }
        )

    @extend_schema(
        operation_id="start_link",
        tags=["Links"],
        summary="Start a link",
        parameters=words.WRITING,
        request=LinkIn,
        responses={HTTPStatus.ACCEPTED: QuestionOut},
        examples=[words.START_EXAMPLE, words.QUESTION_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """Check the login and password of an old CM/ECF account, and ask for the yes to link it.

        Nothing is linked yet: 202 says what is to be confirmed, within 10 minutes and in this session, at
        `confirm_url`. 409 names everything in the way, 422 is a wrong login or password (the same for both), 429 too
        many wrong ones. A second factor must have been used in this session: else 403 `second_factor_missing`, with
        the page that asks for it.
        """
        given = LinkIn(data=request.data)
        given.is_valid(raise_exception=True)
        court = Court.objects.select_related("hosted_by").filter(pk=given.validated_data["court_id"]).first()
        if court is None:
            raise ValidationError({"court_id": [_("There is no such court. /api/v1/courts/ lists them.")]})
        pending = start_link(
            account=self.account,
            court=court,
            login=given.validated_data["login"],
            password=given.validated_data["password"],
            session=self.session,
            client=client_of(_plain(request), user=self.account.user),
            at=portal_now(),
            now=timezone.now(),
        )
        return Response(whole_question_json(pending), status=HTTPStatus.ACCEPTED)


class LinkDetail(LinkView):
    @extend_schema(
        operation_id="read_link",
        tags=["Links"],
        summary="Read one link",
        parameters=[words.LINK_ID],
        responses={HTTPStatus.OK: LinkOut},
        examples=[words.LINK_EXAMPLE],
    )
    def get(self, request: Request, link_id: UUID) -> Response:
        """A link of the signed-in person, or what this session has still to confirm."""
        found = link_or_question(link_id, account=self.account, session=self.session, now=timezone.now())
        return Response(link_json(found) if isinstance(found, Link) else question_json(found))


class LinkConfirm(LinkView):
    @extend_schema(
        operation_id="confirm_link",
        tags=["Links"],
        summary="Confirm a link",
        parameters=[words.LINK_ID, *words.WRITING],
        request=ConfirmIn,
        responses={HTTPStatus.OK: LinkOut},
        examples=[words.CONFIRM_EXAMPLE, words.LINK_EXAMPLE],
    )
    def post(self, request: Request, link_id: UUID) -> Response:
        """Say yes to both accounts: they are linked, once, however often this is sent. The answer is the receipt."""
        given = ConfirmIn(data=request.data)
        given.is_valid(raise_exception=True)
        link = confirm_own(
            link_id,
            account=self.account,
            session=self.session,
            acknowledged=given.validated_data["acknowledge_mismatch"],
            at=portal_now(),
            now=timezone.now(),
        )
        return Response(link_json(link))


class LinkUndo(LinkView):
    @extend_schema(
        operation_id="undo_link",
        tags=["Links"],
        summary="Undo a link",
        parameters=[words.LINK_ID, *words.WRITING],
        request=None,
        responses={HTTPStatus.OK: LinkOut},
        examples=[words.UNDONE_EXAMPLE],
    )
    def post(self, request: Request, link_id: UUID) -> Response:
        """End a link within its undo window (`undo_until`). The same accounts can be linked again at once."""
        link = undo_own(link_id, account=self.account, session=self.session, now=timezone.now())
        return Response(link_json(link))


def _asked(params: QueryDict) -> tuple[str, frozenset[str], Page]:
    """Court, states and page that an address asks for. Raises BadSelection with everything that can't be used."""
    bad = unknown_names(params, known=PAGING | {"court", "state"})
    states = {part.strip() for given in params.getlist("state") for part in given.split(",")} - {""}
    for state in sorted(states - set(LINK_STATES)):
        listed = {"state": state[:40], "known": ", ".join(LINK_STATES)}
        bad.append(BadFilter("state", state[:40], _("There is no state “%(state)s”. Use one of: %(known)s.") % listed))
    page = read_page(params, bad)
    if bad:
        raise BadSelection(bad, Query())
    return params.get("court", "").strip().lower(), frozenset(states), page


def _plain(request: Request) -> HttpRequest:
    return request._request
