"""Encryption of fields at rest with the keys of FIELD_KEYS: the first encrypts, all decrypt."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Undecipherable(Exception):
    """None of the FIELD_KEYS opens this value: a key was dropped from the list too early."""


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(clear: str) -> str:
    """`clear` as URL-safe text that only the FIELD_KEYS open."""
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(clear.encode()).decode()


def decrypt(sealed: str) -> str:
    """What `encrypt` was given. Raises Undecipherable."""
    try:
        return _cipher(tuple(settings.FIELD_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Undecipherable from None
