"""The checks of the page's JavaScript and CSS are shown to fail, and their lock names no host.

The planted files are checked together, in one run of each tool, because a start takes seconds.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from tests.house import ROOT

LOCK: Final = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
PACKAGES: Final[dict[str, dict[str, Any]]] = LOCK["packages"]
# These packages are not distributed, so data and texts in the public domain are accepted too.
LICENCES: Final = {
    "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT",
    "MPL-2.0", "Python-2.0",
}  # fmt: skip

STATIC: Final = "bot/channels/web/static"
LIMIT: Final = 120
"""Seconds for one tool; it takes five."""

# Name of the planted file -> its text and the rule that must find it; "tsc" is the type check.
PLANTED: Final = {
    "new_function.js": ("export const late = () => AbortSignal.timeout(3);", "page/api"),
    "new_member.js": ("export const clear = () => document.body.replaceChildren();", "page/api"),
    "new_property.js": ("export const stop = () => (document.body.inert = true);", "page/api"),
    "new_global.js": ("export const copy = () => structuredClone({});", "page/api"),
    "new_element.js": (
        "export const open = () => document.createElement('dialog').showModal();",
        "page/api",
    ),
    "new_option.js": (
        "export const hear = () => document.addEventListener('x', () => {}, "
        "{ signal: new AbortController().signal });",
        "page/api",
    ),
    "new_method.js": ("export const end = [1].at(-1);", "tsc"),
    "new_syntax.js": ("export class Box {\n  #inside() {}\n}", "page/syntax"),
    "new_operator.js": ("export let x = null;\nx ??= 1;", "page/syntax"),
    "lookbehind.js": ("export const price = /(?<=x)1/;", "no-restricted-syntax"),
    "markup.js": (
        "export const put = (/** @type {string} */ text) => {\n"
        "  document.body.innerHTML = text;\n};",
        "no-unsanitized/property",
    ),
    "unused.js": ("const nobody = 1;", "no-unused-vars"),
    "loose.js": ("export const same = (/** @type {unknown} */ x) => x == 1;", "eqeqeq"),
    "wrong_type.js": ("/** @type {number} */\nexport const three = 'three';", "tsc"),
    "untyped.js": ("export const twice = (x) => x + x;", "tsc"),
    "old.js": ("const arrow = () => arrow;", "page/syntax"),
    "new_unit.css": (".a { height: 100dvh; }", "page/css"),
    "new_unit_in_a_variable.css": (
        ".a { --h: 100vh; --h: 100dvh; height: var(--h); }",
        "page/css",
    ),
    "new_shorthand.css": (".a { inset: 0; }", "page/css"),
    "new_selector.css": (".a:has(.b) { color: red; }", "page/css"),
    "gap_in_a_row.css": (".a { display: flex; gap: 1rem; }", "page/css"),
    "unknown.css": (".a { colour: red; }", "css/no-invalid-properties"),
}
KNOWN: Final = {
    "plain.js": "export const wait = () => new AbortController().signal.aborted;",
    "fallback.css": ".a { border-color: red; border-color: color-mix(in srgb, red, blue); }",
    "asked.css": "@supports (height: 100dvh) { .a { --h: 100dvh; } }",
    "grid.css": ".a { display: grid; gap: 1rem; }",
}


def _node_is_there() -> bool:
    return (ROOT / "node_modules/.bin/eslint").exists() and shutil.which("node") is not None


needs_node = pytest.mark.skipif(
    not _node_is_there() and not os.environ.get("CI"),
    reason="needs Node.js and its packages, which `make page` installs",
)


def _found(house: Path) -> dict[str, set[str]]:
    """What the two tools report for each planted file: name -> rules. `house` is an empty
    folder.
    """
    for name in ("package.json", "eslint.config.js", "tsconfig.json", "tools/page"):
        _copy(name, house)
    (house / "node_modules").symlink_to(ROOT / "node_modules")
    (house / STATIC).mkdir(parents=True)
    texts = {name: text for name, (text, _) in PLANTED.items()} | KNOWN
    for name, text in texts.items():
        (house / STATIC / name).write_text(text + "\n", encoding="utf-8")
    said: dict[str, set[str]] = {name: set() for name in texts}
    for file in json.loads(_run(house, "eslint", "--format", "json", STATIC)):
        said[Path(file["filePath"]).name] |= {str(one["ruleId"]) for one in file["messages"]}
    for name in re.findall(rf"^{STATIC}/(\S+)\(\d+,\d+\): error", _run(house, "tsc"), re.MULTILINE):
        said[name].add("tsc")
    return said


def _copy(name: str, to: Path) -> None:
    (to / name).parent.mkdir(parents=True, exist_ok=True)
    if (ROOT / name).is_dir():
        shutil.copytree(ROOT / name, to / name)
    else:
        shutil.copyfile(ROOT / name, to / name)


def _run(folder: Path, tool: str, *arguments: str) -> str:
    command = ["node", f"node_modules/.bin/{tool}", *arguments]
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=LIMIT
    )
    assert ran.stdout, f"{tool} said nothing: {ran.stderr}"
    return ran.stdout


@needs_node
@pytest.mark.slow
def test_every_planted_violation_is_found_and_nothing_else(tmp_path: Path) -> None:
    found = _found(tmp_path)
    missed = {name: rule for name, (_, rule) in PLANTED.items() if rule not in found[name]}
    assert not missed
    refused = {name: found[name] for name in KNOWN if found[name]}
    assert not refused


# Without Node.js


@pytest.mark.parametrize(("ci", "ends"), [("", 0), ("true", 2)], ids=["here", "in CI"])
def test_a_machine_without_node_is_told_and_ci_refuses(ci: str, ends: int) -> None:
    ran = subprocess.run(
        ["make", "--no-print-directory", "page", "NODE=/nowhere/node"],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT,
    )
    assert ran.returncode == ends
    assert ran.stderr.startswith("The page's JavaScript and CSS are NOT checked")


@pytest.mark.parametrize("target", ["setup", "run"])
def test_who_only_uses_the_product_needs_no_node(target: str) -> None:
    ran = subprocess.run(
        ["make", "--dry-run", "--always-make", target, "PYTHON=python3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=LIMIT,
    )
    assert not re.search(r"\b(?:npm|node)\b", ran.stdout)


# The lock


def test_the_lock_of_the_page_tools_names_no_host() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text, "write it again with: npm run lock"
    assert not [name for name, entry in PACKAGES.items() if {"resolved", "funding"} & entry.keys()]


def test_every_package_of_the_page_tools_has_a_hash_and_a_licence_that_we_take() -> None:
    installed = {name: entry for name, entry in PACKAGES.items() if name}
    assert installed
    assert not [name for name, entry in installed.items() if "integrity" not in entry]
    wrong = {name: entry.get("license") for name, entry in installed.items()}
    assert not {name: licence for name, licence in wrong.items() if licence not in LICENCES}


def test_the_page_tools_are_for_development_only() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package
    assert PACKAGES[""]["devDependencies"] == package["devDependencies"]
    assert all(entry.get("dev") for name, entry in PACKAGES.items() if name)
