"""What a new password must be; domain.md, section 2.5. Passwords that courts and PACER bring along stay as they are.

Validators of Django's kind, named in AUTH_PASSWORD_VALIDATORS, so that every page and command asks them.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST, LONGEST = 14, 45  # characters
SHORTEST_PART = 3  # letters; a name of two is in half of all passwords


class LengthRule:
    """14 to 45 characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if not SHORTEST <= len(password) <= LONGEST:
            raise ValidationError(self.get_help_text(), code="password_length")

    def get_help_text(self) -> str:
        return _("Use %(shortest)d to %(longest)d characters.") % {"shortest": SHORTEST, "longest": LONGEST}


class CharactersRule:
    """A small letter, a capital and a character that is neither letter nor digit. A digit is not demanded."""

    def validate(self, password: str, user: Any = None) -> None:
        missing = []
        if not any(letter.islower() for letter in password):
            missing.append(_("a small letter"))
        if not any(letter.isupper() for letter in password):
            missing.append(_("a capital letter"))
        if not any(not letter.isalnum() and not letter.isspace() for letter in password):
            missing.append(_("a special character such as ! or -"))
        if missing:
            raise ValidationError(_("It lacks %(what)s.") % {"what": ", ".join(missing)}, code="password_characters")

    def get_help_text(self) -> str:
        return _("Use small letters, capital letters, and a special character such as ! or -.")


class NoNamesRule:
    """No part of the first name, last name, username or email address."""

    def validate(self, password: str, user: Any = None) -> None:
        folded = password.casefold()
        if any(part in folded for part in _parts(user)):
            raise ValidationError(
                _("It contains a part of your name, username or email address."), code="password_with_name"
            )

    def get_help_text(self) -> str:
        return _("Leave out your name, your username, and your email address.")


def _parts(user: Any) -> set[str]:
    """The words of a person's names; of the email address everything but its last label, which is not personal."""
    if user is None:
        return set()
    account = getattr(user, "pacer_account", None)
    texts = [getattr(user, "username", ""), getattr(user, "email", "").rpartition(".")[0]]
    texts += [account.first_name, account.last_name] if account else []
    words = (word for text in texts for word in re.split(r"[\W_]+", text.casefold()))
    return {word for word in words if len(word) >= SHORTEST_PART}
