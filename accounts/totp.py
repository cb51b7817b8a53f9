"""Time-based one-time passwords, RFC 6238: HMAC-SHA-1, 30 seconds, six digits, as authenticator apps make them."""

import base64
import secrets
import struct
from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest, digest
from urllib.parse import quote, urlencode

PERIOD = 30  # seconds
DIGITS = 6
SKEW = 1  # steps to either side: a clock that is half a minute off still makes right codes
ISSUER = "CM/ECF Portal"


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 recommends (section 4, R6)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_at(at: datetime) -> int:
    """The 30-second step that `at` (aware) lies in."""
    return int(at.timestamp()) // PERIOD


def code_of(secret: str, *, step: int) -> str:
    """The code that an app with this secret (base32) shows during the step. RFC 4226, section 5.3."""
    mac = digest(base64.b32decode(secret, casefold=True), struct.pack(">Q", step), "sha1")
    offset = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def steps_of(code: str, *, secret: str, at: datetime) -> Iterator[int]:
    """The steps around `at` whose code this is: usually none or one."""
    now = step_at(at)
    for step in range(now - SKEW, now + SKEW + 1):
        if compare_digest(code_of(secret, step=step).encode(), code.encode()):
            yield step


def enrolment_uri(*, secret: str, username: str) -> str:
    """What the QR code says; the `otpauth` scheme as authenticator apps read it."""
    label = quote(f"{ISSUER}:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER}, quote_via=quote)}"
