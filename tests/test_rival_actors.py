"""A rival's tests read as checks: a small module of the same form, in words of our own."""

import json
from collections import Counter
from pathlib import Path

import pytest
from evals import rival_actors

MODULE = """
import pytest

boats = ["the French navy", "a Spanish frigate"]

@pytest.mark.parametrize("boat", boats)
def test_boats(ag, boat):
    code = ag.short_text_to_agent(boat)
    assert code["code_1"] == "MIL"
    assert code["pattern"] == "navy"

def test_dict(ag):
    d = {"actor": "Olaf Scholz", "context": "", "date": "3 March 2022", "correct_country": "DEU"}
    code = ag.agent_to_code(d["actor"], d["context"], d["date"])
    assert code["country"] == d["correct_country"]
    assert code["code_1"] in ["GOV", "ELI"]
    assert code["wiki"] == "Olaf Scholz (politician)"

def test_second_sector(ag):
    code = ag.agent_to_code("Norway's Defense Ministry", query_date="2021-02-01", known_country="Norway")
    assert code["code_1"] == "GOV"
    assert code["code_2"] == "MIL"

def test_country_in_words(ag):
    cc, rest = ag.search_nat("three Swiss bankers")
    assert cc == "CHE"
    assert rest == "three bankers"

def test_city(ag):
    wiki = ag.query_wiki("Lisbon")
    assert wiki["title"] == "Lisbon"
    assert len(wiki["intro_para"]) > 30

def test_nobody(ag):
    assert not ag.agent_to_code("a bowl of soup")
    code = ag.agent_to_code("Norway", "", "today")
    assert code["country"] != "SWE"
    assert code["code_1"] == ""

def test_wrong(ag):
    code = ag.agent_to_code("Norway")
    assert code["country"] == "SWE"

@pytest.mark.xfail(reason="not yet")
def test_marked(ag):
    assert ag.agent_to_code("a spoon") is None

def test_twice(ag):
    assert ag.agent_to_code("a fork") is None

def test_twice(ag):
    for thing in ["a fork", "a knife"]:
        code = ag.agent_to_code(thing)
        assert code is None
"""


def test_a_module_is_read_into_checks() -> None:
    """Values of lists and dicts are filled in; one answer's sectors are one check."""
    left: Counter[str] = Counter()
    found = list(rival_actors.cases(MODULE, left))
    by_name = {case.name.split(":")[0]: case for case in found}

    assert len(found) == 11
    assert [case.checks[0].asked.phrase for case in found[:2]] == ["the French navy", "a Spanish frigate"]
    assert {check.asked.on.isoformat() for check in by_name["test_dict"].checks} == {"2022-03-03"}
    (defence,) = by_name["test_second_sector"].checks
    assert defence.wanted == ("GOV", "MIL")
    assert (defence.asked.country, defence.asked.on.isoformat()) == ("NOR", "2021-02-01")
    assert [check.kind for check in by_name["test_nobody"].checks] == ["nobody", "country", "sector"]
    assert [case.runs for case in found[-2:]] == [False, True]
    assert [check.asked.phrase for check in found[-1].checks] == ["a fork", "a knife"]
    assert by_name["test_marked"].marked
    assert left == {"pattern": 2, "text": 1, "intro_para": 1}


def test_checks_are_judged_and_counted() -> None:
    """All but the test that is wrong, and the one marked, pass."""
    shares, left, failing = rival_actors.figures(MODULE)

    assert [row[:3] for row in failing] == [[failing[0][0], "country", "Norway"]]
    assert shares["tests"] == [9, 10]
    assert shares["tests_run"] == [8, 9]
    assert shares["name"] == [2, 2]
    assert left["tests marked skip or xfail"] == 1


def test_figures_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As one object too; an absent file is said to be absent and is no failure."""
    path = tmp_path / "theirs.py"
    path.write_text(MODULE, encoding="utf-8")

    assert rival_actors.main(["--tests", str(path), "--errors", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["shares"]["tests"] == [9, 10]
    assert rival_actors.main(["--tests", str(path), "--errors"]) == 0
    assert "wants 'SWE', found NOR GOV Norway" in capsys.readouterr().out
    assert rival_actors.main(["--tests", str(tmp_path / "absent.py")]) == 0
    assert "absent" in capsys.readouterr().err
