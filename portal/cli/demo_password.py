"""The one password of a demonstration, which may be another one at the next start."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.manage import all_accounts, set_password
from portal.accounts.passwords import hash_password, is_password
from portal.privacy.encryption import unseal

# A name that can never be somebody's address (RFC 2606).
INVENTED = ".example"


class NotADemoError(Exception):
    """This database holds an account that is not of a demonstration."""


def change_demo_password(db: Session, password: str, *, now: datetime) -> None:
    """Give every account the password of this start, unless it has it already.

    Raises:
        NotADemoError: somebody real has an account here; nothing was changed.
    """
    accounts = all_accounts(db)
    if not all((unseal(db, account, "email") or "").endswith(INVENTED) for account in accounts):
        raise NotADemoError
    if is_password(accounts[0].password_hash, password):
        return
    hashed = hash_password(password)
    for account in accounts:
        set_password(db, account, hashed, now=now)
