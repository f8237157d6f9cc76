"""How readings and answers look to people: rich text, in colour where a terminal takes it, in the terminal's language."""

from collections import Counter
from itertools import groupby

from rich.console import Console
from rich.text import Text

from wortlaut.cli.wording import _, called, ngettext
from wortlaut.ledger.actors import Actor, Judgement, Office
from wortlaut.ledger.answers import Answer, Change
from wortlaut.ledger.wording import differing
from wortlaut.model import Act, BlockKind, Likelihood, Reading, Statement, When
from wortlaut.text import Spans, words_at

ACTS = {
    Act.COMMIT: _("promises"), Act.REFUSE: _("refuses"), Act.THREATEN: _("threatens"), Act.DEMAND: _("demands"), Act.DENY: _("denies"),
    Act.CRITICISE: _("criticises"), Act.ENDORSE: _("endorses"), Act.PREDICT: _("expects"), Act.ASSERT: _("says"),
}  # fmt: skip
_COLOURS = {Act.COMMIT: "green", Act.REFUSE: "red", Act.THREATEN: "bold red", Act.DEMAND: "yellow", Act.PREDICT: "cyan"}


def console(*, stderr: bool = False) -> Console:
    """Return the console for results; it has no colours in a pipe or with NO_COLOR."""
    return Console(highlight=False, soft_wrap=True, stderr=stderr)


def show_reading(out: Console, reading: Reading) -> None:
    """Print a page: its head, its blocks, its statements."""
    article = reading.article
    out.print(Text(article.title or _("(no headline)"), style="bold"))
    facts = [article.publisher, article.published, ", ".join(article.agencies), reading.page.source]
    out.print(Text(" · ".join(f for f in facts if f), style="dim"))
    blocks = Counter(b.kind for b in article.blocks)
    kinds = ", ".join(_counted(kind, blocks[kind]) for kind in sorted(blocks))
    found = (
        ngettext("%(num)s quote", "%(num)s quotes", len(reading.quotes)),
        ngettext("%(num)s time", "%(num)s times", len(reading.times)),
        ngettext("%(num)s entity", "%(num)s entities", len(reading.entities)),
    )
    out.print(Text(f"{kinds}; {', '.join(found)}", style="dim"))
    names = {entity.id: entity.name for entity in reading.entities}
    for statement in reading.statements:
        _show_statement(out, reading, statement, names)
    out.print()


def _show_statement(out: Console, reading: Reading, statement: Statement, names: dict[str, str]) -> None:
    text = reading.article.text
    principal, speaker = names.get(statement.principal or "", "?"), names.get(statement.speaker or "", "?")
    who = principal if principal == speaker else f"{principal} ({speaker})"
    line = Text(f"  {who} ", style="bold")
    line.append(ACTS[statement.act], style=_COLOURS.get(statement.act, ""))
    line.append(f": {words_at(text, statement.content)}", style="not bold")
    out.print(line)
    notes = [
        f"{called(c.kind)}: {words_at(text, c.spans)}" + ("" if c.holder == "speaker" else f" ({called(c.holder)})")
        for c in statement.conditions
    ]
    notes += [likelihood(statement.likelihood)] if statement.likelihood else []
    notes += [f"{_('said')} {_time(reading, statement.said)}"] if statement.said else []
    notes += [f"{_('due')} {_time(reading, statement.due)}"] if statement.due else []
    notes += [f"{called(r.role)}: {r.name}" for r in statement.reported_by]
    notes += [called(statement.source)] if statement.source != "quote" else []
    notes += [_("repeats the text")] if statement.same_as else []
    if notes:
        out.print(Text("      " + " · ".join(notes), style="dim"))
    for evidence in statement.explain:
        line = Text(f"      {evidence.field:<12} " + (f"{evidence.value} " if evidence.value else ""))
        line.append(f"»{evidence.words}« " if evidence.words else "", style="italic")
        line.append(f"({evidence.by})", style="dim")
        out.print(line)


_PLURALS = {"agency": "agencies", "furniture": "furniture", "related": "related"}


def _counted(kind: BlockKind, number: int) -> str:
    name = kind.value.replace("_", " ")
    return ngettext(f"%(num)s {name}", f"%(num)s {_PLURALS.get(name, f'{name}s')}", number)


def _time(reading: Reading, when: When) -> str:
    """Return a day as its value; where the page has no date to count from, as its words."""
    timex = next((t for t in reading.times if t.id == when.time), None)
    return f"»{timex.span.of(reading.article.text)}«" if timex and "X" in when.value else when.value


def likelihood(found: Likelihood) -> str:
    """Write a likelihood as its term with its range, never as one number."""
    if found.low is None or found.high is None:
        return f"{found.term} ({_('up, no range') if found.direction == 'up' else _('down, no range')})"
    return f"{found.term} ({found.low:.0%}–{found.high:.0%}, {found.scale})"


def show_answers(out: Console, answers: tuple[Answer, ...], *, grouped: bool) -> None:
    """Print answers; grouped by principal, newest first, if `grouped`."""
    if not grouped:
        for answer in answers:
            _show_answer(out, answer, who=True)
        return
    order = list(dict.fromkeys(a.principal or "?" for a in answers))
    for principal in order:
        out.print(Text(principal, style="bold"))
        own = [a for a in answers if (a.principal or "?") == principal]
        for answer in sorted(own, key=lambda a: a.page.published or "", reverse=True):
            _show_answer(out, answer, who=False)


def show_record(out: Console, answers: tuple[Answer, ...]) -> None:
    """Print what somebody said in time: under each day what was said on it."""
    for day, own in groupby(answers, key=day_said):
        out.print(Text(day or _("undated"), style="dim"))
        for answer in own:
            _show_answer(out, answer, who=True)


def day_said(answer: Answer) -> str:
    """Return the day on which something was said, else published."""
    said = answer.statement.said.value if answer.statement.said else ""
    return (said if said[:4].isdigit() else answer.page.published or "")[:10]


def _show_answer(out: Console, answer: Answer, *, who: bool) -> None:
    statement = answer.statement
    line = Text("  ")
    if who:
        line.append(f"{answer.principal or '?'} ", style="bold")
    line.append(ACTS[statement.act], style=_COLOURS.get(statement.act, ""))
    line.append(": »").append_text(at_hits(answer.words, answer.hits)).append("«")
    if "superseded" in answer.why:
        line.stylize("strike", len(line) - len(answer.words) - 2)
    out.print(line)
    places = answer.condition_hits or ((),) * len(answer.condition_words)
    given = (at_hits(*both).plain for both in zip(answer.condition_words, places, strict=True))
    notes = [f"{called(c.kind)}: {w}" for c, w in zip(statement.conditions, given, strict=False)]
    notes += [likelihood(statement.likelihood)] if statement.likelihood else []
    notes += [answer.speaker] if answer.speaker and answer.speaker != answer.principal else []
    notes += [_("earlier edition")] if answer.why.get("edition") == "earlier" else []
    notes += [n for n in (answer.page.publisher, answer.page.published, answer.page.source) if n]
    out.print(Text("      " + " · ".join(notes), style="dim"))
    if found := _reason(answer.why):
        out.print(Text("      " + found, style="dim"))
    if "superseded" in answer.why:
        day, words = answer.why["superseded"].split(": ", 1)
        out.print(Text(f"      {_('superseded on')} {day}: »{words}«", style="dim"))


def _reason(why: dict[str, str]) -> str:
    """Say why an answer was found, in a line."""
    if "in" not in why:
        return ""
    parts = [_("found in the condition") if why["in"] == "condition" else _("found in the sentence")]
    parts += [f"{_('meaning')} {why['meaning']}"] if "meaning" in why else []
    parts += [f"{_('shared words:')} {why['shared']}"] if why.get("shared") else []
    parts += [f"~ {_('the opposite')}"] if why.get("direction") == "opposite" else []
    return " · ".join(parts)


def show_nearest(out: Console, answers: tuple[Answer, ...]) -> None:
    """Print answers that are not sure enough, one a line."""
    for answer in answers:
        day = (answer.page.published or "?")[:10]
        out.print(Text(f"  ~ {answer.principal or '?'} {ACTS[answer.statement.act]}: »{answer.words}« · {day}"))


def show_change(out: Console, change: Change) -> None:
    """Print the two wordings of a change, one below the other; what only one of them says is marked."""
    out.print(Text(f"{change.after.principal}: {called(change.change)}", style="bold"))
    old, new = change.before.words, change.after.words
    for label, answer, words, other in ((_("before"), change.before, old, new), (_("after "), change.after, new, old)):
        line = Text(f"  {label} {(answer.page.published or '?')[:10]}  {ACTS[answer.statement.act]}: »")
        out.print(line.append_text(marked(words, other)).append("«"))
        out.print(Text(f"         {answer.page.publisher or ''} · {answer.page.source}", style="dim"))


def show_actor(out: Console, actor: Actor) -> None:
    """Print who somebody is: name, number, kind, offices in time, other names, pages."""
    line = Text(actor.name, style="bold")
    line.append(
        f"  {actor.id} · {called(actor.kind)}" + (f" · {actor.wikidata}" if actor.wikidata else ""),
        style="not bold dim",
    )
    out.print(line)
    for office in actor.offices:
        out.print(Text(f"  {_office(office)}"))
    if actor.aliases:
        out.print(Text(f"  {_('also:')} {', '.join(actor.aliases)}", style="dim"))
    said = ngettext("%(num)s statement", "%(num)s statements", actor.statements)
    pages = ngettext("on %(num)s page", "on %(num)s pages", len(actor.pages))
    earlier = ngettext("%(num)s in earlier editions", "%(num)s in earlier editions", actor.earlier)
    standing = f"  {said} {pages}: {', '.join(actor.pages)}" + (f" · {earlier}" if actor.earlier else "")
    out.print(Text(standing, style="dim"))


def _office(office: Office) -> str:
    words = ", ".join(w for w in (office.title, office.organisation) if w)
    since = f" {_('since')} {office.since}" if office.since else ""
    until = (
        f" ({_('former')})" if office.until == "PAST_REF" else f" {_('until')} {office.until}" if office.until else ""
    )
    return words + since + until


def show_judgement(out: Console, judgement: Judgement) -> None:
    """Print a line of the journal of merges and splits."""
    words = {
        "merge": f"{judgement.actor} {_('is')} {judgement.other}",
        "split": f"{_('on page')} {judgement.page} {judgement.actor} {_('is')} {judgement.other}",
        "undo": f"{_('takes back')} {judgement.undoes}",
    }
    out.print(Text(f"  {_('judgement')} {judgement.id}, {judgement.at}: {words[judgement.verdict]}", style="dim"))


def marked(words: str, other: str) -> Text:
    """Return words with those that differ from the other wording between brackets, in bold where there are colours."""
    return at_hits(words, differing(words, other))


def at_hits(words: str, places: Spans) -> Text:
    """Return words with these places between brackets, in bold where there are colours."""
    line, at = Text(), 0
    for start, end in places:
        line.append(words[at:start])
        line.append(f"[{words[start:end]}]", style="bold")
        at = end
    return line.append(words[at:])
