"""Machine-made text extractions: rows broken, shifted and repeated are put in order."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.read import document, prose, ratings, tables, texts

HEAD = "Ref\tAction\tLead\tStart Date\tEnd Date\tProgress\tKey Targets"


def read(folder: Path, *lines: str) -> list[list[str]]:
    return texts(tables(document(folder, "plan.txt", "\n".join(lines).encode()))[0])


def test_a_row_broken_in_its_cells_is_whole_again(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        HEAD,
        "1.1\tManagement\tAD Children's\tApril\tApril\tAll Senior Managers to\t100% of managers to",
        "",
        "development plan for all managers\tSafeguarding\t2015\t2016\tcomplete plans with them.\thave a plan",
        "1.2\tRecruit two workers.\tHR\tMay 2015\tJune 2015\tDone.\tBoth in post.",
    )

    assert rows == [
        [
            "1.1",
            "Management development plan for all managers",
            "AD Children's Safeguarding",
            "April 2015",
            "April 2016",
            "All Senior Managers to complete plans with them.",
            "100% of managers to have a plan",
        ],
        ["1.2", "Recruit two workers.", "HR", "May 2015", "June 2015", "Done.", "Both in post."],
    ]


def test_stray_bullets_and_lost_blanks_do_not_shift_a_row(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        HEAD,
        "1\tRecruit two workers.\tHR\tMay 2015\tJune 2015\t•\tAdvert placed.\tBoth in post.",
        "2\tReview the rota.\tAB\tMay 2015\tOn-going",
    )

    assert rows[0][5:] == ["• Advert placed.", "Both in post."]
    assert rows[1] == ["2", "Review the rota.", "AB", "May 2015", "On-going", "", ""]


def test_broken_and_repeated_headers_and_rules_vanish(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        "\tActio\tn / Process\t\t\tImprovement Targets\t",
        "Ref\tAction\tLead\tStart\tEnd\tProgress\tKey",
        "\t\t\tDate\tDate\t\tTargets",
        "--\t--\t------",
        "1\tRecruit two workers.\tHR\tMay 2015\tJune 2015\tDone.\tIn post.",
        "",
        HEAD,
        "2\tReview the rota.\tAB\tMay 2015\tJune 2015\tStarted.\tNew rota.",
    )

    assert [row[0] for row in rows] == ["1", "2"]


def test_a_number_printed_beside_the_rest_of_the_row_before_belongs_to_the_next(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        HEAD,
        "1\tRecruit two workers.\tHR\tMay 2015\tJune 2015\tAdvert placed in\tIn post.",
        "2\t\t\t\t\tthe local press.\t",
        "\tReview the rota.\tAB\tMay 2015\tJune 2015\tStarted.\tNew rota.",
    )

    assert [(row[0], row[5]) for row in rows] == [("1", "Advert placed in the local press."), ("2", "Started.")]


def test_page_heads_are_said_once_and_headings_are_found(tmp_path: Path) -> None:
    lines = ["Improvement plan 2015", ""]
    for n in (1, 2, 3):
        lines += ["(updated to June 2015)", "", f"Work stream {n}", HEAD, f"{n}.1\tDo this.\tHR\tMay 2015\tJune 2015\tDone.\tIn place.", ""]

    found = document(tmp_path, "plan.txt", "\n".join(lines).encode())

    assert [text for _, text in prose(found)].count("(updated to June 2015)") == 1
    assert [table.place.section for table in tables(found)] == ["Work stream 1", "Work stream 2", "Work stream 3"]


def test_markup_and_latex_arrows(tmp_path: Path) -> None:
    rows = read(tmp_path, "Action\tLead\tDirection", "<p>Visit <b>weekly</b></p>\tAB\t$\\Leftrightarrow$")

    assert rows == [["Visit weekly", "AB", "⇔"]]


def test_nul_bytes_are_dropped_and_named(tmp_path: Path) -> None:
    found = document(tmp_path, "log.txt", b"Appoint a chair\0 by 30 April 2025.\n" * 3)

    assert prose(found)[0][1] == "Appoint a chair by 30 April 2025."
    assert found.pages[0].note == "3 NUL or control characters left out"


def test_coloured_signs_rate(tmp_path: Path) -> None:
    data = "Action,Lead,RAG\nVisit,AB,🔴\nWrite,CD,🟢 \nCheck,EF,🔴🟢\n".encode()

    assert ratings(tables(document(tmp_path, "plan.csv", data))[0]) == ["R", "G", None]
