"""A question read by a model, where the rules are unsure: a typed query of what the library holds, validated like any input."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.evidence.desk import Desk
from app.kinds import KINDS
from app.kinds.wording import name_words
from app.llm.errors import LlmError, LlmMalformed
from app.llm.types import CHARACTERS_A_TOKEN, Schema, Turn
from app.prompts import prompt
from app.question.leads import leads_match
from app.question.topic import topic_of
from app.question.when import span_of
from app.types import Draft, Outcome, Query, Question

_UNSURE: tuple[Outcome, ...] = ("not_in_documents", "measure_not_found", "needs_clarification")
_TOKENS = 300
_LONGEST = 80  # characters of one word or name in a reply
_NOT_ASKED = ("out_of_scope", "premise")  # kinds that only the rules decide on


@dataclass(frozen=True, slots=True)
class Proposal:
    """A query the model proposed, valid for this library; or None with the one line that says why there is none."""

    query: Query | None
    why: str | None = None


def unsure(query: Query, draft: Draft) -> bool:
    """Whether the rules' own reading leads nowhere for want of understanding: not where they refuse for a reason they are sure of."""
    return draft.outcome in _UNSURE and query.intent != "out_of_scope" and not query.unknown and not query.ignored


def propose(question: Question, query: Query, laid: Desk, turn: Turn) -> Proposal:
    """The model's reading of the question as a query over this library; the rules' numbers, times and conditions are kept."""
    form = schema(laid, turn)
    try:
        reply = turn.complete(prompt("understanding"), request(question, laid, turn, form), _TOKENS, form)
        return Proposal(_query(_object(reply, turn.model.llm.name), form, query, laid))
    except LlmMalformed as error:
        return Proposal(None, f"the question was read by rule: {error}")
    except LlmError as error:
        return Proposal(None, f"answered by rule: {error}")


def schema(laid: Desk, turn: Turn) -> Schema:
    """The form of a reply: everything that can be chosen is listed, from the kinds of question and what the library holds."""
    entries = [e for e in laid.entries if turn.model.may_see(e.name)]

    def some(listed: Sequence[str]) -> dict[str, object]:
        return (
            {"type": "array", "items": {"type": "string", "enum": list(listed)}}
            if listed
            else {"type": "array", "items": {"type": "string"}, "maxItems": 0}
        )

    fields: dict[str, object] = {
        "kind": {"type": "string", "enum": [k.name for k in KINDS if k.name not in _NOT_ASKED]},
        "subject": {"type": "array", "items": {"type": "string"}, "maxItems": 8},
        "authorities": some(sorted({e.authority for e in entries if e.authority})),
        "documents": some([e.name for e in entries]),
        "periods": some(list(dict.fromkeys(s.label for s in laid.reporting if any(span_of(e.period) == s for e in entries)))),
        "statuses": some(["off_target", "on_target", "no_value"]),
        "ratings": some(["R", "A", "G", "B"]),
        "lead": {"type": ["string", "null"]},
    }
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def request(question: Question, laid: Desk, turn: Turn, form: Schema) -> str:
    """What is sent: the form, the names in use as far as the context holds them, and the question, fenced."""
    kinds = "\n".join(f"{k.name}: {k.help}" for k in KINDS if k.name not in _NOT_ASKED)
    titles = "\n".join(
        f"{e.name}: {e.title or e.name} ({e.authority or 'authority unknown'})" for e in laid.entries if turn.model.may_see(e.name)
    )
    asked = "\n".join((*question.history[-2:], question.text)).replace("<", "‹").replace(">", "›")
    head = f"The form of the reply:\n{json.dumps(form)}\n\nKinds:\n{kinds}\n\nDocuments:\n{titles}\n\nNames in use:\n"
    tail = f"\n\n<question>\n{asked}\n</question>"
    room = (turn.model.context - _TOKENS) * CHARACTERS_A_TOKEN - len(head) - len(tail) - len(prompt("understanding"))
    names: list[str] = []
    for name in dict.fromkeys(name_words(m.record) for m in laid.measures if turn.model.may_see(m.record.place.document)):
        room -= len(name) + 1
        if room < 0:
            break
        names.append(name.replace("<", "‹").replace(">", "›"))
    return head + "\n".join(names) + tail


def _object(reply: str, name: str) -> Mapping[str, object]:
    """The JSON object in a reply, which may stand in a fence or between words."""
    start = reply.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(reply[start:]) if start >= 0 else (None, 0)
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise LlmMalformed(f"the reading of {name} is not in the form asked for")
    return found


def _query(found: Mapping[str, object], form: Schema, query: Query, laid: Desk) -> Query:
    """The query a reply proposes. Raises LlmMalformed where anything in it is not of the form, or names what no document holds."""
    properties = form["properties"]
    assert isinstance(properties, dict)
    if set(found) - set(properties):
        raise LlmMalformed("the model's reading has fields that were not asked for")
    kind = found.get("kind")
    if kind not in properties["kind"]["enum"]:
        raise LlmMalformed("the model's reading is of no known kind of question")
    chosen = {name: _listed(found.get(name), name, properties[name]) for name in properties if name not in ("kind", "lead")}
    topic = topic_of(" ".join(chosen["subject"]))
    if not topic:
        raise LlmMalformed("the model's reading names no subject")
    if strange := [t for t in topic if not laid.knows(t)]:
        raise LlmMalformed(f"the model's reading speaks of what no document does ({strange[0].lstrip('@')})")
    spans = {s.label: s for s in laid.reporting}
    periods = tuple(spans[p] for p in chosen["periods"])
    out = replace(query, intent=str(kind), topic=topic, facets=(), lead=_lead(found.get("lead"), laid) or query.lead)
    if chosen["authorities"] and not query.authorities:
        out = replace(
            out, authorities=chosen["authorities"], authority=chosen["authorities"][0] if len(chosen["authorities"]) == 1 else None
        )
    if chosen["documents"] and not query.documents:
        out = replace(out, documents=chosen["documents"])
    if periods and not query.spans:
        out = replace(out, spans=periods, period_text=", ".join(p.label for p in periods))
    return replace(out, statuses=query.statuses or chosen["statuses"], rags=query.rags or chosen["ratings"])


def _listed(value: object, name: str, form: Mapping[str, object]) -> tuple[str, ...]:
    """A list of texts, each one of those that can be chosen."""
    items = form["items"]
    assert isinstance(items, dict)
    allowed = items.get("enum")
    most = form.get("maxItems", len(allowed) if allowed else 0)
    if value is None:
        return ()
    if not isinstance(value, list) or not all((isinstance(v, str) and len(v) <= _LONGEST) or v in (allowed or ()) for v in value):
        raise LlmMalformed(f"the model's reading has no list of texts in {name!r}")
    if len(value) > int(str(most)) or (allowed and any(v not in allowed for v in value)):
        raise LlmMalformed(f"the model's reading has something in {name!r} that cannot be chosen")
    return tuple(dict.fromkeys(value))


def _lead(value: object, laid: Desk) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > _LONGEST or not any(leads_match(value, a.record.lead) for a in laid.actions):
        raise LlmMalformed("the model's reading names a lead that no action has")
    return value
