"""The one way in which forms are drawn."""

from typing import Any

from django.forms import BoundField, CheckboxInput, RadioSelect, Select, Textarea
from django.forms.renderers import TemplatesSetting


class PortalBoundField(BoundField):
    """A field whose widget carries the USWDS class for its kind."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        kind = widget or self.field.widget
        if isinstance(kind, CheckboxInput):
            css = "usa-checkbox__input"
        elif isinstance(kind, Select) and not isinstance(kind, RadioSelect):
            css = "usa-select"
        elif isinstance(kind, Textarea):
            css = "usa-textarea"
        elif isinstance(kind, RadioSelect):
            css = "usa-radio__input"
        else:
            css = "usa-input"
        own = self.field.widget.attrs.get("class", "")
        return {**built, "class": f"{css} {own}".strip()}


class PortalFormRenderer(TemplatesSetting):
    """Forms from templates/forms/: errors next to fields, a summary of errors on top."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalBoundField
