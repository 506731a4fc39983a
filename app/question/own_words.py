"""The words that an asker used for what was asked about."""

from __future__ import annotations

from collections.abc import Collection

from app.types import Question
from ingest.lexicon import lexicon, tokens


def own_words(question: Question, terms: Collection[str]) -> dict[str, str]:
    """The word that the asker used for each term that is no concept, where one stands for it: "safety" for the stem "safet".

    The question's own first, then those of the questions before it, the latest first, and of corrections.
    """
    lex = lexicon()
    topics = [correction.topic for correction in question.corrections if correction and correction.topic]
    words = dict.fromkeys(word for text in (question.text, *reversed(question.history), *topics) for word in tokens(text))
    return {term: word for word in reversed(words) for term in lex.terms(word)[:1] if term in terms and not term.startswith("@")}
