"""`make run`: what is missing, then the web server and the worker together, until stopped."""

import subprocess
import sys

from django.conf import settings

from scripts.environment import TOP, CannotStart, check_settings, ensure_env, say
from scripts.prepare import is_prepared
from scripts.serve import check_port, serve

DEMONSTRATION = """
Demonstration log-ins, all with the password Portal-Demo-2026!
  jane.roe.esq     attorney with filing accounts at canb (jroe) and cand (janeroe), Court-Demo-2026!
  gr1998           attorney with a Legacy account from 2009
  acme.law.firm    a firm's shared account
  canb.clerk       clerk of canb
  cand.helpdesk    help desk of cand
  psc.admin        national staff
Where a second factor is asked for, the page shows the code; its TOTP secret is
JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP.
"""


def main() -> int:
    """Prepare and serve; the exit code."""
    try:
        if ensure_env():
            print("Wrote .env with new keys.", flush=True)
        check_settings()
        check_port(settings.PORT)
    except CannotStart as problem:
        say(problem)
        return 1
    if not is_prepared():
        done = subprocess.run([sys.executable, "-m", "scripts.prepare"], cwd=TOP, check=False)
        if done.returncode:
            return done.returncode
    print(f"\nThe CM/ECF portal is on http://localhost:{settings.PORT}  (stop it with Ctrl+C)", flush=True)
    if settings.PORTAL_DEMO:
        print(DEMONSTRATION, flush=True)
    return serve(settings.PORT, web_processes=settings.WEB_PROCESSES)


if __name__ == "__main__":
    sys.exit(main())
