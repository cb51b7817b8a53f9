"""Addresses for operations: alive, ready, measured."""

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from courts.models import ReferenceState


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. The empty view that others are measured against."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve people: 200, or 503 and which part is missing."""
    parts = {"database": _database(), "cache": _cache()}
    parts["reference_data"] = _reference_data() if parts["database"] == "ok" else "unknown"
    ready = all(state == "ok" for state in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics of this process; the permission table lets only this machine and its network ask."""
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "ok" if _migrated() else "migrations are missing: run manage.py migrate"
    except DatabaseError:
        return "does not answer"


_seen_migrated = False


def _migrated() -> bool:
    """Looked up until it is true: a migrated database stays migrated while this process's code is loaded."""
    global _seen_migrated  # noqa: PLW0603 - one fact per process
    if not _seen_migrated:
        executor = MigrationExecutor(connection)
        _seen_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _seen_migrated


def _cache() -> str:
    try:
        shared_cache.set("readyz", "ok", 5)
        return "ok" if shared_cache.get("readyz") == "ok" else "does not keep what it is given"
    except settings.CACHE_ERRORS:
        return "does not answer"


def _reference_data() -> str:
    loaded = ReferenceState.objects.filter(pk=1, version__gt=0).exists()
    return "ok" if loaded else "no courts: run manage.py load_courts"
