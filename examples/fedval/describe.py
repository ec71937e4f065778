#!/usr/bin/env python3
"""Writes the completions for bash, zsh and fish, or the pages of the subcommands, from --help.

usage: describe.py PROGRAM completions BASH ZSH FISH
       describe.py PROGRAM pages FOLDER

--help is made of the command's one table of options; so whatever is added there is in all of them.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import textwrap

MARK = "Written from fedval --help when fedval was built."


def ask(program, *words):
    """However wide the builder's window is, the pages are the same."""
    environment = {**os.environ, "COLUMNS": "80"}
    return subprocess.run([program, *words], capture_output=True, text=True, check=True, env=environment).stdout


def entries(text, start):
    """(head, description) of what begins with `start`; the description goes on below, further in."""
    found = []
    for line in text.splitlines():
        if re.match(start, line):
            head, _, rest = line.strip().partition("  ")
            found.append((head, rest.strip()))
        elif found and line.startswith("        ") and line.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}".strip())
        elif not line.startswith("        "):
            found.append(("", ""))
    return [entry for entry in found if entry[0]]


def commands(program):
    """(name, arguments, summary) of each subcommand."""
    for line, rest in entries(ask(program, "--help"), r"  [a-z]+ +[A-Z\[]"):
        name = line.split()[0]
        arguments, _, summary = rest.partition(" " if not line.split()[1:] else "\0")
        yield name, " ".join([*line.split()[1:], arguments]).strip(), summary.strip()


def words_of(value, text):
    """The words that an option takes, where they are few."""
    if "|" in value and re.fullmatch(r"[a-z|]+", value):
        return value.split("|")
    listed = re.search(r"whose rules judge: ((?:[a-z0-9-]+, )+[a-z0-9-]+)", text)
    return listed.group(1).split(", ") if listed else []


def options(program, name):
    """{long option: (letter, value, words, description)}"""
    found = {}
    for head, text in entries(ask(program, name, "--help"), r"  --[a-z]"):
        long, letter, value = re.match(r"(--[a-z-]+)(?:, (-[a-zA-Z]))?(?: (.*))?$", head).groups()
        found[long] = (letter or "", value or "", words_of(value or "", text), text)
    return found


def kind(value):
    """What the value of an option is: a file, or something that cannot be completed."""
    return "file" if value.endswith("FILE") else "text"


# ---- bash ----

BASH = """# bash completion of fedval(1). {mark}

_fedval_options() {{
    case $1 in
{options}
    esac
}}

# The values of an option that takes one of a few words; nothing for any other.
_fedval_words() {{
    case $1:$2 in
{words}
    esac
}}

# A name may hold blanks: bash quotes it where it knows that it is a file's.
_fedval_files() {{
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}}

_fedval() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command=${{COMP_WORDS[1]}} words=
    COMPREPLY=()
    if [ "$COMP_CWORD" = 1 ]; then
        COMPREPLY=($(compgen -W "{commands} --help --version" -- "$current"))
        return
    fi
    # bash breaks --format=json at the equals sign.
    local value=
    if [ "$current" = = ]; then
        value=yes current=
    elif [ "$previous" = = ]; then
        value=yes previous=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    words=$(_fedval_words "$command" "$previous")
    if [ -z "$words" ]; then
        case $previous in
        {files})
            _fedval_files "$current"
            return
            ;;
        {texts})
            return
            ;;
        esac
        [ -z "$value" ] || return # of an option that takes none
        case $command:$current in
        *:-*) words=$(_fedval_options "$command") ;;
        explain:*) words=$(fedval explain --long 2>/dev/null | sed -n 's/^  \\([A-Za-z0-9_-]*\\) .*/\\1/p' | sort -u) ;;
        {taking_files})
            _fedval_files "$current"
            return
            ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}}

complete -F _fedval fedval
"""


def names_taking(table, wanted):
    """Options, with their letters, whose value is of a kind in every subcommand."""
    names = {}
    for row in table.values():
        for long, (letter, value, words, _) in row.items():
            if value and not words and kind(value) == wanted:
                names[long] = letter
    return sorted(filter(None, [*names, *names.values()]))


def bash(listed, table):
    options_of = [f"    {name}) echo \"{' '.join(table[name])}\" ;;" for name, _, _ in listed]
    words = [f"    {name}:{long}) echo \"{' '.join(row[2])}\" ;;" for name, _, _ in listed
             for long, row in table[name].items() if row[2]]
    return BASH.format(mark=MARK, options="\n".join(options_of), words="\n".join(words),
                       commands=" ".join(name for name, _, _ in listed), files=" | ".join(names_taking(table, "file")),
                       texts=" | ".join(names_taking(table, "text")),
                       taking_files=" | ".join(f"{name}:*" for name, arguments, _ in listed if "FILE" in arguments))


# ---- zsh ----

ZSH = """#compdef fedval
# zsh completion of fedval(1). {mark}

_fedval_codes() {{
    local -a codes
    codes=(${{(f)"$(fedval explain --long 2>/dev/null | sed -n 's/^  \\([A-Za-z0-9_-]*\\) .*/\\1/p')"}})
    compadd -a codes
}}

_fedval() {{
    local context state line
    local -a commands
    commands=(
{commands}
    )
    _arguments -C '(- *)'{{-V,--version}}'[tell the version]' '(- *)'{{-h,--help}}'[list the commands]' \\
        '1:command:->command' '*::argument:->argument'
    case $state in
    command) _describe command commands ;;
    argument)
        case $line[1] in
{cases}
        esac
        ;;
    esac
}}

_fedval "$@"
"""


def zsh_text(text):
    return text.replace("'", "'\\''").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")


def zsh_option(long, row):
    letter, value, words, text = row
    name = f"{{{letter},{long}}}" if letter else long
    names = f"'*'{name}" if letter else f"'*{name}"
    quote = "'" if letter else ""
    action = ""
    if words:
        action = f":{zsh_text(value if value.isupper() else 'word')}:({' '.join(words)})"
    elif value:
        action = f":{zsh_text(value)}:" + ("_files" if kind(value) == "file" else " ")
    return f"{names}{quote}[{zsh_text(text)}]{action}'"


def zsh(listed, table):
    cases = []
    for name, arguments, _ in listed:
        rest = "_files" if "FILE" in arguments else "_fedval_codes" if "CODE" in arguments else "_hosts"
        rows = " \\\n                ".join([zsh_option(long, row) for long, row in table[name].items()] +
                                             [f"'*:argument:{rest}'"])
        cases.append(f"        {name})\n            _arguments \\\n                {rows}\n            ;;")
    names = "\n".join(f"        '{name}:{zsh_text(summary)}'" for name, _, summary in listed)
    return ZSH.format(mark=MARK, commands=names, cases="\n".join(cases))


# ---- fish ----

def fish_text(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish(listed, table):
    lines = [f"# fish completion of fedval(1). {MARK}", "complete -c fedval -f",
             "complete -c fedval -n __fish_use_subcommand -l help -s h -d 'list the commands'",
             "complete -c fedval -n __fish_use_subcommand -l version -s V -d 'tell the version'"]
    for name, arguments, summary in listed:
        lines.append(f"complete -c fedval -n __fish_use_subcommand -a {name} -d {fish_text(summary)}")
        here = f"complete -c fedval -n '__fish_seen_subcommand_from {name}'"
        if "FILE" in arguments:
            lines.append(f"{here} -F")
        if "CODE" in arguments:
            lines.append(here + " -a \"(fedval explain --long 2>/dev/null | string replace -rf '^  ([A-Za-z0-9_-]+) .*' '\\$1')\"")
        for long, (letter, value, words, text) in table[name].items():
            short = f" -s {letter[1:]}" if letter else ""
            takes = f" -x -a {fish_text(' '.join(words))}" if words else "" if not value else \
                " -r -F" if kind(value) == "file" else " -x"
            lines.append(f"{here} -l {long[2:]}{short}{takes} -d {fish_text(text)}")
    return "\n".join(lines) + "\n"


# ---- the pages of the subcommands ----

def roff(text):
    """Text for mdoc: short lines, a sentence on its own, no line that begins with a macro."""
    lines = [line for sentence in re.split(r"(?<=[.:]) (?=[A-Z])", " ".join(text.split()))
             for line in textwrap.wrap(sentence, 76, break_long_words=False, break_on_hyphens=False)]
    return "\n".join(re.sub(r"^(?=[.'])", r"\\&", line.replace("\\", "\\e")) for line in lines)


def roff_option(long, letter, value):
    """Bars and dots of a value are no punctuation."""
    shown = f" Ar {value}" if value else ""
    return f".It Fl Fl {long[2:]}" + (f" , Fl {letter[1:]}" if letter else "") + shown


def page(program, name, arguments, summary, rows):
    text = ask(program, name, "--help")
    status = re.search(r"^Exit status: (.*?)\n\n", text, re.M | re.S).group(1)
    example = re.search(r"^example: (.*)", text, re.M | re.S).group(1)
    taken = [f".Ar {word.strip('[].').lower()}" + (" ..." if "..." in word else "") for word in arguments.split()]
    lines = [f'.\\" {MARK}', ".Dd November 29, 2026", f".Dt FEDVAL-{name.upper()} 1", ".Os", ".Sh NAME", f".Nm fedval-{name}",
             f".Nd {roff(summary)}", ".Sh SYNOPSIS", ".Nm fedval", f".Cm {name}", ".Op Ar option ...", *taken, ".Sh DESCRIPTION",
             ".Xr fedval 1", "says what the command is for.", ".Bl -tag -width Ds"]
    for long, (letter, value, _, meaning) in rows.items():
        lines += [roff_option(long, letter, value), roff(meaning)]
    return "\n".join([*lines, ".El", ".Sh EXIT STATUS", roff(status), ".Sh EXAMPLES",
                      f".Dl {' '.join(example.split())}", ".Sh SEE ALSO", ".Xr fedval 1"]) + "\n"


def write_pages(program, listed, table, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, arguments, summary in listed:
        (folder / f"fedval-{name}.1").write_text(page(program, name, arguments, summary, table[name]))


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    program, kind_of, *outputs = sys.argv[1:]
    outputs = [pathlib.Path(path) for path in outputs]
    listed = list(commands(program))
    table = {name: options(program, name) for name, _, _ in listed}
    if kind_of == "pages":
        write_pages(program, listed, table, outputs[0])
        return
    for path, write in zip(outputs, (bash, zsh, fish)):
        path.write_text(write(listed, table))


if __name__ == "__main__":
    main()
