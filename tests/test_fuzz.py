"""Random input, a little in every run; `make fuzz` goes on for as long as one likes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

COUNTS = {"markdown": 500}


@pytest.mark.parametrize("name", TARGETS)
def test_target(name: str) -> None:
    @settings(
        max_examples=COUNTS.get(name, 1000),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.binary(min_size=2, max_size=200))
    def run(data: bytes) -> None:
        TARGETS[name](data)

    run()
