"""What the API describes is what it does: schemathesis asks it everything its description allows, and what it does not.

Every answer must have a status and a form that are described, and none may be a defect. The record is that of the other
tests; its words of people are those that the asking makes.
"""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")
schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (extra dev)")

from hypothesis import HealthCheck, Phase, given, settings

from dragoman.web import app as application
from dragoman.web import guard
from dragoman.web.desk import Desk

positive_data_acceptance = pytest.importorskip("schemathesis.specs.openapi.checks").positive_data_acceptance

# Requests to each operation, right ones and as many wrong ones.
_EACH = 12
_SETTINGS = settings(
    max_examples=_EACH,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_answer_is_described(record: Path) -> None:
    """No defect, no undescribed status, no answer of another form, no wrong request taken, no right one refused."""
    desk = Desk(record, by="A. Reader", cache=":memory:")
    made = application.make(desk, guard.Rules(frozenset({"testserver", "localhost"})))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", made)
    wrong, asked = list[str](), set[str]()
    for found in schema.get_all_operations():
        operation = found.ok()
        asked.add(operation.label)
        try:
            _ask(operation)
        except (
            Exception,
            BaseExceptionGroup,
        ) as problem:  # one run tells of all that is wrong
            wrong.append(f"{operation.label}: {problem}")
    desk.close()

    assert not wrong, "\n\n".join(wrong)
    assert {"GET /api/v1/events", "GET /api/v1/claims/{key}", "POST /api/v1/judgements", "POST /api/v1/undo"} <= asked


def _ask(operation: Any) -> None:
    """Some requests to one operation, right and wrong ones."""
    # What a person may say of a claim depends on the claim; only the form of it can be described
    unless = [positive_data_acceptance] if operation.method.upper() == "POST" else []

    @_SETTINGS
    @given(case=operation.as_strategy())
    def right(case: Any) -> None:
        case.call_and_validate(excluded_checks=unless)

    @_SETTINGS
    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
    def wrong(case: Any) -> None:
        case.call_and_validate()

    right()
    if operation.query or operation.body:  # any path is one: of what is not there
        wrong()
