"""What a language model would be sent for a question, shown without sending it."""

from __future__ import annotations

from dataclasses import replace

from app.engine import ask
from app.llm.scripted import ScriptedLlm
from app.llm.types import Model, Prompt
from app.types import Library, Question


def prompts_for(question: Question, library: Library, model: Model) -> list[Prompt]:
    """Every prompt that the question leads to, as long as the model's reading of it is no better than the rules' own."""
    silent = ScriptedLlm(lambda prompt, schema: "-", name=model.llm.name)
    ask(question, library, replace(model, llm=silent))
    return silent.prompts


def what_is_sent(question: Question, library: Library, model: Model) -> str:
    """The prompts as text, letter for letter, with where they would go and what is kept back."""
    prompts = prompts_for(question, library, model)
    if not prompts:
        return f"Sent to {model.llm.name}: nothing for this question."
    lines = [f"Would be sent to {model.llm.name} (--explain sends nothing):"]
    if model.kept_back:
        lines.append(f"Kept back: documents named {', '.join(model.kept_back)}")
    for number, prompt in enumerate(prompts, start=1):
        lines += [
            f"--- message {number} of {len(prompts)}, instructions",
            prompt.system,
            f"--- message {number} of {len(prompts)}, matter",
            prompt.user,
        ]
    return "\n".join([*lines, "--- end"])
