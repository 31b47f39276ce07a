"""Tab offers what the command line takes, and starts nothing for it."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from installer import commandline, completion

ROOT = commandline.read()
BASH = """
source {script}
COMP_WORDS=({words}) COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
compopt() {{ echo "files"; }}
_coachdesk
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """The three scripts where their shells find them."""
    completion.write(ROOT, tmp_path / "share")
    return tmp_path / "share"


def offered_by_bash(share: Path, *words: str) -> list[str]:
    """What bash offers for the last word; "files" where it would offer those too."""
    script = share / "bash-completion/completions/coachdesk"
    asked = BASH.format(script=shlex.quote(str(script)), words=" ".join(map(shlex.quote, ("coachdesk", *words))))
    nowhere = {"PATH": "/nonexistent"}  # whatever it started would not be found
    done = subprocess.run(["/bin/bash", "-uc", asked], capture_output=True, text=True, env=nowhere, timeout=20)
    assert ("", 0) == (done.stderr, done.returncode)
    return done.stdout.split()


def test_bash_offers_the_nouns(share: Path) -> None:
    assert [noun.words[0] for noun in ROOT.below] == offered_by_bash(share, "")


def test_bash_offers_the_verbs_of_a_noun_that_begin_so(share: Path) -> None:
    assert ["start", "status"] == offered_by_bash(share, "session", "sta")


def test_bash_offers_the_options_of_a_verb_and_those_of_all(share: Path) -> None:
    assert ["--minutes", "--home", "--json", "--passphrase-file", "--version"] == offered_by_bash(
        share, "focus", "on", "--"
    )


def test_bash_is_not_misled_by_the_value_of_an_option(share: Path) -> None:
    assert ["list"] == offered_by_bash(share, "--home", "session", "client", "l")
    assert ["list"] == offered_by_bash(share, "--home", "=", "session", "client", "l")


def test_bash_offers_the_words_to_choose_from(share: Path) -> None:
    assert ["kept"] == offered_by_bash(share, "commitment", "review", "3", "k")
    assert ["group"] == offered_by_bash(share, "client", "add", "--kind", "g")
    assert ["group"] == offered_by_bash(share, "client", "add", "--kind", "=", "g")


def test_bash_offers_files_where_one_is_wanted_and_nowhere_else(share: Path) -> None:
    assert ["files"] == offered_by_bash(share, "import", "archive", "")
    assert ["files"] == offered_by_bash(share, "client", "list", "--passphrase-file", "")
    assert [] == offered_by_bash(share, "client", "show", "")
    assert [] == offered_by_bash(share, "client", "edit", "3", "--name", "")


@pytest.mark.machine
@pytest.mark.parametrize(
    ("offered", "line"),
    [
        (["client", "commitment", "canvas", "checklist"], "coachdesk c"),
        (["start", "status"], "coachdesk session sta"),
        (["list"], "coachdesk --home session client l"),
        (["--minutes"], "coachdesk focus on --m"),
        (["kept"], "coachdesk commitment review 3 k"),
        (["group"], "coachdesk client add --kind g"),
        (["archive", "calendar", "icf-log"], "coachdesk import "),
    ],
)
@pytest.mark.parametrize("shell", ["fish", "zsh"])
def test_the_other_shells_offer_the_same(share: Path, shell: str, offered: list[str], line: str) -> None:
    offers = {"fish": offered_by_fish, "zsh": offered_by_zsh}[shell](share, line)
    assert sorted(offered) == sorted(offers)


def offered_by_fish(share: Path, line: str) -> list[str]:
    """What fish offers at the end of a line."""
    script = share / "fish/vendor_completions.d/coachdesk.fish"
    asked = f"source {shlex.quote(str(script))}; complete -C {shlex.quote(line)}"
    done = subprocess.run(["fish", "-Nc", asked], capture_output=True, text=True, timeout=20)
    assert ("", 0) == (done.stderr, done.returncode)
    return [each.split("\t")[0] for each in done.stdout.splitlines()]


ZSH_INSIDE = """
PROMPT=
fpath=({folder} $fpath)
autoload compinit
compinit -u -D
bindkey '^I' complete-word
mark() {{ print -r -- MARK }}
compprefuncs=(mark) comppostfuncs=(mark exit)
zstyle ':completion:*' insert-tab false
compadd() {{
    if [[ ${{@[1,(i)(-|--)]}} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
    local -a hits
    builtin compadd -A hits "$@"
    [[ -z $hits ]] || print -rl -- FOUND\\ $^hits
    [[ -n $hits ]]
}}
print READY
"""
ZSH_OUTSIDE = """
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner source $1
until [[ $line == READY* ]]; do zpty -r inner line; done
zpty -w -n inner $2$'\t'
while zpty -r inner line; do print -rn -- $line; done
"""


def offered_by_zsh(share: Path, line: str) -> list[str]:
    """What zsh offers at the end of a line that is typed into a terminal of its own."""
    inside = share / "inside.zsh"
    inside.write_text(ZSH_INSIDE.format(folder=share / "zsh/vendor-completions"), "utf-8")
    words = ["zsh", "-f", "-c", ZSH_OUTSIDE, "zsh", str(inside), line]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, env={**os.environ, "TERM": "dumb"})
    said = done.stdout.replace("\r", "").partition("MARK\n")[2]
    return list(dict.fromkeys(each.removeprefix("FOUND ") for each in said.splitlines() if each.startswith("FOUND ")))
