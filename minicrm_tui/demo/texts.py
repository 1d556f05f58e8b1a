"""What the made-up people have to do, and what happened to them: marked here, translated when the data is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import N_


@dataclass(frozen=True, slots=True)
class TaskText:
    """A task of a type; `{name}` in it is the first name of the person to speak to."""

    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one kind of module. Without subjects, a card is called by its client."""

    tasks: tuple[TaskText, ...]
    notes: tuple[str, ...]
    subjects: tuple[str, ...] = ()


def _call(*texts: str) -> tuple[TaskText, ...]:
    return tuple(TaskText("call", text) for text in texts)


def _mail(*texts: str) -> tuple[TaskText, ...]:
    return tuple(TaskText("email", text) for text in texts)


def _meet(*texts: str) -> tuple[TaskText, ...]:
    return tuple(TaskText("meeting", text) for text in texts)


def _other(*texts: str) -> tuple[TaskText, ...]:
    return tuple(TaskText("other", text) for text in texts)


_PURPOSES: Final = (
    N_("Office doors"), N_("Showroom"), N_("Meeting rooms"), N_("New branch"), N_("Reception"), N_("Staff entrance"),
    N_("Hotel floor 2"), N_("Spare parts"), N_("Yearly maintenance"), N_("Glass partitions"), N_("Wall panels"),
    N_("Archive room"),
)  # fmt: skip
"""What orders and documents are for."""

DRAFT_TASKS: Final = (
    *_call(N_("Call {name}: is the list of items complete?"), N_("Call for the delivery address")),
    *_mail(
        N_("Ask for the order number"),
    ),
    *_other(N_("Issue it"), N_("Check the prices"), N_("Measure once more")),
)
"""What is to be done before a document goes out."""

WORDS: Final[Mapping[Kind, Words]] = {
    Kind.SALES: Words(
        tasks=(
            *_call(
                N_("Call about the offer"), N_("Call {name}"), N_("Call back after the demo"),
                N_("Call: have they decided?"), N_("Call about the price"), N_("Call to fix a visit"),
            ),
            *_mail(
                N_("Send the offer"), N_("Send the contract"), N_("Send the revised offer"),
                N_("Send references to {name}"), N_("Write to {name} with the price list"),
            ),
            *_meet(N_("Meeting at their office"), N_("Meeting with {name}"), N_("Meeting: show the product")),
            *_other(N_("Prepare the offer"), N_("Work out the discount"), N_("Look into their last orders")),
        ),
        notes=(
            N_("Wants a discount from 20 pieces on."), N_("{name} decides alone; call in the morning."),
            N_("They compare us with two others."), N_("The budget is approved for this quarter."),
            N_("Met at the trade fair; liked the samples."), N_("Sent the offer by e-mail."),
            N_("Prefers to be called after lunch."), N_("Asked for payment in two parts."),
        ),
    ),
    Kind.ORDERS: Words(
        tasks=(
            *_call(N_("Call about the delivery day"), N_("Call {name} about the missing items")),
            *_mail(N_("Send the order confirmation"), N_("Send the tracking number")),
            *_other(N_("Check the stock"), N_("Book the transport"), N_("Prepare the parcel")),
        ),
        notes=(N_("Deliver to the back entrance."), N_("Partial delivery is fine."), N_("Pays on delivery.")),
        subjects=_PURPOSES,
    ),
    Kind.INVOICING: Words(
        tasks=(
            *_call(N_("Call {name} in accounting"),),
            *_mail(N_("Send the invoice again"), N_("Send a copy for the books")),
            *_other(N_("File the signed copy"),),
        ),
        notes=(N_("Always pays late, always pays."), N_("Needs the order number on the invoice.")),
        subjects=_PURPOSES,
    ),
    Kind.PROJECTS: Words(
        tasks=(
            *_call(N_("Call {name} about the open questions"),),
            *_mail(N_("Send the weekly report"), N_("Send the minutes of the meeting")),
            *_meet(N_("Meeting: project review"), N_("Meeting on site with {name}")),
            *_other(N_("Finish the plan"), N_("Hand over the first part"), N_("Order the material")),
        ),
        notes=(N_("The client changed the colours again."), N_("Two days behind the plan."), N_("Key at the gate.")),
        subjects=(
            N_("New website"), N_("Office fit-out"), N_("Warehouse move"), N_("Roof repair"), N_("Solar panels"),
            N_("Kitchen line"), N_("Catalogue"), N_("Heating system"), N_("Showroom"), N_("Staff training"),
        ),
    ),
    Kind.HELPDESK: Words(
        tasks=(
            *_call(N_("Call {name} for details"), N_("Call back with the answer")),
            *_mail(N_("Send the instructions"), N_("Ask for a photo of the fault")),
            *_other(N_("Reproduce the problem"), N_("Order the spare part"), N_("Check the warranty")),
        ),
        notes=(N_("Happens only on Mondays."), N_("Still under warranty."), N_("Restarting helped for a day.")),
        subjects=(
            N_("The printer does not start"), N_("Wrong amount on the invoice"), N_("Delivery was incomplete"),
            N_("Can't log in"), N_("The door does not close"), N_("Display stays dark"), N_("Asks for a manual"),
            N_("Noise from the pump"), N_("Wants to change the address"), N_("Reports freeze"),
        ),
    ),
    Kind.PARTNERS: Words(
        tasks=(
            *_call(N_("Call {name} about the terms"), N_("Call about the quarter's numbers")),
            *_mail(N_("Send the partner contract"), N_("Send the new price list")),
            *_meet(N_("Meeting: plans for next year"), N_("Lunch with {name}")),
        ),
        notes=(N_("Sells well in the north of the country."), N_("Wants exclusivity for two years.")),
    ),
    Kind.EVENTS: Words(
        tasks=(
            *_call(N_("Call {name} to confirm"),),
            *_mail(N_("Send the invitation"), N_("Send the programme"), N_("Send the photos")),
            *_other(N_("Print the badge"), N_("Book the hotel")),
        ),
        notes=(N_("Vegetarian."), N_("Comes with a colleague."), N_("Arrives the evening before.")),
    ),
    Kind.HR: Words(
        tasks=(
            *_call(N_("Call {name} about the interview"), N_("Call the last employer")),
            *_mail(N_("Send the offer letter"), N_("Write to {name}: next steps")),
            *_meet(N_("Interview with {name}"), N_("Second interview with {name}")),
            *_other(N_("Read the CV"), N_("Prepare the contract")),
        ),
        notes=(N_("Could start in a month."), N_("Good references."), N_("Speaks German and Hungarian.")),
    ),
    Kind.CUSTOM: Words(
        tasks=(
            *_call(N_("Call {name} about the renewal"),),
            *_mail(N_("Send the contract for signing"),),
            *_other(N_("Check the notice period"), N_("File the signed copy")),
        ),
        notes=(N_("Renews by itself every year."), N_("Signed by both sides.")),
        subjects=(
            N_("Maintenance contract"), N_("Lease of the hall"), N_("Insurance"), N_("Phone contract"),
            N_("Waste collection"), N_("Cleaning"),
        ),
    ),
}  # fmt: skip
"""The words of every kind."""

COMMENTS: Final = (
    N_("No answer, try again."), N_("Interested, wants to think about it."), N_("Will call back."),
    N_("Went well."), N_("Asked for more time."), N_("Sent it again, to the right address."), N_("All clear now."),
)  # fmt: skip
"""What is said when a task is closed."""

CUSTOM_MODULE: Final = N_("Contracts")
CUSTOM_ITEM: Final = N_("Contract")
