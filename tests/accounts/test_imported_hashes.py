"""Passwords that courts and PACER bring along: every format signs in, once under the old hash, then under ours."""

from collections.abc import Callable
from typing import Any

import bcrypt
import pytest
from django.contrib.auth.hashers import (
    BCryptPasswordHasher,
    BCryptSHA256PasswordHasher,
    PBKDF2PasswordHasher,
    PBKDF2SHA1PasswordHasher,
    ScryptPasswordHasher,
    identify_hasher,
)
from django.db import transaction
from django.test import Client
from django.utils import timezone
from passlib.hash import md5_crypt, sha256_crypt, sha512_crypt

from accounts.client import Client as From
from accounts.foreign_hashes import BadHash, check_importable
from accounts.models import User
from accounts.passwords import HashedInTransaction, verify_password
from accounts.signin import verify_sign_in
from tests.accounts.people import attorney, is_signed_in, try_password

pytestmark = pytest.mark.django_db
PASSWORD = "&@$*'< leading blanks é 2026"

FORMATS: dict[str, Callable[[str], str]] = {
    "$1$": lambda word: str(md5_crypt.hash(word)),
    "$5$": lambda word: str(sha256_crypt.using(rounds=1000).hash(word)),
    "$5$ without rounds": lambda word: str(sha256_crypt.using(rounds=5000).hash(word)),
    "$6$": lambda word: str(sha512_crypt.using(rounds=1000).hash(word)),
    "$2b$": lambda word: bcrypt.hashpw(word.encode(), bcrypt.gensalt(4)).decode(),
    "$2y$": lambda word: bcrypt.hashpw(word.encode(), bcrypt.gensalt(4)).decode().replace("$2b$", "$2y$", 1),
    "pbkdf2_sha256": lambda word: PBKDF2PasswordHasher().encode(word, "saltsalt", 1000),
    "pbkdf2_sha1": lambda word: PBKDF2SHA1PasswordHasher().encode(word, "saltsalt", 1000),
    "bcrypt": lambda word: BCryptPasswordHasher().encode(word, bcrypt.gensalt(4)),  # type: ignore[arg-type]
    "bcrypt_sha256": lambda word: BCryptSHA256PasswordHasher().encode(word, bcrypt.gensalt(4)),  # type: ignore[arg-type]
    "scrypt": lambda word: ScryptPasswordHasher().encode(word, "saltsalt", 2**10),
}


def jane(password_hash: str) -> User:
    user = attorney()
    User.objects.filter(pk=user.pk).update(password=password_hash)
    user.refresh_from_db()
    return user


@pytest.mark.parametrize("kind", FORMATS)
def test_a_password_of_every_format_signs_in_and_is_hashed_anew(client: Client, kind: str) -> None:
    old = FORMATS[kind](PASSWORD)
    check_importable(old)
    user = jane(old)
    assert try_password(Client(), user.username, PASSWORD.strip("&")).status_code == 422
    user.refresh_from_db()
    assert user.password == old, "a wrong password changes nothing"
    assert try_password(client, user.username, PASSWORD).status_code == 302
    user.refresh_from_db()
    assert identify_hasher(user.password).algorithm == "argon2"
    assert user.credentials_version == 1
    client.post("/accounts/logout/")
    assert try_password(client, user.username, PASSWORD).status_code == 302


def test_a_rehash_ends_no_session() -> None:
    user = jane(FORMATS["$6$"](PASSWORD))
    one, other = Client(), Client()
    one.force_login(user)
    try_password(other, user.username, PASSWORD)
    assert one.get("/account/").status_code == other.get("/account/").status_code == 200


def test_a_rehash_does_not_undo_a_password_that_was_set_meanwhile(client: Client) -> None:
    """Between check and write somebody else sets a new password: the conditional UPDATE leaves it."""
    user = jane(FORMATS["$6$"](PASSWORD))
    read_before = User.objects.get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(password="argon2$new", credentials_version=2)
    verify_sign_in(read_before, PASSWORD, login=user.username, client=From(address="192.0.2.1"), now=timezone.now())
    assert User.objects.get(pk=user.pk).password == "argon2$new"
    # And the session that would follow is one of the old version: it is over before it begins.
    client.force_login(read_before)
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "costly",
    [
        "$6$rounds=999999999$saltsalt$" + "a" * 86,
        "$5$rounds=5000000$saltsalt$" + "a" * 43,
        "$2b$31$" + "a" * 53,
        "bcrypt$$2b$20$" + "a" * 53,
        "pbkdf2_sha256$900000000$saltsalt$" + "a" * 43 + "=",
        "scrypt$1073741824$saltsalt$8$1$" + "a" * 40,
        "argon2$argon2id$v=19$m=99999999,t=9,p=1$c2FsdHNhbHQ$" + "a" * 43,
    ],
)
def test_a_hash_of_absurd_cost_is_refused_at_load(costly: str) -> None:
    with pytest.raises(BadHash):
        check_importable(costly)


@pytest.mark.parametrize("mangled", ["", "password", "$6$", "$9$salt$hash", "md5$salt$hash", "argon2$x", "$1$a$short"])
def test_what_is_no_hash_is_refused_at_load_and_opens_to_nobody(client: Client, mangled: str) -> None:
    with pytest.raises(BadHash):
        check_importable(mangled)
    user = jane(mangled)
    assert try_password(client, user.username, mangled or "x").status_code == 422
    assert not is_signed_in(client)


def test_no_password_is_hashed_inside_a_transaction(transactional_db: Any) -> None:
    assert not verify_password("x", None).ok
    with transaction.atomic(), pytest.raises(HashedInTransaction):
        verify_password("x", None)
