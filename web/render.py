"""Answers and interviews become HTML. Every word of a text or a question is escaped here and nowhere else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from qa import Answer, Candidate, Interview, Passage

HIGH, MEDIUM = 0.75, 0.5
NONE = "The interview does not answer this."

# what Markdown, LaTeX, Mermaid and autolinking act upon
_ACTIVE = re.compile(r"[\\`*_{}\[\]()#+\-.!|~$<>:@/=^'\"]|www", re.IGNORECASE)


def escape(text: str) -> str:
    """Text as HTML shows it, letter for letter.

    >>> escape("<b>")
    '&lt;b&gt;'
    """
    return html.escape(text, quote=True)


def escape_chat(text: str) -> str:
    """Text for a chat message, which passes through Markdown first; on one line, since a blank one ends HTML.

    >>> escape_chat("*a* & b")
    '&#42;a&#42; &amp; b'
    """
    flat = " ".join(text.split())
    parts = (part if part.isalnum() else _entities(part) for part in re.split(r"(www|\W)", flat, flags=re.IGNORECASE))
    return "".join(parts)


def _entities(text: str) -> str:
    if text == "&":
        return "&amp;"
    return "".join(f"&#{ord(c)};" for c in text) if _ACTIVE.search(text) else text


def interview(text: Interview) -> str:
    """The whole interview: a list of numbered paragraphs, each sentence with the id `s0`, `s1` and so on."""
    out = [f'<h2 id="tx-title">{escape(text.title)}</h2>']
    end = 0
    for number, group in groupby(text.sentences, key=lambda s: s.paragraph):
        sentences = list(group)
        gap = text.text[end : sentences[0].start].strip()
        if gap:  # a line without letters, such as * * *
            out.append(f'<p class="rule">{escape(gap)}</p>')
        out.append(f'<p class="para" data-n="{number + 1}">')
        for before, sentence in pairwise([None, *sentences]):
            assert sentence is not None
            out.append(escape(text.text[before.end : sentence.start]) if before else "")
            out.append(f'<span class="s" id="s{sentence.index}" data-place="{escape(sentence.place)}">')
            out.append(f"{escape(sentence.text)}</span>")
        out.append("</p>")
        end = sentences[-1].end
    rest = text.text[end:].strip()
    return "".join(out) + (f'<p class="rule">{escape(rest)}</p>' if rest else "")


def answer(found: Answer) -> str:
    """One answer as a chat message: the words, their passage, how sure it is, and what else comes near."""
    return _answered(found) if found else _declined(found)


def pending(share: float) -> str:
    """What stands in place of the answer while the model loads and the interview is embedded."""
    done = f' <span class="pct">{round(share * 100)} %</span>' if share else ""
    return (
        '<div class="qa wait">'
        f'<p class="ans">Reading the interview …{done}</p>'
        '<p class="sub">The first answer takes a few seconds.</p></div>'
    )


def failed(message: str) -> str:
    """What stands in place of an answer that could not be given."""
    return f'<div class="qa"><div class="none-box"><p class="sub">{escape_chat(message)}</p></div></div>'


def notice(message: str) -> str:
    """A sentence that says what is wrong; empty text shows nothing."""
    return f'<p role="alert">{escape(message)}</p>' if message else ""


def _answered(found: Answer) -> str:
    best = found.candidates[0]
    percent = round(best.confidence * 100)
    kind, word = _band(best.confidence)
    size = " long" if len(best.text) > 90 else ""
    return (
        f'<div class="qa"><p class="ans{size}">{escape_chat(best.text)}</p>'
        f'<blockquote class="src">{_marked(best.passage, best)}</blockquote>'
        f'<p class="meta"><span class="conf {kind}"><i style="width:{percent}%"></i></span>'
        f"<span>{word} confidence, {percent} %</span><span>{escape_chat(best.sentence.place.capitalize())}</span>"
        f'<a class="jump" href="#s{best.sentence.index}">Show in interview</a>'
        f'<button type="button" class="copyq" value="s{best.sentence.index}">Copy quote</button></p>'
        f"{_others(found.candidates[1:], 'other passage', is_open=False)}</div>"
    )


def _declined(found: Answer) -> str:
    return (
        f'<div class="qa"><div class="none-box"><p class="ans">{NONE}</p>'
        '<p class="sub">No sentence says it surely enough. These come nearest; they may be unrelated.</p></div>'
        f"{_others(found.candidates[:3], 'nearest passage', is_open=True)}</div>"
    )


def _marked(passage: Passage, best: Candidate) -> str:
    """The passage, a paragraph each, with the source sentence marked and the answer in it stronger still."""
    paragraphs = []
    for _, sentences in groupby(passage.sentences, key=lambda s: s.paragraph):
        shown = []
        for sentence in sentences:
            if sentence != best.sentence:
                shown.append(escape_chat(sentence.text))
                continue
            start, end = best.start - sentence.start, best.end - sentence.start
            before, inside, after = sentence.text[:start], escape_chat(best.text), sentence.text[end:]
            strong = f"<strong>{inside}</strong>" if before or after else inside
            shown.append(f"<mark>{_edge(before)}{strong}{_edge(after)}</mark>")
        paragraphs.append(f"<p>{' '.join(shown)}</p>")
    return "".join(paragraphs)


def _edge(text: str) -> str:
    """The text before or after the answer, with the white space at its ends kept as one space."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{escape_chat(text)}{trail}"


def _others(candidates: Iterable[Candidate], what: str, *, is_open: bool) -> str:
    rows = [
        f'<li><a class="jump" href="#s{c.sentence.index}">{escape_chat(c.sentence.text)}</a>'
        f'<span class="pct">{round(c.confidence * 100)} %</span></li>'
        for c in candidates
    ]
    if not rows:
        return ""
    plural = "" if len(rows) == 1 else "s"
    state = " open" if is_open else ""
    return f"<details{state}><summary>{len(rows)} {what}{plural}</summary><ul>{''.join(rows)}</ul></details>"


def _band(confidence: float) -> tuple[str, str]:
    if confidence >= HIGH:
        return "high", "High"
    return ("mid", "Medium") if confidence >= MEDIUM else ("low", "Low")
