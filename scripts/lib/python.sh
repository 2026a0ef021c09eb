# shellcheck shell=bash
# Packages of PyPI for scripts. Read from the project's folder:
#   . scripts/lib/python.sh

# Prints the folder of a virtual environment with some packages. It is kept in the cache folder, and
# made again when other packages are asked for.
python_environment() { # NAME REQUIREMENT…
  local folder=${OVA_CLIENTS:-${XDG_CACHE_HOME:-$HOME/.cache}/ovakit-clients}/$1
  shift
  if [ "$(cat "$folder/requirements" 2>/dev/null)" != "$*" ]; then
    rm -rf "$folder"
    mkdir -p "$(dirname "$folder")"
    python3 -m venv "$folder" >&2 && "$folder/bin/pip" -q install "$@" >&2 || return 1
    printf '%s\n' "$*" >"$folder/requirements"
  fi
  printf '%s\n' "$folder"
}
