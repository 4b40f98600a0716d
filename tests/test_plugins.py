"""Plug-ins: found by group and name in one order, a broken one named in one line."""

from importlib.metadata import EntryPoint

import pytest

from dragoman import pipeline, plugins


def test_the_built_in_ones_are_registered() -> None:
    """Reader, extractors and exporters of this package are found under the names its metadata give, in order."""
    extractors = list(plugins.registered(plugins.EXTRACTORS))

    assert "en" in plugins.registered(plugins.READERS)
    assert {"acts", "silences", "stances"} <= set(extractors)
    assert sorted(extractors) == extractors
    assert any(
        one.startswith("acts=dragoman.claims.acts:extract dragoman ") for one in plugins.identities(plugins.EXTRACTORS)
    )


def test_a_broken_plugin_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be imported is one line with its group, name and module, and stops coding before anything is read."""
    broken = {"bad": EntryPoint("bad", "no_such_module:extract", plugins.EXTRACTORS)}
    monkeypatch.setattr(plugins, "registered", lambda group: broken if group == plugins.EXTRACTORS else {})

    with pytest.raises(pipeline.PluginError, match=r"dragoman\.extractors 'bad' \(no_such_module:extract\) cannot be"):
        pipeline._load_plugins()
