"""`minicrm card set`: fields by what people call them, several as one undo step, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from minicrm_tui.domain.fields import FieldDraft, FieldKind
from minicrm_tui.domain.records import CardId
from minicrm_tui.store.store import Store
from tests.running import Inside

from .card_file import SALES, define, on_the_file, shown


def test_several_fields_are_set_in_one_undo_step(crm: Inside) -> None:
    define(crm, FieldDraft(FieldKind.CHOICE, "Mărime", choices=("Mică", "Mare")))
    before = shown(crm)
    typed = ("value=5.200 lei", "CLOSES ON=15.12.2199", "Sales-step=Offer", "marime=mica", "qualification=VIP")
    ran = crm("card", "set", "1", *typed)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.replace("\N{NO-BREAK SPACE}", " ").splitlines() == [
        "Changed: “Roof” · card 1",
        "  Value: 4 500 EUR → 5 200 RON",
        "  Status: Prospecting · Qualify → Prospecting · VIP",
        "  Qualification: none → VIP",
        "  Sales step: – → Offer",
        "  Closes on: – → Sun 15 Dec 2199",
        "  Mărime: – → Mică",
    ]
    after = shown(crm)
    assert (after["amount"], after["currency"], after["expected_close"]) == ("5200.00", "RON", "2199-12-15")
    assert "Roof" in crm("undo").out
    assert shown(crm) == before
    crm("redo")
    assert shown(crm) == after


def test_nothing_after_the_sign_empties_a_field(crm: Inside) -> None:
    assert crm("card", "set", "1", "value=", "company=", "person= ").code == 0
    found = shown(crm)
    assert (found["amount"], found["company"], found["person"]) == (None, None, None)


def test_a_lost_card_says_what_became_of_its_tasks(crm: Inside) -> None:
    out = crm("card", "set", "1", "sales status=lost", "lost because=Price").out
    assert "  Sales status: discovery → lost\n" in out
    assert "  Reason of the loss: – → Price\n" in out
    assert "1 open task was closed as failed." in out
    assert "  Reason of the loss: Price → –\n" in crm("card", "set", "1", "sales_status=won").out


def test_a_loss_has_details_and_takes_them_with_it(crm: Inside) -> None:
    lost = ("sales status=lost", "loss reason=Competitor", "details of the loss=They chose Beta")
    assert "  Details of the loss: – → They chose Beta\n" in crm("card", "set", "1", *lost).out
    assert "Details of the loss  They chose Beta" in crm("card", "show", "1").out
    assert shown(crm)["loss_details"] == "They chose Beta"
    assert "  Details of the loss: They chose Beta → –\n" in crm("card", "set", "1", "sales_status=won").out


def test_a_won_card_gets_a_customer_step_as_it_is_won(crm: Inside) -> None:
    out = crm("card", "set", "1", "sales status=won", "customer step=Feedback").out
    assert "  Customer step: – → Feedback\n" in out
    assert shown(crm)["customer_step"] == "Feedback"


def test_the_same_again_is_done_and_no_step(crm: Inside) -> None:
    ran = crm("card", "set", "1", "name=Roof", "value=4500 EUR", "qualification=none")
    assert (ran.code, ran.out) == (0, "Nothing to change: it is so already.\n")
    assert "Floor" in crm("undo").out


def test_a_project_is_moved_by_its_status(crm: Inside) -> None:
    assert "  Status: Lead · Idea → Open · In progress\n" in crm("card", "set", "2", "status=in progress").out
    assert shown(crm, 2)["status_key"] == "in_progress"


def test_fields_go_by_their_names_in_romanian(crm: Inside) -> None:
    ran = crm(
        "card", "set", "1", "se incheie la=15 dec 2199", "calificarea=necalificat", "decis=da", LANG="ro_RO.UTF-8"
    )
    assert (ran.code, "decis" in ran.err) == (1, True)
    typed = ("se incheie la=15 dec 2199", "calificarea=necalificat", "este decis=da")
    assert crm("card", "set", "1", *typed, LANG="ro_RO.UTF-8").code == 0
    found = shown(crm)
    assert (found["expected_close"], found["qualification"], found["decided"]) == ("2199-12-15", "unqualified", True)


def test_a_name_of_several_fields_is_refused_with_their_keys(crm: Inside) -> None:
    define(crm, FieldDraft(FieldKind.NUMBER, "Value"), FieldDraft(FieldKind.NUMBER, "Budget"))
    assert "write value, field-1" in crm("card", "set", "1", "Value=3").refused()
    assert crm("card", "set", "1", "value=3", "field-1=4").code == 0
    assert (shown(crm)["amount"], shown(crm)["fields"][0]["value"]) == ("3.00", 4)  # type: ignore[index]


def test_a_field_in_use_goes_before_one_out_of_use(crm: Inside) -> None:
    define(crm, FieldDraft(FieldKind.TEXT, "Place"))
    crm("card", "set", "1", "place=Cluj")

    async def work(store: Store, now: datetime) -> None:
        [field] = await store.fields(SALES)
        await store.retire_field(field.id, now)

    on_the_file(crm, work)
    assert "Cluj · out of use" in crm("card", "show", "1").out
    define(crm, FieldDraft(FieldKind.TEXT, "Place"))
    assert crm("card", "set", "1", "place=Iași").code == 0
    fields = shown(crm)["fields"]
    assert isinstance(fields, list)
    assert [(field["value"], field["retired"]) for field in fields] == [("Iași", False), ("Cluj", True)]


WRONG: Sequence[tuple[Sequence[str], Sequence[str]]] = [
    (["xyz=red"], ["xyz: ", "no such field", "Sales step"]),
    (["valeu=5"], ["valeu: ", "“Value”"]),
    (["=5"], ["no such field"]),
    (["value"], ["no FIELD=VALUE"]),
    (["value=1", "Value=2"], ["Value: ", "twice"]),
    (["value=lots"], ["Value: ", "“lots” is not an amount"]),
    (["value=-1"], ["Value: "]),
    (["value=1e999"], ["Value: "]),
    (["closes on=30 feb"], ["Closes on: ", "30 feb"]),
    (["closes on=1899-12-31"], ["Closes on: "]),
    (["closes on=tomorrow 14:00"], ["Closes on: ", "no time"]),
    (["name=", "company=", "person="], ["Name: ", "needs a name"]),
    (["name=\x1b[31m\x07", "company=", "person="], ["Name: "]),
    ([f"name={'x' * 201}"], ["Name: ", "200"]),
    ([f"sales step={'x' * 201}"], ["Sales step: ", "200"]),
    (["sales status=finished"], ["Sales status: ", "in progress"]),
    (["decided=perhaps"], ["Decided: ", "yes, no"]),
    (["status=VIP"], ["Status: ", "follows from"]),
    (["loss reason=Price"], ["Reason of the loss: ", "lost card"]),
    (["details of the loss=They chose Beta"], ["Details of the loss: ", "lost card"]),
    (["customer step=Feedback"], ["Customer step: ", "won card"]),
    (["sales status=lost"], ["Reason of the loss: ", "without a reason"]),
    (["sales status=lost", "loss reason= "], ["Reason of the loss: ", "without a reason"]),
    (["budget=many"], ["Budget: ", "number"]),
    (["size=Old"], ["Size: ", "no longer offered", "Small"]),
    (["source="], ["Source: ", "required"]),
    (["link=no link"], ["Link: "]),
    (
        ["value=lots", "colour=red", "size=huge", "source=", "name=Fine"],
        ["Value: ", "colour: ", "Size: ", "Source: "],
    ),
]


def test_what_is_wrong_is_named_and_nothing_is_changed(crm: Inside) -> None:
    define(crm, FieldDraft(FieldKind.NUMBER, "Budget"), FieldDraft(FieldKind.LINK, "Link"))

    async def work(store: Store, now: datetime) -> None:
        size = await store.add_field(SALES, FieldDraft(FieldKind.CHOICE, "Size", choices=("Small", "Old")), now)
        await store.edit_field(size.id, FieldDraft(FieldKind.CHOICE, "Size", choices=("Small",)), now)
        source = await store.add_field(SALES, FieldDraft(FieldKind.TEXT, "Source", required=True), now)
        await store.set_value(CardId(1), source.id, "fair", now)

    on_the_file(crm, work)
    before = crm("card", "show", "1", "--json").out
    for assignments, said in WRONG:
        sentence = crm("card", "set", "1", "qualification=vip", *assignments).refused()
        assert all(part in sentence for part in said), sentence
        assert "\x1b" not in sentence
    assert crm("card", "show", "1", "--json").out == before


def test_a_move_that_lacks_a_field_says_which(crm: Inside) -> None:
    async def work(store: Store, now: datetime) -> None:
        projects = next(each for each in await store.modules(now) if each.module.name == "Projects")
        review = next(status for status in projects.statuses if status.key == "review")
        draft = FieldDraft(FieldKind.TEXT, "Reviewer", required=True, from_status=review.id)
        await store.add_field(projects.module.id, draft, now)

    on_the_file(crm, work)
    before = shown(crm, 2)
    assert "Reviewer" in crm("card", "set", "2", "status=review", "name=New").refused()
    assert shown(crm, 2) == before
    assert crm("card", "set", "2", "status=review", "reviewer=Ana").code == 0
