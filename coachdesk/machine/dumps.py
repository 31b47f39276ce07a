"""What a crash leaves of this process's memory, in which records lie open: nothing."""


def leave_none() -> None:
    """Ask the system to write no core file of this process or of those it starts.

    setrlimit(2); systemd-coredump honours the limit too. PR_SET_DUMPABLE would bar more, and with it every file chooser
    of a portal (xdg-desktop-portal issue 1490). Windows keeps none unless an administrator asks for it (*LocalDumps*).
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
