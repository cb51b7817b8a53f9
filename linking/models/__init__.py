from .case import Case
from .choice import LinkChoice
from .link import HELD, Link
from .pending import PendingLink
from .reset import FilerReset, ResetRequest

__all__ = ["HELD", "Case", "FilerReset", "Link", "LinkChoice", "PendingLink", "ResetRequest"]
