"""The door of a partner without an account: a link in a mail, and what they say.

Opening a link changes nothing, because mail programs open links too (rule 7). There is no cookie.
"""

from flask import Blueprint

from portal.web.login import speak_to_staff
from portal.web.origin import refuse_cross_site

bp = Blueprint("reply", __name__, url_prefix="/reply")
speak_to_staff(bp)
refuse_cross_site(bp)

# The views hang themselves on the blueprint, so they are imported once it is there.
from portal.reply import answering, asked, lost, mailing  # noqa: E402

__all__ = ["answering", "asked", "bp", "lost", "mailing"]
