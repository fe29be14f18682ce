"""Legal documents as data, and the loader that checks them."""

from packs.loader import (
    Pack,
    UnknownPackError,
    check_pack,
    check_pack_file,
    load_document,
    load_pack,
    pack_ids,
    pack_path,
    parse_pack,
)
from packs.problems import PackError, Problem, ProblemCode
from packs.stamp import StampedSetError, criteria_from_json, criteria_to_json

__all__ = [
    "Pack",
    "PackError",
    "Problem",
    "ProblemCode",
    "StampedSetError",
    "UnknownPackError",
    "check_pack",
    "check_pack_file",
    "criteria_from_json",
    "criteria_to_json",
    "load_document",
    "load_pack",
    "pack_ids",
    "pack_path",
    "parse_pack",
]
