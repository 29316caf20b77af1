"""A worker in a process of its own, which holds a message up for a second only when it is killed.

Settings come from the environment, as for `portal worker`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from threading import Event

from portal.cli.opened import opened
from portal.cli.worker import post_of
from portal.notify.worker import work
from portal.settings import from_environment


def main() -> None:
    """Work until killed."""
    settings = from_environment(os.environ)
    with opened(settings) as database:
        post = replace(post_of(settings, database), lease=timedelta(seconds=1))
        work(post, Event(), idle=timedelta(seconds=0.05))


if __name__ == "__main__":
    main()
