"""The list of steps, and the door to each."""

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
from handlers.subjects.setup.screens import HOME, Desk, Progress, Screens, Step, pick, screen

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
"""Steps in which "quay lại" goes to the question before, and leaves the step from the first."""

SCREENS: Mapping[str, Screens] = {**STEPS, acts.PERSON: person}
"""All screens: the steps, and what an order about one person asks."""


def show(desk: Desk) -> Reply:
    """Every step with its number and state."""
    begun = {draft.step for draft in desk.turn.tx.drafts.of_person(desk.me)}
    states = {
        step: Progress.BEGUN if step in begun else screens.progress(desk)
        for step, screens in STEPS.items()
    }
    done = sum(1 for state in states.values() if state is Progress.DONE)
    card = Card(
        heading=desk.say("home", province=desk.turn.unit_name(desk.province)),
        text=desk.say("home_how"),
        rows=(
            Row(
                value=desk.say("steps_done", done=done, total=len(states)),
                figures=(("done", done), ("steps", len(states))),
            ),
        ),
        notes=(desk.say("home_people"),),
    )
    labels = (_label(desk, step, state) for step, state in states.items())
    return screen(desk, HOME, "", card, *labels, actions=("menu",))


def _label(desk: Desk, step: str, state: Progress) -> str:
    """A step is a choice, which a text channel lists: a row beside it would say it twice."""
    title, word = desk.say(f"step_{step}"), desk.say(f"state_{state}")
    return desk.say("step", sign=desk.say(f"sign_{state}"), title=title, state=word)


def picked(text: str) -> Screens | None:
    """The step with this number, None for any other text."""
    at = pick(text, len(STEPS))
    return None if at is None else tuple(STEPS.values())[at]


def received(desk: Desk, step: str, file: Sent) -> Reply | None:
    """A file for the step that waits for one."""
    if step == Step.PEOPLE:
        return people.received(desk, file)
    if step == Step.FIGURES:
        return figures.received(desk, file)
    return None
