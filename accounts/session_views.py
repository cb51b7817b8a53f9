"""/accounts/sessions/: where I am signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.own_sessions import end_sessions, own_sessions
from accounts.sessions import hashed
from accounts.signed_in import signed_in_user


@never_cache
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The list; its buttons end one session (`end`), or with `others` all but this one."""
    user, this = signed_in_user(request), hashed(request.session.session_key or "")
    if request.method == "POST":
        only = None if "others" in request.POST else request.POST.get("end", "")
        ended = end_sessions(user, this=this, only=only, at=timezone.now())
        if ended:
            words = ngettext("%(ended)d session was ended.", "%(ended)d sessions were ended.", ended)
            messages.success(request, words % {"ended": ended})
        return redirect("account_sessions")
    return render(request, "account/sessions.html", {"sessions": own_sessions(user, this=this)})
