"""The answer put into a model's words, sentence by sentence as far as they hold; the rest is said by rule, and the table stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app.evidence.desk import Desk
from app.kinds.wording import plural
from app.llm.errors import LlmContextFull, LlmError
from app.llm.types import CHARACTERS_A_TOKEN, Heard, Turn
from app.prompts import prompt
from app.types import Answer, Draft
from app.worded.proof import Proof
from app.worded.reading import read
from app.worded.roles import roles
from app.worded.sentences import Sentence, finished, sentences_of
from app.worded.sheet import Sheet, Told, sheet, shown

_SENTENCES, _SENTENCES_OF_BRIEFING = 6, 14
_TOKENS, _TOKENS_OF_BRIEFING = 500, 1100
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.S | re.I)
_WORTH_READING = re.compile(r"[.!?\]\n]")


def word(answer: Answer, draft: Draft, laid: Desk, turn: Turn, heard: Heard | None = None) -> Answer:
    """The answer in the model's words where they hold; `heard` is given each sentence once it has been checked.

    Refusals and corrections are said by rule. Where the model fails the answer stays as it is, with a line that says why.
    """
    if answer.outcome != "answered" or not answer.citations:
        return answer
    evidence = sheet(answer, draft, laid, turn.model)
    kept = _kept(evidence)
    if not any(item.n for item in evidence.items):
        return replace(answer, notes=(*answer.notes, *kept))
    weaver = Weaver(proof_of(evidence, laid), heard)
    try:
        system, user, tokens = request(answer, evidence, turn.model.context)
        weaver.end(turn.complete(system, user, tokens, heard=weaver.hear))
    except LlmError as error:
        return replace(answer, notes=(*answer.notes, f"worded by rule: {error}"))
    return _finished(answer, evidence, weaver, turn.model.llm.name, kept)


def request(answer: Answer, evidence: Sheet, context: int) -> tuple[str, str, int]:
    """(system, user, tokens wanted): what is sent for an answer, as much of the evidence as the context holds, first things first."""
    brief = answer.query.intent == "briefing"
    tokens = _TOKENS_OF_BRIEFING if brief else _TOKENS
    system = prompt("briefing" if brief else "wording").replace("{sentences}", str(_SENTENCES_OF_BRIEFING if brief else _SENTENCES))
    asked = "".join(ch for ch in answer.question.text if ch.isprintable()).replace("<", "‹").replace(">", "›")
    head = f"<question>\n{asked}\n</question>\n"
    room = (context - tokens) * CHARACTERS_A_TOKEN - len(system) - len(head)
    parts: list[str] = []
    for item in evidence.items:
        part = shown(item)
        room -= len(part) + 1
        if room < 0:
            break
        parts.append(part)
    if not any(p.startswith("<evidence") for p in parts):
        raise LlmContextFull(
            f"the evidence does not fit into a context of {context} tokens: set PLANSPOKEN_LLM_CONTEXT to what the model is run with"
        )
    return system, head + "\n".join(parts), tokens


def proof_of(evidence: Sheet, laid: Desk) -> Proof:
    """The checks for one answer."""
    titles = tuple(dict.fromkeys(text for e in laid.entries for text in (laid.title(e.name), e.name)))
    known = frozenset().union(*(m.name for m in laid.measures), *(a.name for a in laid.actions))
    return Proof(evidence, titles, known)


@dataclass
class Weaver:
    """Takes a draft as it comes in pieces, checks each sentence once it is whole, and keeps what may be shown in its place.

    A sentence that fails is replaced by what the rules say on the evidence it refers to, said once.
    """

    proof: Proof
    heard: Heard | None = None
    lines: list[str] = field(default_factory=list)  # paragraphs of what is shown
    shown: list[Sentence] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    marks: set[int] = field(default_factory=set)  # evidence that what is shown refers to
    by_rule: set[str] = field(default_factory=set)
    _draft: str = ""
    _done: int = 0

    def hear(self, piece: str) -> None:
        """One more piece of the draft."""
        self._draft += piece
        if _WORTH_READING.search(piece):
            self._read(finished(_THINKING.sub("", self._draft)))

    def end(self, draft: str) -> None:
        """The whole draft has come."""
        self._read(sentences_of(_THINKING.sub("", draft)))

    def _read(self, sentences: list[Sentence]) -> None:
        for sentence in sentences[self._done :]:
            fault = self.proof.fault(sentence)
            if fault is None:
                self.shown.append(sentence)
                self._put(f"{sentence.text} {''.join(f'[{n}]' for n in sentence.marks)}".strip(), set(sentence.marks), sentence)
            else:
                self.faults.append(fault)
                for told in self.proof.sheet.told:
                    if told.marks and set(told.marks) & set(sentence.marks) and told.line not in self.by_rule:
                        self.by_rule.add(told.line)
                        self._put(told.line, set(told.marks), None)
        self._done = max(self._done, len(sentences))

    def _put(self, line: str, marks: set[int], sentence: Sentence | None) -> None:
        self.marks |= marks
        goes_on = sentence is not None and not sentence.opens and len(self.lines) > 1
        if goes_on:
            self.lines[-1] += f" {line}"
        else:
            self.lines.append(f"- {line}" if sentence is not None and sentence.bullet else line)
        if self.heard:
            self.heard(line)


def _finished(answer: Answer, evidence: Sheet, weaver: Weaver, name: str, kept: tuple[str, ...]) -> Answer:
    """The answer with the woven text, what the model left out added by rule, and what was withheld said."""
    reasons = "; ".join(dict.fromkeys(weaver.faults))
    if not weaver.shown and not weaver.faults:
        return replace(answer, notes=(*answer.notes, f"worded by rule: {name} wrote nothing that could be checked", *kept))
    if not weaver.shown:
        return replace(answer, notes=(*answer.notes, f"worded by rule: the wording of {name} was withheld as a whole ({reasons})", *kept))
    lines = list(weaver.lines)
    listed = answer.table is not None
    covered = {told.text for told in evidence.told if told.line in lines or _covered(told, weaver, listed)}
    added = False
    for told in evidence.told:
        if told.text in covered:
            continue
        added = added or bool(told.marks)
        if told is evidence.told[0]:
            lines.insert(0, told.line)
        else:
            lines.append(told.line)
    said = len(weaver.shown) + len(weaver.faults)
    note = f"worded by {name}, each sentence checked against its sources; "
    note += (
        f"{len(weaver.faults)} of its {plural(said, 'sentence')} withheld ({reasons}) and what the rules say put in place"
        if weaver.faults
        else "none withheld"
    )
    return replace(
        answer,
        headline=re.sub(r"\s*(?:\[\d+\])+", "", lines[0]).removeprefix("- ").strip(),
        text="\n".join(lines),
        model=name,
        notes=(*answer.notes, note + ("; what it left out was added by rule" if added else ""), *kept),
    )


def _covered(told: Told, weaver: Weaver, listed: bool) -> bool:
    """Whether what the rules say here need not be said again: the table lists it, or what is shown refers to all of it and gives its
    values. What was worked out over many records has no reference: it stays unless a sentence shown gives the same figures.
    """
    if told.marks and listed and told.line.startswith("- "):
        return True
    said = read(told.text)
    figures = {(f.value, f.unit) for f in said.figures if "value" in roles(f, said, said.masked)}
    given = {(f.value, f.unit) for s in weaver.shown if bool(s.marks) == bool(told.marks) for f in read(s.text).figures}
    return set(told.marks) <= weaver.marks and figures <= given and bool(told.marks or figures)


def _kept(evidence: Sheet) -> tuple[str, ...]:
    counted = {reason: sum(r == reason for r in evidence.kept.values()) for reason in dict.fromkeys(evidence.kept.values())}
    return tuple(f"{plural(count, 'passage')} not sent to the model: {reason}" for reason, count in counted.items())
