"""What must be true in the database after a go-live morning, whatever happened during it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from django.db.models import Count
from django.utils import timezone

from accounts.delivery import LEASE, deliver_due
from accounts.models import OutgoingMail
from bench.morning import Outcome
from events.models import Event
from events.sequencer import assign_positions, broken_seals
from linking.models import Case, Link

SIDES = ("pacer", "filer")


def broken(outcome: Outcome, *, attorneys: list[str], rivals: list[str], contested: str) -> Iterator[str]:
    """Each promise that was not kept, in a sentence; none when all is well. Reads the whole database."""
    yield from outcome.faults
    links = list(Link.objects.select_related("account__user", "filer").order_by("linked_at"))
    held = [link for link in links if link.ended_at is None]
    wanted = Counter({(name, name): 1 for name in attorneys})
    found = Counter((link.account.user.username, link.filer.login) for link in held if link.filer.login != contested)
    yield from _differences("links of their own", wanted, found)
    winners = [link.account.user.username for link in held if link.filer.login == contested]
    if len(winners) != 1 or winners[0] not in rivals:
        yield f"the contested account went to {winners}, not to one of the rivals"
    if len(links) != len(held):
        yield f"{len(links) - len(held)} links have ended, and nobody ended one"
    for column in (["filer"], ["account", "court", "role"]):
        doubled = Link.objects.held().values(*column).annotate(n=Count("pk")).filter(n__gt=1).count()
        if doubled:
            yield f"{doubled} times two links are held by one {' and '.join(column)}"
    yield from _promises(outcome, held, rivals=rivals, winners=winners)
    yield from _record(links)


def _promises(outcome: Outcome, held: list[Link], *, rivals: list[str], winners: list[str]) -> Iterator[str]:
    """What people were told is so."""
    kept = {link.account.user.username: link.receipt for link in held}
    for username, receipt in outcome.receipts.items():
        if kept.get(username) != receipt:
            yield f"{username} was shown receipt {receipt}, and the database has {kept.get(username)}"
    for username in rivals:
        told = outcome.refusals.get(username, "a receipt" if username in outcome.receipts else "nothing")
        expected = "a receipt" if username in winners else "filer_linked_elsewhere"
        if told != expected:
            yield f"{username} was told {told} instead of {expected}"


def _record(links: list[Link]) -> Iterator[str]:
    """One line of the record for each link, one case for each pair of names that differ, and no seal broken."""
    made = Counter(Event.objects.filter(type="link.made").values_list("object_id", flat=True))
    yield from _differences("events of links", Counter({str(link.pk): 1 for link in links}), made)
    differing = {link.pk: 1 for link in links if link.names_differed}
    cases = Counter(Case.objects.values_list("link_id", flat=True))
    yield from _differences("cases of names that differ", Counter(differing), cases)
    while assign_positions():
        pass
    if faults := [event.pk for event in broken_seals()]:
        yield f"the seals of {len(faults)} events are broken"


def deliver_the_rest() -> None:
    """Send what a killed worker had leased, as the next one does when the lease ends."""
    while deliver_due(now=timezone.now() + LEASE):
        pass


def broken_mails(folder: Path, *, workers_killed: int = 0) -> Iterator[str]:
    """Whether each link has one mail to either side: in the outbox, and among the files that the worker sent.

    A worker that is killed between the server's "accepted" and its own mark sends that one again, with the same
    Message-ID, by which mail programs show it once (accounts/delivery.py): one for each worker killed is let pass.
    """
    keys = {f"link-made:{pk}:{side}" for pk in Link.objects.values_list("pk", flat=True) for side in SIDES}
    rows = Counter(OutgoingMail.objects.filter(kind="link_made").values_list("key", flat=True))
    yield from _differences("mails in the outbox", Counter(dict.fromkeys(keys, 1)), rows)
    unsent = OutgoingMail.objects.exclude(state="sent").count()
    if unsent:
        yield f"{unsent} mails were not sent"
    ids = Counter({sha256(key.encode()).hexdigest()[:40]: 1 for key in keys})
    sent = Counter(_message_ids(folder))
    again = sent - ids if not ids - sent else Counter[str]()
    yield from _differences("mails sent", ids, Counter(set(sent)) if again.total() <= workers_killed else sent)


def _message_ids(folder: Path) -> Iterator[str]:
    for path in folder.iterdir():
        yield from re.findall(r"^Message-ID: <(\w+)@", path.read_text(), flags=re.MULTILINE)


def _differences[Key](what: str, wanted: Counter[Key], found: Counter[Key]) -> Iterator[str]:
    for word, rows in (("missing", wanted - found), ("too many", found - wanted)):
        if rows:
            yield f"{what}: {rows.total()} {word}, such as {_few(rows)}"


def _few(rows: Iterable[object]) -> list[object]:
    return list(rows)[:3]
