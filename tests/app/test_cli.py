"""The commands as people and scripts meet them: names, shapes, exit codes, refusals (CONTRACT.md)."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.sample import SAMPLE_PLANS

ROOT = Path(__file__).parents[2]
PLACE = {"id", "document", "page", "box", "cell", "sheet", "quote", "section"}
MEASURE = PLACE | set(
    "measure breakdown kind value value_high value_text qualifier unit period target target_high comparator target_period target_quote"
    " status rag direction action_id".split()
)
ACTION = PLACE | set(
    "ref action lead start due due_iso ongoing progress rag direction completed success_measures status due_was due_was_iso called".split()
)
COMMITMENT = PLACE | {"commitment", "by_when", "owner", "strength", "action_id"}
REPORT = {"document", "status", "reason", "pages", "measures", "actions", "commitments", "rejected_rows"}
ANSWER = set("id question history outcome headline text query table count coverage citations conflicts notes model timings_ms".split())

Planspoken = Callable[..., Any]


def objects(text: str) -> list[dict[str, Any]]:
    """JSON lines as objects."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def library(sample_folder: Path, tmp_path: Path) -> Path:
    """A copy of the sample library, to be changed."""
    return Path(shutil.copytree(sample_folder, tmp_path / "library"))


# -- records


@pytest.mark.parametrize(("command", "fields"), [("measures", MEASURE), ("actions", ACTION), ("commitments", COMMITMENT)])
def test_records_have_the_fields_of_the_contract(planspoken: Planspoken, sample_folder: Path, command: str, fields: set[str]) -> None:
    run = planspoken(command, "--library", sample_folder, "--format", "jsonl")
    records = objects(run.out)
    assert run.code == 0
    assert records
    assert not fields - set(records[0])
    assert {record["document"] for record in records} <= {plan.name for plan in SAMPLE_PLANS}
    assert all(record["quote"] == " ".join(record["quote"].split()) for record in records)


@pytest.mark.parametrize(
    ("command", "options", "holds"),
    [
        ("measures", ["--status", "off_target"], lambda r: r["status"] == "off_target"),
        ("measures", ["--status", "off_target", "--status", "on_target"], lambda r: r["status"] in ("off_target", "on_target")),
        ("measures", ["--rag", "r"], lambda r: r["rag"] == "R"),
        ("actions", ["--document", SAMPLE_PLANS[0].name], lambda r: r["document"] == SAMPLE_PLANS[0].name),
        ("actions", ["--due-before", "2025-12"], lambda r: r["due_iso"] < "2025-12"),
        ("actions", ["--lead", "head of"], lambda r: "head of" in r["lead"].lower()),
    ],
)
def test_filters_narrow(
    planspoken: Planspoken, sample_folder: Path, command: str, options: list[str], holds: Callable[[dict[str, Any]], bool]
) -> None:
    everything = objects(planspoken(command, "--library", sample_folder, "--format", "jsonl").out)
    some = objects(planspoken(command, "--library", sample_folder, "--format", "jsonl", *options).out)
    assert 0 < len(some) < len(everything)
    assert all(holds(record) for record in some)


def test_csv_has_a_line_a_record(planspoken: Planspoken, sample_folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(planspoken("measures", "--library", sample_folder, "--format", "csv").out)))
    records = objects(planspoken("measures", "--library", sample_folder, "--format", "jsonl").out)
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    assert [row["value"] for row in rows] == ["" if r["value"] is None else str(r["value"]) for r in records]


def test_csv_file_opens_in_excel_as_utf8(planspoken: Planspoken, sample_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "measures.csv"
    assert planspoken("measures", "--library", sample_folder, "--format", "csv", "--out", out).code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_workbook_holds_values_and_no_formula(planspoken: Planspoken, sample_folder: Path) -> None:
    run = planspoken("measures", "--library", sample_folder, "--format", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(run.raw)).active
    assert sheet is not None
    head, *rows = sheet.iter_rows()
    records = objects(planspoken("measures", "--library", sample_folder, "--format", "jsonl").out)
    at = [cell.value for cell in head].index("value")
    assert [row[at].value for row in rows] == [record["value"] for record in records]
    assert not [cell for row in rows for cell in row if cell.data_type == "f"]


def test_table_shows_values_as_printed(planspoken: Planspoken, sample_folder: Path) -> None:
    table = planspoken("measures", "--library", sample_folder).out
    records = objects(planspoken("measures", "--library", sample_folder, "--format", "jsonl").out)
    assert len(table.splitlines()) == len(records) + 2
    assert all(record["measure"] in table for record in records)


def test_commitments_are_searched_by_words_and_meaning(planspoken: Planspoken, sample_folder: Path) -> None:
    everything = objects(planspoken("commitments", "--library", sample_folder, "--format", "jsonl").out)
    wanted = everything[len(everything) // 2]
    found = objects(planspoken("commitments", wanted["commitment"], "--library", sample_folder, "--format", "jsonl").out)
    assert found[0]["commitment"] == wanted["commitment"]
    assert len(found) < len(everything)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--document", "nowhere.pdf"], "nowhere.pdf"),
        (["--authority", "Nowhere"], "Nowhere"),
        (["--due-before", "Christmas"], "Christmas"),
        (["--due-before", "2025-13"], "2025-13"),
        (["--period", "garbage"], "garbage"),
        (["--topic", "£"], "£"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(planspoken: Planspoken, sample_folder: Path, options: list[str], said: str) -> None:
    run = planspoken("actions", "--library", sample_folder, *options)
    assert_one_line(run, 1, said)


# -- files in and out


def test_ingest_reports_each_file_and_page(planspoken: Planspoken, tmp_path: Path) -> None:
    run = planspoken("ingest", SAMPLE_PLANS[0], "--library", tmp_path / "new", "--json")
    (report,) = objects(run.out)
    assert run.code == 0
    assert not REPORT - set(report)
    assert report["status"] == "read"
    assert [page["page"] for page in report["pages"]] == list(range(1, len(report["pages"]) + 1))
    assert {page["status"] for page in report["pages"]} == {"text"}
    (entry,) = objects(planspoken("documents", "--library", tmp_path / "new", "--format", "jsonl").out)
    assert {key: entry[key] for key in ("document", "measures", "actions", "commitments", "rejected_rows")} == {
        key: report[key] for key in ("document", "measures", "actions", "commitments", "rejected_rows")
    }


def test_the_same_bytes_again_are_unchanged(planspoken: Planspoken, library: Path, tmp_path: Path) -> None:
    copied = tmp_path / "copy of the plan.pdf"
    shutil.copyfile(SAMPLE_PLANS[0], copied)
    before = planspoken("measures", "--library", library, "--format", "jsonl").out
    run = planspoken("ingest", SAMPLE_PLANS[0], copied, "--library", library, "--json")
    first, second = objects(run.out)
    assert run.code == 0
    assert (first["status"], first["reason"]) == ("unchanged", None)
    assert second["status"] == "unchanged"
    assert SAMPLE_PLANS[0].name in second["reason"]
    assert planspoken("measures", "--library", library, "--format", "jsonl").out == before


def test_a_changed_file_replaces_its_old_self(planspoken: Planspoken, tmp_path: Path) -> None:
    plan, library = tmp_path / "plan.txt", tmp_path / "library"
    plan.write_text("Progress\n\nWe will open three family hubs by March 2026.\n", encoding="utf-8")
    assert planspoken("ingest", plan, "--library", library).code == 0
    plan.write_text("Progress\n\nWe will recruit twelve foster carers by June 2026.\n", encoding="utf-8")
    (report,) = objects(planspoken("ingest", plan, "--library", library, "--json").out)
    assert report["status"] == "read"
    assert "replaces" in report["reason"]
    quotes = [record["quote"] for record in objects(planspoken("commitments", "--library", library, "--format", "jsonl").out)]
    assert quotes
    assert not [quote for quote in quotes if "hubs" in quote]


def test_two_files_of_one_name_do_not_push_each_other_out(planspoken: Planspoken, tmp_path: Path) -> None:
    for folder, words in (("a", "We will open three hubs by March 2026."), ("b", "We will close no library before 2030.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(f"Plan\n\n{words}\n", encoding="utf-8")
    run = planspoken("ingest", tmp_path / "a", tmp_path / "b", "--library", tmp_path / "library", "--json")
    assert run.code == 1
    assert [(r["status"], "same name" in (r["reason"] or "")) for r in objects(run.out)] == [("read", False), ("refused", True)]


def make_encrypted(path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(path)


BAD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {  # name → how to make it, what the refusal must say
    "missing.pdf": (lambda path: None, "no such file"),
    "empty.pdf": (lambda path: path.write_bytes(b""), "empty"),
    "blank.txt": (lambda path: path.write_text(" \n\n"), "empty"),
    "locked.pdf": (make_encrypted, "password"),
    "letter.pdf": (lambda path: path.write_text("Dear councillor, this is no PDF."), "PDF"),
    "cut.pdf": (lambda path: path.write_bytes(SAMPLE_PLANS[0].read_bytes()[:2000]), "damaged"),
    "plan.docx": (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(100)), "damaged"),
    "picture.png": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)), "picture"),
    "noise.bin": (lambda path: path.write_bytes(bytes(range(256)) * 8), "no reader"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_and_the_others_go_on(planspoken: Planspoken, tmp_path: Path, name: str) -> None:
    make, said = BAD_FILES[name]
    bad, good, library = tmp_path / name, tmp_path / "good.txt", tmp_path / "library"
    make(bad)
    good.write_text("Plan\n\nWe will open three hubs by March 2026.\n", encoding="utf-8")
    run = planspoken("ingest", bad, good, "--library", library, "--json")
    refused, read = objects(run.out)
    assert run.code == 1
    assert (refused["document"], refused["status"]) == (name, "refused")
    assert said.lower() in refused["reason"].lower()
    assert name in refused["reason"]
    assert "\n" not in refused["reason"]
    assert read["status"] == "read"
    assert [d["document"] for d in objects(planspoken("documents", "--library", library, "--format", "jsonl").out)] == ["good.txt"]
    assert "Traceback" not in run.err


def test_a_folder_is_read_whole_and_nothing_is_skipped_in_silence(planspoken: Planspoken, tmp_path: Path) -> None:
    (tmp_path / "plans" / "older").mkdir(parents=True)
    (tmp_path / "plans" / "a.txt").write_text("Plan\n\nWe will open three hubs by March 2026.\n", encoding="utf-8")
    (tmp_path / "plans" / "older" / "b.txt").write_text("Plan\n\nWe will recruit carers by June 2025.\n", encoding="utf-8")
    (tmp_path / "plans" / "c.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    run = planspoken("ingest", tmp_path / "plans", "--library", tmp_path / "library")
    assert run.code == 1
    assert [line.split()[:2] for line in run.out.splitlines()] == [["read", "a.txt:"], ["refused", "c.zip:"], ["read", "b.txt:"]]


def test_an_empty_folder_is_said_to_be_empty(planspoken: Planspoken, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / ".hidden").write_text("x")
    run = planspoken("ingest", tmp_path / "plans", "--library", tmp_path / "library")
    assert run.code == 1
    assert run.out.startswith("refused")
    assert "no files to read" in run.out


def test_names_with_spaces_quotes_and_dashes(planspoken: Planspoken, tmp_path: Path) -> None:
    name = "-R&D 'plan' – tŷ #1 100%.txt"
    (tmp_path / name).write_text("Plan\n\nWe will open three hubs by March 2026.\n", encoding="utf-8")
    library = tmp_path / "library"
    assert planspoken("ingest", tmp_path, "--library", library).code == 0
    assert [d["document"] for d in objects(planspoken("documents", "--library", library, "--format", "jsonl").out)] == [name]
    assert planspoken("remove", "--library", library, "--", name).code == 0
    assert planspoken("documents", "--library", library, "--format", "jsonl").out == ""


def test_remove_leaves_nothing(planspoken: Planspoken, library: Path) -> None:
    name = SAMPLE_PLANS[0].name
    assert planspoken("remove", name, "--library", library).code == 0
    for command in ("documents", "measures", "actions", "commitments"):
        assert name not in planspoken(command, "--library", library, "--format", "jsonl").out
    answer = json.loads(planspoken("ask", "Which measures are below target?", "--json", "--library", library).out)
    assert name not in {citation["document"] for citation in answer["citations"]}
    with sqlite3.connect(library / "library.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert name not in dump


def test_remove_of_an_unknown_document_removes_none(planspoken: Planspoken, library: Path) -> None:
    run = planspoken("remove", SAMPLE_PLANS[0].name, "nowhere.pdf", "--library", library)
    assert_one_line(run, 1, "nowhere.pdf")
    assert len(objects(planspoken("documents", "--library", library, "--format", "jsonl").out)) == len(SAMPLE_PLANS)


# -- read


@pytest.mark.parametrize("stage", ["text", "blocks", "tables", "records", "chunks"])
def test_each_stage_can_be_printed(planspoken: Planspoken, stage: str) -> None:
    rows = objects(planspoken("read", SAMPLE_PLANS[0], "--stage", stage, "--json").out)
    shown = planspoken("read", SAMPLE_PLANS[0], "--stage", stage)
    assert shown.code == 0
    assert rows
    assert all(row["page"] for row in rows)
    assert len(shown.out.splitlines()) >= len(rows)


def test_read_prints_every_page(planspoken: Planspoken) -> None:
    from pypdf import PdfReader

    pages = objects(planspoken("read", SAMPLE_PLANS[0], "--json").out)
    expected = PdfReader(SAMPLE_PLANS[0]).pages
    assert len(pages) == len(expected)
    for page, original in zip(pages, expected, strict=True):
        words = original.extract_text().split()
        assert words[0] in page["text"]


def test_read_refuses_in_one_line(planspoken: Planspoken, tmp_path: Path) -> None:
    assert_one_line(planspoken("read", tmp_path / "missing.pdf"), 1, "missing.pdf")


# -- ask


def test_answer_has_the_fields_of_the_contract(planspoken: Planspoken, sample_folder: Path) -> None:
    run = planspoken("ask", "Which measures are below target?", "--json", "--library", sample_folder)
    answer = json.loads(run.out)
    assert run.code == 0
    assert not ANSWER - set(answer)
    assert answer["outcome"] == "answered"
    assert answer["text"].startswith(answer["headline"])
    coverage = answer["coverage"]
    parts = ("off_target", "on_target", "no_value", "undetermined")
    assert coverage["considered"] == sum(coverage[part] for part in parts)
    assert {row["status"] for row in answer["table"]["rows"]} == {"off_target"}
    assert {row["citation"] for row in answer["table"]["rows"]} <= {citation["n"] for citation in answer["citations"]}


def test_answer_for_people_cites_pages(planspoken: Planspoken, sample_folder: Path) -> None:
    run = planspoken("ask", "Which measures are below target?", "--library", sample_folder, "--explain")
    assert run.code == 0
    assert re.search(r"^\[1\] .+ page \d+", run.out, re.MULTILINE)
    assert "Understood as:" in run.out


def test_batch_answers_each_line_under_its_id(planspoken: Planspoken, sample_folder: Path, tmp_path: Path) -> None:
    questions, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked: list[dict[str, Any]] = [
        {"id": "q1", "question": "Which measures are below target?", "history": []},
        {"id": 7, "question": "And above it?", "history": ["Which measures are below target?"]},
        {"question": "What is the capital of France?"},
    ]
    questions.write_text("\n".join(map(json.dumps, asked)) + "\n\n", encoding="utf-8")
    assert planspoken("ask", "--questions", questions, "--out", out, "--library", sample_folder).code == 0
    answers = objects(out.read_text(encoding="utf-8"))
    assert [answer["id"] for answer in answers] == ["q1", 7, None]
    assert [answer["question"] for answer in answers] == [question["question"] for question in asked]
    assert answers[1]["history"] == asked[1]["history"]
    assert answers[2]["outcome"] != "answered"


def test_history_comes_from_a_file(planspoken: Planspoken, sample_folder: Path, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    history.write_text('["Which measures are below target?"]', encoding="utf-8")
    answer = json.loads(planspoken("ask", "And which are met?", "--json", "--history", history, "--library", sample_folder).out)
    assert answer["history"] == ["Which measures are below target?"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"question": "Why?"}\nnot json\n', "line 2"),
        ('{"question": "Why?"}\n\n{"text": "Why?"}\n', "line 3"),
        ('{"id": "a", "question": "Why?", "history": "no list"}\n', "history"),
        ('{"id": "a", "question": "  "}\n', "line 1"),
        ("[1, 2]\n", "line 1"),
        ("\n", "no questions"),
    ],
)
def test_a_bad_question_file_names_the_line(planspoken: Planspoken, sample_folder: Path, tmp_path: Path, content: str, said: str) -> None:
    questions, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_text(content, encoding="utf-8")
    run = planspoken("ask", "--questions", questions, "--out", out, "--library", sample_folder)
    assert_one_line(run, 1, said)
    assert not out.exists()


@pytest.mark.parametrize("content", ["{", '{"a": 1}', "[1]"])
def test_a_bad_history_is_refused(planspoken: Planspoken, sample_folder: Path, tmp_path: Path, content: str) -> None:
    history = tmp_path / "history.json"
    history.write_text(content, encoding="utf-8")
    assert_one_line(planspoken("ask", "Why?", "--history", history, "--library", sample_folder), 1, "history.json")


def test_an_unwritable_output_is_named(planspoken: Planspoken, sample_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "no such folder" / "out.csv"
    run = planspoken("measures", "--library", sample_folder, "--format", "csv", "--out", out)
    assert_one_line(run, 1, "out.csv")


# -- usage, libraries, doctor


@pytest.mark.parametrize("command", ["documents", "measures", "actions", "commitments", "ask", "remove", "chat"])
def test_no_library_is_one_line(planspoken: Planspoken, tmp_path: Path, command: str) -> None:
    arguments = ["x"] if command in ("ask", "remove") else []
    assert_one_line(planspoken(command, *arguments, "--library", tmp_path / "nowhere"), 1, "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_the_library_comes_from_the_environment(planspoken: Planspoken, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANSPOKEN_LIBRARY", str(sample_folder))
    assert len(objects(planspoken("documents", "--format", "jsonl").out)) == len(SAMPLE_PLANS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["sing"],
        ["ingest"],
        ["ask"],
        ["ask", "Why?", "--questions", "in.jsonl"],
        ["ask", "--questions", "in.jsonl"],
        ["measures", "--format", "pdf"],
        ["measures", "--status", "wonderful"],
        ["read", "a.pdf", "--stage", "dreams"],
        ["chat", "--port", "99999"],
        ["conflicts", "--format", "pdf"],
        ["eval", "--questions", "questions.jsonl", "--accept"],
    ],
)
def test_wrong_usage_exits_2(planspoken: Planspoken, arguments: list[str]) -> None:
    run = planspoken(*arguments)
    assert run.code == 2
    assert run.out == ""
    assert run.err
    assert "Traceback" not in run.err


def test_conflicts_lists_both_figures_with_their_places(planspoken: Planspoken, sample_folder: Path) -> None:
    run = planspoken("conflicts", "--format", "jsonl", "--library", sample_folder)

    rows = [json.loads(line) for line in run.out.splitlines()]
    assert run.code == 0
    assert any({row["a"]["value_text"], row["b"]["value_text"]} == {"23%", "26%"} for row in rows)
    assert all(row[side]["page"] and row[side]["quote"] and row["why"] for row in rows for side in ("a", "b"))


def test_a_port_that_is_none_is_refused(planspoken: Planspoken, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert_one_line(planspoken("chat", "--library", sample_folder), 1, "eighty")


def test_a_busy_port_is_refused(planspoken: Planspoken, sample_folder: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_one_line(planspoken("chat", "--port", port, "--library", sample_folder), 1, f"port {port}")


def test_doctor_says_what_is_there(planspoken: Planspoken, sample_folder: Path) -> None:
    run = planspoken("doctor", "--library", sample_folder)
    assert run.code == 0, run.out
    assert sys.version.split()[0] in run.out
    assert all(plan.name in run.out for plan in SAMPLE_PLANS)
    assert "nothing is wrong" in run.out


def test_doctor_finds_a_damaged_library(planspoken: Planspoken, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_text("this is no database, and long enough not to be taken for an empty one\n" * 20, encoding="utf-8")
    run = planspoken("doctor", "--library", tmp_path)
    assert run.code == 1
    assert "WRONG" in run.out


def assert_one_line(run: Any, code: int, said: str) -> None:
    """The command ended with this code and one line on standard error that says this."""
    assert (run.code, run.err.count("\n")) == (code, 1), run.err
    assert run.err.startswith("planspoken: ")
    assert said in run.err


# -- corrections


def test_a_correction_is_shown_wherever_the_record_is_and_can_be_taken_back(planspoken: Planspoken, library: Path) -> None:
    measure = next(r for r in objects(planspoken("measures", "--library", library, "--format", "jsonl", "--status", "off_target").out))
    who = ("--by", "A. Officer", "--why", "misread", "--library", library)
    run = planspoken("correct", measure["id"], "value", "99.9%", *who)
    assert (run.code, run.err) == (0, "")
    assert f"read as “{measure['value_text']}”" in run.out
    [now] = [r for r in objects(planspoken("measures", "--library", library, "--format", "jsonl").out) if r["id"] == measure["id"]]
    assert (now["value"], now["quote"]) == (99.9, measure["quote"])
    assert [(c["field"], c["read"], c["value"], c["by"]) for c in now["corrected"]] == [
        ("value", measure["value_text"], "99.9%", "A. Officer")
    ]
    assert "99.9%" in planspoken("measures", "--library", library).out
    assert "corrected by hand" in planspoken("measures", "--library", library, "--format", "csv").out
    asked = f"What is the figure for {measure['measure']} in {measure['document']}?"
    answer = json.loads(planspoken("ask", asked, "--json", "--library", library).out)
    assert "99.9%" in answer["text"], answer["text"]
    assert any("corrected by hand" in note and "A. Officer" in note for note in answer["notes"])
    assert any(c["corrected"] for c in answer["citations"])
    listed = objects(planspoken("correct", "--list", "--format", "jsonl", "--library", library).out)
    assert [(c["number"], c["state"], c["record"]) for c in listed] == [(1, "applied", measure["id"])]
    assert "misread" in planspoken("correct", "--list", "--library", library).out
    assert planspoken("correct", "--undo", "1", "--by", "B. Officer", "--library", library).code == 0
    [back] = [r for r in objects(planspoken("measures", "--library", library, "--format", "jsonl").out) if r["id"] == measure["id"]]
    assert back == measure


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["m", "value"], 2, "give RECORD FIELD VALUE"),
        (["--list", "--undo", "1"], 2, "give RECORD FIELD VALUE"),
        (["nothing", "value", "5", "--by", "A", "--why", "B"], 1, "no record 'nothing'"),
        (["--undo", "5", "--by", "A"], 1, "correction 5: there is none"),
        (["--from", "nowhere"], 1, "no corrections in nowhere"),
        (["--list", "--document", "none.pdf"], 1, "no document 'none.pdf'"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_in_one_line(
    planspoken: Planspoken, sample_folder: Path, arguments: list[str], code: int, says: str
) -> None:
    run = planspoken("correct", *arguments, "--library", sample_folder)
    assert run.code == code
    assert says in run.err
    assert code == 2 or len(run.err.splitlines()) == 1


# -- what a user, a disk or a file system can do to it


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"id": 1, "question": "visits \\ud800 on time"}', "line 1: holds half a character"),
        (b'{"id": ' + b"9" * 5000 + b', "question": "visits"}', "line 1: cannot be read (Exceeds the limit"),
        (b"[" * 100_000, "line 1: cannot be read (lists or objects too deep"),
        (b'{"id": NaN, "question": "visits"}', "line 1: cannot be read (NaN is no number"),
        (b'{"id": 1, "question": "visits", "history": 0}', 'line 1: "history": a JSON list'),
    ],
)
def test_a_question_file_that_cannot_be_read_is_named(
    planspoken: Planspoken, sample_folder: Path, tmp_path: Path, line: bytes, said: str
) -> None:
    asked, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    asked.write_bytes(line + b"\n")
    run = planspoken("ask", "--questions", asked, "--out", out, "--library", sample_folder)
    assert (run.code, run.err.count("\n")) == (1, 1)
    assert said in run.err
    assert not out.exists()


def test_a_line_of_json_ends_at_a_line_feed_and_nowhere_else(planspoken: Planspoken, sample_folder: Path, tmp_path: Path) -> None:
    question = "Which KPIs\u2028are\u0085below target?"
    (tmp_path / "q.jsonl").write_text(json.dumps({"id": 1, "question": question}, ensure_ascii=False), encoding="utf-8")
    run = planspoken("ask", "--questions", tmp_path / "q.jsonl", "--out", tmp_path / "a.jsonl", "--library", sample_folder)
    assert run.code == 0, run.err
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["question"] == question


def test_a_batch_that_cannot_start_loses_nothing(planspoken: Planspoken, sample_folder: Path, tmp_path: Path) -> None:
    asked, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    asked.write_text('{"id": 1, "question": "visits"}\n')
    out.write_text("earlier answers")
    assert planspoken("ask", "--questions", asked, "--out", out, "--library", tmp_path / "none").code == 1
    assert out.read_text() == "earlier answers"

    run = planspoken("ask", "--questions", asked, "--out", asked, "--library", sample_folder)
    assert (run.code, "holds the questions" in run.err) == (1, True)
    assert "visits" in asked.read_text()


def test_explain_is_never_dropped(planspoken: Planspoken, sample_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "visits"}\n')
    batch = ("--questions", tmp_path / "q.jsonl", "--out", tmp_path / "a.jsonl")
    assert planspoken("ask", *batch, "--explain", "--library", sample_folder).code == 2

    run = planspoken("ask", "Which KPIs are below target?", "--json", "--explain", "--library", sample_folder)
    assert set(json.loads(run.out)) >= ANSWER
    assert "Understood as:" in run.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [["documents"], ["ask", "--questions", "q.jsonl", "--out", "/dev/full"]])
def test_a_full_disk_is_one_line(sample_folder: Path, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "visits"}\n')
    code = "import sys; sys.argv[0] = 'planspoken'; from eval.command import planspoken; planspoken()"
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-c", code, *command, "--library", str(sample_folder)],
            stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
    assert run.returncode == 1
    assert re.fullmatch(r"planspoken: .*cannot be written: No space left on device\n", run.stderr)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_file_name_that_cannot_be_printed_is_refused_and_the_others_are_read(planspoken: Planspoken, tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    for name in (b"caf\xe9.txt", b"two\nlines.txt", b"\x1b[31mred.txt", "Übersicht 日本.txt".encode()):
        Path(os.fsdecode(os.fsencode(plans) + b"/" + name)).write_text(f"Plan of {name!r}\n\nWe will visit every child by March 2026.\n")
    run = planspoken("ingest", plans, "--library", tmp_path / "library", "--json")
    assert run.code == 1
    assert {r["document"]: r["status"] for r in objects(run.out)} == {
        "caf\\udce9.txt": "refused", "two\\nlines.txt": "refused", "\\x1b[31mred.txt": "refused", "Übersicht 日本.txt": "read",
    }  # fmt: skip
    assert all("rename it" in r["reason"] for r in objects(run.out) if r["status"] == "refused")

    run = planspoken("commitments", os.fsdecode(b"caf\xe9"), "--library", tmp_path / "library")
    assert (run.code, run.err) == (1, "planspoken: the words to search for are not UTF-8 text\n")


def test_what_is_to_be_reviewed_is_listed_and_confirmed(planspoken: Planspoken, library: Path) -> None:
    listed = objects(planspoken("review", "--library", library, "--format", "jsonl").out)
    assert listed
    assert all(row["reasons"] and row["why"] and row["document"] for row in listed)
    first = listed[0]
    assert first["name"][:20] in planspoken("review", "--library", library, "--document", first["document"]).out
    run = planspoken("review", "--confirm", first["key"], "--by", "A. Officer", "--library", library)
    assert (run.code, "confirmed as it was read by A. Officer" in run.out) == (0, True)
    rest = objects(planspoken("review", "--library", library, "--format", "jsonl").out)
    assert [row["key"] for row in rest] == [row["key"] for row in listed[1:]]
    again = planspoken("review", "--confirm", first["key"], "--by", "A. Officer", "--library", library)
    assert (again.code, "nothing to review goes by" in again.err) == (1, True)
    assert planspoken("review", "--document", "none.pdf", "--library", library).code == 1


def test_ingest_counts_what_is_to_be_reviewed(planspoken: Planspoken, tmp_path: Path) -> None:
    text = "Service plan 2023/24\n\nThere are 41 social workers in the service.\n\nIn March 2024 97% of visits were on time.\n"
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    library = tmp_path / "library"
    [report] = objects(planspoken("ingest", tmp_path / "plan.txt", "--json", "--library", library).out)
    assert report["to_review"] == len(objects(planspoken("review", "--format", "jsonl", "--library", library).out)) > 0
    [report] = objects(planspoken("ingest", tmp_path / "plan.txt", "--json", "--library", library).out)
    assert (report["status"], report["to_review"]) == ("unchanged", None)
