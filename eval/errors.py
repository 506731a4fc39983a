"""What the user can mend; the message is one line, naming the file, the line and the field, and what to do."""

from __future__ import annotations

from app.errors import AppError


class EvalError(AppError):
    """The evaluation cannot be run; `str(error)` is one line for the user."""


class CaseInvalid(EvalError):
    """A question file or label file is not in the format; the message names file, line and field."""


class DocumentsMissing(EvalError):
    """The library lacks documents that questions are about; the message names them."""


class RunInvalid(EvalError):
    """What is to be compared is not a run of the evaluation."""
