#!/bin/sh
# Makes sure that the tests find a browser, PostgreSQL and a reader of paper; apt where it may.
# usage: install_tools.sh PYTHON
set -eu

python=$1

found() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

wanted=""
found chromium chromium-browser google-chrome || wanted="$wanted chromium"
found postgres || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || wanted="$wanted postgresql"
found tesseract && tesseract --list-langs 2>/dev/null | grep -qx vie ||
    wanted="$wanted tesseract-ocr tesseract-ocr-vie"

if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && found apt-get; then
    echo "Installing for the tests:$wanted"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
fi

found chromium chromium-browser google-chrome || "$python" -m playwright install chromium || {
    echo "No browser: install Chromium, then run the tests again." >&2
    exit 1
}
