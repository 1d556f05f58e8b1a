"""What firms and people are called, country by country: the stuff that made-up clients are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Country:
    """One country's names. Of `#` in `phone` each is a digit; `share` is its weight among the clients; `tax` begins the
    tax numbers of its firms."""

    share: int
    phone: str
    form: tuple[str, ...]
    stems: tuple[str, ...]
    trades: tuple[str, ...]
    cities: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    streets: tuple[str, ...]
    tax: str
    families_of_women: tuple[str, ...] = ()
    currency: str = "EUR"
    address: str = "{street} {house}, {city}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


ROMANIA: Final = Country(
    share=44,
    phone="+40 7## ### ###",
    form=("SRL", "SRL", "SRL", "SA"),
    stems=_words(
        "Nord, Călimani, Delta, Mureș, Codru, Carpați, Someș, Ceahlău, Bega, Olt, Retezat, Miorița, Argeș, Bucegi,"
        " Transilvan, Dobrogea, Sigma, Făgăraș, Orizont, Vest, Târnava, Getic, Luceafărul, Prut"
    ),
    trades=_words(
        "Textil, Construct, Mobila, Panificație, Instal, Logistic, Agro, Termo, Design, Metal, Print, Consult, Auto,"
        " Farm, Software, Ambalaje, Viticola"
    ),
    cities=_words("Cluj, Iași, Timișoara, Brașov, Sibiu, Oradea, Constanța, Craiova, Bacău, Arad, Galați, Suceava"),
    women=_words(
        "Ana, Maria, Ioana, Elena, Andreea, Cristina, Mihaela, Raluca, Simona, Daniela, Alina, Gabriela, Irina, Roxana,"
        " Ștefania, Lavinia"
    ),
    men=_words(
        "Andrei, Mihai, Ion, Ștefan, Călin, Radu, Bogdan, Vlad, Cristian, Florin, Gheorghe, Sorin, Dragoș, Lucian,"
        " Răzvan, Tudor"
    ),
    families=_words(
        "Pop, Popescu, Ionescu, Radu, Stan, Dumitru, Marin, Mureșan, Țăranu, Ciobanu, Rusu, Munteanu, Moldovan, Lazăr,"
        " Stoica, Șerban, Vasilescu, Bălan, Neagu, Crăciun, Oprea, Dobre, Suciu, Ungureanu"
    ),
    streets=_words(
        "Str. Gării, Str. Lungă, Bd. Unirii, Str. Mihai Eminescu, Calea Florești, Str. Morii, Str. Țesătorilor"
    ),
    tax="RO",
    currency="RON",
)

HUNGARY: Final = Country(
    share=12,
    phone="+36 30 ### ####",
    form=("Kft.", "Kft.", "Zrt.", "Bt."),
    stems=_words("Duna, Tisza, Mátra, Balaton, Zemplén, Hajdú, Kőris, Tölgy, Arany, Fehér, Bükk, Pannon, Csillag"),
    trades=_words("Kert, Bútor, Malom, Gép, Papír, Épker, Üveg, Pékség, Logisztika, Borház, Nyomda, Szerviz"),
    cities=_words("Győr, Szeged, Pécs, Debrecen, Miskolc, Sopron, Eger, Vác"),
    women=_words("Anna, Katalin, Éva, Zsófia, Ágnes, Eszter, Ildikó, Réka, Judit, Boglárka"),
    men=_words("László, Gábor, Zoltán, Péter, Balázs, István, Ádám, Tamás, Levente, Attila"),
    families=_words("Nagy, Kovács, Tóth, Szabó, Horváth, Varga, Kiss, Molnár, Németh, Farkas, Balogh, Papp, Szűcs"),
    streets=_words("Petőfi utca, Kossuth tér, Fő utca, Rákóczi út, Malom utca"),
    tax="HU",
)

GERMANY: Final = Country(
    share=10,
    phone="+49 151 #### ####",
    form=("GmbH", "GmbH", "GmbH & Co. KG", "AG"),
    stems=_words(
        "Rheintal, Nordlicht, Brücken, Schönfeld, Eichwald, Lindenhof, Möller, Grünwald, Hansa, Alster, Weißensee,"
        " Bergmann, Kessler, Harz"
    ),
    trades=_words("Maschinenbau, Möbel, Elektrotechnik, Bau, Druck, Logistik, Werkzeuge, Solar, Optik, Haustechnik"),
    cities=_words("Hamburg, Leipzig, Köln, Bremen, Kassel, Nürnberg, Münster, Dresden"),
    women=_words("Anja, Katrin, Sabine, Jana, Lena, Ute, Heike, Svenja, Birgit, Franziska"),
    men=_words("Jürgen, Markus, Stefan, Lukas, Thomas, Jörg, Matthias, Felix, Sven, Holger"),
    families=_words("Müller, Schmidt, Weber, Köhler, Fischer, Schäfer, Becker, Krüger, Wagner, Böhm, Vogel, Lange"),
    streets=_words("Bahnhofstraße, Lindenallee, Am Markt, Schillerstraße, Mühlweg"),
    tax="DE9",
)

AUSTRIA: Final = Country(
    share=4,
    phone="+43 664 ### ####",
    form=("GmbH", "GmbH", "KG"),
    stems=_words("Alpen, Donau, Enzian, Steirer, Wachau, Tauern, Zirben, Kogler, Traun"),
    trades=_words("Holz, Weinbau, Seilbahn, Glas, Fensterbau, Elektrik, Bio, Stahl"),
    cities=_words("Graz, Linz, Salzburg, Innsbruck, Klagenfurt, Wels"),
    women=_words("Magdalena, Theresa, Elisabeth, Verena, Johanna"),
    men=_words("Florian, Maximilian, Georg, Wolfgang, Andreas"),
    families=_words("Gruber, Huber, Bauer, Pichler, Steiner, Moser, Hofer, Leitner, Eder"),
    streets=_words("Hauptplatz, Ringstraße, Am Graben, Seestraße"),
    tax="ATU",
)

FRANCE: Final = Country(
    share=6,
    phone="+33 6 ## ## ## ##",
    form=("SARL", "SAS", "SA"),
    stems=_words("Lumière, Garonne, Bellerive, Montclair, Cévennes, Beaulieu, Sainte-Anne, Armor, Lavande, Chênaie"),
    trades=_words("Menuiserie, Conseil, Imprimerie, Vins, Mécanique, Traiteur, Bâtiment, Transports, Énergie"),
    cities=_words("Lyon, Nantes, Bordeaux, Lille, Rennes, Dijon, Toulouse"),
    women=_words("Claire, Hélène, Camille, Sophie, Élodie, Margaux, Chloé, Inès"),
    men=_words("François, Jérôme, Benoît, Étienne, Mathieu, Antoine, Rémi, Luc"),
    families=_words("Lefèvre, Moreau, Girard, Dubois, Fontaine, Chevalier, Mercier, Besson, Garnier, Roussel, Perrin"),
    streets=_words("rue de la Gare, avenue Jean Jaurès, place du Marché, rue des Écoles"),
    tax="FR40",
    address="{house} {street}, {city}",
)

ITALY: Final = Country(
    share=7,
    phone="+39 3## ### ####",
    form=("S.r.l.", "S.r.l.", "S.p.A."),
    stems=_words("Rossi, Adriatica, Monteverde, Lombarda, Riviera, Etrusca, San Marco, Tirreno, Ulivo, Valtellina"),
    trades=_words("Ceramiche, Arredi, Pasta, Impianti, Tessuti, Marmi, Caffè, Meccanica, Grafica, Serramenti"),
    cities=_words("Torino, Bologna, Verona, Modena, Bergamo, Padova, Bari"),
    women=_words("Giulia, Francesca, Chiara, Alessia, Martina, Silvia, Elisa, Beatrice"),
    men=_words("Marco, Luca, Matteo, Niccolò, Davide, Giorgio, Paolo, Stefano"),
    families=_words("Ferrari, Esposito, Romano, Colombo, Ricci, Gallo, Conti, Marino, Greco, Rinaldi, D'Angelo"),
    streets=_words("Via Roma, Via Garibaldi, Corso Italia, Piazza Mazzini"),
    tax="IT012",
)

POLAND: Final = Country(
    share=6,
    phone="+48 6## ### ###",
    form=("Sp. z o.o.", "Sp. z o.o.", "S.A."),
    stems=_words("Wisła, Bałtyk, Łódka, Zorza, Żubr, Tatry, Złoty Róg, Mazury, Jawor, Sokół"),
    trades=_words("Meble, Okna, Transport, Druk, Piekarnia, Stal, Budowa, Ogrody, Szkło, Papier"),
    cities=_words("Kraków, Poznań, Wrocław, Gdańsk, Łódź, Lublin, Toruń"),
    women=_words("Agnieszka, Małgorzata, Katarzyna, Zofia, Joanna, Ewa"),
    men=_words("Paweł, Łukasz, Krzysztof, Wojciech, Michał, Tomasz"),
    families=_words("Nowak, Wójcik, Mazur, Zając, Wróbel, Sikora, Bąk, Głowacki, Wiśniewski, Zieliński"),
    streets=_words("ul. Długa, ul. Kościuszki, ul. Ogrodowa, al. Niepodległości"),
    tax="PL10",
    families_of_women=_words("Nowak, Wójcik, Mazur, Zając, Wróbel, Sikora, Bąk, Głowacka, Wiśniewska, Zielińska"),
)

CZECHIA: Final = Country(
    share=5,
    phone="+420 7## ### ###",
    form=("s.r.o.", "s.r.o.", "a.s."),
    stems=_words("Morava, Vltava, Šumava, Žižka, Hradec, Třešeň, Jizera, Bílá Hora, Říp"),
    trades=_words("Sklo, Pivovar, Stroje, Nábytek, Stavby, Tisk, Zahrady, Elektro"),
    cities=_words("Brno, Plzeň, Olomouc, Ostrava, Liberec, Zlín"),
    women=_words("Tereza, Lucie, Jitka, Eliška, Markéta"),
    men=_words("Jiří, Tomáš, Ondřej, Vojtěch, Zdeněk"),
    families=_words("Novák, Dvořák, Černý, Procházka, Kučera, Veselý, Růžička, Beneš"),
    streets=_words("Masarykova, Nádražní, Husova, Zahradní"),
    tax="CZ",
    families_of_women=_words("Nováková, Dvořáková, Černá, Procházková, Kučerová, Veselá, Růžičková, Benešová"),
)

SPAIN: Final = Country(
    share=3,
    phone="+34 6## ### ###",
    form=("S.L.", "S.L.", "S.A."),
    stems=_words("Olivares, Sierra, Levante, Cantábrica, Almendro, Guadiana, Peñón, Castañar"),
    trades=_words("Aceites, Reformas, Muebles, Bodegas, Logística, Piedra, Diseño, Conservas"),
    cities=_words("Sevilla, Málaga, Bilbao, Zaragoza, Gijón"),
    women=_words("Lucía, Carmen, Marta, Begoña, Inés"),
    men=_words("Álvaro, Javier, Íñigo, Sergio, Raúl"),
    families=_words("García, Muñoz, Núñez, Ibáñez, Romero, Serrano, Peña, Vázquez"),
    streets=_words("Calle Mayor, Avenida de la Constitución, Calle del Río, Plaza Nueva"),
    tax="ESB",
)

NETHERLANDS: Final = Country(
    share=3,
    phone="+31 6 #### ####",
    form=("B.V.", "B.V.", "N.V."),
    stems=_words("Van Dijk, Zuiderzee, Noordwind, De Linde, Polder, Waterland, Kroon, Veldhuis"),
    trades=_words("Bloemen, Techniek, Transport, Kaas, Bouw, Installatie, Fietsen, Drukwerk"),
    cities=_words("Utrecht, Breda, Zwolle, Leiden, Groningen"),
    women=_words("Sanne, Femke, Anouk, Marloes, Lotte"),
    men=_words("Daan, Bram, Jeroen, Pieter, Sjoerd"),
    families=_words("de Vries, Jansen, Bakker, Visser, van den Berg, Mulder, Smit, Dekker"),
    streets=_words("Dorpsstraat, Stationsweg, Kerklaan, Havenkade"),
    tax="NL8",
)

COUNTRIES: Final = (
    ROMANIA, HUNGARY, GERMANY, AUSTRIA, FRANCE, ITALY, POLAND, CZECHIA, SPAIN, NETHERLANDS,
)  # fmt: skip
