"""What other programs, and people, call the fields: English, Hungarian, French and Romanian.

Compared without accents, case and signs, so each stands here once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from minicrm_tui.domain.text import fold
from minicrm_tui.exchange.importing.targets import What


def words_of(header: str) -> str:
    """A header as it is compared: "Person - Email (Work) *" is "person email work"."""
    return " ".join(re.findall(r"[^\W_]+", fold(header)))


def _table(names: Mapping[What, str]) -> dict[str, What]:
    return {words_of(name): what for what, listed in names.items() for name in listed.split("|")}


OWNERS: Final[Mapping[str, str]] = {
    words_of(name): owner
    for owner, names in {
        "card": "card|deal|opportunity|opportunities|item|project|ticket|candidate|participant|partner|kartya|adatlap"
        "|lehetoseg|ugylet|projekt|oportunitate|proiect|tichet|candidat|afacere|transaction|affaire",
        "company": "company|organization|organisation|account|ceg|vallalat|szervezet|companie|firma|societate"
        "|organizatie|entreprise|societe",
        "person": "person|contact|szemely|kapcsolattarto|persoana|persoana de contact|contacts|personne",
        "task": "task|activity|teendo|feladat|tevekenyseg|sarcina|activitate|tache|activite",
        "note": "note|jegyzet|nota",
    }.items()
    for name in names.split("|")
}
"""How a header begins that says whose field it is, and of what."""

CARD: Final = _table(
    {
        What.CARD_NAME: "name|title|subject|nev|targy|megnevezes|cim|nume|titlu|denumire|subiect|nom|titre|objet",
        What.STATUS: "status|stage|state|dealstage|statusz|allapot|szakasz|fazis|stare|stadiu|etapa|statut|etape|phase",
        What.SALES_STATUS: "sales status|sales state|ertekesitesi statusz|ertekesites allapota|status vanzare"
        "|statut vanzare|stare vanzare",
        What.QUALIFICATION: "qualification|minosites|calificare|calificarea",
        What.DECIDED: "decided|hot|is hot|eldontott|forro|decis|este decis|decide",
        What.VALUE: "value|amount|price|deal value|total|sum|worth|ertek|osszeg|ar|valoare|suma|pret|montant"
        "|valeur|prix",
        What.CURRENCY: "currency|currency of value|deal currency|currency code|penznem|deviza|valuta|moneda|devise"
        "|monnaie",
        What.EXPECTED: "expected close date|expected close|expected closing date|close date expected"
        "|varhato lezaras|varhato zaras|varhato lezaras datuma|data estimata|data inchiderii estimata"
        "|inchidere estimata|data estimata a inchiderii|date de cloture prevue|cloture prevue",
        What.CREATED: "created|deal created|create date|created at|created date|created on|creation date|add time"
        "|date created|date added|letrehozva|letrehozas|letrehozas datuma|rogzitve|creat|creata|creat la|data crearii"
        "|date de creation|cree le|date d ajout",
        What.WON: "won time|won date|won at|won on|nyeres datuma|megnyerve|castigata la|data castigarii"
        "|date de gain|gagne le",
        What.LOST: "lost time|lost date|lost at|lost on|vesztes datuma|elvesztve|pierduta la|data pierderii"
        "|date de perte|perdu le",
        What.CLOSED: "close date|closed|closed at|closed on|close time|deal closed on|closing date|lezarva|lezaras"
        "|lezaras datuma|inchis|inchisa la|data inchiderii|date de fermeture|date de cloture|cloture le",
        What.SALES_STEP: "sales step|ertekesitesi lepes|pas vanzare|pasul vanzarii",
        What.CUSTOMER_STEP: "customer step|ugyfel lepes|pas client",
        What.LOSS_REASON: "lost reason|loss reason|closed lost reason|reason lost|reason of loss|vesztes oka"
        "|elvesztes oka|motivul pierderii|motiv pierdere|raison de la perte|motif de perte"
        "|raison de la transaction perdue",
        What.LOSS_DETAILS: "loss details|lost details|details of the loss|detaliile pierderii",
        What.NOTE: "note|notes|comment|comments|remarks|description|details|megjegyzes|jegyzet|leiras|nota|note text"
        "|observatii|comentariu|comentarii|descriere|commentaire|commentaires|remarques|notes de la transaction",
    }
)

TASK: Final = _table(
    {
        What.TASK_TEXT: "task|subject|text|title|name|next step|next task|next activity|to do|todo|teendo|feladat"
        "|kovetkezo lepes|kovetkezo teendo|targy|sarcina|urmatorul pas|pasul urmator|subiect|tache|prochaine etape"
        "|objet|nume|nev",
        What.TASK_TYPE: "type|task type|activity type|tipus|tip|tipul",
        What.TASK_DAY: "due date|date|deadline|due|due on|next activity date|task date|next task date|hatarido|datum"
        "|esedekesseg|termen|termen limita|scadenta|data|echeance|date d echeance",
        What.TASK_TIME: "due time|time|task time|idopont|ido|ora|heure",
        What.TASK_MINUTES: "duration|minutes|idotartam|durata|duree",
        What.TASK_DONE: "done|completed|is done|finished|kesz|elvegezve|lezart|facut|gata|incheiata|fait|termine",
        What.TASK_CLOSED: "done time|marked as done time|completed at|done at|closed at|elvegzes ideje|incheiata la",
        What.TASK_NOTE: "note|comment|notes|result|outcome comment|megjegyzes|nota|comentariu|commentaire",
        What.CARD_NAME: "deal|deal title|deal name|card|opportunity|project",
        What.COMPANY_NAME: "organization|organisation|company|organization name",
        What.PERSON_NAME: "contact person|person|contact|person name",
        What.CREATED: "add time|created",
    }
)

NOTE: Final = _table(
    {
        What.NOTE: "content|text|note|body|tartalom|szoveg|continut|contenu|texte",
        What.NOTE_AT: "add time|time|created|created at|date|letrehozva|creata la|date de creation",
        What.CARD_NAME: "deal|deal title|deal name|card|opportunity",
        What.COMPANY_NAME: "organization|organisation|company",
        What.PERSON_NAME: "contact person|person|contact",
    }
)

COMPANY: Final = _table(
    {
        What.COMPANY_NAME: "name|company name|nev|cegnev|nume|denumire|nom|primary",
        What.COMPANY_EMAIL: "email|e mail|email address|mail|emailcim|e mail cim|adresa email|adresa de e mail"
        "|adresse e mail|courriel",
        What.COMPANY_PHONE: "phone|phone number|telephone|tel|telefon|telefonszam|numar de telefon|mobile|mobil"
        "|numero de telephone",
        What.COMPANY_ADDRESS: "address|street|street address|full combined address of address|city|postal code|zip"
        "|zip code|state region|state|county|country|country region|cim|iranyitoszam|varos|utca|orszag|adresa|oras"
        "|localitate|judet|strada|cod postal|tara|adresse|ville|rue|code postal|pays",
        What.COMPANY_WEBSITE: "website|website url|web|url|domain|domain name|company domain name|homepage|weboldal"
        "|honlap|site|site web|nom de domaine|nom de domaine de l entreprise|url du site web",
        What.COMPANY_TAX: "tax number|vat number|vat id|vat|tax id|cui|cif|cod fiscal|adoszam|numero de tva|eu adoszam",
        What.COMPANY_REGISTRATION: "registration number|company number|reg com|nr reg com|cegjegyzekszam"
        "|numar de inregistrare|registrul comertului|siret|siren",
        What.COMPANY_INDUSTRY: "industry|sector|iparag|tevekenyseg|domeniu|domeniu de activitate|secteur"
        "|secteur d activite",
        What.COMPANY_DESCRIPTION: "description|about|leiras|descriere|about us",
        What.PERSON_JOB: "title|department title",
    }
)

PERSON: Final = _table(
    {
        What.PERSON_NAME: "name|full name|display name|nev|teljes nev|nume complet|nume si prenume|nom complet|person"
        "|contact|primary",
        What.PERSON_FIRST: "first name|given name|middle name|additional name|forename|keresztnev|utonev"
        "|prenume|prenom",
        What.PERSON_LAST: "last name|family name|surname|vezeteknev|csaladnev|nume de familie|nume|nom|nom de famille",
        What.PERSON_EMAIL: "email|e mail|email address|e mail address|mail|emailcim|e mail cim|adresa email"
        "|adresa de e mail|adresse e mail|courriel",
        What.PERSON_PHONE: "phone|phone number|telephone|tel|mobile|mobile phone|mobile phone number|cell|cell phone"
        "|telefon|telefonszam|mobil|mobiltelefon|numar de telefon|numero de telephone|numero de telephone portable"
        "|portable|work phone|home phone",
        What.PERSON_JOB: "position|job title|job|title|role|organization title|beosztas|munkakor|pozitie|functie"
        "|functia|post|poste|fonction|intitule du poste",
        What.PERSON_ADDRESS: "address|street|street address|city|postal code|zip|zip code|state region|state|county"
        "|country|country region|cim|varos|utca|iranyitoszam|orszag|adresa|oras|localitate|judet|strada|cod postal"
        "|tara|adresse|ville|rue|code postal|pays",
        What.PERSON_DESCRIPTION: "description|note|notes|comment|comments|leiras|megjegyzes|descriere|observatii"
        "|remarques",
        What.PERSON_MORE: "more|birthday|lead status|lifecycle stage|linkedin|linkedin url|nickname|department"
        "|szuletesnap"
        "|data nasterii|connected on",
        What.COMPANY_NAME: "organization|organisation|company|company name|organization name|associated company",
    }
)

_OF_OTHERS: Final = (
    "id|record id|external id|guid|owner|deal owner|contact owner|company owner|felelos|responsabil|proprietaire"
    "|id de fiche d informations|pipeline|update time|updated|modified|last modified|module|probability|label"
    "|labels|deal probability|creator|created by|active|visible to|number|proprietaire de la transaction"
    "|proprietaire du contact|last activity date|next activity id|photo|cimkek|user|responsible|valoszinuseg"
    "|rowid|azonosito|group|open tasks|document|issued|payment date|reason|motiv"
    "|activities to do|done activities|total activities|email messages count|group membership"
)

NOT_OURS: Final = frozenset(map(words_of, _OF_OTHERS.split("|")))
"""Known, and nothing that one person alone keeps: said, but not asked about."""

LABELS: Final[Mapping[str, str]] = {
    "work": "work",
    "home": "home",
    "mobile": "mobile",
    "other": "other",
    "fax": "fax",
    "munkahelyi": "work",
    "otthoni": "home",
    "mobil": "mobile",
    "serviciu": "work",
    "acasa": "home",
    "travail": "work",
    "bureau": "work",
    "domicile": "home",
    "portable": "mobile",
}
"""What may stand after a phone or an e-mail."""
