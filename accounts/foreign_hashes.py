"""Hashes that courts and PACER bring along: Django's own formats and Unix crypt. Verified, never made."""

import re
from hmac import compare_digest

import bcrypt
from django.contrib.auth.hashers import identify_hasher
from django.utils.translation import gettext as _
from passlib.hash import md5_crypt, sha256_crypt, sha512_crypt

# Costs above these are refused at load: each failed try would make the site work that long for a stranger.
MAX_PBKDF2_ITERATIONS = 2_000_000
MAX_SHA_CRYPT_ROUNDS = 200_000
MAX_BCRYPT_COST = 12
MAX_SCRYPT_BYTES = 64 * 1024 * 1024
MAX_SCRYPT_PARALLELISM = 5
MAX_ARGON2_KIB = 131_072
MAX_ARGON2_PASSES = 6
MAX_ARGON2_LANES = 8
MAX_LENGTH = 128  # of the column that holds it
BCRYPT_BYTES = 72  # bcrypt never read more of a password; newer libraries refuse longer ones instead

_UNIX = {"1": md5_crypt, "5": sha256_crypt, "6": sha512_crypt}
_BCRYPT = re.compile(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}\Z")
_SHA_CRYPT = re.compile(r"\$[56]\$(?:rounds=(\d{1,9})\$)?[^$:\n]{0,16}\$[./A-Za-z0-9]{43,86}\Z")
_MD5_CRYPT = re.compile(r"\$1\$[^$:\n]{0,8}\$[./A-Za-z0-9]{22}\Z")
_DJANGO = {"argon2", "pbkdf2_sha256", "pbkdf2_sha1", "bcrypt", "bcrypt_sha256", "scrypt"}


class BadHash(ValueError):
    """This is no hash that the portal takes over; the text says why, for whoever loads it."""


def is_right(given: str, stored: str) -> bool:
    """Whether `given` is the password behind `stored`, in any format that `check_importable` lets in."""
    try:
        if stored.startswith("$2"):
            return _bcrypt(given, stored)
        if stored.startswith("bcrypt$"):
            return _bcrypt(given, stored.removeprefix("bcrypt$"))
        if stored.startswith("$"):
            return bool(_UNIX[stored.split("$", 2)[1]].verify(given, stored))
        return bool(identify_hasher(stored).verify(given, stored))
    except (ValueError, TypeError, KeyError, IndexError, AssertionError):
        return False  # a mangled hash opens to nobody


def _bcrypt(given: str, stored: str) -> bool:
    expected = stored.encode()
    return compare_digest(bcrypt.hashpw(given.encode()[:BCRYPT_BYTES], expected), expected)


def check_importable(stored: str) -> None:
    """Raise BadHash unless `stored` is a password hash of a known format whose check costs a bounded time."""
    if len(stored) > MAX_LENGTH:
        raise BadHash(_("The hash is longer than %(most)d characters.") % {"most": MAX_LENGTH})
    if stored.startswith("$"):
        _check_unix(stored)
        return
    algorithm = stored.split("$", 1)[0]
    if "$" not in stored or algorithm not in _DJANGO:
        raise BadHash(_("The format of this hash is not known. Is it a password in clear?"))
    if algorithm in {"bcrypt", "bcrypt_sha256"}:
        _check_bcrypt(stored.split("$", 1)[1])
        return
    try:
        decoded = identify_hasher(stored).decode(stored)
    except (ValueError, TypeError, KeyError, IndexError, AssertionError):
        raise BadHash(_("This hash is cut off or mangled.")) from None
    _check_django(algorithm, decoded)


def _check_unix(stored: str) -> None:
    if stored.startswith("$2"):
        _check_bcrypt(stored)
    elif stored.startswith("$1$"):
        if not _MD5_CRYPT.match(stored):
            raise BadHash(_("This hash is cut off or mangled."))
    elif stored.startswith(("$5$", "$6$")):
        found = _SHA_CRYPT.match(stored)
        if not found:
            raise BadHash(_("This hash is cut off or mangled."))
        _at_most(int(found[1] or 5000), MAX_SHA_CRYPT_ROUNDS)
    else:
        raise BadHash(_("The format of this hash is not known. Is it a password in clear?"))


def _check_bcrypt(stored: str) -> None:
    found = _BCRYPT.match(stored)
    if not found:
        raise BadHash(_("This hash is cut off or mangled."))
    _at_most(int(found[1]), MAX_BCRYPT_COST)


def _check_django(algorithm: str, decoded: dict[str, object]) -> None:
    def number(name: str) -> int:
        return int(str(decoded.get(name) or 0))

    if algorithm.startswith("pbkdf2"):
        _at_most(number("iterations"), MAX_PBKDF2_ITERATIONS)
    elif algorithm == "scrypt":
        _at_most(128 * number("work_factor") * number("block_size"), MAX_SCRYPT_BYTES)
        _at_most(number("parallelism"), MAX_SCRYPT_PARALLELISM)
    else:
        _at_most(number("memory_cost"), MAX_ARGON2_KIB)
        _at_most(number("time_cost"), MAX_ARGON2_PASSES)
        _at_most(number("parallelism"), MAX_ARGON2_LANES)


def _at_most(cost: int, most: int) -> None:
    if cost > most:
        raise BadHash(
            _("Checking this hash costs too much: %(cost)d, where at most %(most)d is taken over.")
            % {"cost": cost, "most": most}
        )
    if cost <= 0:
        raise BadHash(_("This hash is cut off or mangled."))
