"""Made-up companies and people, with their phones and e-mails."""

from __future__ import annotations

import re
from math import gcd
from typing import Final, NamedTuple

from minicrm_tui.demo.dice import Dice
from minicrm_tui.demo.names import COUNTRIES, Country
from minicrm_tui.domain.text import digits, fold
from minicrm_tui.store.bulk_rows import Batch, ChannelValues, CompanyValues, PersonValues

# Of a hundred clients.
_PRIVATE: Final = 9
_WITHOUT_PERSON: Final = 6
_SECOND_PERSON: Final = 18
_WITH_PHONE: Final = 85
_WITH_EMAIL: Final = 75
_COMPANY_WITH_CHANNELS: Final = 60

_STRIDE: Final = 61
_TAX_STEP: Final = 7_654_321
_SLUG: Final = re.compile("[^0-9a-z]+")


class Client(NamedTuple):
    """Whom a card is for, in all the forms that its rows need; `brand` is the company without its legal form."""

    company_id: int | None
    company: str
    company_folded: str
    brand: str
    brand_folded: str
    person_id: int | None
    person: str
    person_folded: str
    first_name: str
    first_folded: str
    lei: bool
    address: str
    tax_number: str


class _Word(NamedTuple):
    text: str
    folded: str


class _Firm(NamedTuple):
    name: str
    folded: str
    brand: _Word
    domain: str
    address: str
    tax_number: str


class _Human(NamedTuple):
    first: _Word
    family: _Word
    id: int

    @property
    def name(self) -> str:
        return f"{self.first.text} {self.family.text}"

    @property
    def folded(self) -> str:
        return f"{self.first.folded} {self.family.folded}"


_NO_FIRM: Final = _Firm("", "", _Word("", ""), "", "", "")


class _Directory:
    """One country's names, folded once; its firms never repeat one another."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self._brands = [_word(f"{stem} {trade}") for stem in country.stems for trade in country.trades]
        self._cities = [_word(city) for city in country.cities]
        self._forms = [_word(form) for form in country.form]
        self._stride = next(step for step in range(_STRIDE, 1000) if gcd(step, len(self._brands)) == 1)
        self._made = 0
        women, men = (tuple(map(_word, names)) for names in (country.women, country.men))
        families = tuple(map(_word, country.families))
        of_women = tuple(map(_word, country.families_of_women)) or families
        self.sexes = ((women, of_women), (men, families))
        self.phone = country.phone.replace("#", "%s")
        self.phone_digits = country.phone.count("#")
        self.phone_plain = digits(country.phone)

    def firm(self) -> _Firm:
        number, self._made = self._made, self._made + 1
        round_, place = divmod(number, len(self._brands))
        brand = self._brands[(place * self._stride) % len(self._brands)]
        branch = self._branch(round_)
        form = self._forms[number % len(self._forms)]
        slug = _SLUG.sub("", brand.folded + branch.folded)
        return _Firm(
            name=f"{brand.text}{branch.text} {form.text}",
            folded=f"{brand.folded}{branch.folded} {form.folded}",
            brand=brand,
            domain=f"{slug}.example",
            address=self._address(number),
            tax_number=f"{self.country.tax}{(number * _TAX_STEP + _TAX_STEP) % 10**8:08}",
        )

    def _address(self, number: int) -> str:
        """One of its own for each firm, for as long as the houses last."""
        street = self.country.streets[number % len(self.country.streets)]
        house = 1 + number * 7 % 120
        city = self.country.cities[number // 3 % len(self.country.cities)]
        return self.country.address.format(street=street, house=house, city=city)

    def _branch(self, round_: int) -> _Word:
        """What tells firms of one brand apart: nothing, then the city, then the city and a number."""
        if round_ == 0:
            return _Word("", "")
        again, place = divmod(round_ - 1, len(self._cities))
        city = self._cities[place]
        number = f" {again + 1}" if again else ""
        return _Word(f" {city.text}{number}", f" {city.folded}{number}")


class ClientMaker:
    """Makes clients, one after the other, into the batch that is to be written next."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._directories = [directory for country in COUNTRIES for directory in [_Directory(country)] * country.share]
        self._last_company = 0
        self._last_person = 0

    def make(self, count: int, created_at: str, batch: Batch) -> list[Client]:
        """This many clients or a few more: some companies have two people to speak to."""
        clients: list[Client] = []
        while len(clients) < count:
            directory = self._dice.pick(self._directories)
            if self._dice.happens(_PRIVATE):
                clients.append(self._private(directory, created_at, batch))
            else:
                clients.extend(self._company(directory, created_at, batch))
        return clients

    def _private(self, directory: _Directory, created_at: str, batch: Batch) -> Client:
        human = self._human(directory)
        batch.persons.append(PersonValues(human.id, None, human.name, human.folded, created_at))
        self._channels_of(human, "mail.example", directory, batch)
        return _client(None, _NO_FIRM, human, directory)

    def _company(self, directory: _Directory, created_at: str, batch: Batch) -> list[Client]:
        self._last_company += 1
        company_id, firm = self._last_company, directory.firm()
        batch.companies.append(
            CompanyValues(company_id, firm.name, firm.folded, created_at, firm.address, firm.tax_number)
        )
        if self._dice.happens(_COMPANY_WITH_CHANNELS):
            email = f"office@{firm.domain}"
            batch.channels.append(ChannelValues(company_id, None, "email", email, email))
            batch.channels.append(ChannelValues(company_id, None, "phone", *self._phone(directory)))
        if self._dice.happens(_WITHOUT_PERSON):
            return [_client(company_id, firm, None, directory)]
        clients = []
        for _each in range(1 + self._dice.happens(_SECOND_PERSON)):
            human = self._human(directory)
            batch.persons.append(PersonValues(human.id, company_id, human.name, human.folded, created_at))
            self._channels_of(human, firm.domain, directory, batch)
            clients.append(_client(company_id, firm, human, directory))
        return clients

    def _channels_of(self, human: _Human, domain: str, directory: _Directory, batch: Batch) -> None:
        if self._dice.happens(_WITH_PHONE):
            batch.channels.append(ChannelValues(None, human.id, "phone", *self._phone(directory)))
        if self._dice.happens(_WITH_EMAIL):
            local = f"{human.first.folded}.{human.family.folded}".replace(" ", "").replace("'", "")
            email = f"{local}@{domain}"
            batch.channels.append(ChannelValues(None, human.id, "email", email, email))

    def _phone(self, directory: _Directory) -> tuple[str, str]:
        """A number as people write it, and its digits alone."""
        number = f"{self._dice.between(0, 10**directory.phone_digits):0{directory.phone_digits}}"
        return directory.phone % tuple(number), directory.phone_plain + number

    def _human(self, directory: _Directory) -> _Human:
        firsts, families = self._dice.pick(directory.sexes)
        self._last_person += 1
        return _Human(
            self._dice.pick(firsts),
            self._dice.pick(families),
            self._last_person,
        )


def _client(company_id: int | None, firm: _Firm, human: _Human | None, directory: _Directory) -> Client:
    return Client(
        company_id=company_id,
        company=firm.name,
        company_folded=firm.folded,
        brand=firm.brand.text,
        brand_folded=firm.brand.folded,
        person_id=None if human is None else human.id,
        person="" if human is None else human.name,
        person_folded="" if human is None else human.folded,
        first_name="" if human is None else human.first.text,
        first_folded="" if human is None else human.first.folded,
        lei=directory.country.currency == "RON",
        address=firm.address,
        tax_number=firm.tax_number,
    )


def _word(text: str) -> _Word:
    return _Word(text, fold(text))
