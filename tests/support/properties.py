"""How property tests run: a busy machine is slow without being wrong, so there is no deadline."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")
