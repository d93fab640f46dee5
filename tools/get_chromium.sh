#!/bin/sh
# Chromium for the browser tests: Debian's package, when it is missing and this user may install it.
set -u
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Debian's chromium for the browser tests."
  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-dejavu-core >/dev/null && exit 0
fi
echo "No Chromium here and no right to install it: the browser tests will be left out (apt-get install chromium)."
exit 0
