"""Which words mean the same event: lemmas, joined verbs, stems of word families, synonyms and the states' adjectives."""

from collections.abc import Iterable
from functools import cache, lru_cache

from wortlaut import lexicon
from wortlaut.language import Tag, parse

_CONTENT = frozenset((Tag.NOUN, Tag.VERB, Tag.INFINITIVE, Tag.ZU_INFINITIVE, Tag.PARTICIPLE, Tag.ADJECTIVE))
_EMPTY = frozenset(["sein", "haben", "werden", "können", "sollen", "wollen", "müssen", "dürfen", "lassen", "geben", "kommen", "fall", "falle", "machen", "gehen", "stehen", "halten", "es", "zu", "bedingung", "voraussetzung", "neu", "weit", "weiter", "erneut", "ganz", "groß"])  # fmt: skip
_ENDINGS = (
    "ischen",
    "ischer",
    "isches",
    "ischem",
    "ische",
    "isch",
    "ungen",
    "ung",
    "ien",
    "ieren",
    "ierung",
    "tion",
    "en",
    "er",
    "es",
    "e",
    "s",
    "n",
)


@cache
def _synonyms() -> dict[str, str]:
    return {word: group.split()[0] for group in lexicon.load("synonyms")["groups"] for word in group.split()}


@cache
def _states() -> dict[str, str]:
    table = {}
    for state in lexicon.load("states")["state"]:
        name = state["name"].casefold()
        table[name] = table[state["adjective"]] = name
        if "capital" in state:
            table[state["capital"].casefold()] = name
    return table


@lru_cache(maxsize=50_000)
def family(lemma: str) -> str:
    """Return a key that words of one family share: "Einmarsch", "einmarschieren", "Invasion"; "russisch", "Russland"."""
    word = lemma.casefold()
    if word in _states():
        return _states()[word]
    for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("n")):
        if form in _synonyms():
            return _synonyms()[form]
    tail = next((word[cut:] for cut in range(3, len(word) - 4) if word[cut:] in _synonyms()), None)
    if tail and len(tail) > 5:
        return _synonyms()[tail]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return _umlaut(word[: -len(ending)])
    return _umlaut(word)


def _umlaut(word: str) -> str:
    return word.replace("ä", "a").replace("ö", "o").replace("ü", "u").replace("ß", "ss")


@lru_cache(maxsize=50_000)
def content_words(text: str) -> frozenset[str]:
    """Return the families of the words that carry meaning; separated verbs are joined ("marschiert … ein")."""
    found = set()
    for sentence in parse(text):
        joined = {
            clause.verb: clause.predicate for clause in sentence.clauses if clause.verb is not None and clause.predicate
        }
        for index, token in enumerate(sentence.tokens):
            if token.tag not in _CONTENT or len(token.text) < 2:
                continue
            lemma = joined.get(index, token.lemma) or token.lemma
            parts = token.text.split("-") if token.tag is Tag.NOUN and "-" in token.text else [lemma]
            found |= {family(part) for part in parts if part.casefold() not in _EMPTY and len(part) > 2}
    return frozenset(found)


def is_negative(text: str) -> bool:
    """Tell whether a text negates its event: *nicht, kein, ohne*, or a verb of ending, an even number of them cancelling."""
    negations = sum(t.tag is Tag.NEGATION or t.lower == "ohne" for s in parse(text) for t in s.tokens)
    return negations % 2 == 1


def overlap(asked: frozenset[str], found: frozenset[str], weight: dict[str, float]) -> float:
    """Return how much of the smaller set of words the other holds, weighted by rarity; 0 if only common words are shared."""
    shared = asked & found
    if not shared:
        return 0.0

    def mass(words: Iterable[str]) -> float:
        return sum(weight.get(word, 3.0) for word in words)

    return mass(shared) / min(mass(asked), mass(found)) * (0.6 + 0.4 * mass(shared) / max(mass(asked), mass(found)))
