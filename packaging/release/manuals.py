"""Writes a manual page for each command, in the language mdoc, from what the commands say of themselves.

Usage: manuals.py OVA FOLDER DATE
  OVA is the command, DATE the day of the pages as 2026-11-30.
"""
import datetime
import json
import pathlib
import subprocess
import sys
import textwrap

MONTHS = "January February March April May June July August September October November December"


def escaped(text):
    """Text that mdoc takes as text, wherever on a line it stands."""
    text = text.replace("\\", "\\e").replace("`", "\\(ga").replace("'", "\\(aq")
    text = text.replace("-", "\\-") if text.startswith("-") else text
    text = text.replace("~", "\\(ti").replace("^", "\\(ha").replace('"', "\\(dq")
    return "\\&" + text if text.startswith(".") else text


def word(text):
    """A word of a macro's line: what mdoc would read as a macro or as punctuation is quoted."""
    text = escaped(text)
    return "\\&" + text if len(text) <= 3 and text[:1].isalpha() or text in ".,:;()[]?!|" else text


def prose(text):
    """Lines of running text: one sentence begins a line, as mdoc wants it."""
    lines = []
    for part in text.replace("\n", " ").split(". "):
        part = " ".join(part.split())
        if part:
            lines.append(part if part[-1] in ".:!?" else part + ".")
    if lines and not text.rstrip().endswith((".", ":", "!", "?")):
        lines[-1] = lines[-1][:-1]
    # Lines short enough for everybody's reader; a word such as `.ova` may begin one.
    return [escaped(row) for line in lines for row in textwrap.wrap(line, 72)]


def paragraphs(text):
    """A discussion: paragraphs, and indented lines as they stand."""
    lines = []
    for block in text.strip("\n").split("\n\n"):
        rows = block.split("\n")
        literal = [row for row in rows if row.startswith("  ")]
        if literal and len(literal) >= len(rows) - 1:
            if not rows[0].startswith("  "):
                lines += [".Pp"] + prose(rows.pop(0))
            lines += [".Bd -literal -offset indent"]
            lines += [escaped(row[2:]) for row in rows]
            lines += [".Ed"]
        elif block.strip():
            lines += [".Pp"] + prose(block)
    return lines[1:] if lines[:1] == [".Pp"] else lines


def flag(name):
    """An option's name as a macro's words."""
    return f"Fl {word(name['name'])}" if name["kind"] == "short" else f"Fl Fl {name['name']}"


def synopsis(argument):
    """An argument as it stands on a command line."""
    value = word(argument.get("valueName", "value"))
    more = " ..." if argument["isRepeating"] else ""
    if argument["kind"] == "positional":
        words = f"Ar {value}{more}"
        return f".Op {words}" if argument["isOptional"] else f".{words}"
    words = flag(argument["preferredName"])
    if argument["kind"] == "option":
        words += f" Ar {value}"
    return f".Op {words}{more}" if argument["isOptional"] else f".{words}{more}"


def item(argument):
    """An argument with what it means."""
    value = word(argument.get("valueName", "value"))
    if argument["kind"] == "positional":
        head = f"Ar {value}" + (" ..." if argument["isRepeating"] else "")
    else:
        names = sorted(argument["names"], key=lambda name: name["kind"] != "short")
        tail = f" Ar {value}" if argument["kind"] == "option" else ""
        head = " , ".join(flag(name) + tail for name in names)
    lines = [f".It {head}"] + prose(argument.get("abstract", ""))
    if argument.get("discussion"):
        lines += [".Pp"] + paragraphs(argument["discussion"])
    if argument.get("allValues") and argument["kind"] == "option":
        lines += prose("One of " + ", ".join(argument["allValues"]) + ".")
    if argument.get("defaultValue"):
        lines += prose(f"Without it: {argument['defaultValue']}.")
    return lines


def page(names, command, date):
    """The page of one command. `names` are the words that call it."""
    title = "-".join(names)
    day = datetime.date.fromisoformat(date)
    abstract = " ".join(command.get("abstract", "").split()).rstrip(".")
    arguments = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    subcommands = [c for c in command.get("subcommands", []) if c.get("shouldDisplay", True)]
    lines = [
        f".Dd {MONTHS.split()[day.month - 1]} {day.day}, {day.year}",
        f".Dt {title.upper()} 1",
        ".Os",
        ".Sh NAME",
        f".Nm {title}",
        f".Nd {escaped(abstract[:1].lower() + abstract[1:])}",
        ".Sh SYNOPSIS",
        f'.Nm "{" ".join(names)}"',
    ]
    if subcommands:
        lines += [".Ar command", ".Op Ar arguments ..."]
    lines += [synopsis(argument) for argument in arguments]
    lines += [".Sh DESCRIPTION"]
    blocks = command.get("discussion", "").strip("\n").split("\n\n")
    codes = [block for block in blocks if block.startswith("Exit codes")]
    body = paragraphs("\n\n".join(block for block in blocks if block not in codes))
    lines += prose(command.get("abstract", "")) + ([".Pp"] + body if body else [])
    if subcommands:
        lines += [".Pp", "The commands are:", ".Bl -tag -width Ds"]
        for sub in subcommands:
            lines += [f".It Xr {title}-{sub['commandName']} 1"] + prose(sub.get("abstract", ""))
        lines += [".El"]
    for title_of_list, kinds in (("ARGUMENTS", ["positional"]), ("OPTIONS", ["option", "flag"])):
        listed = [argument for argument in arguments if argument["kind"] in kinds]
        if listed:
            lines += [f".Sh {title_of_list}", ".Bl -tag -width Ds"]
            for argument in listed:
                lines += item(argument)
            lines += [".El"]
    lines += [".Sh EXIT STATUS"]
    lines += prose("\n".join(codes)) if codes else ["The exit codes are those of", ".Xr ova 1 ."]
    parents = ["-".join(names[:length]) for length in range(1, len(names))]
    seen = sorted(parents + [f"{title}-{sub['commandName']}" for sub in subcommands])
    if seen:
        lines += [".Sh SEE ALSO"]
        lines += [f".Xr {name} 1 ," for name in seen[:-1]] + [f".Xr {seen[-1]} 1"]
    return "\n".join(lines) + "\n"


def write(names, command, folder, date):
    """The pages of a command and of those below it."""
    folder.joinpath("-".join(names) + ".1").write_text(page(names, command, date))
    for sub in command.get("subcommands", []):
        if sub.get("shouldDisplay", True):
            write(names + [sub["commandName"]], sub, folder, date)


def main(ova, folder, date):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    answer = subprocess.run(
        [ova, "--experimental-dump-help"], check=True, stdout=subprocess.PIPE).stdout
    write(["ova"], json.loads(answer)["command"], folder, date)


if __name__ == "__main__":
    main(*sys.argv[1:])
