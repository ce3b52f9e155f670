#!/usr/bin/env bash
# What the action does. Everything that a user gives comes in variables, and never in the text of a command.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
temp=${RUNNER_TEMP:?this runs as a step of a job}

# fail MESSAGE: the message beside the step, as the runner shows it, on one line.
fail() {
    printf '::error title=Ticketbooth::%s\n' "${1//$'\n'/ }"
    exit 2
}

# A bash of macOS is too old to read words into a list by itself.
words=()
split() {
    words=()
    local word list=$temp/ticketbooth-words
    python3 -c 'import shlex, sys; [print(word, end="\0") for word in shlex.split(sys.argv[1])]' "$1" >"$list" 2>/dev/null ||
        fail "args cannot be taken apart into words: a quote is open"
    while IFS= read -r -d '' word; do
        words+=("$word")
    done <"$list"
}

install() {
    [[ $ACTION_VERSION =~ ^[0-9][0-9A-Za-z.]*$ ]] || fail "version is no version, but $ACTION_VERSION"
    local folder=$temp/ticketbooth-$ACTION_VERSION list
    if ! list=$(grep -F "ticketbooth==$ACTION_VERSION " "$here/hashes.txt"); then
        fail "version $ACTION_VERSION has no digests in this release of the action: take a release of it that has, or leave version out"
    fi
    printf '%s\n' "$list" >"$temp/ticketbooth-hashes.txt"
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --target "$folder" --requirement "$temp/ticketbooth-hashes.txt" ||
        fail "ticketbooth $ACTION_VERSION cannot be installed, or is not the one whose digest is known"
    PATH=$folder/bin:$PATH
    printf '%s\n' "$folder/bin" >>"$GITHUB_PATH"
}

# The verdict for the page of the run.
summarise() {
    [ ! -s "$1" ] || python3 - "$1" >>"$GITHUB_STEP_SUMMARY" <<'PYTHON'
import html, json, sys

report = json.load(open(sys.argv[1], encoding="utf-8"))
cell = lambda text: html.escape(" ".join(str(text).split())).replace("|", "&#124;").replace("`", "&#96;")
if report["scenario"] is not None:
    print(f"### Ticketbooth: {cell(report['scenario'])}: {cell(report['verdict'])}\n\n| verdict | |\n| --- | --- |")
    for part in report["rules"] + report["expectations"]:
        print(f"| {cell(part['verdict'])} | {cell(part['message'])} |")
PYTHON
}

# Runs the commands under an emulator, and ends with their code or that of the verdict.
around() {
    local verdict=$temp/ticketbooth-verdict.json script=$temp/ticketbooth-run.sh code=0
    printf '%s\n' "$ACTION_RUN" >"$script"
    [ -z "$ACTION_REPORT" ] || flags+=(--report "$ACTION_REPORT")
    [ "$ACTION_INTERCEPT" != true ] || flags+=(--intercept)
    rm -f "$verdict"
    ticketbooth exec ${flags[@]+"${flags[@]}"} --report "$verdict" -- bash -e "$script" || code=$?
    summarise "$verdict"
    exit "$code"
}

# Starts an emulator that goes on when this step has ended, as an action of this kind has no step behind the job's.
beside() {
    [ -z "$ACTION_REPORT" ] || fail "report is for run: an emulator beside the steps has no end at which it could be written"
    [ "$ACTION_INTERCEPT" != true ] || fail "intercept is for run: a proxy in the environment would take the calls of all later steps"
    local word
    for word in ${words[@]+"${words[@]}"}; do
        case $word in
            --world | --world=* | --admin-token | --admin-token=*)
                fail "$word is for run: later steps get the keys of the demo world and no token" ;;
        esac
    done
    local news=$temp/ticketbooth-ready log=$temp/ticketbooth.log ready
    rm -f "$news"
    mkfifo "$news"
    exec 3<>"$news"
    # Where it cannot start, an empty line ends the wait.
    (
        ticketbooth serve --listen 127.0.0.1:0 --ready-file "$news" ${flags[@]+"${flags[@]}"} >/dev/null 2>"$log" 3>&- || true
        echo >&3
    ) </dev/null >/dev/null 2>&1 &
    read -r -t 30 ready <&3 || true
    if [ -z "${ready:-}" ]; then
        cat "$log" >&2
        fail "the emulator did not start: $(tail -n 5 "$log")"
    fi
    local url
    url=$(python3 -c 'import json, sys; print(json.loads(sys.argv[1])["http"])' "$ready")
    printf 'url=%s\n' "$url" >>"$GITHUB_OUTPUT"
    # Each value between lines of its own, which no value can have.
    ticketbooth env --url "$url" --json | python3 -c '
import json, sys, uuid

for name, value in json.load(sys.stdin).items():
    end = uuid.uuid4()
    print(f"{name}<<{end}\n{value}\n{end}")
' >>"$GITHUB_ENV"
}

install
flags=()
while IFS= read -r line; do
    [ -z "$line" ] || flags+=(--scenario "$line")
done <<<"$ACTION_SCENARIO"
split "$ACTION_ARGS"
flags+=(${words[@]+"${words[@]}"})
if [ -n "$ACTION_RUN" ]; then around; else beside; fi
