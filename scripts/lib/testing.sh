# shellcheck shell=bash
# What the scripts that try the command have in common. Read from the project's folder:
#   . scripts/lib/testing.sh
# Reading it makes the folder $work, which is removed at the end. The processes whose ids are in
# `pids` are ended before.

work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  # What a process has mounted there is not removed.
  rm -rf --one-file-system "$work"
}
trap finish EXIT

passed=0
ok() { passed=$((passed + 1)) && printf 'ok   %s\n' "$1"; }
# Says what failed, with the end of the log, and ends the script.
fail() { # SENTENCE [LOG…]
  printf 'FAIL %s\n' "$1"
  shift
  for log in "${@:-$work/log}"; do [ ! -s "$log" ] || tail -n 30 "$log"; done
  exit 1
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Runs a command every tenth of a second until it succeeds, for at most as many seconds.
eventually() { # SECONDS COMMAND…
  local tries=$(($1 * 10))
  shift
  while ! "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
}

# Starts the server of a configuration, and waits until it listens. Its log is $work/log.
start_server() { # OVA CONFIGURATION
  "$1" serve --config "$2" 2>"$work/log" &
  pids+=($!)
  eventually 20 grep -q listening "$work/log" || fail 'the server listens'
}
