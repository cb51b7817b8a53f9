"""Words of the API's documentation in templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def spans(text: str) -> SafeString:
    """`text` with what stands between backticks as code."""
    parts = text.split("`")
    return format_html_join("", "{}", ((_code(part) if place % 2 else part,) for place, part in enumerate(parts)))


def _code(part: str) -> SafeString:
    return format_html("<code>{}</code>", part)
