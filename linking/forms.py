"""The forms of linking. They translate; the flows decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courts.models import Court
from linking.resets import LONGEST, SHORTEST

_PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


class CredentialsForm(forms.Form):
    """Login and password of the old CM/ECF account. Any printable character; blanks in the password count."""

    login = forms.CharField(label=gettext_lazy("CM/ECF login"), max_length=1000, strip=False)
    password = forms.CharField(
        label=gettext_lazy("CM/ECF password"), max_length=1024, strip=False, widget=forms.PasswordInput
    )

    def __init__(self, *args: Any, court: Court, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = _("Your old %(court)s CM/ECF login, not PACER") % {"court": court.short_name}
        # Password managers know the PACER login of this site: they must not fill it in here.
        self.fields["login"].widget.attrs.update({**_PLAIN, "autocomplete": "off", "aria-describedby": "whose"})
        self.fields["password"].widget.attrs.update({"autocomplete": "off", "aria-describedby": "whose tries"})
        self.whose = whose


class LoginForm(forms.Form):
    """The login for which a reset is asked."""

    login = forms.CharField(
        label=gettext_lazy("CM/ECF login"),
        max_length=1000,
        strip=False,
        widget=forms.TextInput(attrs={**_PLAIN, "autocomplete": "off"}),
    )


class NewPasswordForm(forms.Form):
    """The new CM/ECF password, twice."""

    password1 = forms.CharField(
        label=gettext_lazy("New CM/ECF password"),
        min_length=SHORTEST,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 8 characters. You type it once more, to link; then it is no longer used."),
    )
    password2 = forms.CharField(
        label=gettext_lazy("New CM/ECF password, once more"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        if "\0" in password:
            raise ValidationError(_("This password has a character that cannot be typed."), code="password_character")
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError(_("The two passwords differ."), code="password_differs"))
        return given
