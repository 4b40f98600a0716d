"""One text as trees with the parties that its words name: who is subject, object or modifier of a word.

Knows Universal Dependencies relations and grounded mentions; it does not know what any word means as an act.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from dragoman.occasions import Occasion, told
from dragoman.types import Analysis, Cell, Grounded, Interval, Mention, Party, Place, Span, Token

SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
NOMINAL = ("obl", "obl:agent", "nmod", "obl:tmod", "obl:npmod")
RELATIVES = ("who", "which", "that", "whom")
# Verbs whose infinitive is done by their object ("asked China to help"); the others' by their subject.
OBJECT_CONTROL = frozenset(
    [
        "urge",
        "ask",
        "tell",
        "order",
        "want",
        "press",
        "call",
        "request",
        "allow",
        "force",
        "invite",
        "persuade",
        "help",
        "let",
        "make",
        "enable",
        "require",
        "expect",
        "pressure",
        "instruct",
        "encourage",
        "permit",
        "warn",
        "lobby",
        "implore",
        "beg",
        "appeal",
        "push",
        "send",
    ]
)
# What a mention hangs by when the parser hung it by several words, the likeliest first
_TOPS = (
    *("nsubj", "nsubj:pass", "obj", "obl:agent", "obl", "nmod:poss"),
    *("nmod", "conj", "root", "appos", "iobj", "xcomp"),
)
HYPHENS = ("-", "–", "/")  # "South Korea-Japan summit"
LISTED = ("and", ",", *HYPHENS)
# Prepositions that are conjunctions when a finite verb follows their noun ("after the navy criticised ...")
SUBORDINATING = ("after", "before", "as", "since", "until", "while")
ENDS = (".", ";", ":", "(", ")", "”", '"')  # a verb's subject is not looked for behind these
_LOOSE = ("conj", "xcomp", "dep", "appos", "vocative", "parataxis", "list", "discourse", "orphan")
MAX_CLIMB = 12  # a bound against loops over long chains; set by hand


class Tree:
    """A read-only view of one analysed, grounded text. Words are token indices into the whole text."""

    def __init__(self, analysis: Analysis, grounded: Grounded) -> None:
        """Index children and mentions by token; make each actor mention one node."""
        self.analysis, self.grounded = analysis, grounded
        self.tokens = analysis.tokens
        self.heads = [token.head for token in self.tokens]
        self.relations = [token.relation for token in self.tokens]
        self.top_of: dict[int, int] = {}
        for mention, _ in grounded.actors:
            words = self.tokens_in(mention.span)
            top = self._join(words)
            self._mend_object(words, top)
            self.top_of.update(dict.fromkeys(words, top))
        for at in range(len(self.tokens)):
            self._mend_complement(at)
        self.kids: list[list[int]] = [[] for _ in self.tokens]
        for at, head in enumerate(self.heads):
            if head >= 0:
                self.kids[head].append(at)

    def _join(self, words: range) -> int:
        """Hang a mention's words on the one of them that the sentence hangs it by, and their other children with them.

        Names and titles are what the parser splits most often; the mention is known to be one phrase. Gives that word.
        """
        tops = [at for at in words if self.heads[at] not in words]
        if len(words) < 2 or not tops:
            return words.start
        top = min(tops, key=lambda at: (_TOPS.index(self.relations[at]) if self.relations[at] in _TOPS else 99, at))
        outside = [at for at, head in enumerate(self.heads) if head in words and at not in words]
        for at in words:
            if at != top:
                self.heads[at], self.relations[at] = top, "flat"
        for at in outside:
            self.heads[at] = top
        cased = any(self.relations[at] == "case" and at < words.start for at in outside)
        if cased and self.relations[top] in ("obj", "iobj", "nsubj"):
            self.relations[top] = "obl"
        return top

    def _mend_object(self, words: range, top: int) -> None:
        """A mention right behind a verb that has no object yet, hung as something loose, is that object."""
        if not words or self.relations[top] not in _LOOSE:
            return
        before = words.start - 1
        while before >= 0 and self.tag(before) in ("ADJ", "DET", "NUM", "ADV"):
            before -= 1
        if before < 0 or self.tag(before) != "VERB" or self.sentence_of[before] != self.sentence_of[top]:
            return
        taken = any(head == before and self.relations[at] == "obj" for at, head in enumerate(self.heads))
        inner = range(before + 1, words.start)
        if not taken and all(self.heads[at] != before or self.relations[at] != "case" for at in inner):
            self.heads[top], self.relations[top] = before, "obj"

    def _mend_complement(self, at: int) -> None:
        """A bare noun hung as the predicate of a verb with a particle ("called off talks") is its object."""
        verb = self.heads[at]
        if self.relations[at] != "xcomp" or self.tag(at) not in ("NOUN", "PROPN") or verb < 0:
            return
        near = range(max(0, verb - 1), min(len(self.tokens), at + 2))
        if any(self.heads[k] == verb and self.relations[k] == "compound:prt" for k in near):
            self.relations[at] = "obj"

    @cached_property
    def sentence_of(self) -> list[int]:
        """The index of each token's sentence."""
        rows = [0] * len(self.tokens)
        for number, (start, end) in enumerate(self.analysis.sentences):
            rows[start:end] = [number] * (end - start)
        return rows

    @cached_property
    def _token_at(self) -> dict[int, int]:
        return {token.start: at for at, token in enumerate(self.tokens)}

    def tokens_in(self, span: Span) -> range:
        """The tokens of a span of this text (by the token that begins at its start)."""
        first = self._token_at.get(span.start, -1)
        if first < 0:
            first = next((at for at, token in enumerate(self.tokens) if token.end > span.start), len(self.tokens))
        last = first
        while last < len(self.tokens) and self.tokens[last].end <= span.end:
            last += 1
        return range(first, max(last, first))

    @cached_property
    def actor_at(self) -> dict[int, tuple[Mention, Cell[Party]]]:
        """Token -> the actor mention that covers it."""
        return {at: pair for pair in self.grounded.actors for at in self.tokens_in(pair[0].span)}

    def add_actors(self, found: Mapping[int, tuple[Mention, Cell[Party]]]) -> None:
        """Further mentions of one word each, by its token, where nobody is named yet."""
        for at, pair in found.items():
            if at not in self.actor_at:
                self.actor_at[at] = pair
                self.top_of[at] = at

    @cached_property
    def place_at(self) -> dict[int, tuple[Mention, Cell[Place]]]:
        """Token -> the place mention that covers it."""
        return {at: pair for pair in self.grounded.places for at in self.tokens_in(pair[0].span)}

    @cached_property
    def occasions(self) -> tuple[Occasion, ...]:
        """The dated happenings of the table that the text may speak of."""
        return told({word for token in self.tokens for word in (token.form.lower(), token.lemma.lower())})

    @cached_property
    def time_at(self) -> dict[int, tuple[Mention, Cell[Interval]]]:
        """Token -> the time mention that covers it."""
        return {at: pair for pair in self.grounded.times for at in self.tokens_in(pair[0].span)}

    def lemma(self, at: int) -> str:
        """Lower-cased lemma of a token."""
        return self.tokens[at].lemma.lower()

    def relation(self, at: int) -> str:
        """The token's relation to its head."""
        return self.relations[at]

    def tag(self, at: int) -> str:
        """UPOS of a token, without the verb form."""
        return self.tokens[at].tag.split(":")[0]

    def form_of_verb(self, at: int) -> str:
        """Penn-style form of a verb ("VBN"), "" for other words."""
        return self.tokens[at].tag.partition(":")[2]

    def head(self, at: int) -> int:
        """The head's index, -1 at the root."""
        return self.heads[at]

    def children(self, at: int, *relations: str) -> list[int]:
        """Children with any of these relations (all when none is given), in order."""
        return [kid for kid in self.kids[at] if not relations or self.relations[kid] in relations]

    def climb(self, at: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        for _ in range(MAX_CLIMB):
            at = self.heads[at]
            if at < 0:
                return
            yield at

    def below(self, at: int, stop: tuple[str, ...] = ()) -> Iterator[int]:
        """The tokens under one, itself included, not entering children whose relation is in ``stop``."""
        waiting, seen = [at], set()
        while waiting:
            here = waiting.pop()
            if here in seen:
                continue
            seen.add(here)
            yield here
            waiting += [kid for kid in self.kids[here] if self.relations[kid] not in stop]

    def case(self, at: int) -> str:
        """The preposition of a noun phrase ("with", "on"), "" if it has none; several are joined ("out of")."""
        return " ".join(
            self.lemma(kid) for kid in self.children(at, "case") if self.tokens[kid].form not in ("'s", "’s")
        )

    def span(self, first: int, last: int) -> Span:
        """The words from one token to another."""
        return Span(self.analysis.text.id, self.tokens[first].start, self.tokens[last].end)

    def words(self, at: int) -> Token:
        """The token itself."""
        return self.tokens[at]

    def passive(self, at: int) -> bool:
        """True for "was arrested" and for a bare participle that describes a noun ("leaders arrested in May")."""
        if self.children(at, "aux:pass"):
            return True
        if self.children(at, "nsubj:pass"):
            return not self.children(at, "obj")  # "had attacked X" is no passive, however its subject was labelled
        bare = self.form_of_verb(at) == "VBN" and not self.children(at, "aux", "nsubj", "obj")
        return bare and self.relation(at) in ("acl", "advcl", "root", "amod")

    def particles(self, at: int) -> list[str]:
        """Verb particles ("down" of "step down"), adverbs that follow at once included."""
        near = [kid for kid in self.kids[at] if at < kid <= at + 2]
        return [self.lemma(k) for k in near if self.relation(k) in ("compound:prt", "advmod", "advcl", "obl", "case")]

    def negated(self, at: int) -> bool:
        """True when the word has a "not", "never" or "no" of its own."""
        return any(self.lemma(kid) in ("not", "n't", "n’t", "never", "no") for kid in self.kids[at])

    def subject(self, at: int, depth: int = 0) -> int:
        """The token of who does a verb, followed through co-ordination, control and relative clauses; -1 if none.

        For a passive it is the subject in the sentence: the one acted on.
        """
        own = self.children(at, *SUBJECTS)
        if own:
            return self.antecedent(own[0], at)
        beside = self._named_before(at)
        if beside >= 0:
            return beside
        if depth > MAX_CLIMB or self.head(at) < 0:
            return -1
        head, relation = self.clause_above(at), self.relation(at)
        if relation in ("acl", "acl:relcl") and self.tag(head) in ("NOUN", "PROPN", "PRON"):
            return head
        objects = self.children(head, "obj", "iobj", "obl") if self.lemma(head) in OBJECT_CONTROL else []
        if relation == "xcomp" and objects:  # without one it is the subject's own: "wants to send"
            return objects[0]
        return self.subject(head, depth + 1) if self._shares_subject(at) else -1

    def clause_above(self, at: int) -> int:
        """The word a clause hangs on; a gerund behind a comma (", while stressing ...") goes with no infinitive."""
        head, marks = self.head(at), self.children(at, "mark")
        set_off = bool(marks) and marks[0] > 0 and self.tokens[marks[0] - 1].form == ","
        if set_off and self.relation(at) == "advcl" and self.form_of_verb(at) == "VBG":
            return next((up for up in (head, *self.climb(head)) if self.relation(up) != "xcomp"), head)
        return head

    def _named_before(self, at: int) -> int:
        """The actor named right before a finite verb ("The government, however, rejected ..."), however it was hung."""
        if self.form_of_verb(at) not in ("VBD", "VBZ", "VBP"):
            return -1
        here = at - 1
        while here >= 0 and self._between_subject_and_verb(here):
            here -= 1
        if here < 0 or here not in self.actor_at or self.sentence_of[here] != self.sentence_of[at]:
            return -1
        top = self.top_of[here]
        hung = self.case(top) not in ("", *SUBORDINATING) or self.relation(top) in ("nmod:poss", "compound")
        return -1 if hung else top

    def _between_subject_and_verb(self, at: int) -> bool:
        """True for adverbs, auxiliaries, commas and a time ("the navy on Monday said")."""
        if at in self.time_at or (self.tag(at) == "ADP" and at + 1 in self.time_at):
            return True
        return self.tag(at) in ("ADV", "AUX", "PUNCT", "PART") and self.tokens[at].form not in ENDS

    def _shares_subject(self, at: int) -> bool:
        """True for a verb without a subject of its own that is done by the subject of the word above it."""
        head, relation = self.head(at), self.relation(at)
        if relation == "conj" and self.passive(head) != self.passive(at) and self.children(at, "aux"):
            return True
        if relation in ("ccomp", "parataxis") and self.children(at, "mark"):
            return False
        shared = ("conj", "xcomp", "advcl", "acl", "parataxis", "ccomp")
        return relation in shared and self.tag(head) in ("VERB", "AUX", "ADJ", "NOUN")

    def antecedent(self, at: int, verb: int) -> int:
        """Who a relative pronoun stands for; any other word stands for itself."""
        if self.lemma(at) in RELATIVES and self.relation(verb) in ("acl:relcl", "acl") and self.head(verb) >= 0:
            return self.head(verb)
        if self.lemma(at) in ("who", "which") and self.children(verb, *SUBJECTS)[:1] == [at]:
            return self._noun_before(at)
        return at

    def _noun_before(self, at: int) -> int:
        """The nearest noun to the left that is no time: what a relative clause hung elsewhere is about."""
        start = self.analysis.sentences[self.sentence_of[at]][0]
        nouns = (k for k in range(at - 1, start - 1, -1) if self.tag(k) in ("NOUN", "PROPN") and k not in self.time_at)
        return next(nouns, at)

    def nominals(self, at: int) -> list[tuple[str, int]]:
        """(preposition, token) of each prepositional phrase of a word, those of its objects' nouns not included.

        A gerund with its preposition ("charged with meddling") is one too.
        """
        gerunds = [kid for kid in self.children(at, "advcl") if self.form_of_verb(kid) == "VBG"]
        marked = [(self.lemma(mark), kid) for kid in gerunds for mark in self.children(kid, "mark")]
        phrases = [(self.case(kid), kid) for kid in self.children(at, *NOMINAL) if self.case(kid)]
        return [*phrases, *((case, kid) for case, kid in marked if case == "with")]

    def conjuncts(self, at: int) -> list[int]:
        """A noun and those co-ordinated with it; "X, according to Y" is no co-ordination, however it was parsed."""
        kids = [kid for kid in self.children(at, "conj") if self.tag(kid) in ("NOUN", "PROPN", "PRON", "ADJ", "X")]
        listed = [at, *[kid for kid in kids if not self._source_between(at, kid)]]
        beside = [*self._next_in_list(at), *self._shared_title(at)]
        return [*listed, *[kid for kid in dict.fromkeys(beside) if kid not in listed]]

    def _shared_title(self, at: int) -> list[int]:
        """The states named before one that share its plural title: "Japanese, South Korean leaders"."""
        found: list[int] = []
        while at in self.actor_at:
            mention = self.actor_at[at][0]
            before = self.tokens_in(mention.span).start - 2
            if before < 0 or before not in self.actor_at or self.tokens[before + 1].form not in LISTED:
                break
            left = self.actor_at[before][0]
            if not (mention.plural and left.plural and left.title == mention.title):
                break
            at = self.top_of[before]
            found.append(at)
        return found

    def _next_in_list(self, at: int) -> list[int]:
        """The named actors that follow one in a list ("Russia and Ukraine"), wherever the parser hung them."""
        found: list[int] = []
        wanted = self.relation(at)
        while at in self.actor_at:
            after = self.tokens_in(self.actor_at[at][0].span).stop
            if after + 1 >= len(self.tokens) or self.tokens[after].form not in LISTED:
                break
            tied = self.tokens[after].form in HYPHENS
            at = after + 1 + (self.tokens[after + 1].form in ("and", "the"))
            if at >= len(self.tokens) or at not in self.actor_at:
                break
            if not tied and self.relation(self.top_of[at]) not in ("conj", "appos", wanted):
                break
            found.append(at)
        return found

    def _source_between(self, left: int, right: int) -> bool:
        return any(token.form.lower() == "according" for token in self.tokens[left:right])

    def owners(self, at: int) -> list[int]:
        """Possessive, compound and adjectival modifiers: "China's", "Chinese", "U.S." of a noun."""
        return self.children(at, "nmod:poss", "compound", "amod", "nmod:desc")
