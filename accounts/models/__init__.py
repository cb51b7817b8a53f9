from .factors import KnownDevice, MailedCode, RecoveryCode, TotpDevice
from .filer import FilerAccount, FilerRole, FilerStatus
from .limits import FailureCount, RecoveryRequest
from .outbox import OutgoingMail
from .pacer import AccountKind, FilingState, Membership, PacerAccount, SearchState
from .roster import RosterKind, RosterLoad, StagedAccount, StagedFiler
from .user import Session, StaffRole, User

__all__ = [
    "AccountKind",
    "FailureCount",
    "FilerAccount",
    "FilerRole",
    "FilerStatus",
    "FilingState",
    "KnownDevice",
    "MailedCode",
    "Membership",
    "OutgoingMail",
    "PacerAccount",
    "RecoveryCode",
    "RecoveryRequest",
    "RosterKind",
    "RosterLoad",
    "SearchState",
    "Session",
    "StaffRole",
    "StagedAccount",
    "StagedFiler",
    "TotpDevice",
    "User",
]
