"""Feed extraction with bytes that a coverage-guided fuzzer finds: `make fuzz`, or with other limits

    python tests/fuzz/extraction.py -max_total_time=600 -max_len=20000 CORPUS

CORPUS is a folder that is read and grown; without one the fuzzer starts from the golden pages. It is not part of `make
test`: it needs atheris (`pip install --group fuzz`) and never ends by itself. What it found is in evaluation/README.md.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["wortlaut.extraction"]):
    from wortlaut.extraction import extract
from wortlaut.model import Page, PageForm

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.extraction.test_laws import hold

_FORMS = list(PageForm)


def feed(content: bytes) -> None:
    """Read bytes, the first of which says how; whatever comes out must keep the laws."""
    if content:
        hold(extract(Page(source="fuzz", content=content[1:], form=_FORMS[content[0] % len(_FORMS)])))


if __name__ == "__main__":
    options = sys.argv
    if all(option.startswith("-") for option in options[1:]):
        corpus = Path(tempfile.mkdtemp(prefix="wortlaut-fuzz-"))
        for number, page in enumerate(Path(__file__).parents[1].glob("golden/*.*")):
            shutil.copy(page, corpus / str(number))
        options = [*options, str(corpus)]
    atheris.Setup(options, feed)
    atheris.Fuzz()
