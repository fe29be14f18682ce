"""The rules, and the types that packages exchange. Standard library only: no clock, files or await.

Each concept has one name in the whole code:

    unit            a province, district, commune or department, named by (structure, code)
    person, post    somebody who was let in; one role of that person at one unit
    document        a legal document; its *obligations*, *targets* and *assignments*
    criteria set    what a document asks: *parts* of *items* of *requirements*; a part is one
                    *indicator* (Part I is 19.2)
    requirement     the smallest thing that is judged, e.g. I.5.b; its *rule* says how
    assessment      one unit × criteria set × year, stamped with the set's content
    checklist       a part of an assessment as a person fills it in; the person's *place* in it
                    is the first open question; a *bookmark* is a question the person went back to
    page            several open questions of one item in one message, numbered from 1; an answer
                    read from one line is *pending* until the person goes on
    kind            one way of asking a requirement: its steps, its rules, what a row of it has
    step            one thing asked for a requirement; its reply fills one *field*
    answer          the fields given to a requirement
    verdict         met, not_met, not_applicable, incomplete, needs_review
    judgement       the verdict of a requirement with its *reason*
    finding         the verdict of an item or a part
    standing        provisional, self-assessed, appraised
    undecided       a class of cases that the law leaves open
    ruling          a province's standing decision on such a class ("quy ước của tỉnh")
    register        the models of a unit that questions share; an *entry* has from and to
    evidence        a document of a unit in a year, valid for every question that asks for it
    plan            the dates of one document in one year that a province confirmed
    occurrence      one duty of one unit in one year ("việc N3")
    stage           how many working days before the last working day a reminder is sent
    hand-in         a unit's statement that it sent something: for a duty or an assessment
    incoming,       what a person did in a channel; our answer. A *menu* is the question that an
    outgoing        outgoing message opens, a *choice* one way to answer it
    card            one part of what an outgoing message shows: the decision, or the next
                    question; its *badge* is a short verdict, a *row* a label with its value.
                    A row that *folds* may be left out, and counted, when space is short
    piece           one of the messages into which a channel splits a text that is too long
    channel,        a service by which people reach us; the person's account there
    address
"""
