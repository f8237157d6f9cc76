"""How readings and answers look to people: rich text, in colour where a terminal takes it."""

from itertools import groupby

from rich.console import Console
from rich.text import Text

from wortlaut.ledger.actors import Actor, Judgement, Office
from wortlaut.ledger.answers import Answer, Change
from wortlaut.model import Act, ConditionKind, Likelihood, Reading, Statement
from wortlaut.text import words_at

ACTS = {
    Act.COMMIT: "sagt zu", Act.REFUSE: "lehnt ab", Act.THREATEN: "droht", Act.DEMAND: "fordert", Act.DENY: "bestreitet",
    Act.CRITICISE: "kritisiert", Act.ENDORSE: "begrüßt", Act.PREDICT: "erwartet", Act.ASSERT: "sagt",
}  # fmt: skip
CONDITIONS = {
    ConditionKind.IF: "wenn", ConditionKind.EVEN_IF: "auch dann", ConditionKind.UNLESS: "außer", ConditionKind.ONLY_IF: "nur dann",
    ConditionKind.UNTIL: "bis", ConditionKind.AS_LONG_AS: "solange",
}  # fmt: skip
_COLOURS = {Act.COMMIT: "green", Act.REFUSE: "red", Act.THREATEN: "bold red", Act.DEMAND: "yellow", Act.PREDICT: "cyan"}


def console() -> Console:
    """Return the console for results; it has no colours in a pipe or with NO_COLOR."""
    return Console(highlight=False, soft_wrap=True)


def show_reading(out: Console, reading: Reading) -> None:
    """Print a page: its head, its blocks, its statements."""
    article = reading.article
    out.print(Text(article.title or "(no headline)", style="bold"))
    facts = [article.publisher, article.published, ", ".join(article.agencies), reading.page.source]
    out.print(Text(" · ".join(f for f in facts if f), style="dim"))
    kinds = [f"{len(list(group))} {kind}" for kind, group in groupby(sorted(b.kind.value for b in article.blocks))]
    out.print(
        Text(
            f"{', '.join(kinds)}; {len(reading.quotes)} quotes, {len(reading.times)} times, {len(reading.entities)} entities",
            style="dim",
        )
    )
    names = {entity.id: entity.name for entity in reading.entities}
    for statement in reading.statements:
        _show_statement(out, article.text, statement, names)
    out.print()


def _show_statement(out: Console, text: str, statement: Statement, names: dict[str, str]) -> None:
    principal, speaker = names.get(statement.principal or "", "?"), names.get(statement.speaker or "", "?")
    who = principal if principal == speaker else f"{principal} ({speaker})"
    line = Text(f"  {who} ", style="bold")
    line.append(ACTS[statement.act], style=_COLOURS.get(statement.act, ""))
    line.append(f": {words_at(text, statement.content)}", style="not bold")
    out.print(line)
    notes = [
        f"{CONDITIONS[c.kind]}: {words_at(text, c.spans)}" + ("" if c.holder == "speaker" else f" ({c.holder})")
        for c in statement.conditions
    ]
    notes += [likelihood(statement.likelihood)] if statement.likelihood else []
    notes += [f"said {statement.said.value}"] if statement.said else []
    notes += [f"due {statement.due.value}"] if statement.due else []
    notes += [f"{r.role}: {r.name}" for r in statement.reported_by]
    notes += [statement.source.value] if statement.source != "quote" else []
    notes += ["repeats the text"] if statement.same_as else []
    if notes:
        out.print(Text("      " + " · ".join(notes), style="dim"))


def likelihood(found: Likelihood) -> str:
    """Write a likelihood as its term with its range, never as one number."""
    if found.low is None or found.high is None:
        return f"{found.term} ({'up' if found.direction == 'up' else 'down'}, no range)"
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


def _show_answer(out: Console, answer: Answer, *, who: bool) -> None:
    statement = answer.statement
    line = Text("  ")
    if who:
        line.append(f"{answer.principal or '?'} ", style="bold")
    line.append(ACTS[statement.act], style=_COLOURS.get(statement.act, ""))
    line.append(f": »{answer.words}«")
    out.print(line)
    notes = [f"{CONDITIONS[c.kind]}: {w}" for c, w in zip(statement.conditions, answer.condition_words, strict=False)]
    notes += [likelihood(statement.likelihood)] if statement.likelihood else []
    notes += [answer.speaker] if answer.speaker and answer.speaker != answer.principal else []
    notes += [n for n in (answer.page.publisher, answer.page.published, answer.page.source) if n]
    out.print(Text("      " + " · ".join(notes), style="dim"))


def show_change(out: Console, change: Change) -> None:
    """Print the two wordings of a change, one below the other."""
    out.print(Text(f"{change.after.principal}: {change.change.value}", style="bold"))
    for label, answer in (("before", change.before), ("after ", change.after)):
        out.print(
            Text(f"  {label} {(answer.page.published or '?')[:10]}  {ACTS[answer.statement.act]}: »{answer.words}«")
        )
        out.print(Text(f"         {answer.page.publisher or ''} · {answer.page.source}", style="dim"))


def show_actor(out: Console, actor: Actor) -> None:
    """Print who somebody is: name, number, kind, offices in time, other names, pages."""
    line = Text(actor.name, style="bold")
    line.append(
        f"  {actor.id} · {actor.kind}" + (f" · {actor.wikidata}" if actor.wikidata else ""), style="not bold dim"
    )
    out.print(line)
    for office in actor.offices:
        out.print(Text(f"  {_office(office)}"))
    if actor.aliases:
        out.print(Text(f"  also: {', '.join(actor.aliases)}", style="dim"))
    out.print(
        Text(f"  {actor.statements} statements on {len(actor.pages)} pages: {', '.join(actor.pages)}", style="dim")
    )


def _office(office: Office) -> str:
    words = ", ".join(w for w in (office.title, office.organisation) if w)
    since = f" since {office.since}" if office.since else ""
    until = " (former)" if office.until == "PAST_REF" else f" until {office.until}" if office.until else ""
    return words + since + until


def show_judgement(out: Console, judgement: Judgement) -> None:
    """Print a line of the journal of merges and splits."""
    words = {
        "merge": f"{judgement.actor} is {judgement.other}",
        "split": f"on page {judgement.page} {judgement.actor} is {judgement.other}",
        "undo": f"takes back {judgement.undoes}",
    }
    out.print(Text(f"  judgement {judgement.id}, {judgement.at}: {words[judgement.verdict]}", style="dim"))
