"""A stranger's way through the workbench in a real browser: who disputes a meeting, in which words; a decision by key.

Skipped where playwright or a Chromium of the system is missing.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the extra web is not installed")
playwright: Any = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from evals.serving import served

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")


@pytest.fixture
def page(record: Path, tmp_path: Path) -> Iterator[Any]:
    """The first page of the workbench in a browser's window; no script may fail."""
    failed: list[str] = []
    with served(record, tmp_path / "cache") as base, playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": 1360, "height": 850}, reduced_motion="reduce")
        window.on("pageerror", lambda error: failed.append(str(error)))
        window.goto(base)
        yield window
        browser.close()
    assert [] == failed


def test_who_disputes_a_meeting_is_two_clicks_away(page: Any) -> None:
    """The facet, the event; its words stand there, and a third click marks them in their article."""
    page.click("text=unacknowledged by Egypt")
    page.locator("ol.events h3 a").first.click()
    disputed = page.locator("section.dispute")

    assert "unacknowledged by Egypt" in disputed.inner_text()
    assert "Egypt has not confirmed the meeting" in disputed.inner_text()
    assert "is silent on it" in disputed.inner_text()

    page.locator("td.m-alone a, td.m-differs a").first.click()
    disputed.locator("blockquote a", has_text="Egypt has not confirmed").click()
    disputed.locator("blockquote a.now").wait_for()
    assert "Egypt has not confirmed the meeting" in page.locator("#words .text").inner_text()
    box = page.locator("#words .text mark.claim").first.bounding_box()
    assert box
    assert 0 <= box["y"] < 850


def test_a_claim_is_rejected_and_taken_back_by_key(page: Any) -> None:
    """``x`` rejects the first of the queue, ``u`` takes it back; the page says both."""
    page.goto(page.url.replace("/events", "/review"))
    waiting = page.locator("[data-review] .task").count()
    page.keyboard.press("x")
    page.locator(".task.done").first.wait_for()
    page.reload()
    assert waiting - 1 == page.locator("[data-review] .task").count()
    page.goto(page.url.replace("/review", "/review/decisions"))
    assert "A. Reader" in page.locator("main").inner_text()


def test_two_browsers_review_the_same_queue(page: Any) -> None:
    """Both go through it from the top by key: every word that a page says is kept stands among the decisions."""
    review = page.url.replace("/events", "/review")
    other = page.context.browser.new_context(reduced_motion="reduce").new_page()
    other.goto(review)
    other.fill("input[name=by]", "B. Reader")
    other.click("text=Keep")
    page.goto(review)
    other.goto(review)
    waiting = page.locator("[data-review] .task").count()
    for number in range(waiting):
        for window, key in ((page, "a"), (other, "x")):
            window.keyboard.press(key)
            window.locator(".task.done").nth(number).wait_for()
    page.goto(review + "/decisions")
    told = page.locator("main").inner_text()

    assert waiting > 1
    assert f"{2 * waiting} decisions" in told
    assert waiting == told.count("by B. Reader")
    page.goto(review)
    assert 0 == page.locator("[data-review] .task").count()


def test_a_time_is_chosen_and_left_on_the_timeline(page: Any) -> None:
    """A bar leads to its days, "all of it" out again."""
    page.goto(page.url.replace("/events", "/timeline"))
    page.locator("svg.density a").first.click()
    page.wait_for_url("**since=2023-05-16&until=2023-05-16")
    assert 1 == page.locator("svg.density a").count()
    page.click("text=all of it")
    page.wait_for_url("**/timeline")
