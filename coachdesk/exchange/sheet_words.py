"""The sentences of the sheet about what is kept, each for one thing that may be so."""

from coachdesk.words import N_, _, ngettext

DETAILS = {
    "short_name": N_("a short name"),
    "email": N_("e-mail address"),
    "phone": N_("phone number"),
    "call_link": N_("the link of our calls"),
    "time_zone": N_("time zone"),
    "pronouns": N_("pronouns"),
    "group_size": N_("how many you are"),
    "planned_sessions": N_("how many sessions we planned"),
    "started_on": N_("since when we work together"),
    "ended_on": N_("until when we worked together"),
    "archived_at": N_("when I put your record aside"),
    "log_consent_on": N_("when you agreed to be named in a log of hours"),
    "needs_pace": N_("what you need from our pace"),
    "needs_topics": N_("which topics you want handled with care"),
    "needs_feedback": N_("how you want feedback"),
    "conflict_note": N_("a note on a possible conflict of interest"),
}
"""Columns of a client's own row, in the order of telling; the name and the kind are always there."""

TABLES = {
    "agreement": (
        N_("{n} agreement between us, with what we settled"),
        N_("{n} agreements between us, with what we settled; the earlier ones stay"),
    ),
    "session": (
        N_("{n} session: planned and actual times, paid or not, and what it was about where I wrote that"),
        N_("{n} sessions: planned and actual times, paid or not, and what they were about where I wrote that"),
    ),
    "pause": (N_("when a session paused ({n})"), N_("when sessions paused ({n})")),
    "mark": (
        N_("{n} moment of a session that I marked, with words where I added some"),
        N_("{n} moments of sessions that I marked, with words where I added some"),
    ),
    "cue_shown": (
        N_("when I was reminded during a session, for instance to ask how it is for you ({n})"),
        N_("when I was reminded during sessions, for instance to ask how it is for you ({n})"),
    ),
    "note": (N_("{n} note on a session"), N_("{n} notes on sessions")),
    "commitment": (N_("{n} promise or next step"), N_("{n} promises and next steps")),
    "review": (N_("what became of a promise or next step ({n})"), N_("what became of promises and next steps ({n})")),
    "canvas_line": (
        N_("{n} line on what I understood so far, some in your own words"),
        N_("{n} lines on what I understood so far, some in your own words"),
    ),
    "tick": (
        N_("what we settled in our first session ({n} point)"),
        N_("what we settled in our first session ({n} points)"),
    ),
    "hours_noted": (N_("hours from an earlier log ({n} entry)"), N_("hours from an earlier log ({n} entries)")),
    "calendar_rule": (
        N_("how an entry of my calendar is recognised as ours ({n} rule)"),
        N_("how entries of my calendar are recognised as ours ({n} rules)"),
    ),
    "calendar_taken": (
        N_("which entry of my calendar became a session of ours ({n})"),
        N_("which entries of my calendar became sessions of ours ({n})"),
    ),
    "draft": (N_("{n} text I have begun and not finished"), N_("{n} texts I have begun and not finished")),
    "duty_told": (
        N_("that the program reminded me of something between us ({n} time)"),
        N_("that the program reminded me of something between us ({n} times)"),
    ),
}  # fmt: skip
"""Tables, in the singular and plural; erasures are noted only of clients who are gone."""

WAYS = {
    "passphrase": N_("a passphrase that I know"),
    "keychain": N_("my login on this computer, through its keychain"),
    "recovery": N_("a recovery code, which the program showed me once and does not keep"),
}


def table_words(name: str, count: int) -> str:
    """How many rows of a table there are about a client, in a client's words."""
    one, many = TABLES.get(name, (N_("{n} other entry"), N_("{n} other entries")))
    return ngettext(one, many, count).format(n=count)


def never() -> str:
    """What the program does not do at all."""
    return _(
        "The program records neither sound nor picture, writes no transcript, and has no scores or charts about you."
    )


def rights() -> list[str]:
    """What a client can ask for."""
    return [
        _("A copy of everything, to read and as data. The copy is then yours to keep safe; it is not encrypted."),
        _("That something wrong is corrected."),
        _(
            "That everything is erased: from the records and from the backups beside them. What may stay is a number "
            "of hours and the note that somebody was erased, both without your name."
        ),
        _(
            "Two things the program cannot erase by itself: your name within a text about somebody else, which it "
            "shows me, and copies that were handed out or put elsewhere. Ask me about those too."
        ),
    ]
