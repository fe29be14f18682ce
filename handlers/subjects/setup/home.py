"""The list of steps, and how each is opened."""

from collections.abc import Mapping

from domain.cards import Card, Row
from domain.messages import Sent
from handlers.ground.reply import Reply
from handlers.subjects.setup import (
    channels,
    checklists,
    documents,
    figures,
    hours,
    people,
    person,
    plan,
    province,
    rulings,
)
from handlers.subjects.setup import person_changes as acts
from handlers.subjects.setup.screens import HOME, Progress, Screens, SetupTurn, Step, pick, screen

STEPS: Mapping[str, Screens] = {
    Step.PROVINCE: province,
    Step.DOCUMENTS: documents,
    Step.PLAN: plan,
    Step.RULINGS: rulings,
    Step.CHANNELS: channels,
    Step.HOURS: hours,
    Step.PEOPLE: people,
    Step.CHECKLISTS: checklists,
    Step.FIGURES: figures,
}


WALKED_BACK = frozenset({Step.PLAN, Step.RULINGS})
"""Steps in which "quay lại" goes to the previous question, and leaves the step from the first
question.
"""

SCREENS: Mapping[str, Screens] = {**STEPS, acts.PERSON: person}
"""All screens: the steps, and the questions of an order about one person."""


def show(setup: SetupTurn) -> Reply:
    """Every step with its number and state."""
    begun = {draft.step for draft in setup.turn.tx.drafts.of_person(setup.me)}
    states = {
        step: Progress.BEGUN if step in begun else screens.progress(setup)
        for step, screens in STEPS.items()
    }
    done = sum(1 for state in states.values() if state is Progress.DONE)
    card = Card(
        heading=setup.say("home", province=setup.turn.unit_name(setup.province)),
        text=setup.say("home_how"),
        rows=(
            Row(
                value=setup.say("steps_done", done=done, total=len(states)),
                figures=(("done", done), ("steps", len(states))),
            ),
        ),
        notes=(setup.say("home_people"),),
    )
    labels = (_label(setup, step, state) for step, state in states.items())
    return screen(setup, HOME, "", card, *labels, actions=("menu",))


def _label(setup: SetupTurn, step: str, state: Progress) -> str:
    """A text channel lists the step as a choice; a row next to it would repeat it."""
    title, word = setup.say(f"step_{step}"), setup.say(f"state_{state}")
    return setup.say("step", sign=setup.say(f"sign_{state}"), title=title, state=word)


def picked(text: str) -> Screens | None:
    """The step with this number, None for any other text."""
    at = pick(text, len(STEPS))
    return None if at is None else tuple(STEPS.values())[at]


def received(setup: SetupTurn, step: str, file: Sent) -> Reply | None:
    """A file for the step that waits for one."""
    if step == Step.PEOPLE:
        return people.received(setup, file)
    if step == Step.FIGURES:
        return figures.received(setup, file)
    return None
