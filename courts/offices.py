"""A court's offices as its page shows them: the stated free text, put into lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

LONGEST_TAIL = 35  # characters of ", State, ZIP" after the city: more is another line of the address


class StatedOffice(Protocol):
    """An office as stated by the court; `courts.models.Office` fits."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def zip(self) -> str: ...
    @property
    def hours(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """One office: what it is called, two lines of address, and its hours where they differ from the others'."""

    title: str
    street: str
    place: str
    hours: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Offices:
    """All offices of a court; `hours` and `phone` are those that all of them share, else empty."""

    cards: tuple[OfficeCard, ...]
    hours: str
    phone: str


def offices_of(stated: Iterable[StatedOffice]) -> Offices:
    """The offices that have an address, in the court's order; rows that only point to other rows are left out."""
    kept = [office for office in stated if office.address]
    hours = _common(office.hours for office in kept)
    phone = _common(office.phone for office in kept)
    cards = (
        OfficeCard(
            title=_title(office),
            street=_street(office),
            place=_place(office),
            hours="" if hours else office.hours,
            phone="" if phone else office.phone,
            email=office.email,
        )
        for office in kept
    )
    return Offices(cards=tuple(cards), hours=hours, phone=phone)


def _common(stated: Iterable[str]) -> str:
    """What all of several offices state alike."""
    every = list(stated)
    return every[0] if len(every) > 1 and len(set(every)) == 1 else ""


def _title(office: StatedOffice) -> str:
    """The office's own name where it tells offices apart, else its city."""
    tells = "Division" in office.name or (office.city and office.city in office.name)
    return office.name if tells or not office.city else office.city


def _place(office: StatedOffice) -> str:
    return f"{office.city}, {office.state} {office.zip}".strip(" ,") if office.city else ""


def _street(office: StatedOffice) -> str:
    """The address without its last line, where that is the city, state and ZIP code that we print ourselves."""
    if not office.city or not office.zip:
        return office.address
    before, city, after = office.address.rpartition(office.city)
    ends_there = city and after.rstrip(" .").endswith(office.zip) and len(after) <= LONGEST_TAIL
    return before.rstrip(" ,;") if ends_there else office.address
