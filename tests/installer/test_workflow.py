"""The workflows: sound to actionlint and shellcheck, pinned, with no more rights than they need."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import ROOT

BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
RELEASE = ROOT / ".github" / "workflows" / "release.yml"
SCRIPTS = [ROOT / "installer" / "windows" / "sign.sh", ROOT / "installer" / "macos" / "keychain.sh", ROOT / "setup.sh"]


def tool(name: str) -> str:
    """A tool of the environment that the tests run in."""
    found = shutil.which(name, path=str(BIN))
    assert found, f"{name} is not installed"
    return found


def linted(*paths: Path) -> subprocess.CompletedProcess[str]:
    """What actionlint says of workflows, with shellcheck for what they run."""
    command = [tool("actionlint"), "-shellcheck", tool("shellcheck"), "-no-color", *map(str, paths)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def jobs(workflow: Path) -> dict[str, str]:
    """The text of each job by its name."""
    parts = re.split(r"^  ([a-z]+):\n", workflow.read_text("utf-8").partition("\njobs:\n")[2], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def runs(workflow: Path) -> list[str]:
    """What each step runs."""
    text = workflow.read_text("utf-8")
    blocks = re.findall(r"^( +)(?:- )?run: \|\n((?:\1 +.*\n|\n)+)", text, re.MULTILINE)
    return [block for _, block in blocks] + re.findall(r"run: ([^|\n].*)$", text, re.MULTILINE)


def test_actionlint_finds_nothing() -> None:
    answer = linted(*WORKFLOWS)
    assert "" == answer.stdout + answer.stderr
    assert 0 == answer.returncode


def test_actionlint_finds_what_is_wrong(tmp_path: Path) -> None:
    spoiled = tmp_path / "release.yml"
    spoiled.write_text(
        RELEASE.read_text("utf-8").replace(
            'run: python3 -m installer.release "$TAG"', "run: rm $HOME/${{ github.nobody }}"
        ),
        "utf-8",
    )
    said = linted(spoiled).stdout
    assert "nobody" in said
    assert "SC2086" in said


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_shellcheck_finds_nothing(script: Path) -> None:
    said = subprocess.run([tool("shellcheck"), str(script)], capture_output=True, text=True, check=False)
    assert "" == said.stdout + said.stderr


def test_every_action_of_others_is_pinned_to_a_commit() -> None:
    used = [line for path in WORKFLOWS for line in re.findall(r"uses: (.*)$", path.read_text("utf-8"), re.MULTILINE)]
    assert 10 < len(used)
    for line in used:
        assert line.startswith("./") or re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line), line


def test_one_action_has_one_commit_everywhere() -> None:
    pins = set(re.findall(r"uses: (actions/[a-z-]+)@(\S+)", "".join(path.read_text("utf-8") for path in WORKFLOWS)))
    assert len(pins) == len({action for action, _ in pins})


def test_only_publishing_may_write() -> None:
    for path in WORKFLOWS:
        assert "\npermissions:\n  contents: read\n\n" in path.read_text("utf-8")
    assert ["publish"] == [
        name for name, text in jobs(RELEASE).items() if "write" in re.findall(r"contents: (\w+)", text)
    ]
    assert 1 == sum(path.read_text("utf-8").count(": write") for path in WORKFLOWS)


def test_what_is_run_never_holds_an_expression() -> None:
    assert 15 < len(runs(RELEASE))
    assert [] == [text for path in WORKFLOWS for text in runs(path) if "${{" in text]


def test_every_job_ends_in_time() -> None:
    for path in WORKFLOWS:
        for name, text in jobs(path).items():
            assert "timeout-minutes: " in text or "uses: ./" in text, name


def test_the_token_for_cloning_is_never_kept() -> None:
    for path in WORKFLOWS:
        text = path.read_text("utf-8")
        assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_secrets_are_only_where_something_is_signed() -> None:
    assert ["setup", "macos"] == [name for name, text in jobs(RELEASE).items() if "secrets." in text]
    assert all("environment: release" in jobs(RELEASE)[name] for name in ("setup", "macos"))


def test_nothing_is_published_before_all_is_done_and_without_a_tag() -> None:
    publish = jobs(RELEASE)["publish"]
    needed = re.findall(r"needs: \[(.*)\]", publish)[0].split(", ")
    assert set(needed) == jobs(RELEASE).keys() - {"publish"}
    assert "if: github.ref_type == 'tag'" in publish
    assert "--draft" in publish
