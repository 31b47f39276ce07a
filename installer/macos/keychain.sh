#!/bin/bash
# Read by the release workflow: put the certificate and Apple's account into a keychain of their own, and name both for
# python -m installer dmg (security(1), notarytool(1)).
set -eu
keychain="$RUNNER_TEMP/release.keychain-db"
password=$(openssl rand -hex 24)
printf '%s' "$MACOS_CERTIFICATE" | base64 --decode > "$RUNNER_TEMP/macos.p12"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$RUNNER_TEMP/macos.p12" -k "$keychain" -P "$MACOS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
rm "$RUNNER_TEMP/macos.p12"
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" > /dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
security default-keychain -d user -s "$keychain"  # where notarytool looks for its profile
xcrun notarytool store-credentials coachdesk \
    --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM" --password "$APPLE_PASSWORD"
export COACHDESK_IDENTITY="$MACOS_IDENTITY" COACHDESK_NOTARY=coachdesk
