"""Sign-in, link form and confirm against the bare Argon2 verification of the same run, and their queries.

    python -m bench.linking [--filers 200000] [--database sqlite|postgres|both]

Times are CPU time of the thread that answers, with all middleware, without the network: on a machine that is shared,
the clock on the wall measures the others. On PostgreSQL the server's own CPU time is not in it.
"""

import argparse
import sys

from bench.place import ask_for_database, on_each


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filers", type=int, default=200_000, metavar="N", help="filer accounts of the second count")
    ask_for_database(parser)
    given = parser.parse_args()
    return on_each(given.database, "posts", [str(given.filers)], EMAIL_URL="dummymail://")


if __name__ == "__main__":
    sys.exit(main())
