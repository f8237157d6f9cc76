"""What stands in place of an embed: a custom element of words and buttons, without anything that loads.

It holds phrasing content only, so that it may stand wherever the embed stood (a `p`, a `span`), and it is pure ASCII
(other characters as references), so that it reads the same in every encoding.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from wortlaut.gate.consents import Consents
from wortlaut.gate.finding import Find
from wortlaut.gate.policy import Policy, Serving
from wortlaut.gate.reading import Words

FORM = "wg-form"
_LINK = re.compile(r'<a( class="[^"]*")? href="([^"]*)"[^>]*>([^<]*)</a>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """An embed that was taken out of a page: whose, what its markup said, and the markup that would show it."""

    id: str
    provider: str
    name: str
    host: str
    kind: str
    url: str
    seen: bool
    words: Words
    markup: str
    privacy: str = ""
    hosts: tuple[str, ...] = ()


def identify(find: Find, embed_id: str, words: Words, markup: str) -> Gated:
    """Make the record of a find."""
    provider = find.provider
    return Gated(
        id=embed_id,
        provider=provider.id,
        name=provider.name,
        host=find.host,
        kind=find.kind.value,
        url=find.address.url,
        seen=find.seen,
        words=words,
        markup=markup,
        privacy=(provider.privacy or "").format(host=find.host),
        hosts=tuple(dict.fromkeys((*provider.hosts, *filter(None, (find.address.host,))))),
    )


def text(words: object) -> str:
    """Return words as text or a quoted attribute's value, in ASCII."""
    escaped = escape(str(words))
    return escaped if escaped.isascii() else escaped.encode("ascii", "xmlcharrefreplace").decode()


def _link(url: str, label: str, name: str = "") -> str:
    named = f' class="{name}"' if name else ""
    return f'<a{named} href="{text(url)}" rel="noopener noreferrer nofollow">{text(label)}</a>'


def placeholder(one: Gated, policy: Policy, serving: Serving, consents: Consents) -> str:
    """Return the element that stands in place of an embed; it is open if the reader's cookie agrees to it."""
    key = f"wortlaut-{one.id}"
    is_open = bool(serving.frame and serving.form and consents.covers(one.provider, key))

    def says(word: str) -> str:
        return _worded(policy.template(word), policy.days, one.name, one.host or one.name)

    source = f' data-embed="{text(one.markup)}"' if serving.files else ""
    if serving.frame:
        source = f' data-frame="{text(serving.frame.format(id=one.id))}"'
    words = "<br>".join(map(text, one.words.text.split("\n")))
    credit = ", ".join(filter(None, (one.words.title, one.words.author, one.words.date)))
    return "".join(
        (
            f'<wortlaut-gate id="{key}" lang="{policy.language}" role="group" aria-label="{says("label")}: {text(_called(one))}"',
            f' data-provider="{text(one.provider)}" data-name="{text(one.name)}" data-days="{policy.days}"{source}',
            f' data-shown="{says("shown")}" data-hidden="{says("hidden")}"{" open" * is_open}>',
            f'<span class="wg-label">{says("label")}</span> <b class="wg-name">{text(one.name)}</b> ',
            f'<q class="wg-words" lang="">{words}</q> ' if words else "",
            f'<cite class="wg-credit" lang="">{text(credit)}</cite> ' if credit else "",
            f'<span class="wg-note">{says("recommended")} {says("consent")} {_privacy(one, policy, serving)}</span> ',
            _controls(one, says, serving, key, is_open=is_open, always=consents.covers(one.provider)),
            _link(one.words.link, policy.says("link", provider=one.name), "wg-link") if one.words.link else "",
            f'<span class="wg-content" id="{key}-content">{frame(one, serving) if is_open else ""}</span>',
            '<span class="wg-status" role="status"></span></wortlaut-gate>',
        )
    )


@lru_cache(maxsize=1024)
def _worded(template: str, days: int, provider: str, host: str) -> str:
    return text(template.format(days=days, provider=provider, host=host))


def _privacy(one: Gated, policy: Policy, serving: Serving) -> str:
    """Return the links to what is done with data, and to where consents are withdrawn."""
    links = (
        (policy.privacy_url, policy.says("site_privacy")),
        (one.privacy, policy.says("provider_privacy", provider=one.name)),
        (policy.revoke_url or (policy.assets if serving.form else None), policy.says("manage")),
    )
    return " &#183; ".join(_link(url, label) for url, label in links if url)


def _controls(
    one: Gated, says: Callable[[str], str], serving: Serving, key: str, *, is_open: bool, always: bool
) -> str:
    """Return the buttons: they send a form where there is one; else the script must first make them visible."""
    owner = f' form="{FORM}"' if serving.form else ' type="button"'  # else it would send a form of the page
    value = f'value="{text(one.id)} {text(one.provider)}"{owner}'
    waiting, named = ("", f' name="always-{one.id}" form="{FORM}"') if serving.form else (" hidden", "")
    return (
        f'<span class="wg-controls"{waiting}>'
        f'<button class="wg-show" name="show" {value} aria-expanded="false" aria-controls="{key}-content"{" hidden" * is_open}>{says("show")}</button>'
        f'<button class="wg-hide" name="hide" {value} aria-expanded="true" aria-controls="{key}-content"{"" if is_open else " hidden"}>{says("hide")}</button>'
        f'<label><input type="checkbox"{named}{" checked" * always}> {says("always")}</label></span> '
    )


def frame(one: Gated, serving: Serving) -> str:
    """Return the frame of our own that holds the embed's document."""
    return (
        f'<iframe src="{text(serving.frame.format(id=one.id))}" title="{text(_called(one))}" allowfullscreen></iframe>'
    )


def _called(one: Gated) -> str:
    """Return what tells one embed from the others of its provider."""
    return ", ".join(filter(None, (one.name, one.words.title or one.words.author)))


def without_links(notice: str) -> str:
    """Return a placeholder with its links as words and addresses: a link would end an `a` around it."""
    return _LINK.sub(r"<span\1>\3: \2</span>", notice)


def plain(one: Gated) -> str:
    """Return an embed's words where neither links nor buttons may stand (in a link, a button)."""
    return text(f"{one.name}: {one.words.title or one.words.text}" if one.words.title or one.words.text else one.name)


def head(policy: Policy, serving: Serving) -> str:
    """Return what a page with placeholders needs in its head: one style sheet, one script."""
    if not serving.files:
        return ""
    nonce = f' nonce="{text(serving.nonce)}"' if serving.nonce else ""
    kind = "defer" if serving.defer else 'type="module"'
    assets = text(policy.assets)
    return (
        f'<link rel="stylesheet" href="{assets}gate.css"{nonce}><script {kind} src="{assets}gate.js"{nonce}></script>'
    )


def form(serving: Serving) -> str:
    """Return the form that the buttons send where scripts are off."""
    return (
        f'<form id="{FORM}" method="post" action="{text(serving.form)}" hidden>'
        f'<input type="hidden" name="back" value="{text(serving.back)}"></form>'
    )


def document(
    title: str, body: str, policy: Policy, *, name: str, meta: str = "", script: bool = False, files: bool = True
) -> str:
    """Return a page of our own; `name` is the class of its body."""
    policed = f'<meta http-equiv="Content-Security-Policy" content="{text(meta)}">' if meta else ""
    assets = (
        head(policy, Serving(defer=True)) if script else f'<link rel="stylesheet" href="{text(policy.assets)}gate.css">'
    )
    assets = assets * files
    return (
        f'<!doctype html><html lang="{policy.language}"><head><meta charset="utf-8">{policed}'
        f'<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f'<title>{text(title)}</title>{assets}</head><body class="{name}">{body}</body></html>'
    )


def revoke_page(policy: Policy, serving: Serving, consents: Consents) -> str:
    """Return the page on which consents are withdrawn; the script fills it, or the cookie where scripts are off."""

    def button(name: str, value: str, label: str) -> str:
        owner = f'form="{FORM}"' if serving.form else 'type="button"'
        return f'<button name="{name}" value="{text(value)}" {owner}>{text(policy.says(label))}</button>'

    rows = "".join(
        f"<li>{text(name)} {button('withdraw', key, 'withdraw')}</li>" for key, (_, name) in consents.until.items()
    )
    body = (
        f"<main><h1>{text(policy.says('title'))}</h1><p>{text(policy.says('about'))}</p>"
        f'<wortlaut-consents lang="{policy.language}" data-days="{policy.days}" data-withdraw="{text(policy.says("withdraw"))}"'
        f' data-everything="{text(policy.says("everything"))}">'
        f'<p class="wg-nothing"{" hidden" * bool(rows)}>{text(policy.says("nothing"))}</p><ul>{rows}</ul>'
        f"<p>{button('allow', '*', 'allow_all')} {button('withdraw', '*all', 'withdraw_all')}</p>"
        f"</wortlaut-consents></main>{form(serving) if serving.form else ''}"
    )
    return document(policy.says("title"), body, policy, name="wg-page", script=True)
