"""Every kind of event, with the sentence that pages show for it. A test compares the two lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    """What happened. The value is the name in the API and in webhooks: once published, it stays."""

    COURT_LOADED = "court.loaded", _("Reference data of the court was loaded")
    COURT_CHANGED = "court.changed", _("The court's entry was changed")
    GO_LIVE_CHANGED = "court.go_live_changed", _("The go-live of the court was set or moved")
    NOTICE_PUBLISHED = "court.notice_published", _("A notice of the court was published")

    ACCOUNT_REGISTERED = "account.registered", _("A PACER account was registered")
    ACCOUNT_LOADED = "account.loaded", _("A PACER account was loaded")
    ACCOUNT_UPGRADED = "account.upgraded", _("A Legacy PACER account was upgraded")
    ACCOUNT_STATE_CHANGED = "account.state_changed", _("The state of a PACER account was changed")
    ACCOUNT_CHANGED = "account.changed", _("Details of a PACER account were changed")
    USERNAME_CHANGED = "account.username_changed", _("The username was changed")
    PASSWORD_CHANGED = "account.password_changed", _("The password was changed")
    PASSWORD_RESET_ASKED = "account.password_reset_asked", _("A new password was asked for by email")
    EMAIL_CHANGED = "account.email_changed", _("The email address was changed")
    SIGNED_IN = "account.signed_in", _("Somebody signed in")
    SIGNED_OUT = "account.signed_out", _("Somebody signed out")
    SIGN_IN_FAILED = "account.sign_in_failed", _("A sign-in failed")
    SESSION_ENDED = "account.session_ended", _("A session was ended")
    FACTOR_ADDED = "account.factor_added", _("A second factor was added")
    FACTOR_REMOVED = "account.factor_removed", _("A second factor was removed")
    FACTOR_FAILED = "account.factor_failed", _("A second factor was wrong")
    RECOVERY_CODES_MADE = "account.recovery_codes_made", _("New recovery codes were made")
    RECOVERY_CODE_USED = "account.recovery_code_used", _("A recovery code was used")
    STAFF_ROLE_CHANGED = "staff.role_changed", _("A staff role was given or taken")
    LIMIT_REACHED = "limit.reached", _("Too many attempts: a limit was reached")
    LIMIT_CLEARED = "limit.cleared", _("A limit was cleared")

    FILER_LOADED = "filer.loaded", _("A filer account was added or changed by a roster")
    ROSTER_LOADED = "filer.roster_loaded", _("A roster was loaded")
    FILER_CHANGED = "filer.changed", _("A filer account was changed")
    FILER_STATE_CHANGED = "filer.state_changed", _("A filer account was closed, suspended or opened")
    FILER_RESET_SENT = "filer.reset_sent", _("A one-time reset for a CM/ECF login was mailed")
    FILER_RESET_USED = "filer.reset_used", _("The password of a CM/ECF login was reset")

    LINK_ATTEMPT_FAILED = "link.attempt_failed", _("An attempt to link was refused")
    LINK_PENDING = "link.pending", _("Credentials were right; the link waits to be confirmed")
    LINK_MADE = "link.made", _("A filing account was linked")
    LINK_UNDONE = "link.undone", _("A link was undone by its owner")
    LINK_FROZEN = "link.frozen", _("A link was frozen: somebody said it wasn't them")
    LINK_UNFROZEN = "link.unfrozen", _("A frozen link was released")
    LINK_ENDED = "link.ended", _("A link was ended by staff")
    LINK_MOVED = "link.moved", _("A link was moved to another PACER account")
    LINK_ROLE_CHANGED = "link.role_changed", _("The role of a linked filer account was changed")
    CASE_OPENED = "case.opened", _("A case was opened for the court")
    CASE_CLOSED = "case.closed", _("A case was closed by the court")
