"""When it was said, until when it is due, and who carried it: medium, agency, publisher."""

import re

from wortlaut import lexicon
from wortlaut.language import Sentence
from wortlaut.model import Article, Quote, Report, ReportRole, Timex, TimexType, When
from wortlaut.text import Span, Spans

_NAME = r"(?P<name>(?!(?:Sender|Zeitung|Agentur)\b)[A-ZÄÖÜ][\w&-]*(?:\.(?=\w)[\w&-]+)*(?: [A-ZÄÖÜ][\w&-]*(?:\.(?=\w)[\w&-]+)*){0,3})"
_OUTLET = r"(?:Sender|Fernsehsender|Radiosender|Rundfunksender|Hörfunksender|Zeitung|Tageszeitung|Wochenzeitung|Magazin|Nachrichtenmagazin|Blatt|Portal|Nachrichtenportal|Zeitschrift|Podcast|Programm|Nachrichtenagentur|Agentur|Sendung)"
_ADJ = r"(?:[a-zäöüß-]+(?:en|er|em) )?"
_KIND = r"(?:[Zz]eitung|[Bb]latt|[Kk]urier|[Aa]nzeiger|[Bb]ote|[Pp]ost|[Rr]undfunk|[Ff]unk|[Rr]undschau|[Pp]resse|[Nn]achrichten|[Mm]agazin|[Rr]adio|[Ff]ernsehen|[Jj]ournal|[Ww]oche|[Ee]cho|[Tt]agblatt|[Tt]ageblatt|TV|FM)"
_NAMED = rf"[„»\"‚›]?(?P<name>(?:[A-ZÄÖÜ][\w-]+ ){{0,2}}(?:[A-ZÄÖÜ][\w-]*)?{_KIND}(?:s\b)?(?: [A-ZÄÖÜ][\w-]+)?|[A-Z]{{2,5}})\b"
_TOLD = r"\b(?:sag\w*|erklär\w*|beton\w*|bestätig\w*|bekräftig\w*|versicher\w*|verr[ai]\w+|schr[ei]+b\w*|kündig\w*|warn\w*|wiederhol\w*)\b"
_MEDIUM = (
    re.compile(rf"(?:dem|der|den|im|beim|vom|gegenüber dem|gegenüber der|mit dem|mit der|das|die) {_ADJ}(?:Interview (?:mit )?(?:dem|der|des) )?{_ADJ}{_OUTLET}s?n? [„»\"‚›]?{_NAME}"),
    re.compile(rf"{_TOLD}[^.,;:„»]{{0,60}}?\b(?:der|dem|in der|im|beim) {_NAMED}"),
    re.compile(rf"(?:im|in einem|im) (?:Gespräch|Interview) (?:mit )?(?:der|dem|des) (?:{_OUTLET} )?[„»\"]?{_NAME}"),
    re.compile(r"(?:im|in einem|beim) (?:Gespräch|Interview) mit (?P<name>[A-Z][A-Za-z]{1,8}[A-Z]\w*|[A-Z]{2,5})\b"),
)  # fmt: skip
_AGENCY = re.compile(
    r"(?:Nachrichtenagentur(?:en)?|Agentur) [„»\"]?(?P<name>[A-ZÄÖÜ][\w-]*)|(?:bericht\w*|meld\w*) (?P<named>Reuters|AFP|AP|dpa|APA|KNA|epd|SID|sda|Bloomberg)\b"
)


def find_reports(article: Article, places: Spans) -> tuple[Report, ...]:
    """Return the links of the chain: the medium it was told to and agencies named in `places`, then the page's own."""
    text = article.text
    reports: dict[tuple[ReportRole, str], Report] = {}
    for place in places:
        for match in _AGENCY.finditer(text, place.start, place.end):
            name = match["name"] or match["named"]
            reports.setdefault((ReportRole.AGENCY, name), _report(ReportRole.AGENCY, name, match))
        for pattern in _MEDIUM:
            for match in pattern.finditer(text, place.start, place.end):
                name = match["name"]
                bare = re.fullmatch(_KIND, name) or _heads_office(text, match)
                if not bare and (ReportRole.AGENCY, name) not in reports:
                    reports.setdefault((ReportRole.MEDIUM, name), _report(ReportRole.MEDIUM, name, match))
    for agency in article.agencies:
        reports.setdefault((ReportRole.AGENCY, agency), Report(role=ReportRole.AGENCY, name=agency))
    if article.publisher:
        reports[ReportRole.PUBLISHER, article.publisher] = Report(role=ReportRole.PUBLISHER, name=article.publisher)
    return tuple(reports.values())


def _heads_office(text: str, match: re.Match[str]) -> bool:
    """Tell whether "der X" hangs on an office: "sagte der [Chef] der SPD" was told to nobody."""
    before = re.search(r"(\w+) (?:der|dem|des) [„»\"‚›]?$", text[match.start() : match.start("name")])
    offices = lexicon.load("offices")
    forms = {form for key in ("speaks", "person") for pair in offices[key] for form in pair}
    return before is not None and (
        before[1] in forms or any(before[1][cut:].capitalize() in forms for cut in range(3, len(before[1]) - 3))
    )


def _report(role: ReportRole, name: str, match: re.Match[str]) -> Report:
    group = "name" if match.groupdict().get("name") else "named"
    return Report(role=role, name=name, evidence=(Span(match.start(group), match.end(group)),))


_LIMIT = re.compile(
    r"\b(?:bis|ab|für|zum|zur|auf|seit|von)(?: (?:zum|zur|zu|den|die|das|dem|der|Ende|Anfang|Mitte))*\s*$",
    re.IGNORECASE,
)
"""What stands before a date that is no day of saying: "verlangte ein Angebot bis Jahresende"."""


def find_said(times: tuple[Timex, ...], frame: Sentence, quote: Quote, published: str | None, text: str) -> When | None:
    """Return the day of saying: a date among the words that announce a quote, not in brackets and not after the page."""
    own = [c.span for c in frame.clauses if any(c.span.overlaps(s) for s in quote.cue or quote.speaker)]
    others = [c.span for c in frame.clauses if c.verb is not None and c.span not in own]
    announcing = (*quote.frame, *own)
    for time in times:
        before = text[max(0, time.start - 20) : time.start]
        if (
            time.type in (TimexType.DATE, TimexType.TIME)
            and any(span.contains(time.span) for span in announcing)
            and not any(span.overlaps(time.span) for span in (*quote.content, *others))
            and not _LIMIT.search(before)
            and before.rfind("(") <= before.rfind(")")
            and time.value
            and not time.value.endswith("_REF")
            and (not published or (time.value[:1].isdigit() and time.value[:10] <= published[:10]))
        ):
            return When(value=time.value, time=time.id)
    return None


_DUE = re.compile(
    r"(?:\bbis|\bab|\bzum|\bam|\bim|\bin|\binnert|\bvon|\bspätestens|\bbinnen|\binnerhalb|\bnoch|\bvor)\s+(?:zum |zur |spätestens |Anfang |Mitte |Ende |dem |der |den |von )?$",
    re.IGNORECASE,
)


_END = re.compile(r"\bbis\s+(?:zum |Ende |zum Ende |einschließlich )?$", re.IGNORECASE)
"""Before a month or year that is not over: "bis Ende Juni", said in June."""


def find_due(times: tuple[Timex, ...], body: Spans, published: str | None, text: str) -> When | None:
    """Return the date by which it is to be done: a date of the content after the page's own."""
    for time in times:
        value = time.point if time.type is TimexType.DURATION else time.value  # "in zwei Wochen"
        if time.type is TimexType.SET or not value or not value[:4].isdigit():
            continue
        if not any(span.contains(time.span) for span in body):
            continue
        before = text[max(0, time.start - 24) : time.start]
        later = published is None or value[: len(published[:10])] > published[: min(10, len(value))]
        ends = published is not None and len(value) < 10 and published.startswith(value) and _END.search(before)
        if (later or ends) and _DUE.search(before):
            return When(value=value, time=time.id)
    return None
