# For prerm and postrm, into which it is put.
#
# Nothing below a home is looked at, opened or changed as root: a link there could lead anywhere, and a disk of the
# network may never answer. It is done as the person whose home it is, within a bounded time, and whatever becomes of
# it, the package manager goes on.

# Calls "$@" with $person, $number and $home set, for everybody who may have used CoachDesk.
for_everybody() {
    people=$(getent passwd) || people=""
    while IFS=: read -r person _ number _ _ home _; do
        case "$number" in '' | *[!0-9]*) continue ;; esac
        if [ "$number" -ne 0 ] && { [ "$number" -lt 1000 ] || [ "$number" -eq 65534 ]; }; then continue; fi
        case "$home" in / | [!/]* | '') continue ;; esac
        "$@" </dev/null || true
    done <<EVERYBODY
$people
EVERYBODY
}

# Carries out a command as $person, with the bus of their desktop where they are logged in. In a session of its own it
# has no terminal: it could type into the one of root (TIOCSTI, ioctl_tty(2)). After 30 s it answers 124 or 137.
as_person() {
    set -- HOME="$home" USER="$person" LOGNAME="$person" PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"
    if [ -d "/run/user/$number" ]; then set -- XDG_RUNTIME_DIR="/run/user/$number" "$@"; fi
    if [ -S "/run/user/$number/bus" ]; then
        set -- DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$number/bus" "$@"
    fi
    (cd / && setsid -w timeout -k 2 30 runuser -u "$person" -- env -i "$@")
}
