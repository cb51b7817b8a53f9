"""Courts that people look for and that are not among ours: say so, and where they are found."""

from collections.abc import Mapping

from courts.lookup.facts import Elsewhere


def _(sentence: str) -> str:
    """Marks a sentence for the translators; the page translates it when it draws."""
    return sentence


_COURTS = {
    "supreme_court": Elsewhere(
        "supreme_court",
        _("The Supreme Court of the United States has an electronic filing system of its own, not CM/ECF."),
        "https://www.supremecourt.gov/filingandrules/electronic_filing.aspx",
    ),
    "tax_court": Elsewhere(
        "tax_court", _("The United States Tax Court files in DAWSON, not in CM/ECF."), "https://www.ustaxcourt.gov/"
    ),
    "veterans_claims": Elsewhere(
        "veterans_claims",
        _("The Court of Appeals for Veterans Claims is not part of this move."),
        "https://www.uscourts.cavc.gov/",
    ),
    "armed_forces": Elsewhere(
        "armed_forces",
        _("The Court of Appeals for the Armed Forces and courts-martial are not part of this move."),
        "https://www.armfor.uscourts.gov/",
    ),
    "fisa": Elsewhere(
        "fisa", _("The Foreign Intelligence Surveillance Court has no public filing."), "https://www.fisc.uscourts.gov/"
    ),
    "immigration": Elsewhere(
        "immigration",
        _("Immigration courts belong to the Department of Justice and have their own filing system."),
        "https://www.justice.gov/eoir",
    ),
    "case_locator": Elsewhere(
        "case_locator",
        _("The PACER Case Locator finds cases in all federal courts; nobody files there."),
        "https://pcl.uscourts.gov/",
    ),
    "state_court": Elsewhere(
        "state_court",
        _("State courts are not federal courts; each state has its own filing system."),
        "https://www.ncsc.org/information-and-resources/state-court-websites",
    ),
}

SUPREME_COURT = _COURTS["supreme_court"]
STATE_COURT = _COURTS["state_court"]
ABROAD = Elsewhere(
    "abroad",
    _(
        "This ZIP code belongs to no federal district: it is military or diplomatic post, or lies abroad. "
        "Search for the place where you live, or where the case arose."
    ),
    "https://www.uscourts.gov/federal-court-finder/find",
)

ELSEWHERE_ALONE = frozenset({"dawson"})  # also towns: only where nothing else is said

# Runs of words, written together, and the court they mean.
ELSEWHERE: Mapping[str, Elsewhere] = {
    run: _COURTS[code]
    for code, runs in {
        "supreme_court": "supremecourt scotus ussupremecourt unitedstatessupremecourt",
        "tax_court": "taxcourt ustaxcourt dawson unitedstatestaxcourt",
        "veterans_claims": "veteransclaims cavc veteranscourt veteransappeals veterans courtappealsveteransclaims",
        "armed_forces": "armedforces caaf courtmartial militarycourt military courtappealsarmedforces",
        "fisa": "fisa fisc foreignintelligence foreignintelligencesurveillance fisacourt",
        "immigration": "immigration immigrationcourt eoir deportation asylum bia",
        "case_locator": "caselocator pacercaselocator pcl",
        "state_court": (
            "superiorcourt statecourt statecourts statesupremecourt smallclaims trafficcourt traffic divorce custody "
            "probate probatecourt familycourt municipalcourt magistratecourtstate eviction housingcourt chancerycourt "
            "courtcommonpleas commonpleas justicecourt surrogatescourt"
        ),
    }.items()
    for run in runs.split()
}
