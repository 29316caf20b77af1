"""Settings come from the environment; whatever is wrong is one sentence."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from ipaddress import ip_address

import pytest

from portal.cli.keys import make_key
from portal.settings import SettingsError, from_environment

FULL = {
    "PORTAL_BASE_URL": "https://voordeur.example",
    "PORTAL_PHONE": "+31401234567",
    "PORTAL_SECRET_KEYS": make_key("s1"),
    "PORTAL_ENCRYPTION_KEYS": make_key("e1"),
}


def test_defaults_are_a_durable_file_on_the_loopback_address() -> None:
    settings = from_environment(FULL)
    assert settings.database_url.startswith("sqlite:////")
    assert settings.host == "127.0.0.1"
    assert settings.base_url == "https://voordeur.example"
    assert settings.secure
    assert settings.proxies == 0
    assert not settings.demo


def test_busy_places_are_addresses_or_ranges_of_them() -> None:
    assert from_environment(FULL).busy_places == ()
    places = from_environment(
        {**FULL, "PORTAL_BUSY_PLACES": "192.0.2.7, 198.51.100.0/24,2001:db8::/48"}
    ).busy_places
    assert [place.num_addresses for place in places] == [1, 256, 2**80]
    assert ip_address("198.51.100.9") in places[1]


@pytest.mark.parametrize("url", ["nonsense", "mysql://me:secret@here/it", "sqlite:"])
def test_a_database_of_another_kind_is_one_sentence_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^DATABASE_URL must begin with") as wrong:
        from_environment({**FULL, "DATABASE_URL": url})
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize("text", ["here", "192.0.2", "192.0.2.7/16", "192.0.2.7;192.0.2.8"])
def test_what_is_no_address_is_one_sentence(text: str) -> None:
    with pytest.raises(SettingsError, match="PORTAL_BUSY_PLACES"):
        from_environment({**FULL, "PORTAL_BUSY_PLACES": text})


def test_settings_cannot_be_changed_afterwards() -> None:
    settings = from_environment(FULL)
    with pytest.raises(FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]  # that it is refused is what is tested


@pytest.mark.parametrize("name", sorted(FULL))
def test_without_a_demo_a_missing_setting_stops_the_start(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        from_environment({key: value for key, value in FULL.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PORT", "8²"),
        ("PORTAL_PHONE", "040 123 45 67"),
        ("PORTAL_BASE_URL", "voordeur.example"),
        ("PORTAL_PROXIES", "many"),
        ("PORTAL_PROXIES", "²"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("PORTAL_SECRET_KEYS", "short:c2hvcnQ="),
        ("PORTAL_SECRET_KEYS", "no key at all"),
        ("PORTAL_ENCRYPTION_KEYS", f"a version that is long:{'A' * 43}="),
    ],
)
def test_a_wrong_setting_is_named_in_the_sentence(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        from_environment({**FULL, name: value})


def test_a_demo_listens_to_this_machine_only_whatever_else_is_asked() -> None:
    assert from_environment({**FULL, "PORTAL_HOST": "192.0.2.1"}).host == "192.0.2.1"
    asked = {**FULL, "PORTAL_HOST": "192.0.2.1", "PORTAL_DEMO": "1"}
    assert from_environment(asked).host == "127.0.0.1"


def test_the_first_key_is_the_current_one() -> None:
    both = f"{make_key('new')}, {make_key('old')}"
    settings = from_environment({**FULL, "PORTAL_SECRET_KEYS": both})
    assert list(settings.secret_keys) == ["new", "old"]


def test_keys_and_passwords_are_never_printed() -> None:
    settings = from_environment({**FULL, "PORTAL_DEMO_PASSWORD": "open sesame"})
    shown = repr(settings)
    assert "open sesame" not in shown
    assert "secret_keys" not in shown
    assert "encryption_keys" not in shown
