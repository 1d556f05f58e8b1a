"""Status words of other programs → where a card stands. A word that is not known is asked about, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.imports import Landing, Standing, StatusWord
from minicrm_tui.domain.pipelines import told_apart
from minicrm_tui.domain.records import Group, KeyFields, Kind, Qualification, SalesStatus, Status
from minicrm_tui.domain.sales import qualification_name, sales_status_name, status_key
from minicrm_tui.domain.text import fold
from minicrm_tui.exchange.importing.aliases import words_of


def _words(names: Mapping[str, str]) -> dict[str, str]:
    return {words_of(name): key for key, listed in names.items() for name in listed.split("|")}


_SALES: Final = _words(
    {
        "discovery": "discovery|new|lead|prospecting|calificare|descoperire|felderites|feltaras|erdeklodes|uj|nou|noua",
        "in_progress": "in progress|open|ongoing|active|in curs|deschis|deschisa|folyamatban|nyitott|en cours|ouvert"
        "|ouverte",
        "won": "won|closed won|won opportunity|success|castigat|castigata|oportunitate castigata|megnyert|nyertes"
        "|nyert|megnyert lehetoseg|gagne|gagnee|conclu|ferme gagne|closedwon",
        "lost": "lost|closed lost|lost opportunity|failed|pierdut|pierduta|oportunitate pierduta|elvesztett|vesztes"
        "|elveszett|elvesztett lehetoseg|perdu|perdue|ferme perdu|closedlost",
    }
)

_HUBSPOT: Final = _words(
    {
        "Appointment Scheduled": "appointment scheduled|appointmentscheduled",
        "Qualified To Buy": "qualified to buy|qualifiedtobuy",
        "Presentation Scheduled": "presentation scheduled|presentationscheduled",
        "Decision Maker Bought-In": "decision maker bought in|decisionmakerboughtin",
        "Contract Sent": "contract sent|contractsent",
    }
)
"""The stages that HubSpot begins with: steps of a sale that is in progress."""

_QUALIFICATIONS: Final = _words(
    {
        "none": "none|unknown|not qualified yet|qualify|to qualify|fara calificare|niciuna|nincs|de calificat",
        "unqualified": "unqualified|not qualified|necalificat|necalificata|nem minositett",
        "qualified": "qualified|calificat|calificata|minositett",
        "vip": "vip",
    }
)

_YES: Final = "1 true yes y x done igen da oui o vrai adevarat kesz gata decided completed ✓ won"
TRUE: Final = frozenset(_YES.split())
FALSE: Final = frozenset(
    ("", "0", "false", "no", "n", "nem", "nu", "non", "faux", "fals", "to do", "todo", "open", "planned", "-")
)


@dataclass(frozen=True, slots=True)
class StatusPlan:
    """What the words of a file's status columns mean in a module; `said` are those that a person explained."""

    landing: Landing
    said: Mapping[str, StatusWord] = field(default_factory=dict)

    def status_word(self, word: str, *, beside_sales: bool = False) -> StatusWord | None:
        """What a word of the status column means; None for one that is not known.

        `beside_sales`: a sales status stands in another column, so a name that several groups have is enough.
        """
        own = self.said.get(fold(word))
        if own is not None:
            return own
        return _sales_word(word, self.landing, beside_sales) if self.landing.is_sales else _status(word, self.landing)

    def sales_word(self, word: str) -> StatusWord | None:
        """What a word of the column with won and lost means."""
        own = self.said.get(fold(word))
        if own is not None:
            return own
        key = _SALES.get(words_of(word)) or _named(word, SalesStatus, sales_status_name)
        return None if key is None else StatusWord(sales=SalesStatus(key), group=_GROUPS[SalesStatus(key)])


_GROUPS: Final = {
    SalesStatus.DISCOVERY: Group.LEAD,
    SalesStatus.IN_PROGRESS: Group.OPEN,
    SalesStatus.WON: Group.SUCCESS,
    SalesStatus.LOST: Group.FAILED,
}


def meant(text: str, landing: Landing) -> StatusWord | None:
    """What a person means by the right side of "A=B": a status by its name, its group and name, or its key."""
    if landing.is_sales:
        return _sales_word(text, landing, beside_sales=False)
    return _status(text, landing)


def choices(landing: Landing) -> tuple[str, ...]:
    """What may stand on that right side, as it is offered."""
    if not landing.is_sales:
        return tuple(told_apart(landing.module, landing.pipeline).values())
    return (*(sales_status_name(each) for each in SalesStatus), *(status.key for status in landing.pipeline))


def shown_word(word: StatusWord) -> str:
    """What a word means, in words."""
    if word.status is not None:
        return word.status.name
    said = "" if word.sales is None else sales_status_name(word.sales)
    return " · ".join(part for part in (said, word.step) if part)


def read_qualification(word: str) -> Qualification | None:
    """The qualification behind a word; None for one that is not known."""
    key = _QUALIFICATIONS.get(words_of(word)) or _named(word, Qualification, qualification_name)
    return None if key is None else Qualification(key)


def read_flag(word: str) -> bool | None:
    """Yes or no; None for neither."""
    said = fold(word)
    if said in TRUE:
        return True
    return False if said in FALSE else None


def keys_in(status: Status) -> KeyFields:
    """The key fields that put an opportunity into this status."""
    for sales in SalesStatus:
        for qualification in (
            Qualification.UNQUALIFIED,
            Qualification.QUALIFIED,
            Qualification.VIP,
            Qualification.NONE,
        ):
            for decided in (False, True):
                keys = KeyFields(sales, qualification, decided)
                if status_key(keys) == status.key:
                    return keys
    raise KeyError(status.key)


def standing_of(
    landing: Landing,
    word: StatusWord | None,
    sales: StatusWord | None,
    qualification: Qualification | None,
    decided: bool | None,
) -> Standing | None:
    """Where a card stands by all that its row says; None where it says nothing."""
    if not landing.is_sales:
        return _standing_in_pipeline(landing, word, sales)
    if word is None and sales is None and qualification is None and decided is None:
        return None
    keys = _keys(landing, word, sales)
    keys = KeyFields(
        keys.sales,
        keys.qualification if qualification is None else qualification,
        keys.decided if decided is None else decided,
    )
    return Standing(_of_key(landing, status_key(keys)), keys)


def first_standing(landing: Landing) -> Standing:
    """Where a card begins of which nothing is said."""
    first = pipelines.first_status(landing.module.kind)
    status = next((each for each in landing.pipeline if each.key == first), landing.pipeline[0])
    return Standing(status, KeyFields() if landing.is_sales else None)


def _keys(landing: Landing, word: StatusWord | None, sales: StatusWord | None) -> KeyFields:
    stands = sales.sales if sales is not None else None if word is None else word.sales
    if word is not None and word.status is not None:
        named = [each for each in landing.pipeline if fold(each.name) == fold(word.status.name)]
        wanted = word.status if stands is None else _in_group(named, _GROUPS[stands])
        if wanted is not None:
            return keys_in(wanted)
    qualification = Qualification.NONE if word is None or word.qualification is None else word.qualification
    return KeyFields(stands or SalesStatus.DISCOVERY, qualification, bool(word is not None and word.decided))


def _in_group(statuses: Sequence[Status], group: Group) -> Status | None:
    return next((status for status in statuses if status.group is group), None)


def _standing_in_pipeline(landing: Landing, word: StatusWord | None, sales: StatusWord | None) -> Standing | None:
    """A deal that is won or lost is that, whatever stage it was in."""
    status = None if word is None else word.status
    group = None if sales is None else sales.group
    if sales is not None and sales.status is not None:
        status = status or sales.status
    elif group in (Group.SUCCESS, Group.FAILED) and (status is None or status.group is not group):
        status = pipelines.first_of(landing.pipeline, group) or status
    elif group is not None and status is None:
        status = pipelines.first_of(landing.pipeline, group)
    return None if status is None else Standing(status)


def _of_key(landing: Landing, key: str) -> Status:
    return next(status for status in landing.pipeline if status.key == key)


def _named(word: str, kind: type[SalesStatus] | type[Qualification], name: Callable[..., str]) -> str | None:
    """By its name in the person's language, or its key."""
    return next(
        (each.value for each in kind if fold(word) in (fold(name(each)), each.value, words_of(each.value))), None
    )


def _status(word: str, landing: Landing) -> StatusWord | None:
    """A status of a pipeline: by its name, its group and name, its key, or its name in the other language."""
    said, plain = fold(word), words_of(word)
    apart = told_apart(landing.module, landing.pipeline)
    tests: tuple[Callable[[Status], bool], ...] = (
        lambda status: fold(status.name) == said,
        lambda status: words_of(apart[status.id]) == plain,
        lambda status: status.key == word.strip() or words_of(status.key) == plain,
        lambda status: words_of(_english(landing.module.kind, status.key)) == plain,
    )
    for fits in tests:
        found = [status for status in landing.pipeline if fits(status)]
        if len(found) == 1:
            return StatusWord(status=found[0], group=found[0].group)
    return None


def _english(kind: Kind, key: str) -> str:
    return next((status.name for status in pipelines.template(kind) if status.key == key), "")


def _sales_word(word: str, landing: Landing, beside_sales: bool) -> StatusWord | None:
    plain = words_of(word)
    if not beside_sales or plain not in {words_of(status.name) for status in landing.pipeline}:
        key = _SALES.get(plain) or _named(word, SalesStatus, sales_status_name)
        if key is not None:
            return StatusWord(sales=SalesStatus(key), group=_GROUPS[SalesStatus(key)])
        if plain in _HUBSPOT:
            return StatusWord(sales=SalesStatus.IN_PROGRESS, group=Group.OPEN, step=_HUBSPOT[plain])
    found = _status(word, landing)
    if found is not None and found.status is not None:
        return StatusWord(status=found.status, sales=keys_in(found.status).sales, group=found.group)
    if beside_sales:
        several = [status for status in landing.pipeline if fold(status.name) == fold(word)]
        return StatusWord(status=several[0]) if several else None
    return None
