#!/bin/sh
# Sign one program or installer of Windows in its place, with the certificate that the release workflow has laid down.
# The time is attested, so that the signature holds after the certificate has ended.
set -eu
osslsigncode sign -pkcs12 "$RUNNER_TEMP/windows.p12" -readpass "$RUNNER_TEMP/windows.password" \
    -h sha256 -n CoachDesk -ts http://timestamp.digicert.com -in "$1" -out "$1.signed"
mv "$1.signed" "$1"
