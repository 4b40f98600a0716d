"""The examples that every command shows under ``--help``; the tests parse each of them."""

from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "": (
        "dragoman code coverage/ --record talks.db",
        "dragoman show --record talks.db",
        "dragoman explain e3f2a --record talks.db",
    ),
    "code": (
        "dragoman code coverage/ --record talks.db",
        "dragoman code wire.jsonl readout.html --record talks.db --workers 4",
        "dragoman code monday.txt --record talks.db --codebook mine.toml --json",
        "dragoman code coverage/ --record talks.db --actors mine.csv",
    ),
    "show": (
        "dragoman show --record talks.db",
        "dragoman show --record talks.db --actor CHN --since 2018-05 --status planned",
        "dragoman show --record talks.db --standing unacknowledged",
        "dragoman show positions --record talks.db --type nuclear",
        "dragoman show reports --record talks.db --json",
    ),
    "explain": (
        "dragoman explain e3f2a --record talks.db",
        "dragoman explain e3f2a --record talks.db --json",
    ),
    "diff": (
        "dragoman diff talks-may.db talks.db",
        "dragoman diff talks-may.db talks.db --json",
    ),
    "link": (
        'dragoman link e3f2a e91c0 --same --by "A. Reader" --why "one call, told twice" --record talks.db',
        'dragoman link 7be21 0fa34 --not-same --by "A. Reader" --why "two rounds" --record talks.db',
    ),
    "judge": (
        'dragoman judge 7be21 --reject --by "A. Reader" --why "a supposition" --record talks.db',
        'dragoman judge 7be21 --set status=planned --by "A. Reader" --why "not yet held" --record talks.db',
    ),
    "export": (
        "dragoman export claims --record talks.db -o claims.jsonl",
        "dragoman export events --record talks.db",
        "dragoman export gdelt --record talks.db -o gdelt/",
        "dragoman export ics --record talks.db --party CHN --status planned -o plans.ics",
        "dragoman export plover --record talks.db -o talks.jsonl --text-free",
    ),
    "page": (
        "dragoman page --record talks.db -o talks.html",
        "dragoman page e3f2a e91c0 --record talks.db -o two.html --text-free",
    ),
    "agreement": ("dragoman agreement --record talks.db", "dragoman agreement --record talks.db --json"),
    "audit": (
        'dragoman audit --record talks.db --draw 100 --per type --seed 7 --by "A. Reader"',
        "dragoman audit --record talks.db",
    ),
    "import": ("dragoman import talks.jsonl --record again.db",),
    "lookup": (
        'dragoman lookup actors "the German chancellor" --on 2019-05-01',
        'dragoman lookup times "last Friday" --on 2023-05-16',
        "dragoman lookup places Kharkiv",
        'dragoman lookup actors "the River Council" --actors mine.csv',
    ),
    "serve": (
        "dragoman serve --record talks.db",
        'dragoman serve --record talks.db --port 9000 --by "A. Reader"',
    ),
    "formats": ("dragoman formats", "dragoman formats --json"),
    "verify": ("dragoman verify --record talks.db", "dragoman verify --record talks.db --json"),
}


def examples(command: str) -> str:
    """The examples of a command as the end of its help; the backspace keeps the lines from being filled."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in EXAMPLES[command])
