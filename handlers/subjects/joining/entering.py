"""Joining: a code is shown with its duty, confirmed by its owner, reported to others, undone by one
word.

Nothing is stored of a person who only tried. A person with a valid code is stored as a hash of the
address until the person confirms the duty.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.cards import saying
from domain.messages import Choice, ChoiceKind, Content, Incoming, Joined, Outgoing, Said, Tap
from domain.people import Invitation, Person, Post, Role
from handlers.ground import linking
from handlers.ground.ended import UNDONE
from handlers.ground.library import Library
from handlers.ground.notices import in_charge_of, tell
from handlers.understanding.one_time_codes import Readings, readings_of
from handlers.understanding.text import plain
from locales import Words
from storage import Address, Joining, Tx

STRANGER_LOCALE = "vi"
DOOR = "door"
"""The menu of the one question before joining."""

MOST_TRIES = 5
"""Codes tried from one address in an hour: enough for typing mistakes, too few to guess."""

_YES = frozenset({"dung", "dung roi", "dung vay", "phai", "la toi", "yes", "correct"})
_NO = frozenset({"khong phai", "khong dung", "khong phai toi", "nham", "no", "not me"})


@dataclass(frozen=True, kw_only=True)
class Entered:
    """The person has joined; `linked`: the person had joined before, and this is one
    more channel.
    """

    person: Person
    address: Address
    linked: bool = False


Door = Outgoing | Entered


def at_the_door(
    incoming: Incoming, tx: Tx, now: datetime, library: Library, known: Person | None
) -> Door | None:
    """What a code, or the word after it, leads to; None if the message is neither.

    `known` is the person who has the address already. Wrong, used and expired codes all give None.
    """
    place = (incoming.channel, incoming.bot, incoming.address)
    answer = _answer(incoming.content)
    if answer is not None:
        waiting = tx.joinings.waiting(*place, now)
        invitation = tx.invitations.get(waiting) if waiting is not None else None
        if invitation is None:
            return None
        tx.joinings.leave(*place)
        if answer:
            return _enter(incoming, invitation, tx, now, library)
        return decline(invitation, tx, now, library)
    code = tx.issued_codes.meant(_readings(incoming.content))
    if code is None or tx.invitations.count_attempt(*place, now) > MOST_TRIES:
        return None
    own = linking.bring(code, incoming, tx=tx, now=now, library=library, known=known)
    if isinstance(own, linking.Linked):
        return Entered(person=own.person, address=own.address, linked=True)
    if own is not None:
        return own
    invitation = tx.invitations.find(tx.invitations.hash(code))
    if invitation is None or invitation.expires_at <= now:
        return None
    if known is not None and known.id != invitation.person_id:
        return Outgoing(cards=saying(library.words(known.locale).say("roles.code_of_other")))
    tx.joinings.wait(*place, invitation.id, now)
    return duty_shown(invitation, tx, library)


def duty_shown(invitation: Invitation, tx: Tx, library: Library) -> Outgoing:
    """The duty that a code is for, and the question whether it is the duty of the person who sent
    it.
    """
    person = tx.people.get(invitation.person_id)
    words = library.words(person.locale if person else STRANGER_LOCALE)
    text = words.say(
        "roles.is_it_you",
        name=person.name if person else "",
        role=words.say("common.role", role=invitation.post.role),
        unit=_unit(invitation.post, tx, words),
    )
    keys = ("roles.yes_it_is", "roles.no_it_is_not")
    choices = tuple(
        Choice(key=words.say(key), label=words.say(key), kind=ChoiceKind.ACTION) for key in keys
    )
    return Outgoing(cards=saying(text), menu=DOOR, choices=choices)


def enter(
    invitation: Invitation,
    channel: str,
    bot: str,
    address: str,
    *,
    tx: Tx,
    now: datetime,
    library: Library,
) -> Entered | None:
    """Use the code up and link its owner to this address; None if the code was used meanwhile.

    The unit's heads and the administrators above it are told, with the word that undoes it.
    """
    if not tx.invitations.use(invitation.id, now):
        return None
    before = tx.people.get(invitation.person_id)
    tx.people.add_post(invitation.person_id, invitation.post)
    person = tx.people.get(invitation.person_id)
    if before is None or person is None:
        return None
    linked = tx.addresses.link(channel, bot, address, person.id, now)
    joining = tx.joinings.add(
        person.id,
        linked.id,
        invitation.id,
        invitation.post,
        now,
        post_added=invitation.post not in before.posts,
    )
    tx.audit.record(now, person.id, "joined", f"person:{person.id}", f"{joining.code} {channel}")
    _tell_of(joining, person, channel, tx=tx, library=library, now=now)
    return Entered(person=person, address=linked)


def may_undo(actor: Person, joining: Joining, tx: Tx) -> bool:
    """The heads of the unit and the administrators above it, but no person for their
    own joining.
    """
    if actor.id == joining.person_id:
        return False
    judges = (
        *tx.people.at_unit(joining.post.unit, Role.HEAD),
        *in_charge_of(tx, joining.post.unit, Role.ADMINISTRATOR),
    )
    return any(one.id == actor.id for one in judges)


def undo(actor: Person, joining: Joining, *, tx: Tx, library: Library, now: datetime) -> bool:
    """End at once the access that a mistaken joining gave; what was written stays and is audited.

    False if it was undone before.
    """
    if not tx.joinings.undo(joining.id, actor.id, now):
        return False
    person = tx.people.get(joining.person_id)
    if joining.post_added and person is not None and len(person.posts) > 1:
        # The person had joined before: only the access that this code gave is removed.
        tx.people.remove_post(joining.person_id, joining.post)
    else:
        # The post stays reserved for the right person, who gets another code.
        tx.addresses.retire(joining.address_id, UNDONE, now)
        tx.web.end_all(joining.person_id)
    _tell_undone(actor, joining, person, tx=tx, library=library, now=now)
    tx.audit.record(now, actor.id, "joining_undone", f"person:{joining.person_id}", joining.code)
    return True


def _answer(content: Content) -> bool | None:
    match content:
        case Said(text=text) | Tap(choice=text):
            said = plain(text).strip(" .!\"'")
            return True if said in _YES else False if said in _NO else None
        case _:
            return None


def _readings(content: Content) -> Readings:
    match content:
        case Joined(code=code):
            return readings_of(code, labelled=True)
        case Said(text=text):
            return readings_of(text)
        case _:
            return ()


def _enter(
    incoming: Incoming, invitation: Invitation, tx: Tx, now: datetime, library: Library
) -> Entered | None:
    return enter(
        invitation,
        incoming.channel,
        incoming.bot,
        incoming.address,
        tx=tx,
        now=now,
        library=library,
    )


def decline(invitation: Invitation, tx: Tx, now: datetime, library: Library) -> Outgoing:
    """The code reached the wrong person: it becomes invalid, and the administrators are told."""
    tx.invitations.withdraw_of(invitation.person_id, now)
    tx.audit.record(now, None, "code_declined", f"person:{invitation.person_id}")
    person = tx.people.get(invitation.person_id)
    if person is not None:
        tell(
            in_charge_of(tx, invitation.post.unit, Role.ADMINISTRATOR),
            lambda words: words.say(
                "roles.code_in_wrong_hands",
                name=person.name,
                handle=person.handle,
                unit=_unit(invitation.post, tx, words),
            ),
            once=f"declined:{invitation.id}",
            tx=tx,
            library=library,
            now=now,
        )
    return Outgoing(cards=saying(library.words(STRANGER_LOCALE).say("roles.code_given_back")))


def _tell_of(
    joining: Joining, person: Person, channel: str, *, tx: Tx, library: Library, now: datetime
) -> None:
    unit = joining.post.unit
    heads = tx.people.at_unit(unit, Role.HEAD)
    told = (*heads, *in_charge_of(tx, unit, Role.ADMINISTRATOR))
    tell(
        [one for one in told if one.id != person.id],
        lambda words: words.say(
            "roles.somebody_joined",
            name=person.name,
            role=words.say("common.role", role=joining.post.role),
            unit=_unit(joining.post, tx, words),
            channel=words.say("roles.channel", channel=channel),
            at=joining.at,
            code=joining.code,
        ),
        once=f"joined:{joining.id}",
        tx=tx,
        library=library,
        now=now,
    )


def _tell_undone(
    actor: Person,
    joining: Joining,
    person: Person | None,
    *,
    tx: Tx,
    library: Library,
    now: datetime,
) -> None:
    """Tell the administrators, who can make another code, if another person undid the joining."""
    if person is None:
        return
    told = in_charge_of(tx, joining.post.unit, Role.ADMINISTRATOR)
    tell(
        [one for one in told if one.id != actor.id],
        lambda words: words.say(
            "roles.administrator_hears_undone",
            actor=actor.name,
            name=person.name,
            handle=person.handle,
            unit=_unit(joining.post, tx, words),
            code=joining.code,
        ),
        once=f"undone:{joining.id}",
        tx=tx,
        library=library,
        now=now,
    )


def _unit(post: Post, tx: Tx, words: Words) -> str:
    unit = tx.units.get(post.unit)
    return words.say("common.unit", kind=unit.kind, name=unit.name) if unit else str(post.unit)
