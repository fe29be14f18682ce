"""A page: several questions of one item in one message, below the answers that were read back."""

import hashlib
from itertools import chain

from domain.cards import Card, Row
from domain.checklist import Place
from domain.criteria import AskedAs, RuleName
from domain.messages import Choice, ChoiceKind
from domain.pages import Entry, Page, grouped, next_page
from handlers.assessment.sheet import Sheet
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.kinds import example_at, heading_of, label, page_text
from handlers.subjects.checklist.last_year import offer
from handlers.subjects.checklist.page.one_or_several import Way, way_of
from handlers.subjects.checklist.reading.alone import choice_of
from handlers.subjects.checklist.register.showing import offered_at
from handlers.understanding.intents import Intent

QUESTIONS_LIMIT = 1_250
"""UTF-16 units for the questions of one message. The shortest channel allows 1,900; the answers
read back from an item of 14 questions take 400, verdicts and the rest about 250.
"""

HEADING_SHARE = 25
"""UTF-16 units added to each question for its heading; most headings serve two questions."""


def open_page(turn: Turn, sheet: Sheet) -> Page | None:
    """The open page, None if one question is asked alone or none is left."""
    place, bookmark = sheet.place, sheet.checklist.bookmark
    if place is None or sheet.checklist.locked or place.revisiting:
        return None
    if bookmark.begun(place.requirement.id).fields:
        return None
    page = _page(turn, sheet) if way_of(turn) is Way.WHOLE_ITEM else None
    return page if page is not None and len(page.entries) > 1 else None


def shown_page(turn: Turn, sheet: Sheet, menu: Menu) -> Page | None:
    """The page that opened a menu, if its questions are still open and unchanged."""
    if sheet.checklist.locked:
        return None
    page = _page(turn, sheet, menu.part(1))
    return page if page is not None and menu_of(sheet, page) == menu else None


def _page(turn: Turn, sheet: Sheet, item_id: str | None = None) -> Page | None:
    return next_page(
        sheet.ahead,
        sheet.pending.answers if sheet.pending else {},
        size=lambda one: len(_text(turn, sheet, one)) + HEADING_SHARE,
        limit=QUESTIONS_LIMIT,
        item_id=item_id,
    )


def menu_of(sheet: Sheet, page: Page) -> Menu:
    """The menu of a page, at most 40 bytes. It changes with the questions on the page, their open
    steps, and the stored answers.
    """
    shown = "".join(
        f"{one.number}{one.place.requirement.id}{one.place.step.field}"
        f"{sheet.versions.get(one.place.requirement.id, 0)};"
        for one in page.entries
    )
    return Menu(MenuKind.PAGE, (str(sheet.assessment.id), page.item.id, digest(shown)))


def digest(text: str) -> str:
    """Eight letters that identify a text in a menu."""
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def page_reply(turn: Turn, sheet: Sheet, page: Page) -> Reply:
    """The questions of a page, and how to answer them."""
    word = word_for_all(page)
    total = len(sheet.checklist.asked())
    all_of = turn.say("several.all_of", word=word) if word else ""
    return Reply(
        intent=Intent.CHECKLIST,
        cards=(_page_card(turn, sheet, page, all_of),),
        menu=menu_of(sheet, page),
        choices=(*((action(all_of),) if word else ()), *_actions(turn, sheet)),
        units=(sheet.unit.id,),
        period=sheet.year,
        progress=(sheet.checklist.answered(), total),
    )


def _page_card(turn: Turn, sheet: Sheet, page: Page, all_of: str) -> Card:
    """The questions in groups, and below them how to answer."""
    hidden = _above_ceiling(sheet, page)
    but = next((one.number for one in page.entries[1:] if all_of and _says_yes(one)), 0)
    how = turn.say("several.how", example=_example(turn, page, sheet.year), all=all_of, but=but)
    above = turn.say("several.above_ceiling", ids=", ".join(hidden)) if hidden else ""
    return Card(
        heading=turn.say("several.page", id=page.item.id, title=page.item.title),
        text=turn.say(
            "several.page_progress",
            answered=sheet.checklist.answered(),
            total=len(sheet.checklist.asked()),
            left=page.left,
        ),
        rows=tuple(chain.from_iterable(_group(turn, sheet, one) for one in grouped(page.entries))),
        notes=tuple(filter(None, (above, how))),
    )


def action(word: str) -> Choice:
    """A word that is typed, or tapped where there are buttons."""
    return Choice(key=word, label=word, kind=ChoiceKind.ACTION)


def _actions(turn: Turn, sheet: Sheet) -> tuple[Choice, ...]:
    back = sheet.pending_here() or sheet.checklist.before(None) is not None
    return (
        *turn.actions("explain", "skip", *(("back",) if back else ())),
        action(turn.say("several.one_by_one")),
    )


def word_for_all(page: Page) -> str:
    """The word that gives the passing answer to every yes-or-no question of the page; empty if a
    question must be answered alone, or there is only one.
    """
    rows = [one.place.requirement for one in page.entries if _says_yes(one)]
    for word in (label(row, 0).partition(" ")[0].rstrip(",") for row in rows):
        if len(rows) > 1 and all(choice_of(row, word) == 0 for row in rows):
            return word
    return ""


def _says_yes(entry: Entry) -> bool:
    row = entry.place.requirement
    return row.asked_as is AskedAs.YES_NO and row.rule.name is not RuleName.BRANCH


def _example(turn: Turn, page: Page, year: int) -> str:
    """An example answer to the first two questions: one of each choice, so that it does not suggest
    a correct answer. One question is enough if its answer has several parts.
    """
    said = [example_at(turn, one.place, year, at) for at, one in enumerate(page.entries[:2])]
    if any("," in words for words in said):
        said = said[:1]
    numbered = zip(page.entries, said, strict=False)
    return " ".join(
        turn.say("several.said", number=one.number, words=words) for one, words in numbered
    )


def _group(turn: Turn, sheet: Sheet, group: tuple[Entry, ...]) -> tuple[Row, ...]:
    """Questions with the same answers, under a label that lists these answers."""
    first = group[0].place
    rows = tuple(
        Row(value=turn.say("several.line", number=one.number, text=_text(turn, sheet, one.place)))
        for one in group
    )
    if first.draft.fields:
        return rows
    heading = heading_of(turn, first.requirement, sheet.year)
    return (Row(label=heading), *rows)


def _text(turn: Turn, sheet: Sheet, place: Place) -> str:
    """A question in a few words, with last year's figure if one is known."""
    text = page_text(turn, place, sheet.year)
    if entries := offered_at(turn, sheet, place):
        text = turn.say("register.on_page", text=text, count=len(entries))
    known = None if place.draft.fields else offer(turn, sheet, place)
    if known is None:
        return text
    return turn.say("several.on_record", text=text, year=sheet.year - 1, count=known.count)


def _above_ceiling(sheet: Sheet, page: Page) -> list[str]:
    above = {row.id for row in sheet.checklist.above_ceiling()}
    return [row.id for row in page.item.requirements if row.id in above]
