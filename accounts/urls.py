"""Signing in and what belongs to it, under allauth's names and paths; only pages that are ours."""

from django.urls import path

from accounts import factor_views, signin_views

urlpatterns = [
    path("login/", signin_views.login, name="account_login"),
    path("logout/", signin_views.logout, name="account_logout"),
    path("2fa/authenticate/", factor_views.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factor_views.reauthenticate, name="mfa_reauthenticate"),
]
