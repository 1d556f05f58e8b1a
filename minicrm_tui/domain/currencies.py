"""The currencies of ISO 4217, their decimals, and the signs and words that people type for them."""

from __future__ import annotations

from typing import Final

_TWO_DECIMALS: Final = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG
"""
_NO_DECIMALS: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS: Final = "BHD IQD JOD KWD LYD OMR TND"

EXPONENTS: Final[dict[str, int]] = {
    **dict.fromkeys(_TWO_DECIMALS.split(), 2),
    **dict.fromkeys(_NO_DECIMALS.split(), 0),
    **dict.fromkeys(_THREE_DECIMALS.split(), 3),
}
"""Every currency in use, and how many decimals its minor unit has."""

EVERYDAY: Final = frozenset(
    ("EUR", "RON", "USD", "GBP", "CHF", "HUF", "PLN", "CZK", "BGN", "MDL", "RSD", "UAH", "SEK", "NOK", "DKK")
)
"""Codes that are read in small letters too: none of them is a word."""

SIGNS: Final[dict[str, str]] = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₺": "TRY",
    "₴": "UAH",
    "₽": "RUB",
    "₹": "INR",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "lei": "RON",
    "leu": "RON",
    "euro": "EUR",
    "forint": "HUF",
    "forinți": "HUF",
}
"""Signs and words, in lower case, beside the codes."""


def exponent(currency: str) -> int:
    """How many decimals the currency has; two where it is unknown."""
    return EXPONENTS.get(currency, 2)
