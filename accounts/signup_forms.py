"""What registering asks for, and the new password that several pages ask for."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import PacerAccount, User
from accounts.registration import Registration
from accounts.usernames import LONGEST, SHORTEST, check_form_of_username


class NewPasswordForm(forms.Form):
    """A new password, twice, under the rules of AUTH_PASSWORD_VALIDATORS for `self.owner()`."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("New password, once more"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def owner(self, given: dict[str, Any]) -> User | None:
        """Whose names must not be in the password."""
        return self.user

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError(_("The two passwords differ."), code="password_differs"))
        elif first:
            try:
                validate_password(first, self.owner(given))
            except ValidationError as bad:
                self.add_error("password1", bad)
        return given


class SignUpForm(NewPasswordForm):
    """A short first version: who, where mail goes, and the log-in."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=300,
        help_text=_("If you have one name only, put it here."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        help_text=_("We send a code to it. An address of your own, not a mailbox that others read."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    date_of_birth = forms.DateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("With it the PACER Service Center recognizes you on the telephone."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
    )
    username = forms.CharField(
        label=_("Username"),
        max_length=LONGEST,
        help_text=_("%(shortest)s to %(longest)s characters. Not the login that you use at a court’s CM/ECF.")
        % {"shortest": SHORTEST, "longest": LONGEST},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["first_name", "last_name", "email", "date_of_birth", "username", "password1", "password2"]

    def clean_username(self) -> str:
        return check_form_of_username(self.cleaned_data["username"])

    def clean_date_of_birth(self) -> date | None:
        born: date | None = self.cleaned_data["date_of_birth"]
        if born and not date(1900, 1, 1) <= born < timezone.now().date():
            raise ValidationError(_("Give the day on which you were born."), code="date_of_birth")
        return born

    def owner(self, given: dict[str, Any]) -> User:
        user = User(username=given.get("username", ""), email=given.get("email", ""))
        user.pacer_account = PacerAccount(first_name=given.get("first_name", ""), last_name=given.get("last_name", ""))
        return user

    def registration(self) -> Registration:
        names = ("first_name", "last_name", "email", "date_of_birth", "username")
        return Registration(**{name: self.cleaned_data[name] for name in names})


class ChangePasswordForm(NewPasswordForm):
    """The old password, so that nobody changes it in a session left open."""

    oldpassword = forms.CharField(
        label=_("Password until now"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["oldpassword", "password1", "password2"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("password1") and given.get("password1") == given.get("oldpassword"):
            self.add_error("password1", ValidationError(_("Choose another one than until now."), code="password_same"))
        return given
