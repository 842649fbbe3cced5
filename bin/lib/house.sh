# What the scripts of bin/ share. Sourced, from the repository's root.
set -euo pipefail

# An import must be declared in Package.swift for its own target: layers are checked by the compiler.
build_flags=(--explicit-target-dependency-import-check error)

# Tests all begin at once unless told otherwise: PostgreSQL would run out of connections, and limits of time would end
# those that have hardly had their turn.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8

say() { printf '%s\n' "$*" >&2; }
die() { say "$(basename "$0"): $*"; exit 2; }

# A TCP port of 127.0.0.1 that nobody listens on.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# await_ready URL PID SECONDS: until the server answers; fails when it has ended or the time is over.
await_ready() {
  python3 - "$1" "$2" "$3" <<'PYTHON'
import os, sys, time, urllib.request
url, pid, limit = sys.argv[1], int(sys.argv[2]), time.monotonic() + float(sys.argv[3])
while True:
    try:
        urllib.request.urlopen(url + "/readyz", timeout=2).read()
        break
    except OSError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            sys.exit("the server has ended")
        if time.monotonic() > limit:
            sys.exit("the server is not ready in time")
        time.sleep(0.05)
PYTHON
}
