"""The command line in one language: every text that says the same twice, "ไทย · English", is cut to the half that its reader wants.

Comes in: the commands, and the language of messages. Goes out: the same commands with other texts, and wrong usage told in Thai. Refuses nothing: a
text without a second half stays.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.settings import Language

_BETWEEN = " · "
_NO_COMMAND = re.compile("No such command '(.*?)'")
_FIXED = {  # what the command-line library says itself
    "Show this message and exit.": "แสดงวิธีใช้นี้",
    "Install completion for the current shell.": "ติดตั้งการเติมคำสั่งอัตโนมัติในเชลล์ที่ใช้อยู่",
    "Show completion for the current shell, to copy it or customize the installation.": "แสดงสคริปต์เติมคำสั่งของเชลล์ที่ใช้อยู่",
}


def spoken() -> Language:
    """Return the language of messages, as the environment says it."""
    from pipeline.settings import language

    return language(os.environ)


def is_thai() -> bool:
    """Tell whether messages are in Thai."""
    return spoken() == "th"


def say_either(thai: str, english: str) -> None:
    """Print one of two sentences that say the same."""
    from pipeline.cli.terminal import say

    say(thai if is_thai() else english)


def in_language(command: Any, language: str) -> Any:  # noqa: ANN401 - the library's own class, which it does not publish
    """Return a command, its options and all below it with texts in one language."""
    for one in _all_below(command):
        one.help, one.short_help = _half(one.help, language), _half(one.short_help, language)
        for parameter in one.params:
            parameter.help = _half(getattr(parameter, "help", None), language)
        shown = one.get_help_option

        def helped(context: Any, shown: Any = shown) -> Any:  # noqa: ANN401 - as above
            option = shown(context)
            if option:
                option.help = _half(option.help, language)
            return option

        one.get_help_option = helped
    return command


def wrong_usage(error: Any) -> str | None:  # noqa: ANN401 - as above
    """Return in Thai what is wrong with the arguments of a command, and where its usage is told; None where the library shows the usage itself."""
    context, param, kind = getattr(error, "ctx", None), getattr(error, "param", None), type(error).__name__
    if kind == "NoArgsIsHelpError":
        return None
    option = getattr(error, "option_name", None) or "/".join(getattr(param, "opts", ())) or str(getattr(param, "name", ""))
    unknown = _NO_COMMAND.match(error.message)
    said = {
        "NoSuchOption": f"ไม่รู้จักตัวเลือก {option}",
        "MissingParameter": f"ต้องระบุ {option}",
        "BadParameter": f"ค่าของ {option} ใช้ไม่ได้ ({error.message})",
        "BadOptionUsage": f"ตัวเลือก {option} ต้องมีค่าตามหลัง",
    }.get(kind, f"ไม่รู้จักคำสั่ง {unknown[1]}" if unknown else f"สั่งไม่ถูกรูปแบบ ({error.message})")
    return f"{context.get_usage()}\nดูวิธีใช้: {context.command_path} --help\n\n{said}" if context else said


def _all_below(command: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _all_below(below)


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
