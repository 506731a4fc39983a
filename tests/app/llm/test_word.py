"""What becomes of an answer that a model words: its sentences where they hold, the rules' where they do not, the table as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.engine import ask
from app.llm.errors import LlmError, LlmTooSlow
from app.llm.scripted import ScriptedLlm
from app.llm.shown import what_is_sent
from app.llm.types import Model, Prompt, Schema
from app.render import answer_json
from app.types import Answer, Question
from index.library import Library

LIST = Question("Which KPIs are below target in Q2?")
ONE = Question("What percentage of child in need visits were in timescale in Q2 2025/26?")


def by_rule(question: Question, library: Library) -> Answer:
    return ask(question, library)


def worded(question: Question, library: Library, *replies: str | LlmError) -> Answer:
    return ask(question, library, Model(ScriptedLlm.saying(*replies)))


def fixed(answer: Answer) -> str:
    """All of an answer that a model has no say in."""
    parts = {
        k: v for k, v in answer_json(answer).items() if k in ("outcome", "query", "table", "count", "coverage", "citations", "conflicts")
    }
    return json.dumps(parts)


def test_a_sentence_that_holds_is_shown(sample_library: Library) -> None:
    rule = by_rule(ONE, sample_library)
    answer = worded(ONE, sample_library, "Only 79% of child in need visits were in timescale in Q2 2025/26, short of the 90% target [1].")

    assert answer.headline == "Only 79% of child in need visits were in timescale in Q2 2025/26, short of the 90% target."
    assert answer.text.splitlines()[0] == f"{answer.headline} [1]"
    assert answer.model == "a scripted model"
    assert "worded by a scripted model" in " ".join(answer.notes)
    assert fixed(answer) == fixed(rule)


def test_a_sentence_that_fails_gives_way_to_the_rules(sample_library: Library) -> None:
    rule = by_rule(ONE, sample_library)
    draft = "Child in need visits were at 79% in Q2 2025/26 [1]. They met the 90% target [1]. Bad weather explains it [1]."
    answer = worded(ONE, sample_library, draft)

    assert "met the 90% target" not in answer.text
    assert "weather" not in answer.text
    assert rule.text.splitlines()[0] in answer.text.splitlines()
    assert "2 of its 3 sentences withheld" in " ".join(answer.notes)
    assert fixed(answer) == fixed(rule)


def test_a_draft_of_which_nothing_holds_changes_nothing(sample_library: Library) -> None:
    rule = by_rule(ONE, sample_library)
    answer = worded(ONE, sample_library, "All is well. 97% of visits were on time [1]. See [9].")

    assert (answer.text, answer.headline, answer.model) == (rule.text, rule.headline, None)
    assert "withheld as a whole" in answer.notes[-1]


def test_what_the_model_leaves_out_is_added(sample_library: Library) -> None:
    """A draft that tells half of it does not take the other half from the reader."""
    rule = by_rule(LIST, sample_library)
    first = next(line for line in rule.text.splitlines() if line.startswith("- "))
    answer = worded(LIST, sample_library, first)

    assert answer.text.splitlines()[0] == rule.text.splitlines()[0], "the count stays the headline"
    assert any(line.startswith("Rule:") for line in answer.text.splitlines())
    assert fixed(answer) == fixed(rule)


@pytest.mark.parametrize("reply", [LlmTooSlow("it took longer than the 30 s it is given"), "", "   \n"])
def test_a_model_that_does_not_help_leaves_one_line(sample_library: Library, reply: str | LlmError) -> None:
    rule = by_rule(ONE, sample_library)
    answer = worded(ONE, sample_library, reply)

    assert answer.text == rule.text
    assert len(answer.notes) == len(rule.notes) + 1
    assert answer.notes[-1].startswith("worded by rule: ")


def test_after_a_failure_the_model_is_not_asked_again(sample_library: Library) -> None:
    """One limit for one question: a server that is down costs its time once."""
    llm = ScriptedLlm.saying(LlmTooSlow("too slow"), "never reached")
    answer = ask(Question("What is the recycling rate?"), sample_library, Model(llm))
    assert len(llm.prompts) == 1
    assert sum("too slow" in note for note in answer.notes) == 1


def test_refusals_are_not_worded(sample_library: Library) -> None:
    llm = ScriptedLlm.saying("{}", "All of it is fine.")
    refused = ask(Question("What is the weather in Saltmere?"), sample_library, Model(llm))
    assert refused.outcome == "out_of_scope"
    assert not llm.prompts


def test_only_checked_sentences_are_streamed(sample_library: Library) -> None:
    heard: list[str] = []
    draft = "Child in need visits were at 79% in Q2 2025/26 [1]. In Wiltshire it was 99% [1]."
    answer = ask(ONE, sample_library, Model(ScriptedLlm.saying(draft)), heard.append)

    assert heard[0] == "Child in need visits were at 79% in Q2 2025/26. [1]"
    assert not any("Wiltshire" in line for line in heard)
    assert all(line in answer.text for line in heard)


def test_thinking_aloud_is_not_part_of_the_answer(sample_library: Library) -> None:
    draft = "<think>They want 99%. [1]</think>\nChild in need visits were at 79% in Q2 2025/26 [1]."
    answer = worded(ONE, sample_library, draft)
    assert "99%" not in answer.text
    assert "none withheld" in answer.notes[-1]


def test_the_same_question_gets_the_same_words(sample_library: Library) -> None:
    draft = "Child in need visits were at 79% in Q2 2025/26 [1]."
    first, second = (worded(ONE, sample_library, draft) for _ in range(2))
    assert replace(first, timings_ms={}) == replace(second, timings_ms={})


def test_restricted_documents_are_kept_from_the_model(sample_library: Library) -> None:
    """Neither their words nor their titles are sent; what rests on them is said by rule."""
    question = Question("Brief me on care leavers.")
    rule = by_rule(question, sample_library)
    kept = next(c for c in rule.citations if "self-evaluation" in c.document)
    llm = ScriptedLlm(lambda prompt, schema: "Nothing to add.")
    answer = ask(question, sample_library, Model(llm, kept_back=("SELF-evaluation*.pdf",)))

    sent = " ".join(p.system + p.user for p in llm.prompts)
    assert sent
    assert kept.quote not in sent
    assert kept.title not in sent
    assert any("kept from the model" in note for note in answer.notes)
    assert kept.quote in answer.text

    llm.prompts.clear()
    answer = ask(question, sample_library, Model(llm, kept_back=("*",)))
    assert not llm.prompts
    assert answer.text == rule.text


def test_what_would_be_sent_can_be_shown(sample_library: Library) -> None:
    model = Model(ScriptedLlm.saying(), kept_back=("secret*",))
    text = what_is_sent(ONE, sample_library, model)

    sent: list[Prompt] = []

    def reply(prompt: Prompt, schema: Schema | None) -> str:
        sent.append(prompt)
        return "-"

    ask(ONE, sample_library, replace(model, llm=ScriptedLlm(reply)))
    assert sent
    assert all(prompt.user in text and prompt.system in text for prompt in sent)
    assert "secret*" in text


def test_evidence_that_does_not_fit_is_left_out_from_the_end(sample_library: Library) -> None:
    llm = ScriptedLlm(lambda prompt, schema: "-")
    ask(LIST, sample_library, Model(llm, context=2048))
    assert 0 < llm.prompts[0].user.count("<evidence") < 30
    assert llm.prompts[0].size <= 2048

    answer = ask(LIST, sample_library, Model(llm, context=600))
    assert "does not fit" in answer.notes[-1]


def test_a_briefing_is_worded_under_the_same_check(sample_library: Library) -> None:
    question = Question("Brief me on care leavers.")
    rule = by_rule(question, sample_library)
    assert rule.query.intent == "briefing"
    lines = [line for line in rule.text.splitlines() if "[" in line and line.startswith("- ") and "lead:" not in line]
    answer = worded(question, sample_library, "\n".join(lines) + "\nEvery care leaver in Wiltshire has a job [1].")
    assert "1 of its" in answer.notes[-1]
    assert "Wiltshire" not in answer.text
    assert fixed(answer) == fixed(rule)
