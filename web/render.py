"""Answers become HTML. Every word of a text, a question, a title or a file's name is escaped by what stands here."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from qa import Answer, Candidate, Passage, Sentence, cite

HIGH, MEDIUM = 0.75, 0.5
NONE = "The interview does not answer this."
NONE_OF_THEM = "The interviews do not answer this."
UNSURE = "Not sure: this may not be what you asked. The nearest that is said:"
UNKNOWN = "Unknown speaker"

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


def answer(found: Answer, names: Sequence[str] = (), following: Sequence[str] = (), among: Collection[int] = ()) -> str:
    """One answer as a chat message: the words, their passage, how sure it is, and what else comes near.

    `names` are those of the interviews, by their numbers; without them, none is named. `following` are
    questions that lead on. `among` are the numbers of those that were asked; none means all.
    """
    if found.remark:
        body = f'<p class="remark">{escape_chat(found.remark)}</p>'
    elif found.kind == "overview":
        body = _overview(found, names)
    else:
        body = _answered(found, names) if found else _declined(found, names, among)
    of = found.candidates[0].number if found.candidates else 0
    return f'<div class="qa">{_understood(found)}{body}{_following(following, of)}</div>'


def _overview(found: Answer, names: Sequence[str]) -> str:
    """The sentences of an overview, each a link to its place."""
    rows = "".join(
        f'<li>{_linked(c)}<span class="whence">{escape_chat(_whole_place(c, names))} {_copy(c)}</span></li>'
        for c in found.candidates
    )
    return f'<p class="head">{escape_chat(found.headline)}</p><ol class="overview">{rows}</ol>'


def _whole_place(candidate: Candidate, names: Sequence[str]) -> str:
    return f"{names[candidate.number]}, {candidate.sentence.place}" if names else _place(candidate.sentence)


def _understood(found: Answer) -> str:
    """How a question was understood that leans on the one before it or is misspelt, and the way back."""
    if not found.understood:
        return ""
    return (
        f'<p class="understood">Understood as: <q>{escape_chat(found.understood)}</q> '
        f'<button type="button" class="astyped" value="{_exact(found.question)}">Ask it as typed</button></p>'
    )


def _following(questions: Sequence[str], number: int) -> str:
    """Questions that lead on in the interview with this number, which they ask whatever is chosen by then."""
    if not questions:
        return ""
    buttons = "".join(
        f'<button type="button" class="next of-{number}" value="{_exact(q)}">{escape_chat(q)}</button>'
        for q in questions
    )
    return f'<div class="following" role="group" aria-label="Questions that lead on">{buttons}</div>'


def pending(share: float) -> str:
    """What stands in place of the answer while the model loads and the interview is embedded."""
    done = f' <span class="pct">{round(share * 100)} %</span>' if share else ""
    return (
        '<div class="qa wait">'
        f'<p class="ans">Reading the interview …{done}</p>'
        '<p class="sub">The first answer takes a few seconds; a long interview takes longer.</p></div>'
    )


def failed(message: str) -> str:
    """What stands in place of an answer that could not be given."""
    return f'<div class="qa"><div class="none-box"><p class="sub">{escape_chat(message)}</p></div></div>'


def _answered(found: Answer, names: Sequence[str]) -> str:
    best = found.candidates[0]
    percent = round(best.confidence * 100)
    kind, word = _band(best.confidence)
    size = " long" if len(best.text) > 90 else ""
    unsure = f'<p class="unsure">{UNSURE}</p>' if found.unsure else ""
    rest = [c for c in found.candidates[1:] if c not in found.also]
    return (
        f'{unsure}<p class="ans{size}">{escape_chat(best.text)}</p>'
        f'<blockquote class="src">{_marked(best.passage, best)}</blockquote>'
        f'<p class="meta">{_title(best, names)}<span class="conf {kind}"><i style="width:{percent}%"></i></span>'
        f"<span>{word} confidence, {percent} %</span><span>{escape_chat(_place(best.sentence))}</span>"
        f'<span class="take"><a class="jump" href="{target(best.number, best.sentence)}">Show in interview</a>'
        f"{_copy(best)}</span></p>"
        f"{_also(found.also, names)}{_others(rest, names, 'other passage', is_open=False)}"
    )


def _declined(found: Answer, names: Sequence[str], among: Collection[int]) -> str:
    none = NONE_OF_THEM if names and len(among) != 1 else NONE
    return (
        f'<div class="none-box"><p class="ans">{none}</p>'
        '<p class="sub">No sentence says it surely enough. These come nearest; they may be unrelated.</p></div>'
        f"{_others(found.candidates[:3], names, 'nearest passage', is_open=True)}"
    )


def _also(candidates: Sequence[Candidate], names: Sequence[str]) -> str:
    """Further answers, each in its sentence."""
    rows = "".join(
        f"<li><span><strong>{escape_chat(c.text)}</strong> {_linked(c)}{_whence(c, names)}</span>"
        f'<span class="pct">{round(c.confidence * 100)} %</span></li>'
        for c in candidates
    )
    return f'<div class="also"><p class="head">Also said</p><ul>{rows}</ul></div>' if rows else ""


def _copy(candidate: Candidate) -> str:
    """The button that takes a quote along, with its citation."""
    return f'<button type="button" class="copyq" value="{_exact(cite(candidate))}">Copy quote</button>'


def _place(sentence: Sentence) -> str:
    """Its place as the beginning of a sentence; a name keeps its letters."""
    return sentence.place if sentence.speaker else sentence.place[:1].upper() + sentence.place[1:]


def target(number: int, sentence: Sentence) -> str:
    """Where a link to a sentence leads, in the page and in an address; both count from 1, as `place` does."""
    return f"#i{number + 1}-s{sentence.index + 1}"


def new_speaker(speaker: str | None, before: str | None) -> str | None:
    """The name to tell where the speaker changes; None where it does not, or nobody's is known yet."""
    return None if speaker == before else speaker or UNKNOWN


def _title(candidate: Candidate, names: Sequence[str]) -> str:
    return f'<span class="from">{escape_chat(names[candidate.number])}</span>' if names else ""


def _exact(text: str) -> str:
    """Text for an attribute in a chat message, letter for letter, its line ends too."""
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text)


def _marked(passage: Passage, best: Candidate) -> str:
    """The passage, a paragraph each, with the source sentence marked and the answer in it stronger still.

    The question that it replies to stands in front, and is told apart; who speaks is named where that changes.
    """
    paragraphs = []
    speaker = None
    for (asks, _), sentences in groupby(passage.context, key=lambda s: (s in passage.question, s.paragraph)):
        shown = []
        for sentence in sentences:
            if who := new_speaker(sentence.speaker, speaker):
                shown.append(f'<b class="who">{escape_chat(who)}:</b>')
            speaker = sentence.speaker
            shown.append(_in_mark(best) if sentence == best.sentence else escape_chat(sentence.text))
        kind = ' class="asked"' if asks else ""
        paragraphs.append(f"<p{kind}>{' '.join(shown)}</p>")
    return "".join(paragraphs)


def _in_mark(best: Candidate) -> str:
    sentence = best.sentence
    start, end = best.start - sentence.start, best.end - sentence.start
    before, inside, after = sentence.text[:start], escape_chat(best.text), sentence.text[end:]
    strong = f"<strong>{inside}</strong>" if before or after else inside
    return f"<mark>{_edge(before)}{strong}{_edge(after)}</mark>"


def _edge(text: str) -> str:
    """The text before or after the answer, with the white space at its ends kept as one space."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{escape_chat(text)}{trail}"


def _others(candidates: Iterable[Candidate], names: Sequence[str], what: str, *, is_open: bool) -> str:
    rows = [
        f'<li><span>{_linked(c)}{_whence(c, names)}</span><span class="pct">{round(c.confidence * 100)} %</span></li>'
        for c in candidates
    ]
    if not rows:
        return ""
    plural = "" if len(rows) == 1 else "s"
    state = " open" if is_open else ""
    return f"<details{state}><summary>{len(rows)} {what}{plural}</summary><ul>{''.join(rows)}</ul></details>"


def _linked(candidate: Candidate) -> str:
    """Its sentence, which leads to its place."""
    where = target(candidate.number, candidate.sentence)
    return f'<a class="jump" href="{where}">{escape_chat(candidate.sentence.text)}</a>'


def _whence(candidate: Candidate, names: Sequence[str]) -> str:
    """Whose words a candidate is, where they stand, and in which of several interviews; and the quote to take along."""
    return f' <span class="whence">{escape_chat(_whole_place(candidate, names))} {_copy(candidate)}</span>'


def _band(confidence: float) -> tuple[str, str]:
    if confidence >= HIGH:
        return "high", "High"
    return ("mid", "Medium") if confidence >= MEDIUM else ("low", "Low")
