"""What a site says of text and data mining: TDMRep, the machine-readable reservation of Directive (EU) 2019/790, article 4.

Headers of the answer win over the page's own meta elements, these over the site's file /.well-known/tdmrep.json
(https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/). What cannot be understood says nothing.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from wortlaut.model import Rights

__all__ = ["HEAD", "WELL_KNOWN", "Reservation", "Rule", "find_in_headers", "find_reservation", "read_rules"]

WELL_KNOWN = "/.well-known/tdmrep.json"
HEAD = 200_000
"""Bytes of a page in which its meta elements are looked for."""
_META = re.compile(rb"tdm-reservation", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Whether the right to mine is reserved, where its terms stand, and which place said so."""

    reserved: bool
    policy: str | None
    told_by: Literal["header", "meta", "file"]

    def on(self, rights: Rights) -> Rights:
        """Return what is known of a page's rights with this."""
        return replace(rights, reserved=self.reserved, policy=self.policy, told_by=self.told_by)

    @property
    def detail(self) -> str:
        """Why a page is not handed on."""
        terms = f"; its terms: {self.policy}" if self.policy else ""
        return f"its site reserves text and data mining (told by {self.told_by}){terms}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of the site's file: paths that match `location` are reserved, or not."""

    location: str
    reserved: bool
    policy: str | None

    def matches(self, path: str) -> bool:
        """Tell whether a path, with its query, falls under the rule; `*` and a final `$` mean what they do in robots.txt."""
        whole = self.location.endswith("$")
        pattern = ".*".join(re.escape(part) for part in self.location.removesuffix("$").split("*"))
        return bool((re.fullmatch if whole else re.match)(pattern, path, re.DOTALL))


def read_rules(content: bytes) -> tuple[Rule, ...]:
    """Return the rules of a tdmrep.json; entries that cannot be understood are left out."""
    try:
        entries = json.loads(content)
    except (ValueError, RecursionError):
        return ()
    found = []
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, dict) and isinstance(entry.get("location"), str):
            reserved, policy = _flag(entry.get("tdm-reservation")), entry.get("tdm-policy")
            if reserved is not None:
                rule = Rule(
                    location=entry["location"], reserved=reserved, policy=policy if isinstance(policy, str) else None
                )
                found.append(rule)
    return tuple(found)


def find_reservation(
    url: str, headers: Mapping[str, str], content: bytes, rules: tuple[Rule, ...]
) -> Reservation | None:
    """Return what is said of the page at `url`, by the strongest place that says anything; header names are lower case."""
    return find_in_headers(url, headers) or _by_meta(url, content[:HEAD]) or _by_file(url, rules)


def find_in_headers(url: str, headers: Mapping[str, str]) -> Reservation | None:
    """Return what an answer's headers say, whose names are lower case."""
    reserved = _flag(headers.get("tdm-reservation"))
    if reserved is None:
        return None
    return Reservation(reserved=reserved, policy=_full(url, headers.get("tdm-policy")), told_by="header")


def _by_meta(url: str, head: bytes) -> Reservation | None:
    if not _META.search(head):
        return None
    said: dict[str, str] = {}
    for element in LexborHTMLParser(head).css("meta[name][content]"):
        name = (element.attributes.get("name") or "").strip().lower()
        said.setdefault(name, element.attributes.get("content") or "")
    reserved = _flag(said.get("tdm-reservation"))
    if reserved is None:
        return None
    return Reservation(reserved=reserved, policy=_full(url, said.get("tdm-policy")), told_by="meta")


def _by_file(url: str, rules: tuple[Rule, ...]) -> Reservation | None:
    """Return what the first rule that matches says, in the file's order."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    rule = next((rule for rule in rules if rule.matches(path)), None)
    return Reservation(reserved=rule.reserved, policy=_full(url, rule.policy), told_by="file") if rule else None


def _flag(value: object) -> bool | None:
    """Return 1 as True, 0 as False, as numbers or words; anything else says nothing."""
    return {"1": True, "0": False}.get(str(value).strip()) if isinstance(value, int | str) else None


def _full(url: str, policy: str | None) -> str | None:
    return urljoin(url, policy.strip()) if policy and policy.strip() else None
