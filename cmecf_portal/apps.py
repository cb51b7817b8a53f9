from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    """The roof: settings, addresses, permissions, and the pages that combine floors."""

    name = "cmecf_portal"
    verbose_name = "Portal"


class PortalAdminConfig(AdminConfig):
    """The stock admin, on our site: its module may be imported only when the models are there."""

    default_site = "cmecf_portal.adminsite.PortalAdminSite"
