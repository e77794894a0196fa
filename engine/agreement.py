"""The face for library users: an agreement opened, read, judged and printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.engine import coverage as counting
from syngraph.engine import kept, piecewise, recalled
from syngraph.engine.attesting import MINUTES, Attested, attested
from syngraph.engine.cache import Cache, Forgetful, key, recall
from syngraph.engine.coverage import Coverage
from syngraph.engine.encoding import FORM
from syngraph.engine.governance import register as registers
from syngraph.engine.history import Past, Version, backwards, governed, past, versions
from syngraph.engine.layout import Heading, Layout
from syngraph.engine.norms.days import calendar as calendars
from syngraph.engine.norms.days.business import disagreement
from syngraph.engine.norms.days.calendar import Calendar, CalendarError
from syngraph.engine.norms.said.texts import GoverningText
from syngraph.engine.norms.told import facts as statements
from syngraph.engine.norms.told import imported, table
from syngraph.engine.norms.told.facts import Evidence, Record, RecordedFact
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.reading import Reader, Reading
from syngraph.engine.text import clauses as sentences
from syngraph.engine.text import manifest as manifests
from syngraph.engine.text.clauses import Clause, PlacedRule
from syngraph.engine.text.document import Document
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.lint.codes import STOPPING
from syngraph.engine.text.manifest import RECORD, Manifest, ManifestError
from syngraph.engine.text.provenance import Text
from syngraph.engine.text.sourcing import sourced, with_lines
from syngraph.engine.text.store import MANIFEST, Tree, open_tree, overlay

if TYPE_CHECKING:
    from syngraph.engine.disputing import Settled
    from syngraph.engine.governance.chain.counting import Count
    from syngraph.engine.norms.judged.verdict import Report
    from syngraph.engine.session import Session
    from syngraph.engine.text.resolving.resolve import Holder
    from syngraph.engine.verify import Verification
    from syngraph.grammar.sentence import Sentence

FACTS = RECORD + "fact/"
"""Where the record keeps statements of fact, and tables of them."""

CLAIMS = RECORD + "claim/"
"""Where the record keeps the claims that disputes begin with."""


SESSIONS = 4
"""So many ways of asking are remembered of one agreement: by the day, the evidence, and what was known."""


def _is_known_by(fact: RecordedFact, day: date | None) -> bool:
    """Whether a fact had entered the record by the end of a day."""
    return day is None or fact.entered is None or fact.entered <= day


@dataclass(frozen=True)
class Agreement:
    """An agreement, or one object of it, in a folder or a git revision.

    `root` is the object that is read. What is derived from the text is worked out when it is first asked for and kept (so
    the class has no slots), and found in `cache` where an earlier run left it.
    """

    path: Path
    tree: Tree
    manifest: Manifest
    root: str
    rev: str | None = None
    cache: Cache = Forgetful()  # noqa: RUF009 -- it has no state

    @classmethod
    def open(cls, path: Path | str, rev: str | None = None, cache: Cache | None = None) -> "Agreement":
        """The agreement at a path: its folder, an object in it, or a repository; on disk, or at a git revision.

        An object outside any agreement is read by itself.

        Raises: StoreError, ManifestError, YamlError
        """
        place = Path(path)
        tree = open_tree(place, rev)
        entry = tree.entry if tree.entry != MANIFEST else None
        alone = entry is not None and not manifests.exists(tree)
        with sourced(tree):
            manifest = Manifest(title="", root=entry or "") if alone else recalled.manifest(tree, cache or Forgetful())
        return cls(place, tree, manifest, entry or manifest.root, rev, cache or Forgetful())

    # -- the text ------------------------------------------------------------------------------------------------------

    @cached_property
    def digest(self) -> str:
        """A key for everything that is derived from the text: equal only for equal governed files."""
        return governed(self.tree, self.manifest.free)

    @cached_property
    def document(self) -> Document:
        """The text, resolved: all that it includes is in it.

        Raises: TextError when the root cannot be read at all.
        """
        # Only where the text is read anew: the Markdown library takes a while to load.
        from syngraph.engine.text.resolving.resolve import resolve

        with sourced(self.tree):
            return resolve(self.tree, self.root, self.holders)

    @property
    def holders(self) -> "dict[str, tuple[Holder, ...]]":
        """Who holds each role, for sections that are repeated for them."""
        from syngraph.engine.text.resolving.resolve import Holder

        held: dict[str, dict[str, Holder]] = {}
        for holding in self.holdings:
            named = Holder(holding.principal, (("Name", Text(holding.name)),))
            held.setdefault(holding.role, {})[holding.principal] = named
        return {role: tuple(each.values()) for role, each in held.items()}

    @cached_property
    def title(self) -> str:
        """What the text is called."""
        return self._reading.title or self.manifest.title

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every sentence of the text in order, read and placed."""
        return self._reading.clauses

    @cached_property
    def rules(self) -> tuple[PlacedRule, ...]:
        """What the sentences mean."""
        return self._reading.rules

    @cached_property
    def holes(self) -> tuple[Finding, ...]:
        """The findings that mean that a part of the text is missing, each with the line that it is in."""
        return self._sourced(self._reading.holes)

    @cached_property
    def headings(self) -> Mapping[str, Heading]:
        """Number and heading of each section, by id, in the order of the text."""
        return {heading.section: heading for heading in self._reading.headings}

    @cached_property
    def coverage(self) -> Coverage:
        """How many of the sentences that bind somebody are read as rules."""
        name = key("coverage", FORM, self.digest, self.root, self._verbs)
        return recall(self.cache, name, counting.decoded, self._count, counting.encoded)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The faults of the text and then of its record, in the order of files and lines, each with the line that it is in."""
        return tuple(dict.fromkeys((*self.faults, *self._sourced(self.record.findings))))

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        """The faults of the text, in the order of files and lines, each with its line, and with a fix where that is sure."""
        from syngraph.engine.norms.analysis import sections
        from syngraph.engine.norms.analysis.checks import analyse
        from syngraph.engine.text.lint.checks import lint, ordered
        from syngraph.engine.text.lint.mending import mended

        roles = frozenset(holding.role for holding in self.holdings)
        rules = self.rules
        with self.manifest.speaking():
            found = mended(lint(self.document, self.clauses, roles), self.tree, self.document)
            days = disagreement(rules, self.calendar)
            against = analyse(rules, sections.of(self.document), self.holdings)
        return self._sourced(ordered((*found, *against, *((days,) if days is not None else ())), self.document))

    def changed(self, texts: Mapping[str, str]) -> "Agreement":
        """The agreement as it would be if these files had these contents; nothing is written."""
        return replace(self, tree=overlay(self.tree, {path: text.encode() for path, text in texts.items()}))

    def render(self, format: str = "html", day: date | None = None, template: bytes | None = None, key: str = "") -> str:
        """The document as `md`, `html`, `txt` or `json`, with `day` in its footer; set in a template of the user's own if one
        is given. With a `key` only that field or section.

        Raises: FormatError, KeyNotFoundError, TemplateError
        """
        from syngraph.engine.documents.render import render

        return render(self.document, self.clauses, format, date=day, digest=self.digest, key=key, template=template)

    # -- people and facts ----------------------------------------------------------------------------------------------

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """Who holds which role when, as the register says.

        Raises: StoreError, RegisterError
        """
        if not self.manifest.register:
            return ()
        with sourced(self.tree):
            return recalled.holdings(self.tree, self.manifest.register, self.cache)

    @cached_property
    def calendar(self) -> Calendar:
        """The zone and the public holidays of the agreement.

        Raises: ManifestError for a country that nobody knows.
        """
        manifest = self.manifest
        with sourced(self.tree):
            try:
                return calendars.calendar(manifest.zone, manifest.holidays, recalled.Holidays(self.cache))
            except CalendarError as error:
                raise ManifestError(f"the country {error.value}", error.expected, place=manifest.calendar) from None

    @cached_property
    def attested(self) -> Attested:
        """Who has signed what is in the record, where the agreement is founded."""
        return attested(self.path, self.rev, self.manifest.branch, self.tree, self.cache)

    @cached_property
    def disputes(self) -> "tuple[Settled, ...]":
        """The disputes that the chain has, in the order in which they arose, with what has come of each.

        Raises: StoreError, and TextError for a text that cannot be read.
        """
        if not any(path.startswith(CLAIMS) for path in self.tree.paths()):
            return ()
        from syngraph.engine.disputing import disputes

        return disputes(self.path, self.rev, self.manifest.branch, self.cache)

    @cached_property
    def record(self) -> Record:
        """The facts that the record holds, as of the tree that was opened."""
        proven = self.attested
        kept = [path for path in self.tree.paths() if path not in proven.retracted]
        paths = [path for path in kept if path.startswith(FACTS)]
        told = [(path, self.tree.read(path)) for path in paths if path.endswith(".md")]
        known = self._is_known if self.manifest.register else None
        # What minutes say besides the vote is for people; facts in them count.
        sat = [(path, self.tree.read(path)) for path in kept if path.startswith(MINUTES) and path in proven.signed]
        with self.manifest.speaking():
            records = [statements.read(told, self._reader, proven.signed, known)]
            records += [Record(statements.read(sat, self._reader, proven.signed).facts, proven.findings)]
            records += [table.read(path, self.tree.read(path)) for path in paths if path.endswith(".csv")]
            tables = [path for path in kept if path.startswith(imported.FOLDER) and path.endswith(".md")]
            records += [imported.read(((path, self.tree.read(path)) for path in tables), proven.signed, known)]
        records.append(Record(tuple(fact for each in self.disputes for fact in each.facts)))
        self._reader.finish()
        return statements.joined(records)

    def facts(self, source: str, path: str = "<facts>") -> Record:
        """Facts in sentences that are not in the record, for `check`."""
        with self.manifest.speaking():
            found = statements.read([(path, source.encode("utf-8", "surrogatepass"))], self._reader)
        self._reader.finish()
        return found

    # -- judging -------------------------------------------------------------------------------------------------------

    @cached_property
    def past(self) -> tuple[Past, ...]:
        """The commits that changed the agreement, oldest first.

        Raises: StoreError
        """
        return past(self.path, self.rev, self.manifest.free, self.cache)

    @property
    def backwards(self) -> tuple[tuple[Past, Past], ...]:
        """Pairs of commits of which the later in the chain has the earlier day: the first of them governs no day (ADR 5)."""
        return backwards(self.past, self.manifest.zone)

    def versions(self, today: date) -> tuple[Version, ...]:
        """The texts that governed, oldest first; a work tree that differs from the last commit governs from `today`.

        Raises: StoreError
        """
        commits = self.past
        work = None if self.rev is not None or (commits and commits[-1].digest == self.digest) else (self.digest, today)
        return versions(commits, work, self.manifest.zone)

    def texts(self, today: date) -> tuple[GoverningText, ...]:
        """What each of the `versions` says. One that cannot be read whole is passed over; the one before it goes on.

        Raises: StoreError, and TextError when a part of the text that was opened is missing.
        """
        if self._reading.holes:
            hole = self.holes[0]
            error = TextError(
                hole.message,
                "the whole text, since a verdict on a part of it may be wrong",
                hole.help or "mend it, or judge an earlier text with --rev",
                place=hole.place,
            )
            error.source = hole.source
            raise error
        texts = [(version, self._text_of(version)) for version in self.versions(today)]
        readable = [(version, reading) for version, reading in texts if reading is not None]
        found = tuple(
            GoverningText(version.since if index else None, reading.rules, reading.unexecuted, version.commit)
            for index, (version, reading) in enumerate(readable)
        )
        for each in self.disputes:
            found = each.governed(found)
        return found

    def check(
        self,
        facts: Iterable[RecordedFact],
        at: datetime,
        today: date | None = None,
        asked: Evidence = Evidence.CLAIMED,
        known_at: date | None = None,
    ) -> "Report":
        """What everybody had to do and has done, by the record and by further `facts`, at an aware instant.

        The text and the record are read once, however often this is asked.

        `today` is the day from which a text that is not committed governs (None: the day of `at`). Only facts that are
        supported as well as `asked`, seen from the duty that they touch, count; with `known_at` only those that had entered the
        record by the end of that day.

        Raises: StoreError, and TextError when the text cannot be read at all.
        """
        told = (fact for fact in facts if _is_known_by(fact, known_at))
        day = today or self.calendar.day(at)
        place = (day, asked, known_at)
        session = self._sessions.get(place)
        if session is None:
            if len(self._sessions) >= SESSIONS:
                del self._sessions[next(iter(self._sessions))]
            session = self._sessions[place] = self.session(day, asked, known_at)
        return session.check(told, at)

    def session(self, today: date, asked: Evidence = Evidence.CLAIMED, known_at: date | None = None) -> "Session":
        """The agreement, to be judged many times or followed fact by fact; `today`, `asked` and `known_at` as in `check`.

        Raises: StoreError, and TextError when the text cannot be read at all.
        """
        from syngraph.engine.norms.judged.verdict import Case
        from syngraph.engine.session import Session

        facts = tuple(fact for fact in self.record.facts if _is_known_by(fact, known_at))
        return Session(Case(self.texts(today), facts, self.holdings, self.calendar, asked, self.manifest.verbs))

    # -- governing -----------------------------------------------------------------------------------------------------

    def verify(self, *, every: bool = False, today: date | None = None) -> "Verification":
        """Every change of the governed branch judged, from the founding on; with `every` also what comes after a break.

        Raises: StoreError where the agreement is in no repository, or the repository has no such branch.
        """
        from syngraph.engine.verify import verify

        return verify(self.path, branch=self.manifest.branch, rev=self.rev or "", cache=self.cache, every=every, today=today)

    def tally(self, motion: str) -> "Count":
        """The votes on a motion, named by its digest or the beginning of it, as they stand.

        Raises: StoreError; KeyError where the chain has no such motion, or several.
        """
        from syngraph.engine.governance.chain.counting import count

        verification = self.verify()
        found = [filed for digest, filed in verification.ledger.motions.items() if digest.startswith(motion)]
        if len(found) != 1 or not motion:
            raise KeyError(motion)
        return count(verification.moved(found[0]), found[0], verification.ledger)

    # -- not for users -------------------------------------------------------------------------------------------------

    @cached_property
    def _sessions(self) -> "dict[tuple[date, Evidence, date | None], Session]":
        return {}

    def _is_known(self, principal: str) -> bool:
        """Whether the register has an id; a register that cannot be read is a fault of its own, and has any."""
        try:
            return principal in self._role_holders or principal in self._principals
        except TextError:
            return True

    @cached_property
    def _role_holders(self) -> frozenset[str]:
        return frozenset(holding.principal for holding in self.holdings)

    @cached_property
    def _principals(self) -> frozenset[str]:
        path = self.manifest.register
        return frozenset(principal.id for principal in registers.load(self.tree.read(path), path).principals)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.cache)

    @cached_property
    def _reading(self) -> Reading:
        name = key("layout", FORM, self.digest, self.root, self._verbs)
        layout = recall(self.cache, name, Layout.decoded, self._laid, Layout.encoded)
        with self.manifest.speaking():
            if isinstance(self.cache, Forgetful):
                said = sentences.read_all(layout.passages, self._reader)
            else:
                said = kept.clauses(layout.passages, self._reader, self._again)
        return Reading(said, layout.title, layout.headings, layout.holes)

    @property
    def _verbs(self) -> str:
        """What tells the verbs of the manifest from others: a manifest that is free is not in the digest."""
        return repr(self.manifest.verbs)

    def _count(self) -> Coverage:
        with self.manifest.speaking():
            return piecewise.coverage(self.document, self._reader)

    def _laid(self) -> Layout:
        from syngraph.engine.text.passages import passages

        document = self.document
        headings = tuple(Heading(each.id, each.number, each.heading.string) for each in document.walk())
        holes = tuple(finding for finding in document.findings if finding.code in STOPPING)
        return Layout(document.title, headings, holes, passages(document))

    def _again(self, passage: str) -> "tuple[Sentence, ...]":
        from syngraph.grammar.parse import read

        with self.manifest.speaking():
            return read(passage)

    def _text_of(self, version: Version) -> Reading | None:
        if version.digest == self.digest:
            return self._reading
        try:
            reading = Agreement.open(self.path, version.commit, self.cache)._reading
        except TextError:
            return None
        return None if reading.holes else reading

    def _sourced(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return with_lines(findings, self.tree)
