"""How the command line tells its own use: each text in one language, and wrong usage told in Thai.

Comes in: the commands, whose texts say the same twice ("ไทย · English"), and errors of the command-line library. Goes out: the same commands with
the half that their reader wants and, in Thai, with the library's own words translated too. Refuses nothing: a text without a second half stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BETWEEN = " · "
_FIXED = {  # what the library says itself
    "Show this message and exit.": "แสดงวิธีใช้นี้",
    "Install completion for the current shell.": "ติดตั้งการเติมคำสั่งอัตโนมัติในเชลล์ที่ใช้อยู่",
    "Show completion for the current shell, to copy it or customize the installation.": "แสดงสคริปต์เติมคำสั่งของเชลล์ที่ใช้อยู่",
}
_HEADINGS = {"Arguments": "สิ่งที่ระบุ", "Options": "ตัวเลือก", "Commands": "คำสั่ง"}
_PLACES = {"[OPTIONS]": "[ตัวเลือก]", "COMMAND [ARGS]...": "คำสั่ง ..."}
_KINDS = {"path": "ที่อยู่ไฟล์", "str": "ข้อความ", **dict.fromkeys(("int", "int range", "float", "float range"), "จำนวน")}
_KIND = re.compile(r"<(?:list\[(\w+)\]|([a-z ]+))>")  # of a value, as the library names it
_REMARKS = {"env var: ": "ตัวแปรระบบ ", "default: ": "ปกติ ", "required": "ต้องระบุ"}
_WRONG = (
    (re.compile(r"No such command '(.*?)'"), "ไม่รู้จักคำสั่ง {0}"),
    (re.compile(r"unexpected extra argument.*? \((.*)\)$"), "ระบุเกินมา: {0}"),
    (re.compile(r"Missing command"), "ต้องระบุคำสั่งย่อย"),
)
_BOUNDS = (  # why a value will not do
    (re.compile(r"'(.*)' is not one of (.*?)\.?$"), 'ต้องเป็น {1} อย่างใดอย่างหนึ่ง แต่พบ "{0}"'),
    (re.compile(r"greater than or equal to (\S+)"), "ต้องไม่น้อยกว่า {0}"),
    (re.compile(r"less than or equal to (\S+)"), "ต้องไม่เกิน {0}"),
    (re.compile(r"valid (?:integer|number)"), "ต้องเป็นตัวเลข"),
)


def in_language(command: Any, language: str) -> Any:  # noqa: ANN401 - the library's own class, which it does not publish
    """Return a command, its options and all below it with texts in one language."""
    for one in _all_below(command):
        one.help = _half(one.help, language)
        one.short_help = _half(one.short_help, language) or one.help  # whole: the library would cut Thai in the middle of a clause
        for parameter in one.params:
            parameter.help = _half(getattr(parameter, "help", None), language)
            if parameter.name == "install_completion" and language == "th":
                parameter.callback = _install_completion
        _with_help_option_in(one, language)
        one.context_class = _telling_plainly(one.context_class, language)
    return command


def wrong_usage(error: Any) -> str | None:  # noqa: ANN401 - as above
    """Return in Thai what is wrong with the arguments of a command, and where its usage is told; None where the library shows the usage itself."""
    context, param, kind = getattr(error, "ctx", None), getattr(error, "param", None), type(error).__name__
    if kind == "NoArgsIsHelpError":
        return None
    option = getattr(error, "option_name", None) or _name(param)
    said = (
        {
            "NoSuchOption": f"ไม่รู้จักตัวเลือก {option}",
            "MissingParameter": f"ต้องระบุ {option}: {getattr(param, 'help', None) or ''}".rstrip(": "),
            "BadParameter": f"ค่าของ {option} ใช้ไม่ได้: {_told(error.message, _BOUNDS) or error.message}",
            "BadOptionUsage": f"ตัวเลือก {option} ต้องมีค่าตามหลัง",
        }.get(kind)
        or _told(error.message, _WRONG)
        or f"สั่งไม่ถูกรูปแบบ ({error.message})"
    )
    return f"{context.get_usage()}\nดูวิธีใช้: {context.command_path} --help\n\n{said}" if context else said


def _install_completion(context: Any, _parameter: Any, shell: Any) -> Any:  # noqa: ANN401 - as above
    """Do what the library does for the shell, and tell it in Thai."""
    import typer
    from typer.completion import install  # type: ignore[attr-defined] # it publishes no other way

    if not shell or context.resilient_parsing:
        return shell
    name, file = install(shell=shell) if isinstance(shell, str) else install()
    typer.echo(f"ติดตั้งการเติมคำสั่งของ {name} ไว้ที่ {file}\nใช้ได้เมื่อเปิดหน้าต่างคำสั่งใหม่")
    raise typer.Exit


def _all_below(command: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _all_below(below)


def _with_help_option_in(command: Any, language: str) -> None:  # noqa: ANN401 - as above
    shown = command.get_help_option

    def helped(context: Any) -> Any:  # noqa: ANN401 - as above
        option = shown(context)
        if option:
            option.help = _half(option.help, language)
        return option

    command.get_help_option = helped


def _name(param: Any) -> str:  # noqa: ANN401 - as above
    """Return how a value is called that is given behind an option, or alone."""
    return param.metavar if getattr(param, "param_type_name", None) == "argument" else "/".join(getattr(param, "opts", ()))


def _telling_plainly(context: Any, language: str) -> Any:  # noqa: ANN401 - as above
    """Return a class of contexts whose help gives a command as the guides do and, in Thai, has Thai headings and remarks."""

    class PlainHelp(context.formatter_class):  # type: ignore[misc] # the class is not published
        """The library's page of help, without its signs for what must be given and what may come again."""

        kinds: ClassVar[dict[str, str]] = {}

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            """Write how the command is given."""
            super().write_usage(prog, re.sub(r"\{(\w+)\}", r"\1", args), prefix)

        def write_dl(self, rows: Sequence[tuple[str, str]], *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - handed on
            """Write a list of names and what each means."""
            super().write_dl([(_KIND.sub(self._kind, name), text) for name, text in rows], *arguments, **named)

        def _kind(self, found: re.Match[str]) -> str:
            kind = (found[1] or found[2]).lower()
            return f"<{self.kinds.get(kind, kind)}>"

    class ThaiHelp(PlainHelp):
        """The same in Thai."""

        kinds = _KINDS

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            """Write how the command is given."""
            super().write_usage(prog, _replaced(args, _PLACES), prefix or "วิธีใช้: ")

        def write_heading(self, heading: str) -> None:
            """Write the heading of a part."""
            super().write_heading(_HEADINGS.get(heading, heading))

        def write_dl(self, rows: Sequence[tuple[str, str]], *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - handed on
            """Write a list of names and what each means."""
            super().write_dl([(name, _remarked(text)) for name, text in rows], *arguments, **named)

    return type("PlainContext", (context,), {"formatter_class": ThaiHelp if language == "th" else PlainHelp})


def _remarked(text: str) -> str:
    """Return what an option means, with the remark that the library puts behind it in Thai.

    >>> _remarked("โฟลเดอร์ผลลัพธ์  [env var: LESSONS_OUT; default: out]")
    'โฟลเดอร์ผลลัพธ์  [ตัวแปรระบบ LESSONS_OUT; ปกติ out]'
    """
    said, opened, remark = text.rpartition("  [")
    return f"{said}{opened}{_replaced(remark, _REMARKS)}" if opened else text


def _told(message: str, patterns: Sequence[tuple[re.Pattern[str], str]]) -> str | None:
    """Return in Thai what a message of the library says, if it is one that we know.

    >>> _told("Value error, 'de' is not one of 'th', 'en'.", _BOUNDS), _told("Input should be less than or equal to 64", _BOUNDS)
    ('ต้องเป็น th, en อย่างใดอย่างหนึ่ง แต่พบ "de"', 'ต้องไม่เกิน 64')
    """
    for pattern, thai in patterns:
        if found := pattern.search(message):
            return thai.format(*(group.replace("'", "") for group in found.groups()))
    return None


def _replaced(text: str, words: dict[str, str]) -> str:
    for english, thai in words.items():
        text = text.replace(english, thai)
    return text


def _half(text: str | None, language: str) -> str | None:
    """Return the half of a text in a language.

    >>> _half("รุ่นของโปรแกรม · the version", "th"), _half("Show this message and exit.", "th"), _half("models", "en")
    ('รุ่นของโปรแกรม', 'แสดงวิธีใช้นี้', 'models')
    """
    if text is None:
        return None
    thai, between, english = text.partition(_BETWEEN)
    if not between:
        return _FIXED.get(text, text) if language == "th" else text
    return thai if language == "th" else english
