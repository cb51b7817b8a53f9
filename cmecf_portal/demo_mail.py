"""The mails that a demonstration has sent, for people without a mail server. Answers 404 elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from accounts.crypto import decrypt
from accounts.models import OutgoingMail

SHOWN = 50  # newest


@dataclass(frozen=True, slots=True)
class ShownMail:
    pk: int
    to: str
    state: str
    created_at: datetime
    subject: str
    text: str


def _open(mail: OutgoingMail) -> ShownMail:
    return ShownMail(
        pk=mail.pk,
        to=mail.to,
        state=mail.get_state_display(),
        created_at=mail.created_at,
        subject=decrypt(mail.subject_sealed),
        text=decrypt(mail.text_sealed),
    )


def _only_in_a_demo() -> None:
    if not settings.PORTAL_DEMO:
        raise Http404


@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails, with their text; `?to=` narrows to one address."""
    _only_in_a_demo()
    mails = OutgoingMail.objects.exclude(text_sealed="")
    if to := request.GET.get("to", "").replace("\0", ""):
        mails = mails.filter(to=to)
    return render(request, "demo/mail.html", {"mails": [_open(mail) for mail in mails[:SHOWN]], "to": to})


@csp_override({"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "sandbox": ["allow-top-navigation"]})
@never_cache
def demo_mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as a mail program draws it: its own styles, no scripts."""
    _only_in_a_demo()
    mail = get_object_or_404(OutgoingMail.objects.exclude(html_sealed=""), pk=pk)
    return HttpResponse(decrypt(mail.html_sealed))
