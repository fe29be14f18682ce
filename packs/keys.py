"""Every key that a pack may have; docs/packs.md describes each."""

CRITERIA_KEYS = ("valid_from", "valid_to", "parts")
PART_KEYS = ("id", "indicator", "title", "criterion", "unit_kinds", "items")
ITEM_KEYS = ("id", "title", "requirements")
RULE_KEYS = ("name", "minimum", "percent", "refs", "casualties")
CHAPTERS = ("document", "criteria", "obligations", "targets", "assignments", "end")
DOCUMENT_KEYS = (
    "id", "title", "number", "issuer", "issued_on", "province", "structure",
    "covers_from", "covers_to", "broken_off",
)  # fmt: skip
ROW_KEYS = (
    "id", "clause", "verbatim", "label", "question", "help", "kind", "asked_as", "choices",
    "rule", "sensitivity", "counted", "evidence", "recurrence", "undecided", "force_majeure",
    "note",
)  # fmt: skip
OBLIGATION_KEYS = (
    "id", "clause", "who", "unit_kinds", "what", "to_whom", "verbatim", "due", "recurrence",
    "needs_review",
)  # fmt: skip
TARGET_KEYS = (
    "id", "clause", "text", "value", "scope", "period", "denominator", "unit_kinds",
    "needs_review",
)  # fmt: skip
ASSIGNMENT_KEYS = ("clause", "who", "tasks")

KEYS = {
    "The file": CHAPTERS,
    "`document`": DOCUMENT_KEYS,
    "`criteria`": CRITERIA_KEYS,
    "A part": PART_KEYS,
    "An item": ITEM_KEYS,
    "A requirement": ROW_KEYS,
    "`rule`": RULE_KEYS,
    "An obligation": OBLIGATION_KEYS,
    "A target": TARGET_KEYS,
    "An assignment": ASSIGNMENT_KEYS,
}
"""Every key of a pack, by the section of docs/packs.md that describes it."""
