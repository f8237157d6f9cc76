"""What the middlewares share: which responses are gated and how, and the gate's own few addresses.

    GET  {assets}            the page to withdraw consents on
    GET  {assets}gate.css, {assets}gate.js
    POST {assets}consent     a consent or its withdrawal, from this site only; answers with a way back to the page
    GET  any page?wortlaut-gate=ID    the page's embed ID alone, under a policy that allows only its provider

The page's own policy never allows a third party, not even after consent: an embed is shown in a frame from this very site
that the server cuts out of the page again. So nothing is remembered here, and no embed can be asked for that is not there.
"""

import gzip
import re
import zlib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl, quote

from wortlaut.gate.addresses import address_of, is_within, refreshed
from wortlaut.gate.consents import EVERYTHING, Consents
from wortlaut.gate.csp import frame_policy, page_policy, widen
from wortlaut.gate.page import gate
from wortlaut.gate.placeholder import Gated, document, revoke_page, text
from wortlaut.gate.policy import Policy, Serving
from wortlaut.lexicon.providers import providers

Headers = list[tuple[str, str]]
PARAMETER = "wortlaut-gate"
_PARAMETER = re.compile(rf"(?:^|&){PARAMETER}=([\w-]*)")
_TYPES = {"gate.css": "text/css; charset=utf-8", "gate.js": "text/javascript; charset=utf-8"}
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_STALE = frozenset(("accept-ranges", "content-length", "content-md5", "digest", "last-modified", "repr-digest"))
_CUT = _STALE | {
    "content-disposition",
    "content-encoding",
    "content-security-policy",
    "etag",
    "link",
    "x-frame-options",
}
_LINK = re.compile(r"(?:[^,<]|<[^>]*>)+")
_HINT = re.compile(
    r"rel\s*=\s*\"?[^;\"]*\b(?:compression-dictionary|dns-prefetch|modulepreload|preconnect|prefetch|preload|prerender|stylesheet)",
    re.IGNORECASE,
)
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_ACTIVE = re.compile(  # what browsers show as a document, or may take for one because they must guess
    r"text/(?:html|xml)$|application/xml$|[\w.-]+/[\w.-]+\+xml$|(?:application|unknown)/unknown$|\*/\*$|[^/]*$"
)
FORM_LIMIT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole response."""

    status: int
    headers: Headers
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a request tells the gate; header names in lower case."""

    method: str
    path: str
    query: str = ""
    root: str = ""
    scheme: str = "http"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> str:
        """The embed that is asked for alone, if one is."""
        match = _PARAMETER.search(self.query)
        return match[1] if match else ""

    @property
    def page_query(self) -> str:
        """The query string as the application knows it."""
        return _PARAMETER.sub("", self.query).removeprefix("&")

    @property
    def host(self) -> str:
        """The host that was asked, without its port."""
        return re.sub(r":\d*$", "", self.headers.get("host", "")).lower()


@dataclass(frozen=True, slots=True)
class Site:
    """A policy at work on requests and responses, whatever they come through."""

    policy: Policy

    def own(self, request: Request) -> Answer | None:
        """Answer a request for one of the gate's own addresses."""
        assets = self.policy.assets
        name = request.path.removeprefix(assets) if request.path.startswith(assets) else None
        if name in _TYPES and request.method in {"GET", "HEAD"}:
            caching = ("cache-control", "public, max-age=86400")
            return _answer(_asset(name), _TYPES[name], [caching])
        if name == "" and request.method in {"GET", "HEAD"}:
            page = revoke_page(self._rooted(request), self._serving(request), _consents(request))
            kept = [
                ("cache-control", "no-store"),
                ("content-security-policy", "default-src 'self'; form-action 'self'"),
            ]
            return _answer(page.encode(), "text/html; charset=utf-8", kept)
        if name == "consent" and request.method != "POST":
            return Answer(status=405, headers=[("allow", "POST"), ("content-length", "0")])
        return None

    def takes(self, request: Request) -> bool:
        """Tell whether a request is a form for `consent`."""
        return request.method == "POST" and request.path == f"{self.policy.assets}consent"

    def consent(self, request: Request, body: bytes) -> Answer:
        """Keep what a form says in the cookie and lead back to the page; refuse forms that other sites send."""
        if not _from_here(request):
            return _answer(b"", "text/plain", [], status=403)
        form = dict(parse_qsl(body.decode("utf-8", "replace")))
        consents = _consents(request)
        place = ""
        for action in ("show", "hide"):
            embed, _, provider = form.get(action, "").partition(" ")
            if re.fullmatch(r"[\w-]{1,64}", embed) and re.fullmatch(r"[\w.:\[\]-]{1,128}", provider):
                place = key = f"wortlaut-{embed}"
                always = f"always-{embed}" in form
                if action == "show":
                    consents = consents.with_key(provider if always else key, _name(provider), self.policy.days)
                else:
                    consents = consents.without(key, provider, EVERYTHING)
        if form.get("allow") == EVERYTHING:
            consents = consents.with_key(EVERYTHING, self.policy.says("everything"), self.policy.days)
        if withdrawn := form.get("withdraw"):
            consents = Consents() if withdrawn == "*all" else consents.without(withdrawn)
        target = _local(form.get("back", ""), f"{request.root}{self.policy.assets}") + (
            f"#{quote(place)}" if place else ""
        )
        cookie = consents.to_cookie("/", secure=request.scheme == "https")
        return Answer(status=303, headers=[("location", target), ("set-cookie", cookie), ("content-length", "0")])

    def request_header(self, name: str, value: str, request: Request) -> str | None:
        """Return a request's header as the application is to see it: encodings that the gate can read, its own validators."""
        match name.lower():
            case "accept-encoding":
                return "gzip" if _TAKES_GZIP.search(value) else "identity"
            case "if-none-match" | "if-modified-since" | "range" if request.asked:
                return None
            case "if-none-match":
                return value.replace(self._tag(request), "")
        return value

    def is_gated(self, status: int, headers: Headers, request: Request) -> bool:
        """Tell whether a response is HTML whose body is to be rewritten."""
        coded = _header(headers, "content-encoding").strip().lower()
        whole = status not in {204, 206, 304} and request.method != "HEAD"
        return _kind(headers) == "text/html" and whole and coded in {"", "identity", "gzip", "x-gzip", "deflate"}

    def policed(self, status: int, headers: Headers, request: Request) -> Headers:
        """Return a response's headers with the policy that keeps documents at home, even where a body is left alone."""
        if status == 304:  # what the browser has stored keeps its policy
            kept = [one for one in headers if one[0].lower() != "content-security-policy"]
            asked = request.headers.get("if-none-match", "")
            return self._tagged(kept, request) if self._tag(request) in asked else kept
        if not _ACTIVE.match(_kind(headers)):
            return headers
        if request.method == "HEAD" and _kind(headers) == "text/html":
            headers = [one for one in headers if one[0].lower() not in _STALE]
        return self._tagged(self._with_policy(headers, request, ready=False)[0], request)

    def rewrite(self, status: int, headers: Headers, body: bytes, request: Request) -> Answer:
        """Gate a page, or cut out the one embed that is asked for."""
        coded = _header(headers, "content-encoding").strip().lower()
        plain = _unpacked(body, coded)
        if plain is None:
            return Answer(status=status, headers=self.policed(status, headers, request), body=body)
        charset = _CHARSET.search(_header(headers, "content-type"))
        kept, nonce = self._with_policy(headers, request, ready=True)
        page = gate(
            plain,
            self._asked(self._rooted(request), request),
            charset=charset[1] if charset else "",
            serving=self._serving(request, nonce),
            consents=_consents(request),
        )
        if request.asked:
            return self._alone(next((one for one in page.found if one.id == request.asked and one.seen), None), headers)
        if page.html == plain:
            return Answer(status=status, headers=self.policed(status, headers, request), body=body)
        packed = gzip.compress(page.html, 5, mtime=0) if "gzip" in coded else page.html
        dropped = _STALE | {"vary"} | (set() if "gzip" in coded else {"content-encoding"})
        vary = _header(headers, "vary")
        varied = vary if vary == "*" or "cookie" in vary.lower() else f"{vary}, Cookie".removeprefix(", ")
        kept = [
            *(one for one in kept if one[0].lower() not in dropped),
            ("vary", varied),
            ("content-length", str(len(packed))),
        ]
        return Answer(status=status, headers=self._tagged(kept, request), body=packed)

    def _alone(self, one: Gated | None, headers: Headers) -> Answer:
        """Return the document that shows one embed."""
        kept = [header for header in headers if header[0].lower() not in _CUT | {"content-type"}]
        hosts = (*one.hosts, *self.policy.hosts) if one else ()
        kept += [("content-security-policy", frame_policy(hosts)), ("x-robots-tag", "noindex")]
        body = one.markup if one else f"<p>{text(self.policy.says('gone'))}</p>"
        page = document(one.name if one else "", body, self.policy, name="wg-embed")
        return _answer(page.encode("utf-8", "replace"), "text/html; charset=utf-8", kept, status=200 if one else 404)

    def _with_policy(self, headers: Headers, request: Request, *, ready: bool) -> tuple[Headers, str]:
        """Return headers with our policy beside the site's own, without hints to third parties; and the page's nonce."""
        kept: Headers = []
        nonce = ""
        policy = self._asked(self.policy, request)
        own = policy.hosts
        for name, value in headers:
            match name.lower():
                case "content-security-policy" if ready:
                    widened, given = widen(value)
                    nonce = nonce or given
                    kept.append((name, widened))
                case "link":
                    links = [part.strip() for part in _LINK.findall(value) if not _is_foreign_hint(part, own)]
                    kept += [(name, ", ".join(links))] if links else []
                case "refresh" if _is_foreign(refreshed(value), own):
                    pass
                case _:
                    kept.append((name, value))
        return [*kept, ("content-security-policy", page_policy(policy))], nonce

    def _asked(self, policy: Policy, request: Request) -> Policy:
        """Return a policy by which the host that was asked is one of the site's own."""
        if not request.host or policy.loads(request.host):
            return policy
        return replace(policy, own_hosts=(*policy.own_hosts, request.host))

    def _rooted(self, request: Request) -> Policy:
        """Return the policy with its addresses below where the application is mounted."""
        return replace(self.policy, assets=f"{request.root}{self.policy.assets}") if request.root else self.policy

    def _serving(self, request: Request, nonce: str = "") -> Serving:
        page = "/" + f"{request.root}{request.path}".lstrip("/")  # two slashes would name a host
        query = f"{request.page_query}&" if request.page_query else ""
        address = quote(page, safe="/:@!$'()*+,;=~%-._")
        back = f"{address}?{request.page_query}" if request.page_query else address
        form = f"{request.root}{self.policy.assets}consent"
        frame = f"{address}?{query}{PARAMETER}=".replace("{", "%7B").replace("}", "%7D") + "{id}"
        return Serving(frame=frame, form=form, back=back, nonce=nonce)

    def _tag(self, request: Request) -> str:
        consents = sorted(_consents(request).until)
        return f"-wg{zlib.crc32(repr((self.policy, request.host, consents)).encode()):x}"

    def _tagged(self, headers: Headers, request: Request) -> Headers:
        """Return headers with a validator that changes with the policy and what the reader has agreed to."""
        tag = self._tag(request)
        return [
            (
                name,
                re.sub(r"\"\s*$", f'{tag}"', value) if name.lower() == "etag" and tag not in value else value,
            )
            for name, value in headers
        ]


def _consents(request: Request) -> Consents:
    return Consents.from_cookie(request.headers.get("cookie", ""))


@cache
def _asset(name: str) -> bytes:
    return files("wortlaut.gate").joinpath("static", name).read_bytes()


def _answer(body: bytes, kind: str, headers: Headers, status: int = 200) -> Answer:
    plain = [("content-type", kind), ("content-length", str(len(body))), ("x-content-type-options", "nosniff")]
    return Answer(status=status, headers=[*plain, *headers], body=body)


def _header(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _kind(headers: Headers) -> str:
    return _header(headers, "content-type").partition(";")[0].strip().lower()


def _name(provider: str) -> str:
    return next((one.name for one in providers() if one.id == provider), provider)


def _from_here(request: Request) -> bool:
    """Tell whether a form was sent from this site's own pages: browsers say so, and scripts elsewhere cannot forge it."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin") or request.headers.get("referer", "")
    return origin.partition("://")[2].partition("/")[0].lower() == request.headers.get("host", "-").lower()


def _local(address: str, instead: str) -> str:
    """Return an address of this site as it is, and anything that could lead elsewhere as nothing."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address_of(address) is None
    return address if plain and re.fullmatch(r"[!-~]+", address) and "\\" not in address else instead


def _is_foreign(value: str, own: tuple[str, ...]) -> bool:
    address = address_of(value)
    return address is not None and not is_within(address.host, own)


def _is_foreign_hint(link: str, own: tuple[str, ...]) -> bool:
    match = re.match(r"\s*<([^>]*)>", link)
    return bool(match and _HINT.search(link) and _is_foreign(match[1], own))


def _unpacked(body: bytes, coded: str) -> bytes | None:
    """Return a body without its coding, or nothing if that is damaged."""
    try:
        if "gzip" in coded:
            return gzip.decompress(body)
        if coded == "deflate":
            return zlib.decompress(body)
    except (OSError, EOFError, zlib.error):
        return None
    return body
