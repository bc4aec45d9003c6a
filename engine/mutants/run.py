#!/usr/bin/env python3
"""Breaks one rule at a time and looks whether a test notices.

The tree is copied to a scratch folder. Every mutant of list.txt is written into the copy, switched on
by the variable HOTWASH_MUTANT, so that the tests are built once and run once for each mutant.
"""

import argparse
import datetime
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SWITCH = """//! Which mutant is switched on; in the scratch copy only.
use std::sync::OnceLock;
static WHICH: OnceLock<u32> = OnceLock::new();
pub(crate) fn on(mutant: u32) -> bool {
    let read = || std::env::var("HOTWASH_MUTANT").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    *WHICH.get_or_init(read) == mutant
}
"""
# Tests that take longest; they run only where the others notice nothing.
SLOW = ("oracles", "laws", "brute_force", "tests::real", "tests::town", "takes_no_effect", "twenty_thousand")
GOLDEN = re.compile(r"golden|snapshot")


def fail(text):
    sys.exit(f"mutants: {text}")


def read_list(path):
    mutants = []
    for line in path.read_text().splitlines():
        if line.startswith("[") and not line.startswith("[ "):
            name, module = line[1:].split("] ")
            file = module.strip().replace("::", "/") + ".rs"
            mutants.append({"name": name, "file": file})
        elif line.strip() and not line.startswith("#"):
            key, _, value = line.partition(": ")
            if key not in ("rule", "in", "old", "new") or not mutants or key in mutants[-1]:
                fail(f"this line of the list is not understood: {line}")
            mutants[-1][key] = value
    for number, mutant in enumerate(mutants, 1):
        mutant["number"] = number
        if missing := {"rule", "old", "new"} - mutant.keys():
            fail(f"{mutant['name']} lacks {', '.join(sorted(missing))}")
    names = [mutant["name"] for mutant in mutants]
    if double := {name for name in names if names.count(name) > 1}:
        fail(f"these names occur twice: {', '.join(sorted(double))}")
    return mutants


def find(text, wanted, what):
    """The one place of a text, whatever its line breaks."""
    tokens = re.findall(r"\w+|[^\w\s]", wanted)
    spaced = r"\s*".join(re.escape(token) for token in tokens)
    start = r"\b" if tokens[0][0].isalnum() or tokens[0][0] == "_" else ""
    end = r"\b" if tokens[-1][-1].isalnum() or tokens[-1][-1] == "_" else ""
    found = list(re.finditer(start + spaced + end, text))
    if len(found) != 1:
        return f"{what} occurs {len(found)} times: {wanted}"
    return found[0].span()


def edits(mutants, source):
    """The edits of each file, and what is stale in the list."""
    by_file, stale = {}, []
    for mutant in mutants:
        path = source / mutant["file"]
        if not path.is_file():
            stale.append(f"{mutant['name']}: no file {mutant['file']}")
            continue
        text = path.read_text()
        whole = find(text, mutant["in"], "`in`") if "in" in mutant else (0, len(text))
        if isinstance(whole, str):
            stale.append(f"{mutant['name']}: {mutant['file']}: {whole}")
            continue
        inner = find(text[whole[0] : whole[1]], mutant["old"], "`old`")
        if isinstance(inner, str):
            stale.append(f"{mutant['name']}: {mutant['file']}: {inner}")
            continue
        span = (whole[0] + inner[0], whole[0] + inner[1])
        mutant["line"] = text.count("\n", 0, span[0]) + 1
        by_file.setdefault(mutant["file"], []).append((span, mutant))
    for file, places in by_file.items():
        places.sort(key=lambda place: place[0])
        for (one, a), (other, b) in zip(places, places[1:]):
            if other[0] < one[1]:
                stale.append(f"{a['name']} and {b['name']} overlap in {file}")
    return by_file, stale


def apply(by_file, source):
    for file, places in by_file.items():
        text = (source / file).read_text()
        for (start, end), mutant in reversed(places):
            switched = f"(if crate::mutants::on({mutant['number']}) {{ {mutant['new']} }} else {{ {text[start:end]} }})"
            text = text[:start] + switched + text[end:]
        (source / file).write_text(text)
    (source / "mutants.rs").write_text(SWITCH)
    lib = (source / "lib.rs").read_text()
    (source / "lib.rs").write_text(f"{lib}\n#[allow(unreachable_pub, unused_parens)]\nmod mutants;\n")


def build(scratch, target, packages):
    command = ["cargo", "test", "--no-run", "--locked", "--message-format=json", *packages]
    env = dict(os.environ, CARGO_TARGET_DIR=str(target))
    done = subprocess.run(command, cwd=scratch, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        for message in messages:
            if message.get("message", {}).get("level", "").startswith("error"):
                print(message["message"]["rendered"], file=sys.stderr)
        print(done.stderr[-2000:], file=sys.stderr)
        fail("the copy with the mutants does not build")
    tests = []
    for message in messages:
        if message.get("executable") and message.get("profile", {}).get("test"):
            # Another build may replace it while the mutants run.
            own = scratch.parent / f"test-{len(tests)}-{Path(message['executable']).name}"
            shutil.copy2(message["executable"], own)
            tests.append((str(own), str(Path(message["manifest_path"]).parent)))
    return tests


def run(tests, number, limit, skipped=(), only=None):
    """The failing tests; None instead of a list if the time was up."""
    failed = []
    for executable, folder in tests:
        env = dict(os.environ, HOTWASH_MUTANT=str(number), CARGO_MANIFEST_DIR=folder, RUST_BACKTRACE="0")
        env["INSTA_UPDATE"] = "no"
        room = lambda: resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        try:
            done = subprocess.run(
                [executable, *(f"--skip={name}" for name in skipped), *([only, "--exact"] if only else [])], cwd=folder, env=env, preexec_fn=room, timeout=limit,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            )
        except subprocess.TimeoutExpired:
            return None
        names = re.findall(r"^test (\S+)(?: - should panic)? \.\.\. FAILED$", done.stdout, re.M)
        if done.returncode and not names:
            names = [f"{Path(executable).name.split('-')[2]} ended with {done.returncode}"]
        failed.extend(names)
    return failed


def word(mutant, notes):
    failed = mutant["failed"]
    if failed is None:
        return "killed by hanging"
    real = [name for name in failed if not GOLDEN.search(name)]
    if real:
        return f"`{sorted(real)[0]}`"
    text = f"**only golden** ({len(failed)}: `{failed[0]}`)" if failed else "**survived**"
    return f"{text} {notes.get(mutant['name'], '')}".strip()


def survives(mutant):
    failed = mutant["failed"]
    return failed is not None and not [name for name in failed if not GOLDEN.search(name)]


def table(mutants, notes, commit):
    date = datetime.date.today().isoformat()
    left = [mutant for mutant in mutants if survives(mutant)]
    equivalent = [mutant for mutant in left if notes.get(mutant["name"], "").startswith("Equivalent")]
    lines = [
        "# Mutants",
        "",
        "Each line breaks one rule of [semantics.md](semantics.md) or [scoring.md](scoring.md) and names a",
        "test of the engine that notices. Made by `engine/mutants/run.py`;",
        f"measured on {date} at commit `{commit}`. Of {len(mutants)} mutants {len(mutants) - len(left)} are killed,"
        f" {len(equivalent)} equivalent",
        f"and {len(left) - len(equivalent)} survive.",
        "",
        "| mutant | the rule that it breaks | killed by |",
        "| --- | --- | --- |",
    ]
    for mutant in mutants:
        place = mutant["file"].removesuffix(".rs").replace("/", "::")
        lines.append(f"| `{mutant['name']}` ({place}) | {mutant['rule']} | {word(mutant, notes)} |")
    return "\n".join(lines) + "\n"


def read_notes(path):
    pairs = (line.partition(": ") for line in path.read_text().splitlines() if line.strip())
    return {name: text for name, _, text in pairs}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say which lines of the list are stale")
    parser.add_argument("--only", nargs="+", help="only mutants whose name contains one of these")
    parser.add_argument("--left", action="store_true", help="the quick tests for those that the last run left alive")
    parser.add_argument("--again", action="store_true", help="first the test that noticed it in the last run")
    parser.add_argument("--skip-stale", action="store_true", help="leave out stale mutants, and name them")
    parser.add_argument("--wide", action="store_true", help="run survivors against scenarios and cli as well")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one mutant")
    parser.add_argument("--target", type=Path, default=ROOT / "target", help="cargo's target folder")
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "hotwash-mutants")
    parser.add_argument("--table", type=Path, help="where the table is written")
    options = parser.parse_args()

    mutants = read_list(HERE / "list.txt")
    by_file, stale = edits(mutants, ROOT / "engine/src")
    for line in stale:
        print(f"stale: {line}", file=sys.stderr)
    if options.check or (stale and not options.skip_stale):
        sys.exit(bool(stale))
    mutants = [mutant for mutant in mutants if "line" in mutant]
    chosen = [mutant for mutant in mutants if not options.only or any(part in mutant["name"] for part in options.only)]

    keep = shutil.ignore_patterns("target", ".git")
    tree = options.scratch / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(ROOT, tree, ignore=keep, symlinks=True)
    apply(by_file, tree / "engine/src")
    started = time.monotonic()
    tests = build(tree, options.target, ["-p", "hotwash-engine", "--lib"])
    print(f"built in {time.monotonic() - started:.0f} s", file=sys.stderr)
    if broken := run(tests, 0, 600):
        fail(f"without any mutant these fail: {broken}")
    kept = options.scratch / "results.json"
    stored = json.loads(kept.read_text()) if kept.is_file() else {}
    save = lambda: kept.write_text(json.dumps(stored | {of["name"]: of["failed"] for of in chosen if "failed" in of}))
    last = stored if options.left or options.again else {}
    before = last if options.left else {}
    for mutant in chosen:
        mutant["failed"] = before.get(mutant["name"], [])
        if mutant["name"] in before and not survives(mutant):
            continue
        for test in (last.get(mutant["name"]) or [])[:3]:
            mutant["failed"] = run(tests, mutant["number"], options.limit, only=test)
            if not survives(mutant):
                break
        if survives(mutant):
            mutant["failed"] = run(tests, mutant["number"], options.limit, SLOW)
        if survives(mutant) and not before:
            mutant["failed"] = run(tests, mutant["number"], options.limit)
        print(f"{mutant['number']:3} {mutant['name']}: {word(mutant, {})}", flush=True)
        save()
    left = [mutant for mutant in chosen if survives(mutant)]
    if options.wide and left:
        tests = build(tree, options.target, ["-p", "hotwash-scenarios", "-p", "hotwash-cli"])
        base = set(run(tests, 0, 600) or [])
        for mutant in left:
            found = run(tests, mutant["number"], 600)
            mutant["failed"] = None if found is None else [name for name in found if name not in base]
            print(f"{mutant['number']:3} {mutant['name']}: {word(mutant, {})}", flush=True)
    save()
    print(f"{len(chosen)} mutants in {time.monotonic() - started:.0f} s", file=sys.stderr)
    if options.table:
        commit = subprocess.check_output(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, text=True).strip()
        options.table.write_text(table(chosen, read_notes(HERE / "survivors.txt"), commit))


if __name__ == "__main__":
    main()
