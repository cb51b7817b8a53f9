"""Signing in and what belongs to it, under allauth's names and paths; only pages that are ours."""

from django.urls import path, re_path

from accounts import (
    email_views,
    enrolment_views,
    factor_views,
    password_views,
    recovery_code_views,
    session_views,
    signin_views,
    signup_views,
)

urlpatterns = [
    path("login/", signin_views.login, name="account_login"),
    path("logout/", signin_views.logout, name="account_logout"),
    path("signup/", signup_views.signup, name="account_signup"),
    path("email/", email_views.email, name="account_email"),
    path("confirm-email/", email_views.confirm, name="account_email_verification_sent"),
    path("password/change/", password_views.change, name="account_change_password"),
    path("password/reset/", password_views.reset, name="account_reset_password"),
    path("password/reset/done/", password_views.reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", password_views.reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[-0-9A-Za-z]{1,100})/$",
        password_views.reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sessions/", session_views.sessions, name="account_sessions"),
    path("2fa/", enrolment_views.index, name="mfa_index"),
    path("2fa/authenticate/", factor_views.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", enrolment_views.activate, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", enrolment_views.deactivate, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_code_views.view_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_code_views.generate, name="mfa_generate_recovery_codes"),
]
