"""Receipt numbers: short enough to read out on the telephone, long enough that nobody guesses one."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that reads like something else


def new_receipt(court_id: str) -> str:
    """A number such as `CANB-7K4M-2Q9X`: 39 random bits after the court. The database refuses the same one twice."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{court_id.upper()}-{letters[:4]}-{letters[4:]}"
