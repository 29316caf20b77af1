"""The pictograms a service may show: names of Tabler icons (MIT).

Every name here has its drawing in `templates/shared/icons.html`; a pack with another name is
refused, so that no tile ever stands there without a picture.
"""

from __future__ import annotations

PICTOGRAMS = frozenset(
    {
        "bike",
        "books",
        "briefcase",
        "building-store",
        "coffee",
        "device-laptop",
        "hammer",
        "heart-handshake",
        "language",
        "lifebuoy",
        "needle-thread",
        "paint",
        "plant-2",
        "recycle",
        "school",
        "shirt",
        "sun-electricity",
        "tools-kitchen-2",
        "truck-delivery",
        "users",
    }
)
