"""The rules and the words between rooms: standard library only, no clock, no files, no await.

One word per thing, wherever it appears:

    unit            a province, district, commune or department, named by (structure, code)
    person, post    somebody let in; one role of his at one unit
    document        a legal document; its *obligations*, *targets* and *assignments*
    criteria set    what a document asks: *parts* of *items* of *requirements*; a part is one
                    *indicator* (Part I is 19.2)
    requirement     the smallest thing judged, e.g. I.5.b; its *rule* says how
    assessment      one unit × criteria set × year, stamped with the set's content
    checklist       a part of an assessment as a person fills it in; his *place* in it is the
                    first open question; a *bookmark* is where he went back to
    page            several open questions of one item in one message, numbered from 1; an answer
                    read from one line is *pending* until the person goes on
    step            one thing asked for a requirement; its reply fills one *field*
    answer          the fields given to a requirement
    verdict         met, not_met, not_applicable, incomplete, needs_review
    judgement       the verdict of a requirement with its *reason*
    finding         the verdict of an item or a part
    standing        provisional, self-assessed, appraised
    undecided       a class of cases that the law leaves open
    ruling          a province's standing decision of such a class ("quy ước của tỉnh")
    evidence        a document of a unit in a year, whichever question it was told for
    plan            the dates of one document in one year that a province confirmed
    occurrence      one duty of one unit in one year ("việc N3")
    stage           how many working days before the last working day a reminder leaves
    hand-in         a unit's word that something was sent; of a duty or of an assessment
    incoming,       what a person did in a channel; what we answer. A *menu* is the question
    outgoing        that an outgoing message opens, a *choice* one way to answer it
    card            one part of what an outgoing message shows: what was decided, or what is
                    asked next; its *badge* is a verdict in short, a *row* a label with its value.
                    A row that *folds* may be left out, and counted, where room is short
    piece           what a channel takes at once of a message that is too long for it
    channel,        the way to a person; his place there
    address
"""
