"""Stages that work without a model: their cost against the analysis of words and clauses that every stage shares."""

from pathlib import Path

from timing import best

from wortlaut.entities import find_entities
from wortlaut.extraction import extract
from wortlaut.language import analyse
from wortlaut.model import Article, Page
from wortlaut.temporal import find_times

EXAMPLES = Path(__file__).parents[2] / "examples"
KRAUTS_LENGTH = 2274
"""Mean characters of a KRAUTS document (development half)."""


def main() -> None:
    """Print the share of the analysis and an absolute figure for times and entities."""
    pages = [
        Page(source=path.name, content=path.read_bytes(), published="2031-03-04") for path in EXAMPLES.glob("*-*.*")
    ]
    articles = [article for page in pages if isinstance(article := extract(page), Article)] * 10
    both = [(article, analyse(article)) for article in articles]
    analysed = best(lambda: [analyse(article) for article in articles])
    times = best(lambda: [find_times(*pair) for pair in both])
    entities = best(lambda: [find_entities(*pair) for pair in both])
    documents = sum(len(article.text) for article in articles) / KRAUTS_LENGTH
    lengths = sum(len(article.text.split()) for article in articles) / 250
    print(
        f"  times    {times / analysed:.2f} of the analysis, {documents / times:.0f} KRAUTS documents a second and core"
    )
    print(f"  entities {entities / analysed:.2f} of the analysis, {1000 * entities / lengths:.1f} ms for 250 words")
