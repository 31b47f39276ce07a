"""What a crash leaves of this process's memory, in which records lie open: nothing."""


def leave_none() -> None:
    """Ask the system to keep no image of the memory of this process, or of those it starts.

    setrlimit(2). A limit of 0 bars a core file, but no crash reporter that a ``core_pattern`` pipes to (core(5)):
    whether it heeds the limit is its own affair. At a limit of 1 byte Linux starts none (fs/coredump.c), and a core
    file needs more; under a hard limit of 0 it cannot be had. A ``core_pattern`` that names a socket (Linux 6.16) asks
    no limit. PR_SET_DUMPABLE would bar more, and with it every file chooser of a portal (xdg-desktop-portal issue
    1490). Windows keeps none unless an administrator asks for it (*LocalDumps*).
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    soft = 1 if hard and hasattr(resource, "prlimit") else 0  # only Linux has prlimit(2)
    resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
