"""Which words of a question name a subject, and which only say how, what happens, or frame another word."""

from __future__ import annotations

import pytest

from app.evidence.desk import desk
from app.question.spelling import mend, spelt_out
from app.question.topic import topic_of
from app.question.wordclass import english, framing, inflected
from index.library import Library
from ingest.lexicon import stem


@pytest.mark.parametrize(
    ("question", "frames", "subjects"),
    [
        ("Why isn't there a proper grip on neglect nowadays?", "proper grip nowadays", "neglect"),
        ("what was the snag with the new scheduling software?", "snag", "software"),
        ("Why did the contractor pack up?", "pack", "contractor"),
        ("what did people on the panel grumble about?", "grumble", "panel"),
        ("what do parents grumble about with school transport?", "grumble", "school transport"),
        ("What did tenants say about their wardens?", "", "tenants wardens"),
        ("what is the council's view on home schooling?", "", "schooling"),
        ("Who is dealing with taxi licensing?", "dealing", "taxi licensing"),
        ("How many dental checks were late?", "late", "dental checks"),
        ("Who will relaunch the Letterbox Club?", "", "Letterbox Club"),
        ("What stage had the Risk Model reached?", "stage reached", "Risk Model"),
    ],
)
def test_only_what_names_a_subject_must_be_printed(question: str, frames: str, subjects: str) -> None:
    terms = {w: stem(w.lower()) for w in f"{frames} {subjects}".split()}
    found = framing((question,), terms.values())
    assert {w for w, t in terms.items() if t in found} == set(frames.split())


def test_no_word_of_an_idiom_is_a_subject() -> None:
    assert topic_of("Which contractors went off the rails?") == topic_of("Which contractors?")
    assert "dental" not in " ".join(topic_of("What were the teething problems of the depot?"))


def test_other_forms_of_a_verb_are_known() -> None:
    assert stem("spent") in inflected("spend")
    assert stem("paid") in inflected(stem("pay"))
    assert not inflected("library")


def test_an_acronym_that_no_document_prints_is_read_as_the_words_they_print(sample_library: Library) -> None:
    laid = desk(sample_library)
    assert "ASB" not in laid.printed.acronyms
    assert spelt_out("HTST", laid) is None  # "home to school transport": a function word stands for no letter
    assert spelt_out("EPA", laid) == "educational psychology advice"
    assert "educational psychology advice" in mend("Why is EPA late?", laid)


def test_an_english_word_is_none_to_be_respelt() -> None:
    assert english("perks") and english("plight")
    assert not english("timelyness")
