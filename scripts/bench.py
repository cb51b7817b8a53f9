"""`make bench`: every module of bench/ that has a `main`, one after the other."""

import subprocess
import sys

from scripts.environment import TOP, ensure_env


def main(arguments: list[str]) -> int:
    """Run the benchmarks named, or all; 0 if each ran to its end."""
    ensure_env()
    found = sorted(path.stem for path in (TOP / "bench").glob("*.py") if "__main__" in path.read_text())
    codes = []
    for name in arguments or found:
        print(f"--- {name}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=TOP, check=False).returncode)
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
