"""The action under a runner that is a folder with its files."""

import json
import os
import re
import shutil
import signal
import subprocess

import pytest
import yaml

from kit import BINARY, BUILT, DIST, ROOT, VERSION, await_end, check_signed_call

ACTION = ROOT / "packages/action"
SCENARIO = """
ticketbooth: 1
name: a | b
rules: [{ id: busy, on: alibaba.CreateTicket, calls: 1, then: { error: Throttling.User } }]
"""
CALL = "ticketbooth call alibaba.CreateTicket WorksId=a206f5f3-0000-4000-8000-e9b17c835b03 || true"


class Runner:
    """A step of a job: what it is given, and the files that it writes."""

    def __init__(self, folder):
        self.folder = folder
        self.temp = folder / "temp dir"
        self.temp.mkdir()
        self.action = shutil.copytree(ACTION, folder / "action", ignore=shutil.ignore_patterns("tests"))
        digests = (DIST / "hashes.txt").read_text()
        (self.action / "hashes.txt").write_text(digests)
        # What pip would download is what was built.
        self.environment = {
            **os.environ, "RUNNER_TEMP": str(self.temp), "GITHUB_ACTION_PATH": str(self.action), "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(DIST), "PATH": f"{BUILT / 'tools/bin'}:{os.environ['PATH']}",
        }
        for name in ("ENV", "PATH", "OUTPUT", "STEP_SUMMARY"):
            (folder / name).touch()
            self.environment[f"GITHUB_{name}"] = str(folder / name)

    def run(self, **inputs):
        """Runs the step as action.yml says, with these inputs."""
        told = yaml.safe_load((ACTION / "action.yml").read_text())
        (step,) = told["runs"]["steps"]
        given = {name: inputs.pop(name, facts["default"]) for name, facts in told["inputs"].items()}
        assert not inputs, "an input that is not there"
        for variable, value in step["env"].items():
            (name,) = re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", value).groups()
            self.environment[variable] = given[name]
        return subprocess.run(
            ["bash", "-c", step["run"]], env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=120,
        )

    def read(self, name):
        return (self.folder / name).read_text()


@pytest.fixture
def runner(tmp_path):
    return Runner(tmp_path)


def test_every_input_is_described_and_used_by_way_of_the_environment_alone():
    told = yaml.safe_load((ACTION / "action.yml").read_text())
    (step,) = told["runs"]["steps"]
    assert told["runs"]["using"] == "composite" and "${{" not in step["run"]
    assert all(facts["description"] and isinstance(facts["default"], str) for facts in told["inputs"].values())
    assert sorted(step["env"].values()) == sorted(f"${{{{ inputs.{name} }}}}" for name in told["inputs"])
    script = (ACTION / "run.sh").read_text()
    assert "eval" not in script
    for variable in step["env"]:
        assert f"${variable}" in script


def test_commands_run_under_an_emulator_and_the_verdict_is_told(runner):
    (runner.folder / "busy.yaml").write_text(SCENARIO)
    done = runner.run(run=f"{CALL}\necho \"at $TICKETBOOTH_URL\"", scenario="busy.yaml\n", report="verdict.xml", args="--seed 7")
    assert done.returncode == 0 and "at http://127.0.0.1:" in done.stdout, done
    assert "### Ticketbooth: a &#124; b: pass\n\n| verdict | |\n| --- | --- |\n| pass | rule busy fired 1 times |\n" == runner.read("STEP_SUMMARY")
    assert "<testsuite" in runner.read("verdict.xml")
    assert runner.read("PATH") == f"{runner.temp}/ticketbooth-{VERSION}/bin\n"
    assert runner.read("ENV") == ""


def test_commands_that_fail_and_verdicts_that_are_no_pass_fail_the_step(runner):
    (runner.folder / "busy.yaml").write_text(SCENARIO)
    assert runner.run(run="exit 7").returncode == 7
    assert runner.run(run="false\ntrue").returncode == 1, "bash -e"
    done = runner.run(run="true", scenario="busy.yaml")
    assert done.returncode == 5
    assert "| vacuous | rule busy never fired" in runner.read("STEP_SUMMARY")


def test_calls_to_the_vendors_hosts_are_intercepted(runner):
    done = runner.run(run="curl --silent --fail https://bi.tencentcloudapi.com/", intercept="true")
    assert done.returncode == 0 and '"Response"' in done.stdout, done


def test_an_emulator_runs_beside_the_steps(runner):
    done = runner.run(args="--auth presence")
    assert done.returncode == 0, done
    entries = re.findall(r"^(\w+)<<(\S+)\n(.*?)\n\2$", runner.read("ENV"), re.M | re.S)
    variables = {name: value for name, _, value in entries}
    told = json.loads(subprocess.run([BINARY, "env", "--json"], capture_output=True, check=True).stdout)
    assert variables.keys() == told.keys()
    url = variables["TICKETBOOTH_URL"]
    assert runner.read("OUTPUT") == f"url={url}\n"
    check_signed_call(url)
    pids = subprocess.run(["pgrep", "--full", f"ready-file {runner.temp}/"], capture_output=True, text=True).stdout.split()
    assert len(pids) == 1
    for pid in map(int, pids):
        os.kill(pid, signal.SIGTERM)
        await_end(pid)


def test_what_cannot_be_is_told(runner):
    for inputs, told in [
        ({"version": "9.9.9"}, "version 9.9.9 has no digests in this release of the action"),
        ({"report": "verdict.xml"}, "report is for run"),
        ({"intercept": "true"}, "intercept is for run"),
        ({"args": "--scenario no-such-file"}, "cannot read no-such-file"),
        ({"args": "--world mine.yaml"}, "--world is for run"),
        ({"args": "--auth 'presence"}, "a quote is open"),
    ]:
        done = runner.run(**inputs)
        assert done.returncode == 2 and done.stdout.startswith("::error title=Ticketbooth::") and told in done.stdout, done


def test_a_wheel_of_another_digest_is_not_installed(runner):
    digests = (runner.action / "hashes.txt").read_text()
    (runner.action / "hashes.txt").write_text(re.sub("sha256:....", "sha256:0000", digests))
    done = runner.run(run="true")
    assert done.returncode == 2 and "is not the one whose digest is known" in done.stdout
    assert runner.read("PATH") == ""


HOSTILE = ['"; touch x; "', "$(touch x)", "`touch x`", "a\ntouch x", "--flag $(touch x)", "' ; touch x ; '", "::set-output name=x::y"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["version", "args", "scenario", "report", "intercept"])
def test_no_input_is_taken_for_a_command(runner, name, text):
    done = runner.run(**{name: text, "run": "true"})
    assert not any(runner.folder.rglob("x")), done
    # What is no command is refused, or is the name of a file or a flag that is not there.
    assert done.returncode != 0 or name in ("intercept", "report"), done
    assert all(line.startswith("::error ") for line in done.stdout.splitlines() if line.startswith("::")), done
