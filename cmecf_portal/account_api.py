"""`GET /api/v1/account/`: the signed-in person's PACER account, as the head of Manage My Account shows it."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import AccountKind, FilingState, Membership, SearchState
from cmecf_portal.my_account import account_box
from linking.api_base import OwnView

_EXAMPLE = {
    "account_number": "7204418",
    "username": "jane.roe.esq",
    "name": "Jane Roe",
    "kind": "individual",
    "generation": "upgraded",
    "opened_on": "2019-03-04",
    "upgraded_on": None,
    "search_state": "active",
    "filing_state": "active",
    "may_file": True,
    "email": "jane.roe@roelaw.example",
    "email_confirmed": True,
    "second_factor": True,
    "second_factor_used_at": "2021-02-16T17:38:02Z",
    "password_changed_at": "2021-01-22T18:05:00Z",
    "password_due": "2021-07-21",
    "billed_to": None,
}


class AccountOut(serializers.Serializer[Any]):
    """A PACER account, to its owner."""

    account_number = serializers.CharField()
    username = serializers.CharField()
    name = serializers.CharField(help_text="The person’s name, or the firm’s.")
    kind = serializers.ChoiceField(choices=AccountKind.choices, help_text="Only an individual account files and links.")
    generation = serializers.ChoiceField(
        choices=("legacy", "upgraded"), help_text="A Legacy account is upgraded before it files in NextGen."
    )
    opened_on = serializers.DateField()
    upgraded_on = serializers.DateField(
        allow_null=True, help_text="Null for a Legacy account, and for one that was Upgraded from the start."
    )
    search_state = serializers.ChoiceField(choices=SearchState.choices)
    filing_state = serializers.ChoiceField(choices=FilingState.choices)
    may_file = serializers.BooleanField(help_text="Whether kind and filing state allow filing, at any court.")
    email = serializers.CharField(help_text="Empty where there is none.")
    email_confirmed = serializers.BooleanField()
    second_factor = serializers.BooleanField(help_text="Whether an authenticator app is enrolled.")
    second_factor_used_at = serializers.DateTimeField(
        allow_null=True, help_text="When this session used it; null: linking asks for it first."
    )
    password_changed_at = serializers.DateTimeField()
    password_due = serializers.DateField(help_text="The day by which the password has to be changed.")
    billed_to = serializers.CharField(allow_null=True, help_text="Number of the account that is billed, if a firm’s.")


class AccountDetail(OwnView):
    @extend_schema(
        operation_id="read_account",
        tags=["Account"],
        summary="Read your account",
        responses={HTTPStatus.OK: AccountOut},
        examples=[OpenApiExample("Jane Roe", value=_EXAMPLE, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """The PACER account of whoever is signed in."""
        account, box = self.account, account_box(self.account)
        firm = Membership.objects.filter(member=account, until=None).select_related("organization").first()
        return Response(
            {
                "account_number": account.account_number,
                "username": account.user.username,
                "name": account.name,
                "kind": account.kind,
                "generation": "legacy" if account.is_legacy else "upgraded",
                "opened_on": account.opened_on.isoformat(),
                "upgraded_on": account.upgraded_on.isoformat() if account.upgraded_on else None,
                "search_state": account.search_state,
                "filing_state": account.filing_state,
                "may_file": box.may_file,
                "email": account.user.email,
                "email_confirmed": account.user.email_verified_at is not None,
                "second_factor": bool(box.apps),
                "second_factor_used_at": self.session.factor_used_at,
                "password_changed_at": account.password_changed_at,
                "password_due": box.password_due.isoformat(),
                "billed_to": firm.organization.account_number if firm else None,
            }
        )
