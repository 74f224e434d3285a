#!/bin/sh
# A browser for the tests that look at pages: Debian's package where we may install it, else one line that says what is missing and what follows.
# Never fails: everything else works without a browser, and the last lines of `make test` count what was skipped.
set -u
for program in chromium chromium-browser google-chrome; do
	command -v "$program" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	patient="-qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20"
	export DEBIAN_FRONTEND=noninteractive
	# shellcheck disable=SC2086 # options, each a word
	if apt-get install $patient -y --no-install-recommends chromium >/dev/null 2>&1 ||
		{ apt-get update $patient >/dev/null 2>&1 && apt-get install $patient -y --no-install-recommends chromium >/dev/null 2>&1; }; then
		echo "chromium was installed: the tests look at pages in it"
		exit 0
	fi
fi
echo "chromium is missing: apt-get install chromium. Without it the tests that look at pages in a browser are skipped."
