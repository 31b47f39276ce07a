"""Completion for bash, zsh and fish: plain tables out of the command line, so that Tab starts no program."""

from collections.abc import Iterable
from pathlib import Path

from coachdesk.exchange.archive import ENDING
from installer.commandline import Command, Taken


def write(root: Command, share: Path) -> None:
    """Put the three where the shells look below a folder such as /usr/share."""
    for place, text in (
        ("bash-completion/completions/coachdesk", bash(root)),
        ("zsh/vendor-completions/_coachdesk", zsh(root)),
        ("fish/vendor_completions.d/coachdesk.fish", fish(root)),
    ):
        path = share / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (share / "bash-completion/completions/coachdesk-window").symlink_to("coachdesk")


def valued(root: Command) -> list[str]:
    """Every option that has a value behind it."""
    return sorted({option.name for command in root.every() for option in command.options if option.value})


def _options(root: Command, command: Command) -> tuple[Taken, ...]:
    return tuple({option.name: option for option in (*command.options, *root.options)}.values())


# --- bash -------------------------------------------------------------------------------------------------------------

_BASH = """\
# Completion of coachdesk in bash.

_coachdesk() {{
    local now=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
    local place="" words="" options="" files="" i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${{COMP_WORDS[i]}} in
            {valued})
                [[ ${{COMP_WORDS[i + 1]}} == = ]] && ((i++))
                ((i++)) ;;
            *) case "$place ${{COMP_WORDS[i]}}" in
                {places})
                    place="$place ${{COMP_WORDS[i]}}" ;;
            esac ;;
        esac
    done
    if [[ $now == = ]]; then now=""; elif [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD - 2]}}; fi
    case "$place $before" in
{values}
        {others}) return ;;
        *) case "$place" in
{commands}
        esac ;;
    esac
    [[ $now == -* ]] && words=$options files=""
    [[ -n $files ]] && compopt -o default
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$now")
}}

complete -F _coachdesk coachdesk
complete -f -X '!*{ending}' -o plusdirs coachdesk-window
"""


def bash(root: Command) -> str:
    """The script for bash."""
    commands = list(root.every())
    return _BASH.format(
        valued="|".join(valued(root)),
        others="|".join(f'*" {name}"' for name in valued(root)),
        places="|".join(f"' {' '.join(command.words)}'" for command in commands if command.words),
        values="\n".join(dict.fromkeys(line for command in commands for line in _bash_values(root, command))),
        commands="\n".join(_bash_words(root, command) for command in commands),
        ending=ENDING,
    )


def _bash_values(root: Command, command: Command) -> Iterable[str]:
    place = "".join(f" {word}" for word in command.words)
    for option in command.options:
        where = f'"{place} {option.name}"' if command is not root else f'*" {option.name}"'
        if option.choices:
            yield f'        {where}) words="{" ".join(option.choices)}" ;;'
        elif option.is_file:
            yield f"        {where}) files=yes ;;"


def _bash_words(root: Command, command: Command) -> str:
    below = [each.words[-1] for each in command.below]
    choices = [choice for argument in command.arguments for choice in argument.choices]
    options = " ".join(option.name for option in _options(root, command))
    files = " files=yes" if any(argument.is_file for argument in command.arguments) else ""
    place = "".join(f" {word}" for word in command.words)
    return f"""            '{place}') words="{" ".join([*below, *choices])}" options="{options}"{files} ;;"""


# --- zsh --------------------------------------------------------------------------------------------------------------

_ZSH = """\
#compdef coachdesk coachdesk-window
# Completion of coachdesk in zsh.

{functions}
if [[ $service == coachdesk-window ]]; then
    _files -g '*{ending}'
else
    _coachdesk_ "$@"
fi
"""


def zsh(root: Command) -> str:
    """The script for zsh."""
    functions = "\n".join(_zsh_function(root, command) for command in root.every())
    return _ZSH.format(functions=functions, ending=ENDING)


def _zsh_function(root: Command, command: Command) -> str:
    options = [_zsh_option(option) for option in _options(root, command)]
    if not command.below:
        specs = [*options, *(_zsh_argument(place, each) for place, each in enumerate(command.arguments, 1))]
        return f"{_zsh_name(command)}() {{\n    _arguments {_joined(specs)}\n}}\n"
    listed = _joined([_quoted(f"{each.words[-1]}:{_colons(each.help)}") for each in command.below])
    specs = [*options, "'1: :->word'", "'*:: :->rest'"]
    return f"""\
{_zsh_name(command)}() {{
    local curcontext=$curcontext state line
    local -A opt_args
    local -a below=({listed})
    _arguments -C {_joined(specs)} && return
    case $state in
        word) _describe -t commands command below ;;
        rest) (( $+functions[{_zsh_name(command)}_${{words[1]}}] )) && {_zsh_name(command)}_${{words[1]}} ;;
    esac
}}
"""


def _zsh_name(command: Command) -> str:
    return "_coachdesk_" + "".join(f"_{word}" for word in command.words)


def _zsh_option(option: Taken) -> str:
    said = option.explained.replace("[", r"\[").replace("]", r"\]")
    if not option.value:
        return _quoted(f"{option.name}[{said}]")
    return _quoted(f"{option.name}=[{said}]:{option.value.lower()}:{_zsh_choice(option)}")


def _zsh_argument(place: int, argument: Taken) -> str:
    colons = ":" if argument.required else "::"
    return _quoted(f"{place}{colons}{_colons(argument.explained) or argument.name.lower()}:{_zsh_choice(argument)}")


def _zsh_choice(taken: Taken) -> str:
    if taken.choices:
        return f"({' '.join(taken.choices)})"
    return "_files" if taken.is_file else " "


def _colons(text: str) -> str:
    return text.replace(":", r"\:")


def _joined(specs: Iterable[str]) -> str:
    return " ".join(specs)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


# --- fish -------------------------------------------------------------------------------------------------------------

_FISH = """\
# Completion of coachdesk in fish.

function __coachdesk_place --description 'The noun and the verb so far, and what follows them'
    set -l behind no
    for word in (commandline -opc)[2..-1]
        if test $behind = yes
            set behind no
        else if contains -- $word {valued}
            set behind yes
        else if not string match -q -- '-*' $word
            echo $word
        end
    end
end

function __coachdesk_at --description 'Whether these words, and no more, were given'
    test "$(__coachdesk_place | string join ' ')" = "$argv"
end

function __coachdesk_in --description 'Whether these words were given, and perhaps more'
    set -l place (__coachdesk_place)
    test (count $place) -ge (count $argv); and test "$place[1..$(count $argv)]" = "$argv"
end

complete -c coachdesk -f
complete -c coachdesk-window -k -x -a "(__fish_complete_suffix {ending})"
{lines}
"""


def fish(root: Command) -> str:
    """The script for fish."""
    lines = [line for command in root.every() for line in _fish_lines(command)]
    return _FISH.format(valued=" ".join(valued(root)), ending=ENDING, lines="\n".join(lines))


def _fish_lines(command: Command) -> Iterable[str]:
    place = " ".join(command.words)
    for below in command.below:
        yield f"complete -c coachdesk -n '__coachdesk_at {place}' -a {below.words[-1]} -d {_fish_quoted(below.help)}"
    within = f" -n '__coachdesk_in {place}'" if place else ""
    for option in command.options:
        said = f" -d {_fish_quoted(option.explained)}" if option.explained else ""
        yield f"complete -c coachdesk{within} -l {option.name[2:]}{_fish_value(option)}{said}"
    for argument in command.arguments:
        if argument.choices:
            yield f"complete -c coachdesk{within} -a '{' '.join(argument.choices)}'"
        elif argument.is_file:
            yield f"complete -c coachdesk{within} -F"


def _fish_value(option: Taken) -> str:
    if option.choices:
        return f" -x -a '{' '.join(option.choices)}'"
    if option.value:
        return " -r -F" if option.is_file else " -x"
    return ""


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
