import pytest

from journal.content.reading import grade, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("time", 1), ("named", 1), ("wanted", 2), ("makes", 1), ("places", 2),
        ("table", 2), ("people", 2), ("rule", 1), ("rules", 1), ("emergency", 4), ("see", 1),
        ("TODAY", 2), ("12", 1), ("shh", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_sentences_end_at_a_stop_and_not_inside_a_number():
    assert sentences("One. Two? 'Three.' 4.5 hours") == ["One", "Two", "'Three", "' 4.5 hours"]
    assert sentences("No stop") == ["No stop"]
    assert sentences(" ... ") == []


def test_the_grade_follows_the_formula():
    assert grade("The cat sat.") == pytest.approx(0.39 * 3 + 11.8 - 15.59)
    assert grade("") == 0.0
    assert grade("Psychological flexibility necessitates considerable deliberation.") > 12
