"""Checks reports against the documentation of their consumers: reads one folder of reports, prints a line per error.

`validate.py SCHEMA FOLDER`: SCHEMA is the one of SARIF 2.1.0, FOLDER holds `<project>.<format>` as `check` wrote them.
"""

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import jsonschema

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}
COMMAND = re.compile(
    r"::(?:error|warning|notice) file=[^,:\s]+,line=\d+,(?:col=\d+,endColumn=\d+|endLine=\d+),title=[^,:]+::\S.*"
)


def sarif(text, reference, validator):
    report = json.loads(text)
    for error in validator.iter_errors(report):
        yield f"{error.json_path}: {error.message[:200]}"
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]
    results = run["results"]
    open_ones = [result for result in results if not result.get("suppressions")]
    if len(open_ones) != len(reference):
        yield f"{len(open_ones)} results, {len(reference)} findings"
    for result, finding in zip(open_ones, reference):
        region = result["locations"][0]["physicalLocation"]["region"]
        if rules[result["ruleIndex"]]["id"] != result["ruleId"] or result["ruleId"] != finding["rule"]:
            yield f"{result['ruleId']}: not {finding['rule']}"
        if (region["startLine"], region["startColumn"]) != (finding["line"], finding["column"]):
            yield f"{region}: not {finding['line']}:{finding['column']}"
        if result["partialFingerprints"]["architrave/v1"] != finding["fingerprint"]:
            yield f"{result['partialFingerprints']}: not {finding['fingerprint']}"
        # Ids of related places are the targets of links in messages: they must be unique.
        ids = [place["id"] for place in result.get("relatedLocations", [])]
        if len(set(ids)) != len(ids):
            yield f"ids of related places: {ids}"
    for place in places(results):
        uri = place["artifactLocation"]["uri"]
        if not uri.isascii() or " " in uri or "\\" in uri:
            yield f"no URI: {uri}"
        root = Path(unquote(run["originalUriBaseIds"]["SRCROOT"]["uri"].removeprefix("file://")))
        if not (root / unquote(uri)).is_file():
            yield f"nothing lies at {root / unquote(uri)}"
        region = place["region"]
        end = (region.get("endLine", region["startLine"]), region.get("endColumn", sys.maxsize))
        if (region["startLine"], region["startColumn"]) > end:
            yield f"a region that ends before it begins: {region}"


def places(results):
    for result in results:
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            yield place["physicalLocation"]


def gitlab(text, reference, _):
    issues = json.loads(text)
    if len(issues) != len(reference):
        yield f"{len(issues)} issues, {len(reference)} findings"
    fingerprints = [issue["fingerprint"] for issue in issues]
    if len(set(fingerprints)) != len(fingerprints):
        yield "a fingerprint comes twice"
    for issue in issues:
        if not (issue["description"] and issue["check_name"]) or issue["severity"] not in SEVERITIES:
            yield f"lacks something: {issue}"
        path, begin = issue["location"]["path"], issue["location"]["lines"]["begin"]
        if path.startswith(("/", "./")) or not isinstance(begin, int) or begin < 1:
            yield f"no place: {issue['location']}"


def junit(text, reference, _):
    root = ET.fromstring(text)
    cases = root.findall("testsuite/testcase")
    failures = root.findall("testsuite/testcase/failure")
    if root.tag != "testsuites" or len(failures) != len(reference) or len(cases) != max(1, len(reference)):
        yield f"{len(cases)} cases, {len(failures)} failures, {len(reference)} findings"
    if int(root.get("tests")) != len(cases) or int(root.get("failures")) != len(failures):
        yield "the counts are wrong"
    for suite in root:
        if int(suite.get("tests")) != len(suite) or not suite.get("name"):
            yield f"the count of {suite.get('name')} is wrong"
    for failure, finding in zip(failures, reference):
        if failure.get("message") != finding["message"]:
            yield f"{failure.get('message')!r} is not {finding['message']!r}"
    names = [(case.get("classname"), case.get("name"), case[0].get("message") if len(case) else "") for case in cases]
    if len(set(names)) != len(names):
        yield "two cases have one name"


def github(text, reference, _):
    lines = text.splitlines()
    if len(lines) != len(reference):
        yield f"{len(lines)} commands, {len(reference)} findings"
    for line in lines:
        if not COMMAND.fullmatch(line):
            yield f"no command: {line}"


def main(schema, folder):
    schema = json.loads(Path(schema).read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    wrong = seen = 0
    for report in sorted(Path(folder).glob("*.json")):
        reference = json.loads(report.read_text())["findings"]
        for check in (sarif, gitlab, junit, github):
            text = report.with_suffix(f".{check.__name__}").read_text()
            seen += 1
            for message in check(text, reference, validator):
                wrong += 1
                print(f"{report.stem}.{check.__name__}: {message}")
    print(f"test result: {'FAILED' if wrong or not seen else 'ok'}. {seen} reports, {wrong} wrong")
    return 1 if wrong or not seen else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
