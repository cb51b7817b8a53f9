"""What a new PACER username may be. Names of Legacy accounts are shorter; they stay until the upgrade."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.keys import name_key
from accounts.models import User

SHORTEST = 8  # an upgraded account's; domain.md, section 2.5
LONGEST = 45


def check_new_username(typed: str, *, current: User | None = None) -> str:
    """The username as it will be kept. Raises ValidationError with a code; `current` may keep a name of its own."""
    username = check_form_of_username(typed)
    others = User.objects.filter(username_key=name_key(username))
    if (others.exclude(pk=current.pk) if current else others).exists():
        raise ValidationError(taken(), code="username_taken")
    return username


def taken() -> str:
    return _("Somebody else has this username. Choose another one.")


def check_form_of_username(typed: str) -> str:
    """The same without asking whether it is free, which strangers may ask only so often."""
    username = typed.strip()
    if not SHORTEST <= len(username) <= LONGEST:
        sentence = _("Use %(shortest)s to %(longest)s characters.")
        raise ValidationError(sentence % {"shortest": SHORTEST, "longest": LONGEST}, code="username_length")
    if not re.fullmatch(r"[\w.@+-]+", username):
        raise ValidationError(_("Use letters, digits and . @ + - _ only, without blanks."), code="username_characters")
    if username.isdigit():
        raise ValidationError(
            _("Use at least one letter: numbers alone look like account numbers."), code="username_digits"
        )
    return username
