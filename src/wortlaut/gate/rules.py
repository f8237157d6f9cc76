"""Speculation rules, by which browsers load pages ahead: whether they stay at home for certain.

https://wicg.github.io/nav-speculation/speculation-rules.html
"""

import json
import re
from typing import Any

from wortlaut.gate.addresses import address_of, is_within

_ROOTED = re.compile(r"/(?![/\\{(:])")


def is_bounded(text: str, own: tuple[str, ...]) -> bool:
    """Tell whether rules can load nothing but pages of one's own hosts; what is not understood may load anything."""
    try:
        rules = [rule for part in json.loads(text).values() if isinstance(part, list) for rule in part]
        return all(_rule_bounded(rule, own) for rule in rules)
    except (ValueError, AttributeError, TypeError, RecursionError):
        return False


def _rule_bounded(rule: dict[str, Any], own: tuple[str, ...]) -> bool:
    listed = all(_is_own(url, own) for url in rule.get("urls", ()))
    return listed and (_where_bounded(rule["where"], own) if "where" in rule else "urls" in rule)


def _where_bounded(where: Any, own: tuple[str, ...]) -> bool:
    """Tell whether a condition on a page's links lets only own ones through."""
    if "and" in where:
        return any(_where_bounded(one, own) for one in where["and"])
    if "or" in where:
        return all(_where_bounded(one, own) for one in where["or"])
    patterns = where.get("href_matches")
    patterns = patterns if isinstance(patterns, list) else [patterns]
    return all(isinstance(one, str) and _is_own(one, own) for one in patterns)


def _is_own(url: str, own: tuple[str, ...]) -> bool:
    address = address_of(url)
    return is_within(address.host, own) if address else bool(_ROOTED.match(url))
