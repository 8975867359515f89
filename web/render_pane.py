"""The interview that is shown, the choice among several, and what is said about opened files, as HTML."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from qa import Interview, Sentence, clock
from web.render import escape, new_speaker, target

SHOWN = 5
"""Failures that are told one by one."""


def interview(text: Interview, number: int = 0, gist: Sequence[Sentence] = ()) -> str:
    """The whole interview: a list of numbered paragraphs, each sentence with the id that its links name.

    Who speaks, when and on which page is said where it changes. The sentences that tell what it is about
    stand before it, folded.
    """
    out = [f'<h2 id="tx-title" data-number="{number}">{escape(text.title)}</h2>', _missing(text), _gist(gist, number)]
    last: Sentence | None = None
    for paragraph, group in groupby(text.sentences, key=lambda s: s.paragraph):
        sentences = list(group)
        gap = text.text[last.end if last else 0 : sentences[0].start].strip()
        if gap:  # a line without letters, such as * * *
            out.append(f'<p class="rule">{escape(gap)}</p>')
        out.append(_turn(sentences[0], last))
        out.append(f'<p class="para" data-n="{paragraph + 1}">')
        for at, sentence in enumerate(sentences):
            if at and last:
                out.append(escape(text.text[last.end : sentence.start]) + _change(sentence, last))
            out.append(f'<span class="s" id="{target(number, sentence)[1:]}">{escape(sentence.text)}</span>')
            last = sentence
        out.append("</p>")
    rest = text.text[last.end if last else 0 :].strip()
    return "".join(out) + (f'<p class="rule">{escape(rest)}</p>' if rest else "")


def _missing(text: Interview) -> str:
    return f'<p class="missing">{escape(text.missing)}</p>' if text.missing else ""


def _gist(sentences: Sequence[Sentence], number: int) -> str:
    rows = "".join(
        f'<li><a class="jump" href="{target(number, s)}">{escape(s.text)}</a>'
        f' <span class="whence">{escape(s.place)}</span></li>'
        for s in sentences
    )
    return f'<details class="gist"><summary>What it is about</summary><ol>{rows}</ol></details>' if rows else ""


def _turn(sentence: Sentence, last: Sentence | None) -> str:
    """The lines above a paragraph: a new page, and who speaks from when on."""
    page = sentence.page if sentence.page != (last and last.page) else None
    speaker = new_speaker(sentence.speaker, last.speaker if last else None)
    time = sentence.time if speaker or sentence.time != (last and last.time) else None
    lines = f'<p class="page">Page {page}</p>' if page is not None else ""
    who = f"<b>{escape(speaker)}</b>" if speaker else ""
    when = f"<time>{clock(time)}</time>" if time is not None else ""
    return lines + (f'<p class="turn">{" ".join(filter(None, (who, when)))}</p>' if who or when else "")


def _change(sentence: Sentence, last: Sentence) -> str:
    """What changes in the middle of a paragraph."""
    page = f'<span class="page">Page {sentence.page}</span> ' if sentence.page not in (None, last.page) else ""
    speaker = new_speaker(sentence.speaker, last.speaker)
    return page + (f'<b class="who">{escape(speaker)}:</b> ' if speaker else "")


def brand(names: Sequence[str]) -> str:
    """The head of the bar: what the page is, and what is asked."""
    asked = names[0] if len(names) == 1 else f"{len(names):,} interviews"
    return f"<h1>Ask the interview <small>{escape(asked)}</small></h1>"


def placeholder(count: int) -> str:
    """What stands where there is no conversation yet, as Markdown."""
    about = "this interview" if count == 1 else "these interviews"
    return (
        f"## Ask a question about {about}\nEach answer is a quotation, with the sentence that says it. "
        "To ask an interview of your own, open its file, or drop it here."
    )


def head(names: Sequence[str], newest: int | None = None) -> str:
    """What stands above the interview: the choice of the one to look at, where there are several.

    `newest` is the one that was opened last, which is shown now and later one click away.
    """
    choice = last = ""
    if len(names) > 1:
        options = "".join(
            f'<option value="{number}"{" selected" if number == (newest or 0) else ""}>{escape(name)}</option>'
            for number, name in enumerate(names)
        )
        choice = f'<select id="look" aria-label="Interview to look at">{options}</select>'
        if newest is not None:
            label = escape(f"Last opened: {names[newest]}")
            last = (
                f'<button id="newest" type="button" value="{newest}" aria-label="{label}" hidden>Last opened</button>'
            )
    return f'<div id="sheet">{choice}{last}<button id="closetx" type="button">Close</button></div>'


def chooser(names: Sequence[str], chosen: Collection[int] = (), key: int = 0) -> str:
    """The choice of the interviews to ask; none chosen means all. Nothing where there is only one.

    By another `key` the browser knows that it came anew.
    """
    if len(names) < 2:
        return ""
    rows = "".join(
        f'<label><input type="checkbox" value="{number}"{" checked" if number in chosen else ""}>'
        f"<span>{escape(name)}</span></label>"
        for number, name in enumerate(names)
    )
    find = '<input type="search" aria-label="Find an interview" placeholder="Find an interview">'
    return (
        f'<details data-key="{key}"><summary>Asking <b>{escape(asked(names, chosen))}</b></summary>'
        f'<fieldset class="menu"><legend>Interviews to ask</legend>{find if len(names) > 10 else ""}<div class="rows">'
        f'<label><input type="checkbox" value="all"{"" if chosen else " checked"}>'
        f"<span>All {len(names):,} interviews</span></label>{rows}</div></fieldset></details>"
    )


def asked(names: Sequence[str], chosen: Collection[int]) -> str:
    """In words, what is asked."""
    if not chosen or len(chosen) == len(names):
        return f"all {len(names):,} interviews"
    return names[min(chosen)] if len(chosen) == 1 else f"{len(chosen):,} of {len(names):,} interviews"


def notice(message: str) -> str:
    """A sentence that says what is wrong; empty text shows nothing."""
    return f'<p role="alert">{escape(message)}</p>' if message else ""


def opened(message: str, failures: Sequence[str] = ()) -> str:
    """How the opening of files goes, and a sentence for each file that failed."""
    told = f'<p role="status">{escape(message)}</p>' if message else ""
    if failures:
        rows = "".join(f"<li>{escape(failure)}</li>" for failure in failures[-SHOWN:])
        before = len(failures) - SHOWN
        rest = f"<li>{before:,} more could not be opened.</li>" if before > 0 else ""
        head = "This file was not opened:" if len(failures) == 1 else f"{len(failures):,} files were not opened:"
        told += f'<div role="alert"><p>{head}</p><ul>{rows}{rest}</ul></div>'
    if not told:
        return ""
    return f'<div class="note">{told}<button type="button" class="dismiss" aria-label="Dismiss">×</button></div>'
