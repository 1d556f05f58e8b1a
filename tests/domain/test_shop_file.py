"""A shop file is read and checked whole: what it says, or every problem with its place."""

from __future__ import annotations

import tomllib

import pytest

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.fields import FieldKind
from minicrm_tui.domain.records import FollowUp, Group, Kind, Sort
from minicrm_tui.domain.shop_file.reading import read_shop
from minicrm_tui.domain.shop_file.records import ShopStatus, default_statuses, pairs
from minicrm_tui.domain.shop_file.status_maps import read_status_map
from minicrm_tui.domain.shop_file.tables import MOST_SHOWN, ShopProblems
from minicrm_tui.domain.shop_file.writing import write_shop
from minicrm_tui.i18n import set_language

SITES = """
format = 1
[[module]]
kind = "projects"
name = "Sites"
item = "Site"
currency = "lei"
sort = "value"
headings = { open = "On site" }
next_step = { task = "Call", days = 3 }
task_types = ["call", "Site visit"]
[[module.status]]
group = "failed"
key = "cancelled"
[[module.status]]
group = "lead"
key = "idea"
name = "Wish"
color = "accent"
[[module.status]]
group = "open"
name = "Offer"
rot_days = 14
next_step = { task = "Visit them", type = "site visit" }
[[module.status]]
group = "success"
key = "completed"
[[module.field]]
name = "Roof"
kind = "choice"
choices = ["flat", "steep"]
required_from = "offer"
in_row = true
[[module.template]]
name = "Visit"
days = 0
checklist = ["ladder", "camera"]
"""

WHOLE = """
[[module.status]]
group = "lead"
key = "idea"
[[module.status]]
group = "open"
key = "planning"
[[module.status]]
group = "success"
key = "completed"
[[module.status]]
group = "failed"
key = "cancelled"
"""


def problems(module: str, *, kind: str = "projects") -> tuple[str, ...]:
    with pytest.raises(ShopProblems) as caught:
        read_shop(f'format = 1\n[[module]]\nkind = "{kind}"\n{module}')
    return caught.value.problems


def test_what_it_says() -> None:
    [sites] = read_shop(SITES)
    assert (sites.kind, sites.name, sites.item, sites.currency, sites.sort) == (
        *(Kind.PROJECTS, "Sites", "Site", "RON", Sort.VALUE),
    )
    assert sites.headings == ("", "On site", "", "")
    assert sites.follow_up == FollowUp("Call", "", 3)
    assert sites.statuses == (
        ShopStatus(Group.LEAD, "idea", "Wish", "accent"),
        ShopStatus(Group.OPEN, "", "Offer", "", 14, FollowUp("Visit them", "Site visit")),
        ShopStatus(Group.SUCCESS, "completed"),
        ShopStatus(Group.FAILED, "cancelled"),
    )
    [field] = sites.fields
    assert (field.kind, field.choices, field.required, field.required_from) == (
        *(FieldKind.CHOICE, ("flat", "steep"), True, "Offer"),
    )
    [template] = sites.templates
    assert (template.task, template.checklist) == (FollowUp("Visit", "", 0), ("ladder", "camera"))


def test_what_is_written_says_the_same_and_is_written_so_again() -> None:
    text = write_shop(read_shop(SITES))
    assert read_shop(text) == read_shop(SITES)
    assert write_shop(read_shop(text)) == text
    assert text.startswith("# A set-up of MiniCRM")
    assert "minicrm modules import" in text


def test_what_has_no_name_of_its_own_is_in_no_language() -> None:
    text = write_shop(read_shop('format = 1\n[[module]]\nkind = "projects"\nname = "Projects"\nitem = "Project"'))
    set_language("ro")
    [module] = read_shop(text)
    assert (module.name, module.called) == ("", "Proiecte")
    assert module.statuses == default_statuses(Kind.PROJECTS)
    written = tomllib.loads(write_shop([module]))
    assert written["module"] == tomllib.loads(text)["module"]


def test_of_a_fixed_pipeline_only_what_was_set_is_written() -> None:
    text = 'format = 1\n[[module]]\nkind = "orders"\n[[module.status]]\nkey = "in_progress"\nrot_days = 9\n'
    [module] = read_shop(text)
    assert [status.rot_days for status in module.statuses] == [None, 9, None, None, None]
    assert [each["key"] for each in tomllib.loads(write_shop([module]))["module"][0]["status"]] == ["in_progress"]


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ('nme = "x"', "module “Projects”: unknown key “nme”. Did you mean “name”?"),
        ("name = 3", "It must be a text in quotes"),
        (f'name = "{"x" * 41}"', "40 cells wide at most"),
        ('currency = "XYZ"', "“currency”: Write the code of a currency"),
        ('sort = "valu"', "Did you mean “value”?"),
        ("next_step = { task = 'Call', days = -3 }", "module “Projects”, next_step: wrong value for “days”: -3."),
        ("next_step = { task = 'Call', days = 3.5 }", "a whole number of days from 0 to 365"),
        ("next_step = { task = 'Call', type = 'cal' }", "Did you mean “Call”?"),
        ("next_step = { days = 3 }", "what is to be done"),
        ("next_step = 'Call'", "It must be a table"),
        ("headings = { opn = 'x' }", "headings: unknown key “opn”. Did you mean “open”?"),
        ("forgotten_days = 3", "of the kind “sales” only"),
        ("loss_reasons = ['Price']", "of the kind “sales” only"),
        ("task_types = ['Visit', 'visit']", "“visit” is in “task_types” twice"),
        ("task_types = 'Visit'", "It must be a list of texts in quotes"),
        ("status = 3", "It must be tables, each under"),
        ("[[module.status]]\ngroup = 'lead'", "module “Projects”, status 1: A status needs a name."),
        (
            "[[module.status]]\ngroup = 'leed'\nname = 'A'",
            "status 1 (“A”): wrong value for “group”: leed. Did you mean",
        ),
        (
            "[[module.status]]\nname = 'A'",
            "status 1 (“A”): “group” is missing. Known are: lead, open, success, failed.",
        ),
        ("[[module.status]]\ngroup = 'lead'\nkey = 'ide'", "Did you mean “idea”?"),
        ("[[module.status]]\ngroup = 'lead'\nname = 'A'", "the group “open” has no status, and every group needs one"),
        (
            f"{WHOLE}[[module.status]]\ngroup = 'lead'\nname = 'Idéa'",
            "two statuses of the group “lead” are called “Idéa”",
        ),
        (f"{WHOLE}[[module.status]]\ngroup = 'open'\nkey = 'idea'\nname = 'x'", "two statuses have the key “idea”"),
        (f"{WHOLE}[[module.status]]\ngroup = 'open'\nname = 'A'\ncolor = 'blue'", "wrong value for “color”: blue."),
        (f"{WHOLE}[[module.status]]\ngroup = 'open'\nname = 'A'\nrot_days = 0", "wrong value for “rot_days”: 0."),
        (
            WHOLE + "".join(f"[[module.status]]\ngroup = 'open'\nname = 'S{n}'\n" for n in range(27)),
            "it has 31 statuses, and 30 is the most",
        ),
        (
            "[[module.field]]\nkind = 'nmber'\nname = 'A'",
            "field 1 (“A”): wrong value for “kind”: nmber. Did you mean “number”?",
        ),
        ("[[module.field]]\nkind = 'number'", "field 1: A field needs a name."),
        ("[[module.field]]\nkind = 'choice'\nname = 'A'", "Write the choices"),
        ("[[module.field]]\nkind = 'text'\nname = 'A'\nchoices = ['a']", "has no choices"),
        ("[[module.field]]\nkind = 'text'\nname = 'A'\nrequired = 'yes'", "It must be true or false"),
        ("[[module.field]]\nkind = 'text'\nname = 'A'\nrequired_from = 'Oops'", "There are: idea, planning"),
        (
            "[[module.field]]\nkind = 'text'\nname = 'A'\n[[module.field]]\nkind = 'date'\nname = 'á'",
            "two fields are called “á”",
        ),
        (
            "".join(f"[[module.field]]\nkind = 'text'\nname = 'F{n}'\nin_row = true\n" for n in range(4)),
            "shows 3 fields at most",
        ),
        ("[[module.template]]\nname = 'V'\n[[module.template]]\nname = 'v'", "two templates are called “v”"),
        ("[[module.template]]\nname = 'V'\nchecklist = [1]", "It must be a list of texts in quotes"),
        ("[[module.template]]\ntask = 'V'", "template 1: “name”: Write what it is called."),
    ],
)
def test_what_is_wrong_is_said_with_its_place(module: str, said: str) -> None:
    assert any(said in problem for problem in problems(module)), problems(module)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("key = 'draft'\nname = 'Mine'", "“name” can't be said"),
        ("key = 'draft'\ncolor = 'accent'", "“color” can't be said"),
        ("key = 'draft'\ngroup = 'open'", "“draft” is in the group “lead”"),
        ("name = 'Mine'\ngroup = 'open'", "“key” is missing"),
        ("key = 'drift'", "Did you mean “draft”?"),
    ],
)
def test_a_fixed_pipeline_stays_as_it_is(status: str, said: str) -> None:
    found = problems(f"[[module.status]]\n{status}", kind="orders")
    assert any(said in problem for problem in found), found
    assert any("This pipeline is fixed" in each for each in problems("headings = { lead = 'x' }", kind="orders"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "does not begin with “format = 1”"),
        ("format = 'one'", "does not begin with “format = 1”"),
        ("format = 2\nwhatever = 3", "a newer version of the program (format 2)"),
        ("format = 1\n[[module]\n", "at line 2"),
        ("format = 1\nx = " + "[" * 5000, "not TOML"),
    ],
)
def test_what_is_no_shop_file_is_a_sentence(text: str, said: str) -> None:
    with pytest.raises(Refused) as caught:
        read_shop(text)
    assert said in caught.value.sentence()


def test_modules_are_checked_together() -> None:
    twice = "".join('[[module]]\nkind = "orders"\nname = "Orders"\n' for _ in range(2))
    many = "".join(f'[[module]]\nkind = "hr"\nname = "Job {n}"\n' for n in range(40))
    with pytest.raises(ShopProblems) as caught:
        read_shop(f"format = 1\nmodul = 3\n{twice}{many}")
    assert caught.value.problems == (
        "unknown key “modul”. Did you mean “module”?",
        "there are 42 modules in the file, and 32 is the most.",
        "Orders can be installed only once.",
        "two modules are called “Orders”.",
    )
    assert any("there is no module" in each for each in _problems_of("format = 1"))
    assert any("wrong value for “kind”: sails." in each for each in problems("", kind="sails"))


def test_what_is_too_many_is_counted_as_romanians_count() -> None:
    statuses = "".join(f"[[module.status]]\ngroup = 'open'\nname = 'S{n}'\n" for n in range(27))
    types = ", ".join(f"'T{n}'" for n in range(101))
    set_language("ro")
    many = "".join(f"[[module]]\nkind = 'hr'\nname = 'J{n}'\n" for n in range(42))
    assert _problems_of(f"format = 1\n{many}") == ("în fișier sunt 42 de module, iar cel mult pot fi 32.",)
    assert any("are 31 de statusuri, iar" in each for each in problems(WHOLE + statuses))
    assert any("are 101 valori, iar" in each for each in problems(f"task_types = [{types}]"))


def _problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(ShopProblems) as caught:
        read_shop(text)
    return caught.value.problems


def test_of_very_many_problems_the_first_are_shown() -> None:
    found = problems("".join(f"x{n} = 1\n" for n in range(30)))
    assert len(found) == 30
    lines = ShopProblems(found).sentence().splitlines()
    assert len(lines) == MOST_SHOWN + 3
    assert (lines[0], lines[-2:]) == ("30 things are wrong in the file:", ["  and 10 more", "Nothing was changed."])


def test_what_is_typed_is_cleaned() -> None:
    [module] = read_shop('format = 1\n[[module]]\nkind = "hr"\nname = "A\\u001b[31mB\\u0007"')
    assert module.name == "AB"


def test_a_status_is_known_by_its_key_then_by_its_name_in_its_group_then_anywhere() -> None:
    before = (ShopStatus(Group.LEAD, "idea"), ShopStatus(Group.OPEN, "", "A"), ShopStatus(Group.FAILED, "", "B"))
    after = (
        ShopStatus(Group.OPEN, "idea", "A"),
        ShopStatus(Group.OPEN, "", "b"),
        ShopStatus(Group.OPEN, "", "a"),
        ShopStatus(Group.OPEN, "", "C"),
    )
    assert pairs(Kind.PROJECTS, before, after) == {0: 0, 1: 2, 2: 1}


def test_a_map_of_statuses_can_have_the_signs_in_its_names() -> None:
    assert list(read_status_map("A: B: C=D=E").of("a: b")) == [("C", "D=E"), ("C=D", "E")]
    assert not any(read_status_map("A: B=C").of("other"))
    for typed in ("", "A", "A: B", "A=B"):
        with pytest.raises(Refused):
            read_status_map(typed)
