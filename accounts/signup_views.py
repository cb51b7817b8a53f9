"""/accounts/signup/: a PACER account of one's own, in one page."""

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.client import client_of
from accounts.email_views import send_codes
from accounts.limits import TooManyFailures
from accounts.navigation import safe_next, with_next
from accounts.refusals import Refusal, answer, too_many_attempts
from accounts.registration import register
from accounts.signin_views import sign_in
from accounts.signup_forms import SignUpForm
from accounts.upgrade import UsernameTaken
from accounts.usernames import taken


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def signup(request: HttpRequest) -> HttpResponse:
    """Make the account, sign the person in, and ask for the code that was mailed."""
    target, now = safe_next(request), timezone.now()
    form = SignUpForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    if form.is_valid():
        try:
            user = register(
                form.registration(),
                password_hash=make_password(form.cleaned_data["password1"]),
                client=client_of(request, user=None),
                at=now,
            )
        except UsernameTaken:
            form.add_error("username", taken())
        except TooManyFailures as limit:
            refusal = too_many_attempts(limit, now=now)
        else:
            response = sign_in(request, user, target=with_next("account_email_verification_sent", target))
            send_codes(request, user, user.email, now=now)
            return response
    return answer(request, "account/signup.html", {"next": target}, form=form, refusal=refusal)
