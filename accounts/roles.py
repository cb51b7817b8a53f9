"""What staff may do, by role. Declared here alone; the admin, the API and the flows ask `User.has_perm`."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COURT_MANAGER = "court_manager", _("Court manager")
    HELP_DESK = "help_desk", _("Help desk")
    NATIONAL = "national", _("National staff")


_HELP_DESK = frozenset(
    {
        "courts.view_court",
        "courts.view_office",
        "courts.view_county",
        "courts.view_notice",
        "accounts.view_fileraccount",
        "accounts.view_pacer_account_of_link",
        "accounts.reset_fileraccount",
        "accounts.unlock_fileraccount",
        "linking.view_link",
        "linking.view_case",
        "events.view_event",
    }
)
_COURT_MANAGER = _HELP_DESK | {
    "courts.change_court",
    "courts.add_office",
    "courts.change_office",
    "courts.delete_office",
    "courts.add_notice",
    "courts.change_notice",
    "courts.delete_notice",
    "accounts.change_fileraccount",
    "accounts.suspend_fileraccount",
    "linking.change_link",
    "linking.end_link",
    "linking.move_link",
    "linking.unfreeze_link",
    "linking.change_case",
}
_NATIONAL = _COURT_MANAGER | {
    "courts.move_past_go_live",
    "accounts.view_pacer_account",
    "accounts.view_paceraccount",
    "accounts.change_paceraccount",
    "accounts.view_user",
    "accounts.view_staffrole",
    "accounts.add_staffrole",
    "accounts.change_staffrole",
    "accounts.delete_staffrole",
    "accounts.unlock_user",
}

ROLE_PERMISSIONS: Mapping[Role, frozenset[str]] = {
    Role.HELP_DESK: _HELP_DESK,
    Role.COURT_MANAGER: _COURT_MANAGER,
    Role.NATIONAL: _NATIONAL,
}
