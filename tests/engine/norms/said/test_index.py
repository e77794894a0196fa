"""What a text listens for, found by the words of a fact."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.norms.said.texts import references, refers

NUMBERS = st.lists(st.integers(0, 12).map(str), max_size=3).map(".".join)
NAMES = st.sampled_from(["", "dues", "4", "4.2", "#dues", "section 4", "section 4.2", "section #dues", "4.", "1", "12.1"])


@given(NAMES, st.sampled_from(["dues", "4", "late-fee"]), NUMBERS)
def test_what_a_section_is_called_by_is_what_means_it(reference, section, number):
    name = reference.removeprefix("section ").strip()
    assert (name in references(section, number)) is refers(reference, section, number)


@pytest.mark.parametrize("sums", [("EUR 600", "EUR 400"), ("EUR 400", "EUR 600")])
def test_each_sum_is_compared_with_a_bound_by_itself(judged, sums):
    rules = {"1 spending": "The Treasurer shall not spend more than EUR 500."}
    facts = " ".join(f"On {day} May 2026, Tilda spent {one}." for day, one in enumerate(sums, 1))
    register = {"tilda": ["Tilda Stone", "Treasurer"]}
    (verdict,) = judged({"text": rules, "facts": facts, "register": register, "at": date(2026, 6, 1)}).verdicts
    assert ("violated", date(2026, 5, sums.index("EUR 600") + 1)) == (verdict.status.value, verdict.since)
