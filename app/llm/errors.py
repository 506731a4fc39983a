"""What can go wrong with a language model. Every message is the one line the asker reads; the answer itself is then made by rule.

LlmError
├── LlmMissing        the packages for it are not installed
├── LlmUnreachable    no server at the address
├── LlmKeyRefused     the server does not accept the key
├── LlmBusy           the server limits the rate
├── LlmTooSlow        the time limit ran out
├── LlmCutOff         the reply broke off
├── LlmEmpty          the reply says nothing
├── LlmMalformed      the reply is not what was asked for
├── LlmContextFull    the question and its evidence are too long for the model
└── LlmFailed         the server answered with any other error
"""

from __future__ import annotations


class LlmError(Exception):
    """A model could not help with this question."""


class LlmMissing(LlmError):
    """The packages for it are not installed."""


class LlmUnreachable(LlmError):
    """No server at the address."""


class LlmKeyRefused(LlmError):
    """The server does not accept the key."""


class LlmBusy(LlmError):
    """The server limits the rate."""


class LlmTooSlow(LlmError):
    """The time limit ran out."""


class LlmCutOff(LlmError):
    """The reply broke off."""


class LlmEmpty(LlmError):
    """The reply says nothing."""


class LlmMalformed(LlmError):
    """The reply is not what was asked for."""


class LlmContextFull(LlmError):
    """The question and its evidence are too long for the model."""


class LlmFailed(LlmError):
    """The server answered with any other error."""
