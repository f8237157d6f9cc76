"""A model's settings, a TOML file beside its weights: biases, thresholds and calibration, tuned on development pages."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from wortlaut.errors import ModelError
from wortlaut.model import QuoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is tuned on development pages.

    `readings`: what is added to the logit of being outside, one reading of the tags each; `opening`: to tags that begin or
    continue a quote; `least`: the least likeness a quote of a kind is kept with; `marked`: one that only its marks speak for; `roles`: the least probability of a word
    in a role; `gap`: of a word between two that play it, as a share of that; `rest`: how probable further parts of a
    speaker or addressee must be, as a share of the most probable one; `tag_kind`: the weight of the tags' kind against the second look's; `calibration`: likeness → share right.
    """

    readings: tuple[float, ...]
    opening: float
    least_words: int
    least: dict[QuoteKind, float]
    marked: float
    roles: tuple[float, float, float, float]
    gap: float
    rest: float
    tag_kind: float
    calibration: tuple[tuple[float, float], ...]


def read_settings(path: Path) -> Settings:
    """Read settings; raise ConfigurationError if they are missing or not whole."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        speaker, cue, frame, addressee = table["roles"]
        return Settings(
            readings=tuple(table["readings"]),
            opening=table["opening"],
            least_words=table["least_words"],
            least={QuoteKind(kind): value for kind, value in table["least"].items()},
            marked=table["marked"],
            roles=(speaker, cue, frame, addressee),
            gap=table["gap"],
            rest=table["rest"],
            tag_kind=table["tag_kind"],
            calibration=tuple((low, share) for low, share in table["calibration"]),
        )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(path.name, error) from error
