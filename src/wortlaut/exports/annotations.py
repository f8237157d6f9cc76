"""W3C Web Annotations (https://www.w3.org/TR/annotation-model/) as one AnnotationPage in JSON-LD.

Each statement is an Annotation. Its targets are the stretches of its words, each told by a TextQuoteSelector, so that an
annotation tool finds them in the page itself, whose characters are counted otherwise than ours. Its bodies are a sentence
for people, tags (act, polarity, kinds of condition) and the statement's record as the contract has it.
"""

import json
from pathlib import Path
from typing import Any

from wortlaut.codec import to_json
from wortlaut.exports.pages import Exported, Wanted, pages_of
from wortlaut.ledger import Answer, Ledger
from wortlaut.ledger.textquotes import select_quote

_HEAD = (
    '{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:wortlaut:export", "type": "AnnotationPage", "items": ['
)


def write(ledger: Ledger, wanted: Wanted, path: Path) -> int:
    """Write the statements as annotations, one a line inside the page's `items`."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for exported in pages_of(ledger, wanted):
            for answer in exported.answers:
                file.write(
                    ("," if count else "") + "\n" + json.dumps(_annotation(exported, answer), ensure_ascii=False)
                )
                count += 1
        file.write("\n]}\n")
    return count


def source_of(answer: Answer) -> str:
    """Return the page's URL, or a name for a page without one."""
    return answer.page.url or f"urn:wortlaut:page:{answer.page.id}"


def name_of(answer: Answer) -> str:
    """Return a name for a statement that is the same in every export."""
    return f"urn:wortlaut:statement:{answer.page.id}:{answer.statement.id}"


def sentence_of(answer: Answer) -> str:
    """Return who did what: "Anna Berg (for Nordbund): refuse"."""
    speaker, principal = answer.speaker or "unknown", answer.principal
    return f"{speaker}{f' (for {principal})' if principal and principal != speaker else ''}: {answer.statement.act}"


def _annotation(exported: Exported, answer: Answer) -> dict[str, Any]:
    said, text = answer.statement, exported.reading.article.text
    tags = [said.act, said.polarity, *dict.fromkeys(condition.kind for condition in said.conditions)]
    targets = [{"source": source_of(answer), "selector": _selector(text, span)} for span in said.content]
    described = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": sentence_of(answer)}
    record = {"type": "TextualBody", "purpose": "classifying", "format": "application/json", "value": to_json(answer)}
    return {
        "id": name_of(answer),
        "type": "Annotation",
        "motivation": ["describing", "tagging", "classifying"],
        "generator": {"type": "Software", "name": "Wortlaut"},
        "body": [
            described,
            *({"type": "TextualBody", "purpose": "tagging", "value": str(tag)} for tag in tags),
            record,
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _selector(text: str, span: Any) -> dict[str, str]:
    selector = select_quote(text, span)
    return {"type": selector.type, "exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
