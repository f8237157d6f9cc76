"""Two pages of our own that are hard on formats: signs that must be escaped, signs outside the first plane, a quote in two pieces."""

from wortlaut.model import Page, PageForm

FIRST = """Streit über die Brücke <Nord> & Süd

„Wir 🚢 bauen die Brücke nicht“, sagte Ministerin Anna Berg am Montag der Zeitung, „wenn die Nachbarn nicht zahlen“.

Berg sagte, das Land werde den Tunnel bezahlen, falls der Bund zustimmt. Der Vorsitzende der Union, Jan Holm, erklärte, \
"=SUMME(A1:A9)" sei kein Plan & < keine > Lösung.
"""
SECOND = """Berg lenkt ein

Ministerin Anna Berg sagte am Freitag: „Wir werden die Brücke bauen.“ Jan Holm lehnte den Vorschlag ab.
"""

PAGES = (
    Page(source="erste.txt", content=FIRST.encode(), url="https://bote.example/a?b=1&c=2", published="2031-03-04",
         publisher="Bote & Söhne", form=PageForm.TEXT),
    Page(source="zweite.txt", content=SECOND.encode(), published="2031-03-08", form=PageForm.TEXT),
)  # fmt: skip
