"""Words in the language of the person. One mechanism for pages and for work without a request."""

from portal.i18n.locales import LOCALES, RTL, STAFF_LOCALES
from portal.i18n.translate import (
    current_locale,
    gettext,
    ngettext,
    npgettext,
    pgettext,
    use_locale,
)

__all__ = [
    "LOCALES",
    "RTL",
    "STAFF_LOCALES",
    "current_locale",
    "gettext",
    "ngettext",
    "npgettext",
    "pgettext",
    "use_locale",
]
