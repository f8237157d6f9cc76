"""A kicker on the headline's line is cut off where two words only stand side by side by accident, and nowhere else."""

import pytest

from wortlaut.extraction.kicker import find_kicker

_REST = (
    "Ylva Tamsen kam. Tamsen sagte, der Nordbund habe Geduld. Die Maut bleibt, so die Koalition. Eva lacht, Lund geht. "
    "Nach dem Streik will die Gewerkschaft reden. Die Deutsche fuhr Bahn. Die Jugend mag Grüne. Konzern und Lindtex."
)


@pytest.mark.parametrize(
    "line",
    [
        "Krise im Norden | Der Rat tagt",
        "Streit um die Maut | Koalition vertagt Entscheidung",
        "Nordbund-Chefin Tamsen | Nordbund schickt keine Truppen",
        "Untreue-Prozess | Früherer Sparkassenchef muss in Haft",
        "Streik | Gewerkschaft will nicht nachgeben",
        "Ministerin Eva Lund geht",
        "Deutsche Bahn streicht Züge",
        "Grüne Jugend kritisiert Kurs",
        "Konzern Lindtex schließt Werk",
        "Bund Deutscher Kriminalbeamter fordert mehr Stellen",
        "Frau Holle schüttelt Betten",
        "Koalition vertagt Entscheidung",
        "Streit um die Maut Koalition",
    ],
)
def test_a_kicker_on_the_line(line: str) -> None:
    headline = line.replace("| ", "")
    at = find_kicker(headline, _REST)
    assert (headline if at is None else f"{headline[:at]}| {headline[at:]}") == line
