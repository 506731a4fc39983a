"""The library folder, and the only door to it: documents go in and out as a whole, records and passages come out.

    library.db    the book of record: documents, records, chunks, full text, embeddings, and the manifest of valid vectors
    chroma/       vectors, rebuilt from library.db where they are lost
    originals/    the files as they came, by hash

The commit of library.db is the moment a change happens. Vectors are written before it, under ids that no earlier write used, and what a
change leaves behind is swept after it, or at the next write where a process died in between; ids the manifest does not know are nobody's.
Whatever touches chroma/ or originals/ does so inside a write transaction that counts the generation on, so that others know to look anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Literal, Self, TypeVar
from uuid import uuid4

import numpy as np

from index import database, documents, keywords, records
from index.database import Database
from index.errors import DocumentUnknown, LibraryMissing, RecordUnknown, VectorsDamaged
from index.fusion import fuse
from index.types import DocumentEntry, Encoder, Filter, Hit, Vectors, VectorStore
from index.vectors import ChromaVectors
from ingest.types import Action, Chunk, Commitment, Document, Extraction, Measure, Record, Rejection
