#!/bin/sh
# Make this folder ready: `sh setup.sh run` for the program, `sh setup.sh test` for its tests and checks too,
# `sh setup.sh machine` for the tests with real browsers and desktop services as well, `sh setup.sh package` for making
# the packages, `sh setup.sh installed` for the tests that install them.
#
# Creates .venv, fills it from the lock file and, on Debian and its children, installs the system packages that are
# missing. Where it may not install, it prints the one command to run and stops. Nothing is fetched that is there.

set -eu
cd "$(dirname "$0")"
goal=${1:-run}

# What Qt's window loads on X11 and Wayland, and one font to write with.
packages="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0
    libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1
    libxcb-xfixes0 libxcb-xkb1 libwayland-client0 libwayland-cursor0 libwayland-egl1 fonts-dejavu-core"
lock=requirements.lock
if [ "$goal" != run ]; then
    # A screen, a window manager, a keyboard and mouse to drive, the tools that look at the result, more scripts, and
    # what takes programs and archives apart.
    packages="$packages xvfb xauth openbox xdotool x11-utils dbus at-spi2-core strace sqlite3 procps
        fonts-noto-core fonts-noto-color-emoji binutils dpkg-dev xz-utils"
    lock=requirements-dev.lock
fi
if [ "$goal" = machine ]; then
    # What focus mode is tried on: two browsers, two notification daemons and the settings of four desktops.
    packages="$packages chromium firefox-esr dunst xfce4-notifyd xfconf libnotify-bin libglib2.0-bin
        dconf-cli dconf-service dconf-gsettings-backend gsettings-desktop-schemas cinnamon-desktop-data
        mate-notification-daemon-common libkf5config-bin desktop-file-utils"
    # And what reads the parts of the packages that can be made without the program.
    packages="$packages nsis nsis-common 7zip appstream groff fish zsh"
fi
if [ "$goal" = package ] || [ "$goal" = installed ]; then
    # What the program is frozen with, and the package for Debian and the installer for Windows are made with.
    packages="$packages libpython3-dev nsis nsis-common"
fi
if [ "$goal" = installed ]; then
    # What looks into them, a clean Debian and a Windows to install them in, the shells that complete words, a stick.
    packages="$packages lintian appstream desktop-file-utils shared-mime-info groff man-db 7zip debootstrap util-linux
        wine wine64 bash fish zsh exfat-fuse exfatprogs"
fi

say() { printf 'setup: %s\n' "$*" >&2; }

as_root=""
may_install() {
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && as_root="sudo"
}

missing_of() {
    for package in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || printf '%s ' "$package"
    done
}

install_packages() {
    missing=$(missing_of "$@")
    [ -n "$missing" ] || return 0
    if ! may_install; then
        say "some system packages are missing. Please run this, then try again:"
        printf '    sudo apt-get install --no-install-recommends %s\n' "$missing" >&2
        exit 1
    fi
    say "installing: $missing"
    # shellcheck disable=SC2086  # words on purpose
    apt_get install $missing 2>/dev/null || { apt_get update && apt_get install $missing; }
}

apt_get() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends "$@" >/dev/null
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

choose_python() {
    for name in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11; do
        python=$(command -v "$name") && new_enough "$python" && return 0
    done
    say "CoachDesk needs Python 3.11 or newer; set PYTHON to one, for example: make run PYTHON=/usr/local/bin/python3.12"
    exit 1
}

# A Python may come without the part that puts pip into a new environment; then its own pip fills it from outside.
create_environment() {
    rm -rf .venv
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        "$python" -m venv .venv
    elif "$python" -c 'import venv' 2>/dev/null && "$python" -m pip --python "$python" --version >/dev/null 2>&1; then
        "$python" -m venv --without-pip .venv
    elif command -v apt-get >/dev/null; then
        install_packages python3-venv
        "$python" -m venv .venv
    else
        say "this Python cannot make virtual environments; please install its venv part, then try again"
        exit 1
    fi
}

install() {
    if .venv/bin/python -c 'import pip' 2>/dev/null; then
        .venv/bin/python -m pip --disable-pip-version-check install --quiet "$@"
    else
        "$python" -m pip --disable-pip-version-check --python .venv/bin/python install --quiet "$@"
    fi
}

choose_python
if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086  # words on purpose
    install_packages $packages
else
    say "system packages are left to you here. What is needed, as Debian calls it:"
    # shellcheck disable=SC2086  # words on purpose
    printf '    %s\n' $packages | sort >&2
fi
.venv/bin/python -c 'import sys' 2>/dev/null || create_environment
say "installing the Python packages of $lock"
install --require-hashes -r "$lock"
if [ "$goal" != run ]; then
    install --no-deps --no-build-isolation --editable .
    touch .venv/ready-test ".venv/ready-$goal"
fi
if [ "$goal" = installed ]; then
    touch .venv/ready-package
fi
touch .venv/ready-run
