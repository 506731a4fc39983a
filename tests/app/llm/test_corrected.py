"""What was set right by hand is not undone by a model that words the answer from the printed quote."""

from __future__ import annotations

from dataclasses import replace

from app.engine import ask
from app.llm.scripted import ScriptedLlm
from app.llm.types import Model
from app.types import Question
from ingest.types import Chunk, Correction, Place
from tests.app.memory import MemoryLibrary, entry
from tests.index.made import MEASURE

ASKED = Question("What was the figure for child protection visits within timescale in Q2 2019/20?")


def test_the_printed_figure_is_not_worded_in_place_of_the_corrected_one() -> None:
    correction = Correction(
        1, "plan.pdf", "m", "measure", MEASURE.measure, 3, "value", "85%", "91%", "A", "2026-01-01", "misread", "applied"
    )
    right = replace(MEASURE, value=91.0, value_text="91%", quote=f"{MEASURE.measure} 85%", corrected=(correction,))
    chunk = Chunk("c1", Place("plan.pdf", 3), "row", right.quote, right.quote, ("m",))
    library = MemoryLibrary([entry("plan.pdf", "Plan", "Saltmere", period="2019/20-Q2", pages=3)], [right], passages=[chunk])
    rule = ask(ASKED, library)
    assert "91%" in rule.text and "85%" not in rule.text
    assert any("corrected by hand" in note for note in rule.notes)
    llm = ScriptedLlm(lambda prompt, schema: "{}" if schema else "Child protection visits within timescale were 85% [1].")
    worded = ask(ASKED, library, Model(llm))
    assert worded.text == rule.text
    assert all("85%" not in prompt.user for prompt in llm.prompts)
