"""What enrolling an authenticator app asks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import TotpDevice, User
from accounts.signin_forms import CodeForm


class MailedCodeForm(CodeForm):
    """The six digits of a mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        help_text=_("Six digits. It works for 15 minutes."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input"}),
        error_messages={"required": _("Enter the code.")},
    )


class AppForm(CodeForm):
    """A name for the app, and a code that it makes."""

    name = forms.CharField(
        label=_("Name of the device"),
        help_text=_("So that you recognize it when you have several, such as “My phone”."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the device a name.")},
    )
    code = forms.CharField(
        label=_("Code that the app shows"),
        help_text=_("Six digits; a new code comes every 30 seconds."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input"}),
        error_messages={"required": _("Enter the code.")},
    )
    field_order = ["name", "code"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if TotpDevice.objects.filter(user=self.user, name=name).exists():
            raise ValidationError(_("Another device of yours has this name. Choose another one."), code="name_taken")
        return name
