"""A chapter: one notebook, its parameters, a process of its own, and nothing but accountable outputs."""

import json
import multiprocessing
import os

import nbformat
import pytest
from small_reports import notebook, prose

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Chapter
from nsoc_lib.paths import Study
from nsoc_lib.publish import chapter as chapter_module
from nsoc_lib.publish.apart import call_beside
from nsoc_lib.publish.chapter import run_chapter as run_here
from nsoc_lib.result import MIME

PARAMETERS = 'meting: str = "meting-1"  # map onder data/raw\nthema: str = "daadkracht"  # thema'
IMPORTS = "import os\nfrom nsoc_lib.prose import tell\nfrom nsoc_lib.result import Result"


@pytest.fixture
def study(tmp_path, monkeypatch) -> Study:
    """Return a study of which only the notebooks exist, and keep the environment of this process as it was."""
    for name in ("NSOC_DATA", "NSOC_REPORTS", "PYTHONPATH", "MPLBACKEND"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    (tmp_path / "data" / "notebooks").mkdir(parents=True)
    return Study(data=tmp_path / "data", reports=tmp_path / "reports")


def write(study: Study, *cells: str, name: str = "proef", parameters: str = PARAMETERS) -> None:
    """Write a notebook: a title, the imports, the parameters when there are any, and these code cells."""
    tagged = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})] if parameters else []
    sources = map(nbformat.v4.new_code_cell, cells)
    made = notebook(prose("# Proef"), nbformat.v4.new_code_cell(IMPORTS), *tagged, *sources)
    for number, cell in enumerate(made.cells):
        cell.id = f"cel-{number}"
    nbformat.write(made, study.data / "notebooks" / f"{name}.ipynb")


def chapter(name: str = "proef", **parameters: str) -> Chapter:
    return Chapter(titel="Een proef", notebook=name, parameters=parameters)


def run_chapter(study: Study, which: Chapter, engine: str) -> None:
    """Run a chapter as the pipeline does: in a process of its own."""
    with call_beside(lambda: run_here(study, which, engine)) as ended:
        ended()


def run(study: Study, *cells: str, engine: str = "nsoc", **parameters: str) -> list[str]:
    """Run a chapter with these cells and return the plain text of what it shows."""
    write(study, *cells)
    run_chapter(study, chapter(**parameters), engine)
    return shown(study, chapter(**parameters))


def shown(study: Study, which: Chapter) -> list[str]:
    executed = nbformat.read(study.executed_file(which.key), as_version=4)
    return [output.data["text/plain"] for cell in executed.cells for output in cell.get("outputs", [])]


def failure(study: Study, *cells: str, **parameters: str) -> str:
    with pytest.raises(NsocError) as error:
        run(study, *cells, **parameters)
    return str(error.value)


def test_a_chapter_shows_what_its_parameters_ask_for(study):
    """The parameter of the chapter goes before the default of the notebook."""
    cell = "tell('{thema} van {meting}', thema=thema, meting=meting)"
    assert run(study, cell, thema="draagvlak") == ["draagvlak van meting-1"]


def test_without_parameters_the_defaults_hold(study):
    """A chapter without parameters runs the notebook as a researcher does."""
    assert run(study, "tell('{thema}', thema=thema)") == ["daadkracht"]


def test_a_notebook_needs_no_parameters(study):
    """A chapter of prose alone has no cell with parameters."""
    write(study, "tell('Goed.')", parameters="")
    run_chapter(study, chapter(), "nsoc")
    assert shown(study, chapter()) == ["Goed."]


def test_the_executed_notebook_holds_the_results(study):
    """The copy is self-contained: the ledger is gathered from it alone."""
    run(study, "tell('{a}', a=Result('meting-1.a', 'A', 7, 'personen', 'waargenomen', 'proef@abc'))")
    executed = nbformat.read(study.executed_file("proef"), as_version=4)
    nbformat.validate(executed)
    payloads = [output.data[MIME] for cell in executed.cells for output in cell.get("outputs", [])]
    assert [raw["value"] for payload in payloads for raw in payload["resultaten"]] == [7]


def test_running_twice_gives_the_same_bytes(study):
    """No time, path or random id is left in the executed notebook."""
    cell = "tell('{thema}', thema=thema)"
    run(study, cell, thema="draagvlak")
    path = study.executed_file(chapter(thema="draagvlak").key)
    before = path.read_bytes()
    run_chapter(study, chapter(thema="draagvlak"), "nsoc")
    assert path.read_bytes() == before
    assert str(study.data).encode() not in before


def test_the_notebook_of_the_researcher_is_not_touched(study):
    """Running writes the executed copy and nothing else."""
    write(study, "tell('Goed.')")
    path = study.data / "notebooks" / "proef.ipynb"
    before = path.read_bytes()
    run_chapter(study, chapter(), "nsoc")
    assert path.read_bytes() == before
    assert [file.name for file in (study.data / "notebooks").iterdir()] == ["proef.ipynb"]


# Processes


def test_the_cells_run_in_a_child_of_this_process(study):
    """The notebook sees another process id, and this process as its parent."""
    pid, parent = run(study, "tell('{p}', p=str(os.getpid()))", "tell('{p}', p=str(os.getppid()))")
    assert int(pid) != os.getpid()
    assert int(parent) == os.getpid()


def test_a_kernel_runs_the_cells_in_yet_another_process(study):
    """With ENGINE=kernel the shell is that of ipykernel, in a process that is neither this one nor the forked child."""
    cells = ("tell('{p}', p=str(os.getpid()))", "tell('{m}', m=type(get_ipython()).__module__)")
    forked_pid, forked_shell = run(study, *cells)
    kernel_pid, kernel_shell = run(study, *cells, engine="kernel")
    assert len({os.getpid(), int(forked_pid), int(kernel_pid)}) == 3
    assert (forked_shell, kernel_shell) == ("nsoc_lib.publish.engine", "ipykernel.zmqshell")


def test_both_engines_give_the_same_executed_notebook(study):
    """Results, sentences and tables come out equal, byte for byte."""
    cells = (
        "from nsoc_lib.tables import Table\na = Result('meting-1.a', 'A', 7, 'personen', 'waargenomen', 'proef@abc')",
        "tell('{a} over {thema}', a=a, thema=thema)",
        "display(tell('Eerst.'))\nTable('t', 'Proef.', ('Wat', 'Hoeveel'), (('A', a),))",
    )
    path = study.executed_file(chapter(thema="draagvlak").key)
    texts = run(study, *cells, thema="draagvlak")
    before = path.read_bytes()
    assert texts[:2] == ["7 over draagvlak", "Eerst."]
    assert run(study, *cells, thema="draagvlak", engine="kernel") == texts
    assert path.read_bytes() == before


LEAKS = {
    "a variable": ("thing = 1", "'thing' in globals()"),
    "an attribute of a module": ("import nsoc_lib\nnsoc_lib.left = 1", "hasattr(__import__('nsoc_lib'), 'left')"),
    "a function of pandas": ("import pandas\npandas.read_csv = None", "__import__('pandas').read_csv is None"),
    "an option": ("import pandas as pd\npd.set_option('display.max_rows', 7)",
                  "__import__('pandas').get_option('display.max_rows') == 7"),
    "a look": ("import matplotlib as m\nm.rcParams['font.size'] = 77", "__import__('matplotlib').rcParams['font.size'] == 77"),
    "the environment": ("os.environ['NSOC_LEFT'] = '1'", "'NSOC_LEFT' in os.environ"),
    "the folder": ("os.chdir('/')", "os.getcwd() == '/'"),
    "the search path": ("import sys\nsys.path.append('/left')", "'/left' in __import__('sys').path"),
    "a new module": ("import sys, types\nsys.modules['left'] = types.ModuleType('left')", "'left' in __import__('sys').modules"),
    "a builtin": ("import builtins\nbuiltins.left = 1", "hasattr(__import__('builtins'), 'left')"),
    "a seed": ("import random\nrandom.seed(7)", "__import__('random').random() == __import__('random').Random(7).random()"),
    "a filter": ("import warnings\nwarnings.simplefilter('error', UserWarning)",
                 "__import__('warnings').filters[0][2] is UserWarning"),
    "an open figure": ("import matplotlib.pyplot as plt\nplt.figure();", "__import__('matplotlib.pyplot').pyplot.get_fignums()"),
    "a magic": ("%load_ext autoreload", "'autoreload' in get_ipython().magics_manager.magics['line']"),
}  # fmt: skip


def test_one_notebook_does_not_see_what_another_left_behind(study):
    """Nothing that a notebook changes in its process, in modules or in the environment survives it."""
    look = "found = [n for n, there in [{}] if there]".format(", ".join(f"({n!r}, {s})" for n, (_, s) in LEAKS.items()))
    write(study, look, "tell('{x}', x='; '.join(found) or 'niets')", name="tweede")
    write(study, *(cell for cell, _ in LEAKS.values()), look, "tell('{x}', x='; '.join(found))", name="eerste")
    run_chapter(study, chapter("eerste"), "nsoc")
    run_chapter(study, chapter("tweede"), "nsoc")
    assert shown(study, chapter("eerste")) == ["; ".join(LEAKS)]  # so every one of them is seen when it is there
    assert shown(study, chapter("tweede")) == ["niets"]


def test_a_chapter_reads_the_study_it_belongs_to(study):
    """What a notebook loads comes from the study of this run, not from the repository."""
    cell = "from nsoc_lib.paths import current_study\ntell('{d}', d=str(current_study().data))"
    assert run(study, cell) == [str(study.data)]


def test_a_child_that_is_killed_is_reported(study):
    """When the system ends the child, the whole block says so, with the cell that was running."""
    assert failure(study, "os.kill(os.getpid(), 9)") == (
        'Fout in data/notebooks/proef.ipynb (hoofdstuk "Een proef"), cel 4\n'
        "  gevonden: het proces dat hier bezig was is gestopt (signaal SIGKILL)\n"
        "  verwacht: een proces dat tot het einde loopt\n"
        "  wat nu:   Draai make report opnieuw; helpt dat niet, kijk dan of het geheugen vol is."
    )


def test_a_kernel_that_is_killed_is_reported(study):
    """With ENGINE=kernel a dead process is one Dutch block as well, not a Python traceback."""
    write(study, "os.kill(os.getpid(), 9)")
    with pytest.raises(NsocError, match=r'^Fout in data/notebooks/proef\.ipynb \(hoofdstuk "Een proef"\)'):
        run_chapter(study, chapter(), "kernel")


def test_a_child_that_leaves_is_reported(study):
    """A library that ends the process with a code is named with that code."""
    assert "gestopt (code 7)" in failure(study, "os._exit(7)")


def test_a_cell_that_never_ends_is_stopped(study, monkeypatch):
    """After the time for a cell the block names it, also when it computes in C, and the child is gone."""
    monkeypatch.setattr(chapter_module, "CELL_SECONDS", 2)
    block = failure(study, "goed = 1", "import re\nre.match('(a*)*b', 'a' * 60)", thema="draagvlak")
    assert "nog niet klaar" in block
    assert block.startswith('Fout in data/notebooks/proef.ipynb (hoofdstuk "Een proef"), cel 5\n')
    assert multiprocessing.active_children() == []


def test_the_time_is_for_a_cell_and_not_for_the_chapter(study, monkeypatch):
    """Three cells of a second are no cell of two seconds."""
    monkeypatch.setattr(chapter_module, "CELL_SECONDS", 2)
    assert run(study, *["import time\ntime.sleep(1)"] * 3, "tell('Goed.')") == ["Goed."]


def test_a_chapter_that_fails_leaves_the_earlier_copy(study):
    """The executed notebook of the last good run stays where it is."""
    run(study, "tell('Goed.')")
    failure(study, "1 / 0")
    assert shown(study, chapter()) == ["Goed."]


# Errors


def test_a_cell_that_raises_is_named_by_its_number(study):
    """Title, imports and parameters are cells one to three, so the failing cell is number five."""
    assert failure(study, "goed = 1", "1 / 0") == (
        'Fout in data/notebooks/proef.ipynb (hoofdstuk "Een proef"), cel 5\n'
        "  gevonden: ZeroDivisionError: division by zero\n"
        "  verwacht: een cel die zonder fout draait\n"
        "  wat nu:   Open het notebook in JupyterLab en draai het tot en met deze cel."
    )


def test_the_number_of_a_cell_does_not_depend_on_parameters(study):
    """The cell that papermill adds is not counted: a researcher does not have it."""
    assert ", cel 5\n  gevonden: ZeroDivisionError" in failure(study, "goed = 1", "1 / 0", thema="draagvlak")


def test_a_failing_cell_before_the_parameters_keeps_its_own_number(study):
    """The first code cell, below the title, is cell two with parameters as without."""
    write(study, "tell('Goed.')")
    path = study.data / "notebooks" / "proef.ipynb"
    path.write_text(path.read_text().replace("import os", "import bestaat_niet"))
    for which in (chapter(), chapter(thema="draagvlak")):
        with pytest.raises(NsocError, match=r", cel 2\n  gevonden: ModuleNotFoundError"):
            run_chapter(study, which, "nsoc")


@pytest.mark.parametrize("engine", ["nsoc", "kernel"])
def test_an_error_of_the_library_reaches_the_researcher_as_it_is(study, engine):
    """The Dutch block of the library is not wrapped in another one, whichever engine ran the cell."""
    with pytest.raises(NsocError) as error:
        run(study, "tell('{aandel}', aandeel='veel')", engine=engine)
    assert str(error.value) == (
        'Fout in de zin "{aandel}"\n'
        "  gevonden: {aandel}\n"
        "  verwacht: een van: aandeel\n"
        "  wat nu:   Verbeter de zin in het notebook."
    )


def test_a_misspelt_parameter_fails(study):
    """The whole block: papermill alone would only warn and run the default."""
    assert failure(study, "tell('Goed.')", tema="draagvlak") == (
        'Fout in data/notebooks/proef.ipynb (hoofdstuk "Een proef")\n'
        "  gevonden: de parameter tema\n"
        "  verwacht: een parameter van dit notebook: meting, thema\n"
        "  wat nu:   Verbeter de naam in data/raw/evaluatie.yml of in de cel met parameters."
    )


def test_a_parameter_for_a_notebook_without_any_fails(study):
    """The block says that the notebook has no parameters at all."""
    write(study, "tell('Goed.')", parameters="")
    with pytest.raises(NsocError, match="verwacht: een parameter van dit notebook: het heeft er geen"):
        run_chapter(study, chapter(thema="draagvlak"), "nsoc")


@pytest.mark.filterwarnings("ignore:To exit")  # IPython's own advice, which in a report nobody sees
def test_a_chapter_that_stops_itself_is_no_success(study):
    """What comes after sys.exit would be missing from the report, so the block names that cell."""
    write(study, "import sys\nsys.exit(0)")
    with pytest.raises(NsocError, match=r"(?s)cel \d+\n  gevonden: SystemExit: 0.*Haal exit of sys.exit weg"):
        run_chapter(study, chapter(), "nsoc")


@pytest.mark.parametrize(
    "text",
    [
        None,
        "dit is geen notebook",
        "{}",
        "[1, 2]",
        '{"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        "[" * 200_000,
    ],
    ids=["absent", "no-json", "empty", "a list", "a cell without anything", "deep"],
)
def test_a_file_that_is_no_notebook_is_refused(study, text):
    """A missing, broken or empty file is one Dutch block."""
    if text is not None:
        (study.data / "notebooks" / "proef.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(NsocError, match="gevonden: geen leesbaar notebook"):
        run_chapter(study, chapter(), "nsoc")


@pytest.mark.parametrize(
    "cell",
    [
        "print('zeven')",
        "6 * 7",
        "import pandas as pd\npd.DataFrame({'respondent': ['d1'], 'antwoord': ['Eens']})",
        "from IPython.display import display, HTML\ndisplay(HTML('<b>7</b>'))",
        "import sys\nprint('zeven', file=sys.stderr)",
    ],
    ids=["print", "number", "frame", "html", "stderr"],
)
def test_an_output_that_is_not_from_the_library_is_refused(study, cell):
    """Printed text, a bare value and a table of answers have no place in a report."""
    block = failure(study, cell)
    assert block.startswith('Fout in data/notebooks/proef.ipynb (hoofdstuk "Een proef"), cel 4\n')
    assert "uitvoer die niet van nsoc_lib komt" in block


def test_the_refusal_of_an_output_does_not_repeat_it(study):
    """The whole block counts characters and quotes no answer."""
    assert failure(study, "print('Jansen')") == (
        'Fout in data/notebooks/proef.ipynb (hoofdstuk "Een proef"), cel 4\n'
        "  gevonden: uitvoer die niet van nsoc_lib komt (7 tekens)\n"
        "  verwacht: alleen wat tell, plot_… en tabulate_… tonen\n"
        "  wat nu:   Haal print of het tonen van de tabel weg; rijen van deelnemers horen niet in een rapport."
    )


def test_an_older_notebook_gets_the_same_ids_on_every_run(study):
    """Before version 4.5 a cell had no id, and one made up on each run would move every place in the report."""
    write(study, "tell('Een.')")
    path = study.notebook_file("proef")
    old = json.loads(path.read_text(encoding="utf-8"))
    for cell in old["cells"]:
        del cell["id"]
    path.write_text(json.dumps(old | {"nbformat_minor": 4}), encoding="utf-8")
    run_chapter(study, chapter(), "nsoc")
    executed = nbformat.read(study.executed_file("proef"), as_version=4)
    assert [cell.id for cell in executed.cells] == ["cel-0", "cel-1", "cel-2", "cel-3"]


def test_an_id_that_an_author_gave_is_kept(study):
    """Capitals and underscores are allowed in an id, and places in the report are made of it."""
    write(study, "tell('Een.')")
    path = study.notebook_file("proef")
    path.write_text(path.read_text(encoding="utf-8").replace('"cel-3"', '"Boodschap_A"'), encoding="utf-8")
    run_chapter(study, chapter(), "nsoc")
    assert nbformat.read(study.executed_file("proef"), as_version=4).cells[3].id == "Boodschap_A"
