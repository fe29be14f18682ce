"""Values that storage returns and that have no type in the domain. All of them are frozen."""

from storage.records.assessments import (
    AnswerVersion,
    EarlierFigure,
    Evidence,
    HandInRequest,
    KeptVerdict,
    Loaded,
    Recorded,
)
from storage.records.messages import Address, Leased, Message, Parked, ToQueue
from storage.records.people import AuditEntry, Draft, Joining
from storage.records.plans import ConfirmedDuty, HandIn, Plan, PlannedDuty

__all__ = [
    "Address",
    "AnswerVersion",
    "AuditEntry",
    "ConfirmedDuty",
    "Draft",
    "EarlierFigure",
    "Evidence",
    "HandIn",
    "HandInRequest",
    "Joining",
    "KeptVerdict",
    "Leased",
    "Loaded",
    "Message",
    "Parked",
    "Plan",
    "PlannedDuty",
    "Recorded",
    "ToQueue",
]
