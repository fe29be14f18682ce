"""The list of steps, and the door to each."""

from collections.abc import Mapping

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
    labels = []
    for step, screens in STEPS.items():
        state = Progress.BEGUN if step in begun else screens.progress(desk)
        labels.append(
            desk.say("step", title=desk.say(f"step_{step}"), state=desk.say(f"state_{state}"))
        )
    text = desk.say("home", province=desk.turn.unit_name(desk.province))
    return screen(desk, HOME, "", text, *labels, actions=("menu",))


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
