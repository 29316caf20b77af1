"""Which languages there are: to read the portal in, to work in, and to be called in."""

from __future__ import annotations

LOCALES: dict[str, str] = {
    "nl": "Nederlands",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
}
STAFF_LOCALES = ("nl", "en")
RTL = frozenset({"ar", "fa", "ckb"})

# What people speak is wider than what the portal is written in; each by its own name.
SPOKEN: dict[str, str] = {
    **LOCALES,
    "ary": "الدارجة",
    "rif": "Tarifit",
    "pl": "Polski",
    "bg": "Български",
    "ro": "Română",
    "uk": "Українська",
    "ti": "ትግርኛ",
    "fa": "فارسی",
    "so": "Soomaali",
    "es": "Español",
    "pt": "Português",
    "fr": "Français",
    "de": "Deutsch",
    "zh": "中文",
    "pap": "Papiamentu",
    "ckb": "کوردی",
}
