"""The trained judge of acts: overrules where it was taught to, alike alone and among others, and not where rules are asked for."""

from pathlib import Path

import numpy as np
import pytest

from tests.reading import name, reading_of, words
from wortlaut.encoder import find_model, open_encoder
from wortlaut.errors import ConfigurationError
from wortlaut.model import Act, Engine
from wortlaut.statements.judging import FILE, ActJudge, open_judge
from wortlaut.text import Span

LEAD = "Streit um den Damm\n\nIn der Stadt ist es am Abend sehr ruhig gewesen, und alle Leute gingen wieder nach Hause.\n\n"
ONE = "Der Forscher Olav Brandt bezweifelte, dass so viele Gäste in die Stadt kommen werden.\n\n"
OTHER = "Die Gewerkschaft drohte mit Streik, falls das Werk in Oberfelden geschlossen wird.\n\n"


@pytest.fixture(scope="module")
def judge() -> ActJudge:
    found = open_judge(open_encoder(find_model() or ""))
    assert found is not None, "the model brings no judge"
    return found


def acts(text: str, engine: Engine) -> dict[str, tuple[Act, float]]:
    reading = reading_of(LEAD + text, engine=engine)
    return {words(reading, s.content): (s.act, s.confidence) for s in reading.statements}


def test_a_doubt_about_what_comes_is_judged_a_forecast_where_the_rules_alone_take_its_verb_for_a_denial() -> None:
    by_rules, by_model = acts(ONE, Engine.RULES), acts(ONE, Engine.MODEL)
    assert [act for act, _ in by_rules.values()] == [Act.DENY]
    assert [act for act, _ in by_model.values()] == [Act.PREDICT]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Sie schließe einen Rücktritt nicht aus, sagte die Ministerin Rosa Blum.\n\n", Act.PREDICT),
        ("„Das schließe ich nicht aus“, sagte die Ministerin Rosa Blum dem Sender.\n\n", Act.PREDICT),
        ("Eine Klage sei nicht ausgeschlossen, sagte die Ministerin Rosa Blum.\n\n", Act.PREDICT),
        ("„Nein“, sagte die Ministerin Rosa Blum dem Sender am Montag.\n\n", Act.ASSERT),
        ("„Nein, warum sollte ich zurücktreten?“, fragte die Ministerin Rosa Blum.\n\n", Act.ASSERT),
    ],
)
def test_what_grammar_forbids_is_not_judged(judge: ActJudge, text: str, act: Act) -> None:
    """The judge alone takes each of these for a refusal or a demand."""
    assert [found for found, _ in acts(text, Engine.MODEL).values()] == [act]


def test_the_words_of_a_headline_are_theirs_who_says_them_in_the_text() -> None:
    text = (
        "„Wir lassen uns nicht erpressen“ – Hafenstreit | Küstenblatt\n\nIm Streit um die Gebühren hat die Ministerin Rosa Blum der "
        "Reederei am Montag widersprochen. „Wir lassen uns nicht erpressen“, sagte Blum dem Küstenblatt nach einer Sitzung.\n\n"
    )
    reading = reading_of(text, engine=Engine.MODEL)
    head, body = (s for s in reading.statements if "erpressen" in words(reading, s.content))
    assert head.same_as == body.id
    assert {name(reading, s.speaker) for s in (head, body)} == {"Rosa Blum"}


def test_a_statement_is_judged_the_same_alone_and_among_others() -> None:
    alone, among = acts(ONE, Engine.MODEL), acts(OTHER * 3 + ONE + OTHER, Engine.MODEL)
    assert alone
    assert {(words, act) for words, (act, _) in alone.items()} <= {(words, act) for words, (act, _) in among.items()}


NOWHERE = ((), (), ())


def test_doubtful_signs_are_weighed_with_the_words_and_sure_ones_without(judge: ActJudge) -> None:
    sure = ("cue=demand", "said=assert", "rule=demand", "rule=demand@0.85", "both=demand+assert", "cue word=fordern")
    assert judge.weigh(sure, "Sie forderte Aufklärung.", NOWHERE) == judge.weigh(sure, "Die Sonne scheint.", NOWHERE)
    assert judge.weigh(sure, "", NOWHERE)[0] is Act.DEMAND
    words_differ = {
        judge.weigh((), text, NOWHERE) for text in ("Das ist eine Schande.", "Es wird morgen regnen.", "Hört auf!")
    }
    assert len(words_differ) > 1


def test_what_is_said_is_marked_for_the_judge() -> None:
    encoder, text = open_encoder(find_model() or ""), "Brandt kündigte den Bau an, die Halle ist alt."
    adapted = encoder.adapted({}, np.ones((1, 384), np.float32))
    whole, said = adapted.means(text, [()]), adapted.means(text, [(Span(16, 23),)])
    assert whole.shape == said.shape == (768,)
    assert not whole[384:].any()
    assert said[384:].any()
    assert not np.allclose(whole[:384], said[:384])
    alone = encoder.vectors([text])[0]
    np.testing.assert_allclose(whole[:384] / np.linalg.norm(whole[:384]), alone, atol=1e-5)


def test_a_file_that_is_not_whole_is_named(judge: ActJudge, tmp_path: Path) -> None:
    from dataclasses import replace

    encoder = replace(judge.encoder.encoder, folder=tmp_path)
    assert open_judge(encoder) is None
    np.savez(tmp_path / FILE, acts=np.array(["assert"]))
    with pytest.raises(ConfigurationError, match=FILE):
        open_judge(encoder)
