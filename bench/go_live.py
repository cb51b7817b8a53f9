"""A go-live Monday: attorneys by the thousand link at once, every form is sent twice, and ten want the same account.

    python -m bench.go_live [--attorneys 1000] [--database sqlite|postgres|both] [--kill]

Runs what `make run` runs, with four web processes, on a database of its own. Ends with 1 if one link was lost,
doubled or given to the wrong person. `--kill` ends a web process and the worker (SIGKILL) in the middle, thrice.
"""

import argparse
import sys

from bench.place import ask_for_database, on_each

WEB_PROCESSES = 4


def main() -> int:
    """The morning on each database that is asked for; 1 if a promise was broken on any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attorneys", type=int, default=1000, metavar="N")
    parser.add_argument("--kill", action="store_true", help="kill a web process and the worker in the middle")
    parser.add_argument("--seed", type=int, default=20210216, help="of what is left to chance")
    ask_for_database(parser)
    given = parser.parse_args()
    arguments = [str(given.attorneys), str(given.seed), "kill" if given.kill else "spare"]
    return on_each(given.database, "monday", arguments, WEB_PROCESSES=str(WEB_PROCESSES))


if __name__ == "__main__":
    sys.exit(main())
