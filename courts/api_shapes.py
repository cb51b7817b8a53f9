"""What the API says of courts, for its description; `courts.representation` makes the same keys. A test compares."""

from typing import Any

from rest_framework import serializers

from courts.kinds import CourtStatus, CourtType, GoLiveBasis


class HelpDeskOut(serializers.Serializer[Any]):
    """Where filers of the court get help."""

    email = serializers.CharField(help_text="Empty where the court states none.")
    phone = serializers.CharField(help_text="As the court writes it; empty where it states none.")


class OfficeOut(serializers.Serializer[Any]):
    """A clerk's office, as the court states it."""

    name = serializers.CharField()
    address = serializers.CharField()
    city = serializers.CharField()
    state = serializers.CharField(help_text="USPS code.")
    zip = serializers.CharField()
    hours = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()


class CountyOut(serializers.Serializer[Any]):
    """A county, parish, borough or municipio that the court serves."""

    state = serializers.CharField(help_text="USPS code.")
    name = serializers.CharField()


class CourtOut(serializers.Serializer[Any]):
    """One court. Text that is not known is empty; dates, numbers and ids that are not known are null."""

    court_id = serializers.CharField(help_text="PACER’s lower-case abbreviation, the court’s key here.")
    psc_id = serializers.CharField(allow_null=True, help_text="The PACER Service Center’s own id.")
    name = serializers.CharField(help_text="The official name.")
    short_name = serializers.CharField(help_text="As lists show it.")
    citation = serializers.CharField(help_text="Bluebook form.")
    court_type = serializers.ChoiceField(choices=CourtType.choices)
    circuit = serializers.CharField(help_text="1 to 11, dc or fed; empty for the Judicial Panel.")
    state = serializers.CharField(help_text="USPS code; empty for courts of more than one state.")
    city = serializers.CharField(help_text="City of the main office.")
    time_zone = serializers.CharField(help_text="IANA name. All of the court’s dates are meant in it.")
    hosted_by = serializers.CharField(
        allow_null=True, help_text="For a panel: the court whose CM/ECF it uses. Go-live is that court’s."
    )
    status = serializers.ChoiceField(choices=CourtStatus.choices, help_text="At the instant asked for; by default now.")
    go_live_basis = serializers.ChoiceField(choices=GoLiveBasis.choices)
    nextgen_go_live = serializers.DateField(allow_null=True, help_text="The day in the court’s zone.")
    go_live_at = serializers.DateTimeField(
        allow_null=True, help_text="The instant from which the court runs NextGen, with the offset of its zone."
    )
    dark_from = serializers.DateTimeField(allow_null=True, help_text="CM/ECF is down from here")
    dark_until = serializers.DateTimeField(allow_null=True, help_text="until here.")
    cmecf_url = serializers.CharField()
    website_url = serializers.CharField()
    rss_url = serializers.CharField()
    pdf_limit_mb = serializers.IntegerField(allow_null=True, help_text="The largest PDF that may be filed, in MB.")
    help_desk = HelpDeskOut()
    emergency_contact = serializers.CharField(help_text="How to file when CM/ECF is down.")
    order_url = serializers.CharField(help_text="The court’s order about the move.")


class CourtDetailOut(CourtOut):
    """One court with its offices and counties."""

    offices = OfficeOut(many=True)
    counties = CountyOut(many=True)


class CourtListOut(serializers.Serializer[Any]):
    """One page of the courts that were asked for: best match first for a search, else by short name."""

    count = serializers.IntegerField(help_text="Courts on all pages.")
    next = serializers.URLField(allow_null=True, help_text="Address of the next page.")
    previous = serializers.URLField(allow_null=True, help_text="Address of the page before.")
    results = CourtOut(many=True)
