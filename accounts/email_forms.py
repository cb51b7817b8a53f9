"""An address, and the codes that were mailed to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enrolment_forms import MailedCodeForm


class EmailForm(forms.Form):
    email = forms.EmailField(label=_("Email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class ConfirmEmailForm(MailedCodeForm):
    """The code from the new mailbox, and with `ask_old` the one from the old mailbox too."""

    old_code = forms.CharField(
        label=_("Code from the mail to your old address"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "code-input"}),
        error_messages={"required": _("Enter the code.")},
    )

    def __init__(self, *args: Any, ask_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_old:
            del self.fields["old_code"]
