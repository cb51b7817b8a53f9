"""What a visitor tells of a PACER account in three questions, and what follows from it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linking.readiness import Known


class AccountAge(StrEnum):
    """When the PACER account was made, or how long its username is: either tells Legacy from Upgraded."""

    BEFORE = "before"
    SINCE = "since"
    SIX = "six"
    EIGHT = "eight"
    UNSURE = "unsure"
    NONE = "none"

    @property
    def words(self) -> Promise:
        return _AGE_WORDS[self]


_AGE_WORDS = {
    AccountAge.BEFORE: _("Before August 11, 2014, and not upgraded since"),
    AccountAge.SINCE: _("On August 11, 2014, or later"),
    AccountAge.SIX: _("I don’t know, but its username has 6 characters"),
    AccountAge.EIGHT: _("I don’t know, but its username has 8 or more characters"),
    AccountAge.UNSURE: _("I don’t know"),
    AccountAge.NONE: _("I have no PACER account"),
}
_LEGACY = {AccountAge.BEFORE: True, AccountAge.SIX: True, AccountAge.SINCE: False, AccountAge.EIGHT: False}


class Sharing(StrEnum):
    """Whether other people sign in with the same PACER account."""

    NO = "no"
    YES = "yes"

    @property
    def words(self) -> Promise:
        return _SHARING_WORDS[self]


_SHARING_WORDS = {
    Sharing.NO: _("No, only I use it"),
    Sharing.YES: _("Yes, others sign in with it too"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """A visitor's answers; None where a question was left open."""

    account: AccountAge | None = None
    shared: Sharing | None = None

    @property
    def known(self) -> Known:
        """What the answers let us know: domain.md, section 2.2 (6 characters: Legacy; 8 or more: Upgraded)."""
        if self.account == AccountAge.NONE:
            return Known(has_account=False, shared=False)
        return Known(
            has_account=None if self.account is None else True,
            shared=None if self.shared is None else self.shared == Sharing.YES,
            legacy=None if self.account is None else _LEGACY.get(self.account),
        )

    @property
    def are_complete(self) -> bool:
        """Whether every question that matters has its answer: without an account there is nothing to share."""
        return self.account is not None and (self.shared is not None or self.account == AccountAge.NONE)
