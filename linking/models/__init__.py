from .case import Case
from .choice import LinkChoice
from .idempotency import KeptAnswer
from .link import HELD, Link
from .pending import PendingLink
from .reset import FilerReset, ResetRequest

__all__ = ["HELD", "Case", "FilerReset", "KeptAnswer", "Link", "LinkChoice", "PendingLink", "ResetRequest"]
