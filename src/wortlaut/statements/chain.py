"""When it was said, until when it is due, and who carried it: medium, agency, publisher."""

import re

from wortlaut.language import Sentence
from wortlaut.model import Article, Report, ReportRole, Timex, TimexType, When
from wortlaut.text import Span, Spans

_NAME = r"(?P<name>(?!(?:Sender|Zeitung|Agentur)\b)[A-ZÄÖÜ][\w&-]*(?:\.(?=\w)[\w&-]+)*(?: [A-ZÄÖÜ][\w&-]*(?:\.(?=\w)[\w&-]+)*){0,3})"
_OUTLET = r"(?:Sender|Fernsehsender|Radiosender|Rundfunksender|Hörfunksender|Zeitung|Tageszeitung|Wochenzeitung|Magazin|Nachrichtenmagazin|Blatt|Portal|Nachrichtenportal|Zeitschrift|Podcast|Programm|Nachrichtenagentur|Agentur|Sendung)"
_ADJ = r"(?:[a-zäöüß-]+(?:en|er|em) )?"
_MEDIUM = (
    re.compile(rf"(?:dem|der|den|im|beim|vom|gegenüber dem|gegenüber der|mit dem|mit der|das|die) {_ADJ}(?:Interview (?:mit )?(?:dem|der|des) )?{_ADJ}{_OUTLET}s?n? [„»\"‚›]?{_NAME}"),
    re.compile(r"\b(?:sag\w*|erklär\w*|beton\w*|bestätig\w*|bekräftig\w*)\b[^.,;:„»]{0,60}?\b(?:der|dem) [„»\"]?(?P<name>[A-Z]{2,5}|[A-Z][\w-]*(?:zeitung|Zeitung|blatt|Blatt|kurier|Kurier|anzeiger|Anzeiger|bote|Bote|post|Post|rundfunk|Rundfunk|funk|Rundschau|presse|Presse|Nachrichten|Radio|TV)(?: [A-Z][\w-]+)?)\b"),
    re.compile(rf"(?:im|in einem|im) (?:Gespräch|Interview) (?:mit )?(?:der|dem|des) (?:{_OUTLET} )?[„»\"]?{_NAME}"),
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
                if (ReportRole.AGENCY, name) not in reports:
                    reports.setdefault((ReportRole.MEDIUM, name), _report(ReportRole.MEDIUM, name, match))
    for agency in article.agencies:
        reports.setdefault((ReportRole.AGENCY, agency), Report(role=ReportRole.AGENCY, name=agency))
    if article.publisher:
        reports[ReportRole.PUBLISHER, article.publisher] = Report(role=ReportRole.PUBLISHER, name=article.publisher)
    return tuple(reports.values())


def _report(role: ReportRole, name: str, match: re.Match[str]) -> Report:
    group = "name" if match.groupdict().get("name") else "named"
    return Report(role=role, name=name, evidence=(Span(match.start(group), match.end(group)),))


def find_said(times: tuple[Timex, ...], sentence: Sentence, outside: Spans, published: str | None) -> When | None:
    """Return the day of saying: a date of the sentence that stands in none of `outside` (the content) and not after the page."""
    for time in times:
        inside = any(span.overlaps(time.span) for span in outside)
        if (
            time.type in (TimexType.DATE, TimexType.TIME)
            and sentence.span.contains(time.span)
            and not inside
            and time.value
            and not time.value.endswith("_REF")
        ) and (not published or (time.value[:1].isdigit() and time.value[:10] <= published[:10])):
            return When(value=time.value, time=time.id)
    return None


_DUE = re.compile(
    r"(?:\bbis|\bab|\bzum|\bam|\bim|\bin|\binnert|\bvon|\bspätestens|\bbinnen|\binnerhalb|\bnoch|\bvor)\s+(?:zum |zur |spätestens |Anfang |Mitte |Ende |dem |der |den |von )?$",
    re.IGNORECASE,
)


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
        if later and _DUE.search(before):
            return When(value=value, time=time.id)
    return None
