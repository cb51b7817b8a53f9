"""Signing in and what belongs to it, under allauth's names and paths; only pages that are ours."""

from django.urls import path

from accounts import enrolment_views, factor_views, recovery_code_views, signin_views

urlpatterns = [
    path("login/", signin_views.login, name="account_login"),
    path("logout/", signin_views.logout, name="account_logout"),
    path("2fa/", enrolment_views.index, name="mfa_index"),
    path("2fa/authenticate/", factor_views.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", enrolment_views.activate, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", enrolment_views.deactivate, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_code_views.view_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_code_views.generate, name="mfa_generate_recovery_codes"),
]
