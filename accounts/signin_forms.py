"""What signing in asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.passwords import MAX_LENGTH


class SignInForm(forms.Form):
    """Username and password; blanks around the password count."""

    login = forms.CharField(
        label=_("PACER username"),
        max_length=User._meta.get_field("username").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Enter your PACER username.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=MAX_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password.")},
    )


class CodeForm(forms.Form):
    """A code of an authenticator app. Blanks and dashes inside don't matter."""

    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("A new code comes every 30 seconds."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
        error_messages={"required": _("Enter the code.")},
    )


class RecoveryCodeForm(CodeForm):
    """One of the ten codes that were shown at enrolment."""

    code = forms.CharField(
        label=_("Recovery code"),
        help_text=_("One of the ten that you printed or wrote down, such as 4tg7k-m2xwq. Each works once."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "code-input"}
        ),
        error_messages={"required": _("Enter the code.")},
    )
