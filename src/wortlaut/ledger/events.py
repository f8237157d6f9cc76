"""What event words tell: a condition without its opener, and which way it goes.

"Wenn Israel die Angriffe nicht beendet" tells of attacks that go on: *nicht* and *beenden* cancel. Whoever asks for
"Israel bombardiert weiter" means it; whoever asks for "Israel hört auf" does not.
"""

import re
from functools import cache, lru_cache

from wortlaut import lexicon
from wortlaut.language import Sentence, Tag, Token, is_known, lemma_of, parse
from wortlaut.ledger.matching import family

_FOCUS = "aber|und|denn|auch|selbst|nur|erst|sogar|nicht|dann|eben|allenfalls|jedenfalls|höchstens|immer|spätestens"
_PREPOSITIONS = "(?:im|in jedem|für den) falle?(?: von| des| der| einer| eines)?|bei|beim|mit|bis zu[mr]?"
_VERBS = "sollten?|würden?"
_BEFORE_NOUN = frozenset(("als", "zum", "zur"))


@cache
def _opener() -> re.Pattern[str]:
    data = lexicon.load("conditions")
    openers = "|".join(
        (*(p["pattern"] for p in data["phrase"]), *data["openers"], _PREPOSITIONS, _VERBS, "nachdem|dass")
    )
    return re.compile(rf"^\W*(?:(?:{_FOCUS})\b\W*)*(?:{openers})\b\W*", re.IGNORECASE)


@cache
def _cue() -> re.Pattern[str]:
    data = lexicon.load("conditions")
    openers = "|".join(
        (
            *(p["pattern"] for p in data["phrase"]),
            *data["openers"],
            "(?:im|für den) falle?",
            "bis zu[mr]?",
            "nachdem",
            "sollten?",
            "ohne",
            "bei eine[mr]",
        )
    )
    return re.compile(rf"\b(?:{openers})\b", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def event_of(condition: str) -> str:
    """Return the event a condition is about: its words without what opens it ("falls", "auch im Fall", "es sei denn")."""
    return _opener().sub("", condition, count=1).strip(' ,.;:»«„“"') or condition


def may_be_conditional(text: str) -> bool:
    """Tell whether a sentence holds a word that opens conditions, even where none was found in it."""
    return _cue().search(text) is not None


@cache
def listed(key: str) -> frozenset[str]:
    """Return a list of lexicon/polarity.toml."""
    return frozenset(lexicon.load("polarity")[key].split())


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("polarity")[key], re.IGNORECASE)


@cache
def carriers() -> frozenset[str]:
    """Return verbs of saying, wanting and refusing: what they carry is the event, "sie fordern einen Austritt"."""
    return frozenset(verb for verbs in lexicon.load("acts")["verbs"].values() for verb in verbs.split())


@lru_cache(maxsize=50_000)
def denials(text: str) -> tuple[str, ...]:
    """Return what turns an event into its opposite, one entry a turn: "" for a denial, else the ending word's family.

    Denials of one clause are one ("nie und nimmer"), so are attitudes; some phrases deny nothing ("nicht nur").
    """
    plain = _pattern("idioms").sub(" ", text)
    phrases = [""] * len(_pattern("against").findall(plain))
    turns = [turn for sentence in parse(plain) for turn in _turns(sentence)]
    return ("",) if _ATTITUDE in turns else tuple(phrases + turns)


_ATTITUDE = "!"


def _turns(sentence: Sentence) -> list[str]:
    joined = {c.verb: c.predicate for c in sentence.clauses if c.verb is not None and c.predicate}
    spelled = {_infinitive(token) for token in sentence.tokens}
    carried = any(predicate in carriers() for predicate in joined.values())
    found = []
    denied = None
    for index, token in enumerate(sentence.tokens):
        whole = joined.get(index)  # "sagt … ab" is absagen; in "wird abgesagt" the participle says so itself
        lemma = (whole if whole and whole not in spelled else _infinitive(token)).lower()
        if token.tag is Tag.NEGATION or token.lower in lexicon.words("polarity", "deny"):
            clause = next((n for n, c in enumerate(sentence.clauses) if c.span.contains(token.span)), -1)
            found += [""] * (clause != denied)
            denied = clause
        elif not listed("attitude").isdisjoint((joined.get(index), token.lemma, token.text)):
            found.append(_ATTITUDE)
        elif lemma in listed("ending") or token.lower in listed("ending") or _is_reversed(token):
            named = token.tag is Tag.NOUN and bool(joined) and not carried  # "das Verbot bleibt": the verb decides
            if not named or sentence.tokens[index - 1].lower in _BEFORE_NOUN:
                found.append(family(lemma))
    return found


@lru_cache(maxsize=50_000)
def _infinitive(token: Token) -> str:
    """Return the lemma; of a participle that the dictionary lists as an adjective, its verb: "abgewiesen" → abweisen."""
    for prefix in lexicon.words("closed", "prefix"):
        if token.lower.startswith(prefix + "ge") and token.lemma.lower().startswith(prefix + "ge"):
            return prefix + lemma_of(token.lower.removeprefix(prefix))
    return token.lemma


def _is_reversed(token: Token) -> bool:
    """Tell whether a prefix turns a word round: "unwirksam", "missglückt"; not "unmittelbar"."""
    if token.lower.startswith("miss") and token.tag is not Tag.NOUN:
        return True
    return (
        token.tag is Tag.ADJECTIVE
        and token.lower.startswith("un")
        and token.lower not in lexicon.words("polarity", "not_reversed")
        and is_known(token.lower[2:])
    )


def opposed(one: str, other: str, shared: frozenset[str]) -> bool:
    """Tell whether two texts about the same go opposite ways; words of ending that both hold decide nothing."""
    return goes_opposite(denials(one), denials(other), shared)


def goes_opposite(one: tuple[str, ...], other: tuple[str, ...], shared: frozenset[str]) -> bool:
    """Tell the same of their denials."""
    return sum(1 for turn in (*one, *other) if not turn or turn not in shared) % 2 == 1
