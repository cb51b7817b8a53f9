"""The three steps of the upgrade as forms. Person and Address are Manage My Account's too."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import PacerAccount, User
from accounts.upgrade import Address, Person
from accounts.usernames import LONGEST, SHORTEST, check_new_username
from courts.models import County
from courts.states import STATES

# States without federal courts of their own, and the military's "states", have addresses too.
_MORE_STATES = {"AS": "American Samoa", "AA": "Armed Forces Americas", "AE": "Armed Forces Europe"}
ADDRESS_STATES = [
    ("", _("Choose a state")),
    *sorted({**STATES, **_MORE_STATES}.items(), key=lambda state: state[1]),
]
USER_TYPES = [
    ("", _("Choose one")),
    ("attorney", _("Attorney")),
    ("individual", _("Individual")),
    ("government", _("Government")),
    ("trustee", _("Trustee")),
    ("other", _("Other")),
]


def counties_of(state: str) -> list[str]:
    """The counties, parishes, boroughs or municipios of a state, by name; none for an unknown one."""
    names = County.objects.filter(state=state).order_by("name").values_list("name", flat=True)
    return list(names.distinct()) if re.fullmatch(r"[A-Z]{2}", state) else []


def _text(label: Any, *, longest: int, autocomplete: str, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


class PersonForm(forms.Form):
    """Whose account this is."""

    first_name = _text(_("First name"), longest=300, autocomplete="given-name", required=False)
    middle_name = _text(_("Middle name"), longest=300, autocomplete="additional-name", required=False)
    last_name = _text(
        _("Last name"), longest=300, autocomplete="family-name", hint=_("If you have one name only, put it here.")
    )
    suffix = _text(
        _("Suffix"), longest=40, autocomplete="honorific-suffix", required=False, hint=_("Such as Jr. or III")
    )
    organization = _text(_("Firm or organization"), longest=200, autocomplete="organization", required=False)
    date_of_birth = forms.DateField(
        label=_("Date of birth"),
        help_text=_("With it the PACER Service Center recognizes you on the telephone."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
    )
    user_type = forms.ChoiceField(label=_("User type"), choices=USER_TYPES)

    def clean_date_of_birth(self) -> date:
        born: date = self.cleaned_data["date_of_birth"]
        if not date(1900, 1, 1) <= born < timezone.now().date():
            raise ValidationError(_("Give the day on which you were born."), code="date_of_birth")
        return born

    def person(self) -> Person:
        names = ("first_name", "middle_name", "last_name", "suffix", "organization", "date_of_birth", "user_type")
        return Person(**{name: self.cleaned_data[name] for name in names})


class AddressForm(forms.Form):
    """Where the person lives or works. The county can be chosen once the state is known."""

    address = _text(_("Street address"), longest=200, autocomplete="address-line1")
    address_more = _text(_("Suite, floor"), longest=200, autocomplete="address-line2", required=False)
    city = _text(_("City"), longest=100, autocomplete="address-level2")
    state = forms.ChoiceField(
        label=_("State"),
        choices=ADDRESS_STATES,
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )
    county = forms.ChoiceField(label=_("County"), required=False)
    zip = forms.RegexField(
        label=_("ZIP code"),
        regex=r"^[0-9]{5}(-[0-9]{4})?\Z",
        error_messages={"invalid": _("A ZIP code has 5 digits, or 5 and 4: 94102 or 94102-3487.")},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    phone = _text(_("Telephone"), longest=40, autocomplete="tel")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self["state"].value() or ""
        self.counties = counties_of(state)
        county = self.fields["county"]
        assert isinstance(county, forms.ChoiceField)
        if self.counties:
            county.choices = [("", _("Choose a county")), *((name, name) for name in self.counties)]
            county.required = True
            county.error_messages["required"] = _("Choose the county in %(state)s.") % {
                "state": STATES.get(state, state)
            }
        else:
            del self.fields["county"]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not re.fullmatch(r"[0-9+() .x/-]*", phone) or sum(letter.isdigit() for letter in phone) < 10:
            raise ValidationError(_("Give the number with its area code, such as 415-555-0134."), code="phone")
        return phone

    def address_given(self) -> Address:
        names = ("address", "address_more", "city", "state", "zip", "phone")
        return Address(**{name: self.cleaned_data[name] for name in names}, county=self.cleaned_data.get("county", ""))


class IsThisYouForm(PersonForm):
    """The first step: a firm's account is found out here, before anybody changes it."""

    is_me = forms.ChoiceField(
        label=_("Is this you?"),
        choices=[("yes", _("Yes, this is my own account")), ("no", _("No, or others use it too"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer whether this account is yours alone.")},
    )
    field_order = ["is_me"]

    @property
    def says_no(self) -> bool:
        return self.data.get("is_me") == "no"


class UsernameForm(forms.Form):
    """A username that is free and long enough."""

    username = forms.CharField(
        label=_("New username"),
        max_length=LONGEST,
        help_text=_("%(shortest)s to %(longest)s characters. Not the login that you use at a court’s CM/ECF.")
        % {"shortest": SHORTEST, "longest": LONGEST},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_username(self) -> str:
        return check_new_username(self.cleaned_data["username"], current=self.user)


class SecurityForm(UsernameForm):
    """A username and a password of the person's own."""

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

    def __init__(self, *args: Any, account: PacerAccount, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, user=account.user, **kwargs)
        self.account, self.person = account, person
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean_username(self) -> str:
        username = super().clean_username()
        if username.casefold() == self.account.user.username.casefold():
            raise ValidationError(_("Choose a new name: the old one stops with the upgrade."), code="username_same")
        return username

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError(_("The two passwords differ."), code="password_differs"))
        elif first:
            try:
                validate_password(first, self._as_it_will_be(given.get("username", "")))
            except ValidationError as bad:
                self.add_error("password1", bad)
        return given

    def _as_it_will_be(self, username: str) -> User:
        """The log-in after the upgrade, unsaved: no part of its names may be in the password."""
        user = User(pk=self.account.user_id, username=username, email=self.account.user.email)
        user.pacer_account = PacerAccount(
            pk=self.account.pk, first_name=self.person.first_name, last_name=self.person.last_name
        )
        return user
