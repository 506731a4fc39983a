"""The command line: declares the commands and their options, and turns what the user can mend into one line and an exit code.

Each command imports what it needs when it runs, so that `planspoken --help` stays quick.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import AppError
from app.options import ActionStatus, Letter, ListFormat, MeasureStatus, RecordFormat, Stage
from app.settings import read_settings, stay_offline
from index.errors import LibraryError
from ingest.errors import IngestError

if TYPE_CHECKING:
    from index.types import Filter  # imports numpy, too slow for --help

DEFAULT_LIBRARY = Path("planspoken-library")
DEMO_LIBRARY = Path("demo-library")
RESULTS = Path("eval") / "results"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `planspoken eval` was asked for: two runs to compare, a question file over a library, or else the own sets behind the gate."""

    questions: Path | None
    out: Path
    library: Path
    compare: tuple[Path, Path] | None
    accept: bool


Evaluate = Callable[[Evaluation], bool]  # False where the gate is not passed; given to `main`, because nothing here may import eval

cli = typer.Typer(
    name="planspoken",
    help="Plain-language answers over council plans. Figures are looked up, never generated.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


LIBRARY_HELP = "The library folder (default: PLANSPOKEN_LIBRARY, else ./planspoken-library)."
LibraryFolder = Annotated[Path | None, typer.Option("--library", metavar="DIR", help=LIBRARY_HELP)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file instead of printing.")]
Format = Annotated[RecordFormat, typer.Option("--format", help="How to write the records.")]
OfDocument = Annotated[list[str] | None, typer.Option("--document", help="Only this document (file name); repeatable.")]
OfAuthority = Annotated[list[str] | None, typer.Option("--authority", help="Only this authority's documents; repeatable.")]
OfPeriod = Annotated[list[str] | None, typer.Option("--period", help="Only this period, such as 2019/20-Q2; repeatable.")]
AgainstTarget = Annotated[list[MeasureStatus] | None, typer.Option("--status", help="Only this status against target; repeatable.")]
OfProgress = Annotated[list[ActionStatus] | None, typer.Option("--status", help="Only actions in this state; repeatable.")]
OfLead = Annotated[list[str] | None, typer.Option("--lead", help="Only where the lead contains this; repeatable.")]
WithRag = Annotated[list[Letter] | None, typer.Option("--rag", case_sensitive=False, help="Only this rating; repeatable.")]
DueBefore = Annotated[
    str | None, typer.Option("--due-before", metavar="DATE", help="Due before this month or day, such as 2026-03 or 2026-03-31.")
]
DueAfter = Annotated[str | None, typer.Option("--due-after", metavar="DATE", help="Due after this month or day.")]
OnTopic = Annotated[list[str] | None, typer.Option("--topic", help="Only where all these words are found; repeatable.")]


@cli.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, and folders to read all files of.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file, with a status for each page.")] = False,
    library: LibraryFolder = None,
) -> None:
    """Read files and folders into the library; exits 1 if any was refused."""
    from app.commands.reading import ingest

    if not ingest(paths, _folder(library), as_json):
        raise typer.Exit(1)


@cli.command()
def read(
    file: Annotated[Path, typer.Argument(help="The file to read.")],
    stage: Annotated[Stage, typer.Option("--stage", help="Which stage's result to print.")] = Stage.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a page, block, table, record or chunk.")] = False,
    library: LibraryFolder = None,
) -> None:
    """Show what one stage makes of a file; no library is opened or changed."""
    from app.commands.reading import read

    read(file, stage.value, as_json)


@cli.command()
def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT", help="File names, as `planspoken documents` lists them.")],
    library: LibraryFolder = None,
) -> None:
    """Take documents out of the library, completely."""
    from app.commands.reading import remove

    remove(documents, _folder(library))


@cli.command()
def documents(
    format: Annotated[ListFormat, typer.Option("--format", help="How to write the list.")] = ListFormat.TABLE,
    out: Out = None,
    library: LibraryFolder = None,
) -> None:
    """List what is in the library."""
    from app.commands.listing import documents

    documents(_folder(library), format.value, out)


@cli.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in plain words.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    history: Annotated[Path | None, typer.Option(metavar="FILE", help="A JSON list of the earlier questions, oldest first.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also print how the question was understood.")] = False,
    questions: Annotated[Path | None, typer.Option(metavar="IN.jsonl", help="Answer a batch of questions.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="OUT.jsonl", help="Where the batch's answers go.")] = None,
    library: LibraryFolder = None,
) -> None:
    """Answer one question, or a batch of them, from the library."""
    one = question is not None and questions is None and out is None
    batch = questions is not None and out is not None and question is None and history is None and not explain
    if not one and not batch:
        raise typer.BadParameter('give either a "QUESTION" or both --questions IN.jsonl and --out OUT.jsonl, which go without --explain')
    from app.commands.asking import ask, ask_batch

    if question is not None:
        ask(question, history, as_json, explain, _folder(library))
    elif questions is not None and out is not None:
        ask_batch(questions, out, _folder(library))


@cli.command()
def measures(
    document: OfDocument = None,
    authority: OfAuthority = None,
    period: OfPeriod = None,
    status: AgainstTarget = None,
    lead: OfLead = None,
    rag: WithRag = None,
    due_before: DueBefore = None,
    due_after: DueAfter = None,
    topic: OnTopic = None,
    format: Format = RecordFormat.TABLE,
    out: Out = None,
    library: LibraryFolder = None,
) -> None:
    """List the measures: KPI readings with value, target and status."""
    from app.commands.listing import measures

    wanted = _filter(document, authority, period, status, lead, rag, due_before, due_after, topic)
    measures(wanted, _folder(library), format.value, out)


@cli.command()
def actions(
    document: OfDocument = None,
    authority: OfAuthority = None,
    period: OfPeriod = None,
    status: OfProgress = None,
    lead: OfLead = None,
    rag: WithRag = None,
    due_before: DueBefore = None,
    due_after: DueAfter = None,
    topic: OnTopic = None,
    format: Format = RecordFormat.TABLE,
    out: Out = None,
    library: LibraryFolder = None,
) -> None:
    """List the actions: who does what by when, and how it is rated."""
    from app.commands.listing import actions

    wanted = _filter(document, authority, period, status, lead, rag, due_before, due_after, topic)
    actions(wanted, _folder(library), format.value, out)


@cli.command()
def commitments(
    text: Annotated[str | None, typer.Argument(help="Words to search for.")] = None,
    document: OfDocument = None,
    authority: OfAuthority = None,
    period: OfPeriod = None,
    status: OfProgress = None,
    lead: OfLead = None,
    rag: WithRag = None,
    due_before: DueBefore = None,
    due_after: DueAfter = None,
    topic: OnTopic = None,
    format: Format = RecordFormat.TABLE,
    out: Out = None,
    library: LibraryFolder = None,
) -> None:
    """Search past commitments: actions and statements of intent, the best match first."""
    from app.commands.listing import commitments

    wanted = _filter(document, authority, period, status, lead, rag, due_before, due_after, topic)
    commitments(text, wanted, _folder(library), format.value, out)


@cli.command()
def conflicts(format: Format = RecordFormat.TABLE, out: Out = None, library: LibraryFolder = None) -> None:
    """List figures that disagree, within and across documents."""
    from app.commands.listing import conflicts

    conflicts(_folder(library), format.value, out)


@cli.command()
def correct(
    record: Annotated[str | None, typer.Argument(help="The record's id, as `measures --format jsonl` and the others give it.")] = None,
    field: Annotated[str | None, typer.Argument(help="Its field: value, target, unit, period, name, lead, due, rating, status …")] = None,
    value: Annotated[str | None, typer.Argument(help="What it should be, as it would be printed; `none` for nothing.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")] = "",
    why: Annotated[str, typer.Option("--why", metavar="REASON", help="Why.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="List the corrections; those that could not be applied again first.")] = False,
    undo: Annotated[int | None, typer.Option("--undo", metavar="NUMBER", help="Take this correction back.")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FOLDER", help="Take over the corrections of the library in this folder.")
    ] = None,
    document: Annotated[str | None, typer.Option("--document", help="With --list: only of this document.")] = None,
    format: Annotated[ListFormat, typer.Option("--format", help="With --list: how to write it.")] = ListFormat.TABLE,
    out: Out = None,
    library: LibraryFolder = None,
) -> None:
    """Set a field of a record right by hand; it is shown as corrected, and stays so when its document is read again."""
    from app.commands import correcting

    if sum((listed, undo is not None, source is not None, record is not None)) != 1 or (record is not None and None in (field, value)):
        raise typer.BadParameter("give RECORD FIELD VALUE with --by and --why, or --undo NUMBER with --by, or --list, or --from FOLDER")
    if source is not None:
        correcting.take_over(source, _folder(library))
    elif listed:
        correcting.corrections(document, format.value, out, _folder(library))
    elif undo is not None:
        correcting.undo(undo, by, _folder(library))
    else:
        correcting.correct(record or "", field or "", value or "", by, why, _folder(library))


@cli.command()
def review(
    document: Annotated[str | None, typer.Option("--document", help="Only this document (file name).")] = None,
    confirm: Annotated[str | None, typer.Option("--confirm", metavar="KEY", help="Keep that this one is right as it was read.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="With --confirm: who says so.")] = "",
    why: Annotated[str, typer.Option("--why", metavar="REASON", help="With --confirm: why.")] = "checked against the document",
    format: Annotated[ListFormat, typer.Option("--format", help="How to write the list.")] = ListFormat.TABLE,
    out: Out = None,
    library: LibraryFolder = None,
) -> None:
    """List what may have been read wrongly, for a person to correct or confirm."""
    from app.commands import reviewing

    if confirm is not None:
        reviewing.confirm(confirm, by, why, _folder(library))
    else:
        reviewing.review(document, format.value, out, _folder(library))


@cli.command()
def chat(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port to serve on (default: PORT, else 8501).")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    library: LibraryFolder = None,
) -> None:
    """Serve the chat on this machine and open it in the browser."""
    from app.commands.serving import chat

    settings = read_settings()
    chat(_folder(library), port or settings.port, settings.open_browser and not no_browser)


@cli.command(name="eval")
def evaluate(
    context: typer.Context,
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Labelled questions (JSONL) about the library; else the own sets, behind the gate.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the report goes.")] = RESULTS,
    compare: Annotated[tuple[Path, Path] | None, typer.Option(metavar="A B", help="Only show what differs between two runs.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept the figures of the own sets: the gate holds later runs against them.")
    ] = False,
    library: LibraryFolder = None,
) -> None:
    """Measure answers over labelled questions, by rule; exits 1 if the own sets fell behind what was accepted."""
    if sum(map(bool, (questions, compare, accept))) > 1:
        raise typer.BadParameter("give one of --questions, --compare and --accept")
    evaluate: Evaluate = context.obj
    if not evaluate(Evaluation(questions, out, _folder(library), compare, accept)):
        raise typer.Exit(1)


@cli.command()
def demo(
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    library: LibraryFolder = None,
) -> None:
    """First run: build a library from the sample plans in ./demo-library and open the chat."""
    from app.commands.serving import demo

    settings = read_settings()
    demo(library or settings.library or DEMO_LIBRARY, settings.port, settings.open_browser and not no_browser)


@cli.command()
def doctor(library: LibraryFolder = None) -> None:
    """Say what is installed, what is usable, what is in the library and what is wrong; exits 1 if something is."""
    from app.commands.doctor import doctor

    if not doctor(_folder(library)):
        raise typer.Exit(1)


def main(evaluate: Evaluate) -> None:
    """Runs the command line: 0 done, 1 the user's input is the cause (one line on standard error), 2 wrong usage.

    `evaluate` does what `eval` is asked for: the console script (eval/command.py) hands it in.
    """
    stay_offline()
    if sys.stdout is None:  # closed by the shell's `>&-`: nobody wants the output
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # for as long as the process lasts
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file name may be no text: it is shown in escapes
    try:
        try:
            cli(obj=evaluate)
        finally:
            sys.stdout.flush()  # while it can be said that it fails
    except (AppError, IngestError, LibraryError) as error:
        print(f"planspoken: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        _write_no_more()
        sys.exit(0)
    except OSError as error:  # disk full, permission, no such place: nothing that a traceback would help with
        _write_no_more()
        print(f"planspoken: {error.filename or 'the output cannot be written'}: {error.strerror}", file=sys.stderr)
        sys.exit(1)


def _write_no_more() -> None:
    """What is left to be written goes nowhere, so that ending the process does not try it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _folder(library: Path | None) -> Path:
    return library or read_settings().library or DEFAULT_LIBRARY


def _filter(
    documents: list[str] | None,
    authorities: list[str] | None,
    periods: list[str] | None,
    statuses: Sequence[StrEnum] | None,
    leads: list[str] | None,
    rags: list[Letter] | None,
    due_before: str | None,
    due_after: str | None,
    topics: list[str] | None,
) -> Filter:
    from index.types import Filter

    return Filter(
        documents=tuple(documents or ()),
        authorities=tuple(authorities or ()),
        periods=tuple(periods or ()),
        statuses=tuple(status.value for status in statuses or ()),
        leads=tuple(leads or ()),
        rags=tuple(rag.value for rag in rags or ()),
        due_before=due_before,
        due_after=due_after,
        topic=" ".join(topics) if topics else None,
    )
